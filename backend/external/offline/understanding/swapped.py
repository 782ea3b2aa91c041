"""Two items the other way round: ``반대로요``, ``sorry, other way round`` of their styles, or of their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import Change, ChangeItem, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NAMED = (Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT, Kind.NUMBER)


def read_swapped(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes that exchange what is different about the only two items: their styles, else their numbers."""
    said = any(span.has(Kind.SWAPPED) for span in spans)
    if not said or len(request.items) != 2 or any(span.has(*_NAMED) for span in spans):
        return ()
    first, second = request.items
    if first.style != second.style:
        return (ChangeItem(0, style=second.style), ChangeItem(1, style=first.style))
    if first.quantity != second.quantity:
        return (ChangeItem(0, quantity=second.quantity), ChangeItem(1, quantity=first.quantity))
    return ()
