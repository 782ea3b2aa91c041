"""StaffBoard: the live list of orders for kitchen and counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, LiveMessages
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from shared.auth import UserType
from shared.messages import Notification
from shared.orders import Order, OrderStatus


@dataclass(frozen=True, slots=True)
class HelpCall:
    help_id: str
    device_id: str
    screen: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BoardSnapshot:
    """``user_id`` None: nobody is signed in. ``orders``: the open ones, oldest first.

    ``unseen``: ids of orders that nobody at this screen has acknowledged yet. ``news`` counts new orders and
    ``help_news`` help calls since signing in: a change is what a sound is played for.
    ``busy``: ids with a change on its way. ``error``: of the last action, ``error_order``: the id that it was about.
    ``handed_over``: completed orders that can be recalled, the latest first, at most 10.
    """

    user_id: str | None = None
    user_type: UserType | None = None
    signing_in: bool = False
    orders: tuple[Order, ...] = ()
    unseen: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    help_calls: tuple[HelpCall, ...] = ()
    connection: ConnectionState = ConnectionState.CONNECTING
    news: int = 0
    help_news: int = 0
    error: KioskError | None = None
    error_order: str | None = None
    handed_over: tuple[Order, ...] = ()

    def with_status(self, status: OrderStatus) -> tuple[Order, ...]:
        """One column, oldest first."""
        return tuple(order for order in self.orders if order.status is status)


class StaffBoard(Observable[BoardSnapshot]):
    def __init__(
        self, backend: Backend, live: LiveMessages, also: Callable[[Notification], None] | None = None
    ) -> None:
        """``also`` gets every notification too (e.g. ``Shop.heard``)."""

    def sign_in(self, user_id: str, pin: str) -> None: ...
    def sign_out(self) -> None: ...
    def claim(self, order_id: str) -> None:
        """received -> preparing, assigned to who is signed in."""

    def ready(self, order_id: str) -> None:
        """preparing -> ready."""

    def hand_over(self, order_id: str) -> None:
        """ready -> completed; it leaves the board."""

    def bump(self, order_id: str) -> None:
        """The next step of the three above."""

    def cancel(self, order_id: str) -> None:
        """received or preparing -> cancelled."""

    def recall(self, order_id: str) -> None:
        """One step back: preparing -> received (nobody's), ready -> preparing, completed -> ready."""

    def seen(self, order_id: str) -> None: ...
    def answer_help(self, help_id: str) -> None:
        """Take a help call off this board."""

    def clear_error(self) -> None: ...
    async def close(self) -> None: ...
