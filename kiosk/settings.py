"""KioskSettings: read once, in the root."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.voice import Language


def default_data_dir() -> Path:
    """``$XDG_DATA_HOME/mallo``, else ``~/.local/share/mallo``."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "mallo"


class KioskSettings(BaseSettings):
    """Each from the command line, else ``MALLO_KIOSK_<NAME>``, else its default. Seconds are floats > 0."""

    model_config = SettingsConfigDict(env_prefix="MALLO_KIOSK_", frozen=True, extra="ignore")

    backend_url: str | None = None
    data_dir: Path = Field(default_factory=default_data_dir)
    device_id: Annotated[str, StringConstraints(max_length=64)] = ""
    language: Language = Language.KO
    speech_language: str | None = None
    fullscreen: bool = True
    panel_width: Annotated[int, Field(ge=320, le=7680)] = 1080
    panel_height: Annotated[int, Field(ge=320, le=7680)] = 1920
    panel_inches: Annotated[float, Field(gt=3, le=120)] = 27.0
    vnc_port: Annotated[int, Field(ge=1, le=65535)] = 5900
    idle_ask_seconds: Annotated[float, Field(gt=0)] = 60.0
    idle_wipe_seconds: Annotated[float, Field(gt=0)] = 30.0
    placed_wipe_seconds: Annotated[float, Field(gt=0)] = 60.0
    trace: bool = False


def stored_device_id(data_dir: Path) -> str:
    """This kiosk's own name, made at the first start and kept in ``data_dir/device_id``. Raises OSError."""
    file = data_dir / "device_id"
    try:
        kept = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        kept = ""
    if kept:
        return kept[:64]
    data_dir.mkdir(parents=True, exist_ok=True)
    made = f"kiosk-{secrets.token_hex(4)}"
    file.write_text(made + "\n", encoding="ascii")
    return made
