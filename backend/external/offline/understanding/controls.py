"""What is said to the kiosk itself: yes, no, nothing more, cancel, back, repeat; and which of what was offered."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import Control, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_PLAIN = (
    (Kind.CANCEL, Control.CANCEL),
    (Kind.START_OVER, Control.START_OVER),
    (Kind.BACK, Control.BACK),
    (Kind.REPEAT, Control.REPEAT),
    (Kind.STAFF, Control.CALL_STAFF),
    (Kind.WAIT, Control.WAIT),
    (Kind.THANKS, Control.THANKS),
    (Kind.USUAL, Control.USUAL),
    (Kind.LOUDER, Control.LOUDER),
    (Kind.SLOWER, Control.SLOWER),
    (Kind.LARGER, Control.LARGER),
)
_CONTENT = (
    Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.TIERS, Kind.FLAVOUR, Kind.COLOUR, Kind.LETTERING,
)  # fmt: skip
_NOT_JUST_GOING_ON = (
    Kind.NUMBER, Kind.RANK, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE, Kind.INSTEAD, Kind.CANCEL,
    Kind.WAIT, Kind.SERVICE, Kind.NOTHING_MORE, Kind.REPEAT, Kind.STAFF, Kind.BACK, Kind.START_OVER, Kind.MENU_WORD,
    Kind.USUAL, Kind.WHAT, Kind.MONEY, Kind.PEOPLE, Kind.ALL,
)  # fmt: skip
_SPEAKS_AGAINST_YES = (Kind.CANCEL, Kind.REMOVE, Kind.CHANGE, Kind.INSTEAD, Kind.WAIT, Kind.START_OVER, Kind.BACK)
"""Whoever says one of these with a yes has not said yes to the order as it stands."""
_CLEAR = 0.15
_MAYBE_NOT_MEANT = 0.25
_CHOICES = ("which", "offer", "style")


def read_controls(
    spans: Sequence[Span], request: UnderstandingRequest, *, answered: bool, unknown: float
) -> tuple[Control, ...]:
    """The controls in the pieces of the sentences that do not ask.

    ``answered``: another sentence asked something. ``unknown``: how much of what was said is not known, 0 to 1.
    """
    found = _plain(spans, request, unknown)
    told = any(span.has(Kind.PAST) for span in spans)
    if answered or told:
        return tuple(found)
    yes = any(span.has(Kind.YES) for span in spans)
    place = any(span.has(Kind.PLACE) for span in spans)
    no = any(span.has(Kind.NO) and not span.has(Kind.WITHOUT) for span in spans) or _bare_no(spans)
    nothing = any(span.has(Kind.NOTHING_MORE) for span in spans)
    content = any(span.has(*_CONTENT) for span in spans)
    if request.stage == "confirmation" and not content and not no and unknown <= _CLEAR and _asks_to_go_on(spans):
        place = True
    if any(span.has(*_SPEAKS_AGAINST_YES) for span in spans):
        yes = place = False
    going_on = place or (yes and not content and _asks_to_go_on(spans))
    if going_on and request.stage == "customization" and not no:
        nothing, place = True, False
    if nothing:
        found.append(Control.NOTHING_MORE)
    if (yes and not (nothing and request.stage == "customization")) or place:
        found.append(Control.CONFIRM)
    if no:
        found.append(Control.DENY)
    return tuple(found)


def _plain(spans: Sequence[Span], request: UnderstandingRequest, unknown: float) -> list[Control]:
    """What is said to the kiosk by a word of its own; ``음...`` alone asks for time."""
    found = [control for kind, control in _PLAIN if any(span.has(kind) for span in spans)]
    if Control.WAIT in found and any(span.has(*_CONTENT) for span in spans):
        found.remove(Control.WAIT)
    if Control.CANCEL in found and unknown > _MAYBE_NOT_MEANT:
        found.remove(Control.CANCEL)
    if spans and not unknown and all(span.has(Kind.FILLER) for span in spans) and request.stage != "greeting":
        found.append(Control.WAIT)
    return found


def _bare_no(spans: Sequence[Span]) -> bool:
    """``노`` alone: a no; before a name it means without."""
    return any(span.has(Kind.NO) and span.has(Kind.WITHOUT) for span in spans) and not any(
        span.has(Kind.INGREDIENT) for span in spans
    )


def _asks_to_go_on(spans: Sequence[Span]) -> bool:
    """``주세요``, ``그걸로 할게요``: to "shall I place the order?" as good as yes."""
    orders = any(span.has(Kind.ORDER) for span in spans)
    others = any(span.has(*_NOT_JUST_GOING_ON) for span in spans)
    return orders and not others


def read_choice(spans: Sequence[Span], request: UnderstandingRequest) -> int | None:
    """Which of what the kiosk offered: an index, -1 for the last one, or None."""
    named = tuple(kind for kind in _CONTENT if kind is not Kind.STYLE or request.asked == "style")
    if not request.offered or request.asked not in _CHOICES or any(span.has(*named) for span in spans):
        return None
    for span in spans:
        if span.has(Kind.RANK):
            return span.value - 1 if span.value > 0 else -1
    if any(span.has(Kind.REMOVE, Kind.INSTEAD, Kind.CANCEL, Kind.NO) for span in spans):
        return None
    if request.asked == "offer" and any(span.has(Kind.THAT, Kind.PLACE, Kind.ORDER, Kind.NUMBER) for span in spans):
        return 0
    return None
