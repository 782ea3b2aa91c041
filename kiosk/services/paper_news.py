"""What staff hear of the receipt printer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from shared.messages import Notification, PrintKind, Topic

ABOUT_PAPER = frozenset({Topic.ORDER_PRINTED, Topic.PRINT_FAILED})


@dataclass(frozen=True, slots=True)
class PaperNews:
    """``trouble``: why order ``number`` is not on paper; "": the kitchen has it on paper.

    It is unreachable, timeout, not_permitted, paper_out, cover_open, not_ready, unconfirmed, misconfigured or broken.
    ``at`` tells one piece of news from the next.
    """

    number: int
    trouble: str = ""
    at: int = 0


def told_of(notification: Notification) -> PaperNews | None:
    """None: nothing that staff need to hear, such as a receipt that came out."""
    number, trouble = notification.data.get("order_number"), notification.data.get("trouble", "")
    printed = notification.topic is Topic.ORDER_PRINTED
    if not isinstance(number, int) or (printed and notification.data.get("kind") != PrintKind.KITCHEN):
        return None
    return PaperNews(number, "" if printed else str(trouble), notification.id)
