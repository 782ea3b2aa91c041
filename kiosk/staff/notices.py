"""What the window tells staff after something did not go as they meant. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.errors import KioskError
from kiosk.services.paper_news import PaperNews
from kiosk.services.staff_board import HELP_PARAM, BoardSnapshot
from shared.orders import Order
from shared.problems import ProblemCode

SHOWN_FOR: Final = timedelta(seconds=10)
PAPER_SHOWN_FOR: Final = timedelta(seconds=60)
"""Told to whoever is near: nobody has done anything that they wait for an answer to."""

PICK_FIRST: Final = "pick_first"
TAKE_FIRST: Final = "take_first"
HELP_TAKEN: Final = "help_taken"
TAKEN: Final = "taken"
NOTHING_TO_RECALL: Final = "nothing_to_recall"
TOO_LATE_TO_CANCEL: Final = "too_late_to_cancel"
PRINTED: Final = "printed"
NOT_PRINTED: Final = "not_printed_"


@dataclass(frozen=True, slots=True)
class Notice:
    """``code`` is one of the constants above (``NOT_PRINTED`` and a trouble) or a KioskError's.

    ``number`` 0 and ``who`` "": not known. ``status`` is where the order stands now, as far as the board knows.
    """

    code: str = ""
    number: int = 0
    who: str = ""
    status: str = ""
    until: datetime | None = None


NOTHING: Final = Notice()


def notice(code: str, now: datetime, order: Order | None = None, who: str = "") -> Notice:
    return Notice(
        code=code,
        number=order.order_number if order else 0,
        who=who,
        status=order.status.value if order else "",
        until=now + SHOWN_FOR,
    )


def refusal(error: KioskError, board: BoardSnapshot, now: datetime) -> Notice:
    """Why the last action was refused; for a conflict also who was quicker, when that can be known."""
    if HELP_PARAM in error.params and error.code in (ProblemCode.CONFLICT, ProblemCode.NOT_FOUND):
        goes = error.params.get("changed_by")
        return notice(HELP_TAKEN, now, who=goes if isinstance(goes, str) else "")
    order = find(board, board.error_order)
    who = ""
    if error.code in (ProblemCode.CONFLICT, ProblemCode.ILLEGAL_TRANSITION):
        said = error.params.get("changed_by") or error.params.get("assigned_to")
        who = said if isinstance(said, str) else (order.assigned_to or "") if order else ""
    return notice(error.code.value, now, order, "" if who == board.user_id else who)


def paper(news: PaperNews, now: datetime) -> Notice:
    """What the receipt printer did, or why it could not."""
    code = NOT_PRINTED + news.trouble if news.trouble else PRINTED
    return Notice(code=code, number=news.number, until=now + PAPER_SHOWN_FOR)


def find(board: BoardSnapshot, order_id: str | None) -> Order | None:
    everything: Iterable[Order] = (*board.orders, *board.handed_over)
    return next((order for order in everything if order.id == order_id), None)
