"""One piece of an item of several: ``no wine in one``, ``without wine in the second``, ``두 번째 거만 와인 빼고``.

Pieces of one item have no order of their own: the second of two alike is any one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_IN = ("in", "on")
_BY_ITSELF = ("just", "only")
_BEFORE_ALONE = (*_IN, "for", "with")
_THING = ("거", "것", "꺼")
_CHOICES = ("which", "offer", "style")
_CHANGED = (Kind.INGREDIENT, Kind.STYLE)


def of_one_piece(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The pieces with what points at one of several alike as ``one of them``."""
    several = any(item.quantity > 1 for item in request.items)
    if not several or not any(span.has(*_CHANGED) for span in spans):
        return list(spans)
    alike = len(request.items) == 1 and request.asked not in _CHOICES
    out = list(spans)
    for at, span in enumerate(spans):
        if span.has(Kind.RANK) and alike and abs(span.value) <= request.items[0].quantity:
            out[at] = replace(span, senses={Kind.NUMBER: ("",)}, value=1, unit="ofthem" if span.latin else "개")
            following = spans[at + 1 : at + 2]
            if following and following[0].has(Kind.FILLER) and following[0].words.startswith(_THING):
                out[at + 1] = replace(following[0], words=following[0].words[1:], senses={Kind.PARTICLE: ("",)})
        elif span.words == "one" and span.has(Kind.NUMBER) and _is_in_one(spans, at):
            out[at] = replace(span, unit="ofthem")
    return out


def _is_in_one(spans: Sequence[Span], at: int) -> bool:
    """``in one``, ``for just one``, where nothing that it counts follows."""
    before = [span.words for span in spans[max(0, at - 2) : at]]
    following = spans[at + 1 : at + 2]
    if not before or (following and not following[0].has(Kind.FILLER, Kind.ORDER)):
        return False
    return before[-1] in _IN or (before[-1] in _BY_ITSELF and before[0] in _BEFORE_ALONE)
