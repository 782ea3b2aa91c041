"""When the kitchen is rung, and how loudly. Pure.

A new order, one that is given to this person and a help call ring at once. An order that nobody at this screen has
acknowledged for 10 s, and a call that nobody has answered for 30 s, ring louder and twice as often until somebody
comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from kiosk.services.staff_board import BoardSnapshot

URGENT_AFTER: Final = timedelta(seconds=10)
HELP_URGENT_AFTER: Final = timedelta(seconds=30)
AGAIN: Final = timedelta(seconds=10)
URGENT_AGAIN: Final = timedelta(seconds=5)

NEW_ORDER_SOUND: Final = "new_order"
URGENT_SOUND: Final = "urgent"
HELP_SOUND: Final = "alarm"
SOUNDS: Final = (NEW_ORDER_SOUND, URGENT_SOUND, HELP_SOUND)


@dataclass(frozen=True, slots=True)
class Alarm:
    """``since``: orders that nobody has acknowledged, and since when this screen shows them. ``sound``: to play now.

    ``urgent``: one of them waits too long; ``seconds``: how long the first has been waiting.
    """

    since: Mapping[str, datetime] = field(default_factory=dict)
    urgent: bool = False
    help_urgent: bool = False
    seconds: int = 0
    sounded_at: datetime | None = None
    sound: str = ""
    news: int = 0
    help_news: int = 0
    given_news: int = 0


def next_alarm(before: Alarm, board: BoardSnapshot, now: datetime) -> Alarm:
    """What stands on the board at ``now`` rings, given what rang before."""
    since = {order_id: before.since.get(order_id, now) for order_id in board.unseen}
    waiting = max((now - began for began in since.values()), default=timedelta(0))
    urgent = bool(since) and waiting >= URGENT_AFTER
    help_urgent = any(now - call.at >= HELP_URGENT_AFTER for call in board.help_calls)
    sound = _sound(before, board, now, urgent=urgent, help_urgent=help_urgent)
    return Alarm(
        since=since,
        urgent=urgent,
        help_urgent=help_urgent,
        seconds=int(waiting.total_seconds()),
        sounded_at=now if sound or before.sounded_at is None else before.sounded_at,
        sound=sound,
        news=board.news,
        help_news=board.help_news,
        given_news=board.given_news,
    )


def _sound(before: Alarm, board: BoardSnapshot, now: datetime, *, urgent: bool, help_urgent: bool) -> str:
    if board.help_news > before.help_news:
        return HELP_SOUND
    if board.news > before.news or board.given_news > before.given_news:
        return NEW_ORDER_SOUND
    if urgent and not before.urgent:
        return URGENT_SOUND
    if before.sounded_at is None or now - before.sounded_at < (URGENT_AGAIN if urgent or help_urgent else AGAIN):
        return ""
    if board.help_calls:
        return HELP_SOUND
    return (URGENT_SOUND if urgent else NEW_ORDER_SOUND) if board.unseen or board.given else ""
