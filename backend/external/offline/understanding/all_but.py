"""All but one: ``케이크 빼고 다 디럭스로``, ``all simple except the cake, deluxe``, ``딸기 빼고 나머지는 그랜드로``."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.proposal import Change, ChangeItem, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_LEFT_OUT = (Kind.INSTEAD, Kind.REMOVE, Kind.WITHOUT)
_WHAT = (Kind.MENU, Kind.CATEGORY, Kind.PART, Kind.INGREDIENT)
_NOT_ABOUT_ITEMS = (Kind.NUMBER, Kind.ORDER, Kind.ADD)


def read_all_but(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """One style for every item except the named ones, which may get another; empty where it is not said so."""
    everything = any(span.has(Kind.ALL, Kind.REST) for span in spans)
    at = next((n for n, span in enumerate(spans) if span.has(*_LEFT_OUT)), None)
    styles = [n for n, span in enumerate(spans) if span.has(Kind.STYLE)]
    if not everything or at is None or not 1 <= len(styles) <= 2 or len(request.items) < 2:
        return ()
    if any(span.has(*_NOT_ABOUT_ITEMS) and not span.weak for span in spans):
        return ()
    latin = spans[at].latin
    near = spans[at + 1 :] if latin else spans[:at]
    named = [span for span in near if span.has(*_WHAT)]
    left_out = {index for index, item in enumerate(request.items) if _is_named(item, named, request.catalogue)}
    if not left_out or len(left_out) == len(request.items):
        return ()
    own = [n for n in styles if latin and n > at]
    common = next((n for n in styles if n not in own), None)
    if common is None or len(own) > 1:
        return ()
    style = spans[common].code(Kind.STYLE)
    other = spans[own[0]].code(Kind.STYLE) if own else None
    return tuple(
        ChangeItem(index, style=other if index in left_out else style)
        for index in range(len(request.items))
        if other is not None or index not in left_out
    )


def _is_named(item: Item, named: Sequence[Span], catalogue: Catalogue) -> bool:
    """By its menu, by its kind, or by a part of its name: ``딸기 빼고`` of a strawberry cake."""
    menu = catalogue.menu(item.menu_code)
    codes = {code for span in named for kind in (Kind.MENU, Kind.PART) for code in span.senses.get(kind, ())}
    kinds = {span.code(Kind.CATEGORY) for span in named if span.has(Kind.CATEGORY)}
    parts = {span.code(Kind.INGREDIENT) for span in named if span.has(Kind.INGREDIENT)}
    return item.menu_code in codes | parts or (menu is not None and menu.category in kinds)
