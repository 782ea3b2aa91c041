"""What the kiosk asks of a backend. ``BackendClient`` does it over HTTP; tests have a double in memory."""

from __future__ import annotations

from typing import Protocol

from shared.auth import GuestResponse, LoginResponse, StaffResponse
from shared.catalogue import EventsResponse, MenuResponse
from shared.health import HealthResponse, WebSocketStats
from shared.images import ImageRequest, ImageResponse
from shared.orders import (
    BoardResponse,
    HelpCallsResponse,
    HelpMode,
    HelpResponse,
    Order,
    OrderDraft,
    OrderItemDraft,
    OrderPatch,
    OrdersResponse,
    Quote,
)
from shared.usage import UsageResponse
from shared.voice import (
    AudioFormat,
    SessionOrderResponse,
    SessionOrderUpdate,
    Transcription,
    Voice,
    VoiceAnalysisResponse,
)


class Backend(Protocol):
    """Every call has a time limit of its own and raises KioskError and nothing else.

    ``backend_unreachable`` and ``timed_out`` are retryable; whether the call was carried out is then unknown
    (``KioskError.outcome_unknown``).
    """

    def sign_in(self, token: str) -> None:
        """Show ``token`` with every call from now on."""
        ...

    def sign_out(self) -> None: ...

    async def health(self) -> HealthResponse: ...
    async def websocket_stats(self) -> WebSocketStats:
        """Live connections by user type. Managers only: raises KioskError forbidden, unauthenticated."""
        ...

    async def menu(self) -> MenuResponse: ...
    async def events(self) -> EventsResponse: ...

    async def login(self, user_id: str, pin: str) -> LoginResponse:
        """Raises KioskError wrong_credentials, locked_out (params ``retry_after_seconds``).

        Does not sign in by itself.
        """
        ...

    async def guest(self) -> GuestResponse:
        """A customer without a name. Does not sign in by itself."""
        ...

    async def quote(self, draft: OrderDraft) -> Quote: ...
    async def place(self, draft: OrderDraft, key: str) -> Order:
        """Place an order. The same ``key`` with the same draft answers the same order, however often."""
        ...

    async def order(self, order_id: str) -> Order: ...
    async def orders(self, open_only: bool = True) -> OrdersResponse:
        """Staff: the shop's orders. A customer: their own."""
        ...

    async def change_order(self, order_id: str, patch: OrderPatch) -> Order:
        """Raises KioskError conflict (somebody was quicker), illegal_transition."""
        ...

    async def set_sold_out(self, code: str, sold_out: bool) -> None: ...

    async def usage(self) -> UsageResponse:
        """What paid engines cost in the last 30 days of the shop's calendar. Managers only."""
        ...

    async def analyze(
        self, transcript: str, session_id: str, user_id: str | None = None, *, elapsed: float | None = None
    ) -> VoiceAnalysisResponse:
        """``elapsed``, here and below: seconds since the customer stopped speaking; None: not part of a turn.

        The backend's vendors get what is left of the turn, then its own machine answers.
        """
        ...

    async def put_session_order(self, session_id: str, update: SessionOrderUpdate) -> SessionOrderResponse: ...
    async def end_session(self, session_id: str, token: str | None = None) -> None:
        """Forget the conversation. One that is not there is no error.

        ``token``: the one of the customer who left; the next may be signed in already.
        """
        ...

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        """Hear a WAV recording; ``language`` None: detect.

        Raises KioskError silence, language_not_served, engine_unavailable (no engine hears now).
        """
        ...

    async def speak(
        self,
        text: str,
        audio_format: AudioFormat = AudioFormat.WAV,
        voice: Voice = Voice.NOVA,
        *,
        elapsed: float | None = None,
    ) -> bytes:
        """``text`` of 1 to 1,000 characters as encoded speech, whole.

        An answer that breaks off is ``backend_unreachable``: asked again, the backend speaks with its next engine.
        """
        ...

    async def help(
        self, screen: str, mode: HelpMode | None = None, cart: tuple[OrderItemDraft, ...] = ()
    ) -> HelpResponse:
        """Call the staff to this kiosk (``device_id`` of the settings). ``cart``: what the customer has chosen."""
        ...

    async def help_calls(self) -> HelpCallsResponse:
        """Staff: the calls that nobody has answered."""
        ...

    async def staff(self) -> StaffResponse:
        """Managers: whom an order may be given to."""
        ...

    async def answer_help(self, help_id: str) -> None:
        """Staff: I am going. Raises KioskError conflict (``changed_by`` goes already), not_found."""
        ...

    async def board(self) -> BoardResponse:
        """Order numbers in preparation and ready; open to everybody."""
        ...

    async def generate_image(self, request: ImageRequest) -> ImageResponse: ...
    async def card_shown(self, code: str, number: int) -> None:
        """This kiosk shows change ``number`` of a menu's card. May be called by nobody in particular."""
        ...

    async def content(self, path: str) -> bytes:
        """The bytes behind a path that the backend named: a menu's ``image``, an ImageResponse's ``content``."""
        ...
