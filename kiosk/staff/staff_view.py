"""The staff window as one frozen value, and how it follows from the services' snapshots. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.api.event_stream import ConnectionState
from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff.alarm import HELP_URGENT_AFTER
from kiosk.staff.help_model import HelpView
from kiosk.staff.notices import NOTHING, Notice
from kiosk.staff.tickets import MenuWords, Ticket, ticket_of
from shared.orders import Order, OrderStatus

COLUMNS = (OrderStatus.RECEIVED, OrderStatus.PREPARING, OrderStatus.READY)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the person at this screen has done: not the board's business, and gone with the window.

    ``line``: the line of the picked ticket that was gone to; None: the first that is not made.
    """

    picked: str = ""
    line: int | None = None
    typed: str = ""
    typed_at: datetime | None = None
    typed_found: bool = False
    asking: str = ""
    notice: Notice = NOTHING
    live_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffView:
    """``screen`` is ``sign_in`` or ``board``; ``last_update`` and ``time`` are local, ``HH:MM:SS`` and ``HH:MM``.

    ``asking``: number of the order that may be cancelled, 0 when nothing is asked.
    """

    screen: str = "sign_in"
    user: str = ""
    connection: str = ConnectionState.CONNECTING.value
    last_update: str = ""
    time: str = ""
    selected: str = ""
    line: int = -1
    typed: str = ""
    typed_found: bool = False
    asking: int = 0
    language: str = "ko"


def view_of(board: BoardSnapshot, desk: Desk, line: int, now: datetime, language: str) -> StaffView:
    signed_in = board.user_id is not None
    asked = next((order.order_number for order in board.orders if order.id == desk.asking), 0)
    return StaffView(
        screen="board" if signed_in else "sign_in",
        user=board.user_id or "",
        connection=board.connection.value,
        last_update=desk.live_at.astimezone().strftime("%H:%M:%S") if desk.live_at else "",
        time=now.astimezone().strftime("%H:%M"),
        selected=desk.picked,
        line=line,
        typed=desk.typed,
        typed_found=desk.typed_found,
        asking=asked,
        language=language,
    )


def tickets_of(board: BoardSnapshot, orders: tuple[Order, ...], words: MenuWords, now: datetime) -> list[Ticket]:
    """The tickets of ``orders`` as who is signed in sees them, in the same order."""
    me = board.user_id or ""
    return [
        ticket_of(
            order,
            words,
            me,
            now,
            fresh=order.id in board.unseen,
            given=order.id in board.given,
            busy=order.id in board.busy,
        )
        for order in orders
    ]


def help_of(board: BoardSnapshot, words: MenuWords, now: datetime) -> list[HelpView]:
    return [
        HelpView(
            help_id=call.help_id,
            device=call.device_id,
            place=call.screen,
            seconds=max(0, int((now - call.at).total_seconds())),
            mode=call.mode,
            cart=", ".join(f"{words.menu_name(item.menu_code)} {item.quantity}" for item in call.cart),
            urgent=call.escalated or now - call.at >= HELP_URGENT_AFTER,
            busy=call.help_id in board.answering,
        )
        for call in board.help_calls
    ]
