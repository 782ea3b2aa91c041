"""``GET /api/health`` and ``GET /api/ws/stats``."""

from enum import StrEnum

from shared.auth import UserType
from shared.base import WireModel


class Capability(StrEnum):
    LANGUAGE = "language"
    SPEECH_TO_TEXT = "speech_to_text"
    TEXT_TO_SPEECH = "text_to_speech"
    IMAGE = "image"


class EngineState(StrEnum):
    READY = "ready"
    UNAVAILABLE = "unavailable"
    MISCONFIGURED = "misconfigured"


class EngineHealth(WireModel):
    """``languages`` are what the engine hears, speaks or understands (BCP 47 primary tags)."""

    capability: Capability
    engine: str
    state: EngineState
    languages: tuple[str, ...] = ()
    reason: str = ""


class HealthResponse(WireModel):
    status: str
    version: str
    database: str
    epoch: str
    engines: tuple[EngineHealth, ...]


class WebSocketStats(WireModel):
    connections: dict[UserType, int]
    total: int
