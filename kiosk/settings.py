"""KioskSettings: read once, in the root."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.voice import Language

DeviceId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_.-]*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^/]+$")]


def default_data_dir() -> Path:
    """``$XDG_DATA_HOME/mallo``, else ``~/.local/share/mallo``."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "mallo"


class KioskSettings(BaseSettings):
    """Each from the command line, else ``MALLO_KIOSK_<NAME>``, else its default. Seconds are floats > 0."""

    model_config = SettingsConfigDict(env_prefix="MALLO_KIOSK_", frozen=True, extra="ignore")

    backend_url: Url | None = Field(None, description="another backend, e.g. http://10.0.0.5:8765; none: its own")
    data_dir: Path = Field(default_factory=default_data_dir, description="where the data lives")
    device_id: DeviceId = Field("", description="this kiosk's name for the staff; empty: made once and kept")
    language: Language = Field(Language.KO, description="language at the start of each session: ko, en")
    speech_language: str | None = Field(None, description="language of the microphone; none: the window's language")
    fullscreen: bool = Field(True, description="fill the screen")
    panel_width: Annotated[int, Field(ge=320, le=7680)] = Field(1080, description="customer window, px")
    panel_height: Annotated[int, Field(ge=320, le=7680)] = Field(1920, description="customer window, px")
    panel_inches: Annotated[float, Field(gt=3, le=120)] = Field(
        27.0, description="diagonal of the panel, for sizes in mm"
    )
    panel_bottom_mm: Annotated[float, Field(ge=0, le=2000)] = Field(
        750.0, description="height of the panel's lower edge above the floor, for the low screen"
    )
    desk_width: Annotated[int, Field(ge=320, le=7680)] = Field(1600, description="staff and manager window, px")
    desk_height: Annotated[int, Field(ge=320, le=7680)] = Field(900, description="staff and manager window, px")
    vnc_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        5900, description="first port to try where there is no screen"
    )
    vnc_public: bool = Field(False, description="let other machines see the VNC window; it asks for no password")
    microphone: str = Field("", description="part of the input device's name; empty: the default")
    speaker: str = Field("", description="part of the output device's name; empty: the default")
    idle_ask_seconds: Annotated[float, Field(gt=0)] = Field(
        60.0, description="nobody does anything: ask whether somebody is there"
    )
    idle_wipe_seconds: Annotated[float, Field(ge=20)] = Field(
        30.0, description="after the question: wipe the session; 20 or more, as barrier-free rules ask"
    )
    placed_wipe_seconds: Annotated[float, Field(gt=0)] = Field(
        60.0, description="so long the placed order stays on the screen"
    )
    voice_stream: bool = Field(
        True, description="spoken turns over one WebSocket, heard while they are said; off: three calls a turn"
    )
    log_level: str = Field("info", description="debug, info, warning, error", pattern=r"^(debug|info|warning|error)$")
    trace: bool = Field(False, description="print `first frame N ms`")


def stored_device_id(data_dir: Path) -> str:
    """This kiosk's own name, made at the first start and kept in ``data_dir/device_id``.

    Where it cannot be kept (a full disk, a folder of somebody else) it lasts until the kiosk ends.
    """
    file = data_dir / "device_id"
    try:
        kept = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if kept:
        return kept[:64]
    made = f"kiosk-{secrets.token_hex(4)}"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(made + "\n", encoding="utf-8")
    except OSError:
        return made
    return made
