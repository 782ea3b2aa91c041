"""OrderSession: one customer's order from the first touch to the wiped screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, LiveMessages
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from shared.orders import Discount, Order, OrderItemDraft, Service
from shared.voice import Stage, VoiceAnalysisResponse


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of the cart. ``key`` stays with the line while others come and go.

    Prices are whole won; None until the backend priced this line as it is now.
    ``fresh``: the last utterance or answer changed this line (it lights up).
    """

    key: int
    draft: OrderItemDraft
    unit_price: int | None = None
    line_price: int | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """The order as the customer sees it.

    ``priced``: total, discount and payable belong to exactly these lines. False while a change is on its
    way or the backend is away; the figures shown are then the last known.
    ``current``: index of the line being worked on by voice, or None. ``error``: of the last sync or place.
    ``placed``: the placed order with its live status, by voice or by touch; ``placing``: on its way.
    ``connection``: of the live status, once placed.
    """

    session_id: str
    lines: tuple[OrderLine, ...] = ()
    service: Service = Service.EAT_IN
    total: int = 0
    discount: int = 0
    payable: int = 0
    discounts: tuple[Discount, ...] = ()
    priced: bool = True
    stage: Stage = Stage.GREETING
    current: int | None = None
    placing: bool = False
    placed: Order | None = None
    connection: ConnectionState = ConnectionState.CONNECTING
    error: KioskError | None = None

    @property
    def count(self) -> int:
        """Pieces in the cart."""
        return sum(line.draft.quantity for line in self.lines)


class OrderSession(Observable[OrderSnapshot]):
    """The cart lives here and is shared with the conversation (PUT /api/voice/sessions/{id}/order).

    Every change shows at once and is kept while the backend is away; it is sent when the backend is back.
    A placed order is never doubled: the same idempotency key is used until the answer is known.
    """

    def __init__(
        self,
        backend: Backend,
        link: BackendLink,
        live: LiveMessages,
        new_id: Callable[[], str],
    ) -> None:
        """``new_id`` makes session ids and idempotency keys (16 to 64 of ``[A-Za-z0-9_-]``)."""

    def add(self, draft: OrderItemDraft) -> None:
        """A further line; the same draft again raises the quantity of its line, up to 20."""

    def replace(self, index: int, draft: OrderItemDraft) -> None: ...
    def remove(self, index: int) -> None: ...
    def set_quantity(self, index: int, quantity: int) -> None:
        """Clamped to 1..20."""

    def set_service(self, service: Service) -> None: ...
    def undo(self) -> None:
        """Take back the last change made by touch; nothing to take back is no error."""

    def place(self) -> None:
        """Place the order; see ``placing``, ``placed``, ``error``. While one is on its way: does nothing."""

    def clear_error(self) -> None: ...

    def end(self) -> None:
        """Wipe all and begin a new session. The old conversation is deleted on the backend, later if it is away."""

    async def prepare(self) -> str:
        """Before a spoken turn: guest token got, cart sent. Answers the session id. Raises KioskError."""

    def take(self, analysis: VoiceAnalysisResponse) -> None:
        """Adopt what a spoken or typed turn made of the order; touches made meanwhile are put on top."""

    async def look_for_placed(self) -> None:
        """After a turn whose outcome is unknown: was the order placed all the same? Raises KioskError."""

    async def close(self) -> None: ...
