"""The backend's settings: from ``MALLO_…`` variables, overridden by flags. Read once, in ``backend/__main__.py``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from backend.web.rate_limit import Rate

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def default_data_dir() -> Path:
    """Where the shop's data lives when nothing is said: the user's own data folder (XDG)."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "mallo"


def _check_rate(text: str) -> str:
    Rate.parse(text)
    return text


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


RateText = Annotated[str, AfterValidator(_check_rate)]
Names = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Every field is the variable ``MALLO_<FIELD>``; README's table describes them."""

    model_config = SettingsConfigDict(env_prefix="MALLO_", frozen=True, extra="ignore", hide_input_in_errors=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8765, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    data_dir: Path = Field(default_factory=default_data_dir, description="Folder for the database and pictures.")
    database_url: SecretStr | None = Field(
        None, description="postgresql+asyncpg://… for several kiosks; none: one SQLite file in the data folder."
    )
    assets_dir: Path = Field(ASSETS, description="Folder with the catalogue, pictures and cake parts.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    allowed_hosts: Names = Field(
        (), description="Further host names that clients may use, with commas; loopback names always work."
    )
    allowed_origins: Names = Field((), description="Web origins that may call, with commas; none by default.")
    rate_default: RateText = Field("400/10", description="Calls a client: so many at once, as many again in seconds.")
    rate_voice: RateText = Field("60/6", description="The same for the voice calls.")
    rate_auth: RateText = Field("30/15", description="The same for signing in and for tokens that nobody has.")
    idle_seconds: float = Field(
        10.0, gt=0, le=3600, description="Idle connections and unfinished headers are cut then."
    )
    guest_hours: float = Field(12.0, gt=0, le=72, description="How long a guest's token lasts.")
    staff_hours: float = Field(12.0, gt=0, le=72, description="How long the token of a signed-in person lasts.")
    conversation_minutes: float = Field(
        10.0, gt=0, le=1440, description="Conversations untouched for so long are deleted, transcripts with them."
    )

    @property
    def database(self) -> str:
        """SQLAlchemy's URL of the store."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'mallo.sqlite3'}"
