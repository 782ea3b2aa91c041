"""``my son turns seven so seven candles``, ``she's five today``: how old somebody is counts nothing in the order."""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_TURNS = ("turns", "turning", "turned", "aged")
_IS = ("shes", "hes", "theyre", "sheis", "heis", "willbe")
_COUNTED = (Kind.MENU, Kind.PART, Kind.CATEGORY, Kind.INGREDIENT, Kind.STYLE, Kind.ADD, Kind.PUT, Kind.WITHOUT)


def without_ages(spans: Sequence[Span]) -> list[Span]:
    """The pieces without numbers that say how old somebody is."""
    out = list(spans)
    for at, span in enumerate(spans):
        if not (at and span.has(Kind.NUMBER) and span.latin and not span.weak and not span.unit):
            continue
        following = spans[at + 1 : at + 2]
        counts = bool(following) and following[0].has(*_COUNTED)
        if spans[at - 1].words in _TURNS or (spans[at - 1].words in _IS and not counts):
            out[at] = span.only(Kind.FILLER, ("",))
    return out
