"""What something would come to: ``how much would three French grand be``, then ``and two?``, ``and with grand?``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import AddItem, Change, Question, QuestionKind, UnderstandingRequest
from backend.external.offline.understanding.items import read_items
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_ELLIPTIC = (
    Kind.AND, Kind.PUT, Kind.FILLER, Kind.TOPIC, Kind.PARTICLE, Kind.NUMBER, Kind.STYLE, Kind.TO, Kind.STYLE_WORD,
)  # fmt: skip


def priced(asking: Sequence[Span], request: UnderstandingRequest) -> tuple[AddItem, ...]:
    """The items whose price is asked, where more is said than which menu it is."""
    said = any(span.has(Kind.NUMBER, Kind.STYLE) and not span.weak for span in asking)
    if not said or not any(span.has(Kind.MENU) for span in asking):
        return ()
    spans = [span for span in asking if not span.has(Kind.ASK_PRICE, Kind.ASK_TOTAL, Kind.WHAT)]
    changes = read_items(spans, replace(request, items=(), current=None, asked=""))
    items = tuple(change for change in changes if isinstance(change, AddItem) and change.menu is not None)
    return items if len(items) == len(changes) else ()


def asked_anew(spans: Sequence[Span], request: UnderstandingRequest) -> Question | None:
    """The price of the same in another style or number; None where it is not asked so."""
    if len(request.priced) != 1 or not spans or not all(span.has(*_ELLIPTIC) for span in spans):
        return None
    number = next((span.value for span in spans if span.has(Kind.NUMBER) and not span.weak), None)
    style = next((span.code(Kind.STYLE) for span in spans if span.has(Kind.STYLE)), None)
    goes_on = spans[0].has(Kind.AND) or (spans[-1].has(Kind.TOPIC) and spans[-1].words.endswith("요"))
    if not goes_on or (number is None and style is None):
        return None
    before = request.priced[0]
    item = replace(before, quantity=number or before.quantity, style=style or before.style)
    menus = (item.menu,) if item.menu is not None else ()
    return Question(QuestionKind.PRICE, menus=menus, wanted=(item,))


def as_priced(changes: tuple[Change, ...], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``right, two then``: in the style whose price was told, where none is said."""
    told = {item.menu: item.style for item in request.priced}
    return tuple(
        replace(change, style=told.get(change.menu)) if isinstance(change, AddItem) and change.style is None else change
        for change in changes
    )
