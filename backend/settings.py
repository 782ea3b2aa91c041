"""The backend's settings: from ``MALLO_…`` variables, overridden by flags. Read once, in ``backend/__main__.py``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from backend.external.printing import PrinterDevice
from backend.web.rate_limit import Rate

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def default_data_dir() -> Path:
    """Where the shop's data lives when nothing is said: the user's own data folder (XDG)."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "mallo"


def _check_rate(text: str) -> str:
    Rate.parse(text)
    return text


def _check_printer(text: str) -> str:
    PrinterDevice.parse(text)
    return text


def _check_engines(*known: str) -> AfterValidator:
    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        if not names or set(names) - set(known) or len(set(names)) < len(names):
            raise ValueError(f"one or more of {', '.join(known)}, each once")
        return names

    return AfterValidator(check)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


RateText = Annotated[str, AfterValidator(_check_rate)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
ModelNames = Annotated[Names, Field(min_length=1)]
BaseUrl = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]


class Settings(BaseSettings):
    """Every field is the variable ``MALLO_<FIELD>``; README's table describes them."""

    model_config = SettingsConfigDict(
        env_prefix="MALLO_", frozen=True, extra="ignore", hide_input_in_errors=True, populate_by_name=True
    )

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
    speech_cache_mb: int = Field(
        200, ge=0, le=100_000, description="Paid speech kept in the data folder, in MiB; 0 keeps none there."
    )
    picture_days: float = Field(
        30.0, ge=1, le=3650, description="Pictures that customers drew, and those of finished orders, are kept so long."
    )
    picture_mb: int = Field(
        1000, ge=10, le=1_000_000, description="Of each of the two kinds at most so many MiB, the newest."
    )
    prices_file: Path | None = Field(
        None, description="Prices of the vendors' models, for /api/usage; none: engines/prices.toml of the assets."
    )
    gemini_api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("MALLO_GEMINI_API_KEY", "GEMINI_API_KEY"),
        description="Key of the Gemini API: understands, draws, and hears and speaks where OpenAI does not.",
    )
    openai_api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("MALLO_OPENAI_API_KEY", "OPENAI_API_KEY"),
        description="Key of the OpenAI API: hears and speaks.",
    )
    gemini_base_url: BaseUrl | None = Field(None, description="Another address of the Gemini API.")
    openai_base_url: BaseUrl | None = Field(
        None,
        validation_alias=AliasChoices("MALLO_OPENAI_BASE_URL", "OPENAI_BASE_URL"),
        description="Another address of the OpenAI API, as …/v1: any compatible server serves.",
    )
    language_engines: Annotated[Names, _check_engines("gemini", "offline")] = Field(
        ("gemini", "offline"), description="Who understands, in order of wish, with commas. Without its key one is off."
    )
    hearing_engines: Annotated[Names, _check_engines("openai", "gemini", "whisper", "offline")] = Field(
        ("openai", "gemini", "whisper", "offline"),
        description="Who hears, in order of wish; whisper where it is installed and has a model.",
    )
    speech_engines: Annotated[Names, _check_engines("openai", "gemini", "offline")] = Field(
        ("openai", "gemini", "offline"), description="Who speaks, in order of wish."
    )
    image_engines: Annotated[Names, _check_engines("gemini", "offline")] = Field(
        ("gemini", "offline"), description="Who draws, in order of wish; menu cards are always drawn offline."
    )
    gemini_language_models: ModelNames = Field(
        ("gemini-2.0-flash", "gemini-3.8-flash", "gemini-3.5-flash-lite"),
        description="Gemini models that understand, in order of wish; the first that is served is used.",
    )
    gemini_hearing_models: ModelNames = Field(
        ("gemini-3.8-flash", "gemini-3.5-flash-lite"), description="Gemini models that hear."
    )
    gemini_speech_models: ModelNames = Field(
        ("gemini-3.8-flash-lite-tts", "gemini-3.8-flash-tts", "gemini-3.1-flash-tts-preview"),
        description="Gemini models that speak.",
    )
    gemini_image_models: ModelNames = Field(
        ("imagen-4.0-generate-001", "gemini-3.1-flash-image", "gemini-3-pro-image"),
        description="Gemini models that draw; names that begin with imagen draw and cannot edit.",
    )
    openai_hearing_models: ModelNames = Field(
        ("whisper-1", "gpt-transcribe", "gpt-4o-transcribe"), description="OpenAI models that hear."
    )
    openai_speech_models: ModelNames = Field(
        ("tts-1", "gpt-4o-mini-tts", "gpt-realtime-2.1-mini"),
        description="OpenAI models that speak; names that begin with gpt-realtime do so through the Realtime API.",
    )
    turn_seconds: float = Field(
        6.0, gt=0, le=30, description="What vendors have for a spoken turn, until words; then this machine answers."
    )
    stall_seconds: float = Field(
        2.5,
        gt=0,
        le=30,
        description="The longest silence of a vendor: after it was asked, and within a streamed answer.",
    )
    local_first: bool = Field(
        True, description="On the voice stream: what the shop's own rules are sure of is answered without a model."
    )
    ahead_calls_a_day: int = Field(
        2_000,
        ge=0,
        description="Calls of a model on one day, for each process, about sentences that may not be over yet; 0: none.",
    )
    drawing_seconds: float = Field(
        40.0, gt=0, le=45, description="What a vendor has for a picture; then it is drawn here. A call ends after 60 s."
    )
    printer: Annotated[str, AfterValidator(_check_printer)] | None = Field(
        None,
        description="Receipt printer: tcp://host:9100, file:///dev/usb/lp0, serial:///dev/ttyS0?baud=9600, usb://04b8:0e15.",
    )
    printer_dots: int = Field(576, ge=200, le=1200, description="Dots across its paper: 80 mm has 576, 58 mm has 384.")
    pictures_a_day: int = Field(
        100, ge=0, le=100_000, description="Pictures that vendors may be paid for in the manager's studio on one day."
    )
    whisper_model: str = Field(
        "small",
        min_length=1,
        description="Whisper model that hears offline: tiny, base, small, medium, large-v3, turbo, owner/name or path.",
    )
    whisper_dir: Path | None = Field(
        None, description="Folder that Whisper models are looked for in; none: whisper/ in the data folder."
    )
    whisper_download: bool = Field(
        False, description="Fetch the Whisper model in the background where it is not on disk (small: 490 MB)."
    )

    @property
    def whisper_folder(self) -> Path:
        """Where Whisper models lie and where a download goes."""
        return self.whisper_dir if self.whisper_dir is not None else self.data_dir / "whisper"

    @property
    def database(self) -> str:
        """SQLAlchemy's URL of the store."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'mallo.sqlite3'}"
