"""The customer's order as it is shown: a frozen snapshot, and how long the session tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.api.event_stream import ConnectionState
from kiosk.errors import KioskError
from kiosk.services.cart import OrderLine
from shared.orders import Discount, Order, OrderStatus, Service
from shared.voice import OrderState, Stage


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """The order as the customer sees it.

    ``priced``: total, discount and payable belong to exactly these lines. False while a change is on its
    way or the backend is away; the figures shown are then the last known.
    ``current``: index of the line being worked on by voice, or None. ``error``: of the last sync or place.
    ``placed``: the placed order with its live status, by voice or by touch (the cart is then empty again);
    ``unseen``: no staff window has shown it for a minute: the customer is asked to speak to the counter.
    ``placing``: on its way. ``connection``: of the live status.
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
    unseen: bool = False
    connection: ConnectionState = ConnectionState.CONNECTING
    can_undo: bool = False
    error: KioskError | None = None

    @property
    def count(self) -> int:
        """Pieces in the cart."""
        return sum(line.draft.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class OrderTimes:
    """Seconds. ``place``: how long placing is tried while the backend is away or restarting."""

    first_retry: float = 0.25
    longest_retry: float = 4.0
    place: float = 40.0


def first_sight_of(state: OrderState, order_id: str, number: int, now: datetime) -> Order:
    """What the conversation says of the order it placed, until the order itself is read (version 0)."""
    return Order(
        id=order_id,
        order_number=number,
        status=OrderStatus.RECEIVED,
        service=state.service,
        items=state.items,
        discounts=state.discounts,
        total=state.total,
        discount=state.discount,
        payable=state.payable,
        placed_at=now,
        version=0,
    )
