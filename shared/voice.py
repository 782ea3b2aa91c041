"""The three voice calls and the conversation's order state."""

from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from shared import limits
from shared.base import WireModel, WireRequest
from shared.orders import OrderItem, OrderItemDraft, Quote, Service


class Language(StrEnum):
    """Languages that the shop's own engines understand."""

    KO = "ko"
    EN = "en"


class Intent(StrEnum):
    ORDER = "order"
    INQUIRY = "inquiry"
    RECOMMENDATION = "recommendation"
    GREETING = "greeting"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    HELP = "help"
    OTHER = "other"


class Stage(StrEnum):
    GREETING = "greeting"
    MENU_SELECTION = "menu_selection"
    STYLE_SELECTION = "style_selection"
    CUSTOMIZATION = "customization"
    CONFIRMATION = "confirmation"
    COMPLETED = "completed"


class StateDecision(IntEnum):
    STAY = 0
    ADVANCE = 1
    BACK = 2
    PLACED = 3
    CANCELLED = 4


class Voice(StrEnum):
    ALLOY = "alloy"
    ECHO = "echo"
    FABLE = "fable"
    ONYX = "onyx"
    NOVA = "nova"
    SHIMMER = "shimmer"


class AudioFormat(StrEnum):
    MP3 = "mp3"
    WAV = "wav"
    OPUS = "opus"


AUDIO_MIME = {AudioFormat.MP3: "audio/mpeg", AudioFormat.WAV: "audio/wav", AudioFormat.OPUS: "audio/ogg"}

SessionId = Annotated[str, StringConstraints(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class VoiceInputRequest(WireRequest):
    """One turn. ``user_id`` null is a guest; ``session_id`` null begins a conversation."""

    transcript: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_TRANSCRIPT_CHARS)]
    user_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    session_id: SessionId | None = None


class MenuSuggestion(WireModel):
    code: str
    name: str
    description: str
    price: int
    reason: str


class OrderState(Quote):
    """The conversation's order. ``current`` is the index into ``items`` being worked on, or null.

    An item whose style has not been chosen yet stands in ``items`` with the style ``""``.
    """

    items: tuple[OrderItem, ...] = ()
    total: int = 0
    discount: int = 0
    payable: int = 0
    current: int | None = None
    service: Service = Service.EAT_IN
    order_number: int | None = None
    order_id: str | None = None


class VoiceAnalysisResponse(WireModel):
    """What was understood, what is said, and where the order stands."""

    session_id: str
    intent: Intent
    confidence: Annotated[float, Field(ge=0, le=1)]
    response: str
    analysis: dict[str, JsonValue]
    recommended_menu: MenuSuggestion | None = None
    alternatives: tuple[MenuSuggestion, ...] = ()
    additional_questions: tuple[str, ...] = ()
    order_state: OrderState
    state: Stage
    state_decision: StateDecision
    menu_selection: int
    style_selection: int
    quantity: int
    customization_overrides: dict[str, int] = {}


class SessionOrderUpdate(WireRequest):
    """``PUT /api/voice/sessions/{id}/order``: what the customer changed by touch, as the whole cart.

    An item without a style is not an item yet: the kiosk keeps it until the style is chosen.
    """

    items: Annotated[tuple[OrderItemDraft, ...], Field(max_length=limits.MAX_ITEMS)]
    service: Service = Service.EAT_IN


class SessionOrderResponse(WireModel):
    session_id: str
    order_state: OrderState
    state: Stage


class TextToSpeechRequest(WireRequest):
    text: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_SPEECH_CHARS)]
    voice: Voice = Voice.NOVA
    format: AudioFormat = AudioFormat.MP3


class Transcription(WireModel):
    """``transcript`` is empty when nothing was said. ``confidence`` is how sure the engine is of the words."""

    transcript: str
    language: str
    engine: str
    model: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
