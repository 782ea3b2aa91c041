"""``GET /api/health`` and ``GET /api/ws/stats``."""

from datetime import date, datetime
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
    OFF = "off"


class ModelNotice(WireModel):
    """``code``: model_retired (the first wish is no longer served) or model_ends_soon (on the day ``ends``)."""

    code: str
    model: str
    ends: date | None = None


class EngineHealth(WireModel):
    """One engine of a capability's chain, in the order in which they are tried.

    ``languages`` are what it hears, speaks or understands (BCP 47 primary tags). ``state`` off: the settings name it
    and it was not set up (``reason`` no_key). Other reasons: no_answer, timeout, rate_limited, quota, wrong_key,
    not_permitted, region, misconfigured, model_gone, bad_response, crashed.
    """

    capability: Capability
    engine: str
    state: EngineState
    languages: tuple[str, ...] = ()
    reason: str = ""
    model: str = ""
    warnings: tuple[ModelNotice, ...] = ()


class HealthResponse(WireModel):
    status: str
    version: str
    database: str
    epoch: str
    engines: tuple[EngineHealth, ...]


class WebSocketStats(WireModel):
    """Live connections of all machines of the shop.

    ``unseen`` counts orders that no staff window has shown, ``oldest_unseen_at`` is when the first of them came;
    ``sent`` and ``replayed`` (those that had waited for their client to come back) count notifications since the start.
    """

    connections: dict[UserType, int]
    total: int
    unseen: int = 0
    oldest_unseen_at: datetime | None = None
    sent: int = 0
    replayed: int = 0
    replicas: int = 1
