"""One ingredient for another: ``swap the bacon for bread``, ``커피를 와인으로 바꿔``, ``instead of the coffee``."""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SWAPS = ("swap", "change", "switch", "replace", "exchange")


def given_for_another(spans: Sequence[Span], at: int) -> bool:
    """``instead of the coffee``, ``swap the bacon for bread``, ``커피를 와인으로 바꿔``: this one goes."""
    before = [span for span in spans[max(0, at - 2) : at] if not span.has(Kind.FILLER)]
    if before and before[-1].latin and before[-1].has(Kind.INSTEAD) and before[-1].words != "instead":
        return True
    other = _other_ingredient(spans, range(at + 1, len(spans)))
    if other is None:
        return False
    if spans[at].latin:
        return bool(before) and before[-1].words in _SWAPS and any(s.has(Kind.TO, Kind.PUT) for s in spans[at:other])
    if spans[at + 1].has(Kind.ALSO):
        last = [span for span in spans[other + 1 :] if not span.has(Kind.FILLER, Kind.ORDER, Kind.CHANGE)]
        return len(last) == 1 and last[0].has(Kind.TO)
    return spans[at + 1].has(Kind.OBJECT) and spans[other + 1 : other + 2] != [] and _is_swapped(spans, other)


def taken_for_another(spans: Sequence[Span], at: int) -> bool:
    """``bread`` of ``swap the bacon for bread``."""
    other = _other_ingredient(spans, range(at - 1, -1, -1))
    return (
        other is not None and given_for_another(spans, other) and not any(span.has(Kind.INSTEAD) for span in spans[:at])
    )


def _other_ingredient(spans: Sequence[Span], places: range) -> int | None:
    for i in places:
        if spans[i].has(Kind.INGREDIENT):
            return i
        if spans[i].has(Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.AND) and not spans[i].weak:
            return None
    return None


def _is_swapped(spans: Sequence[Span], at: int) -> bool:
    return spans[at + 1].has(Kind.TO) and any(span.has(Kind.CHANGE) for span in spans[at + 2 : at + 4])
