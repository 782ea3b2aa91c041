"""All but one: ``케이크 빼고 다 디럭스로``, ``all simple except the cake, deluxe``, ``딸기 빼고 나머지는 그랜드로``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.proposal import Change, ChangeItem, PortionChange, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.portions import read_portions
from backend.external.offline.understanding.scanner import Span

_LEFT_OUT = (Kind.INSTEAD, Kind.REMOVE, Kind.WITHOUT)
_WHAT = (Kind.MENU, Kind.CATEGORY, Kind.PART, Kind.INGREDIENT)
_NOT_ABOUT_ITEMS = (Kind.NUMBER, Kind.ORDER, Kind.ADD)


def read_all_but(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """One style for every item except the named ones, which may get another; empty where it is not said so."""
    everything = any(span.has(Kind.ALL, Kind.REST) for span in spans)
    of_parts = _with_portions(spans, request) or _only_one_otherwise(spans, request)
    if of_parts:
        return of_parts
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


def _with_portions(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``그랜드 빼고 다 초 빼 주세요``, ``딸기 말고 나머지는 초 두 개씩``: an ingredient of all but the named ones."""
    at = next((n for n, span in enumerate(spans) if span.has(*_LEFT_OUT) and not span.latin), None)
    if at is None or at + 1 >= len(spans) or not spans[at + 1].has(Kind.ALL, Kind.REST) or len(request.items) < 2:
        return ()
    named = [span for span in spans[:at] if not span.has(Kind.FILLER, Kind.PARTICLE, Kind.TOPIC, Kind.AND)]
    rest = spans[at + 2 :]
    if (
        not named
        or not all(span.has(*_WHAT, Kind.STYLE) for span in named)
        or any(span.has(Kind.STYLE) for span in rest)
    ):
        return ()
    left_out = {index for index, item in enumerate(request.items) if _fits(item, named, request.catalogue)}
    portions = [each.change for each in read_portions(rest, replace(request, items=request.items, about=""))]
    if not left_out or not portions or not any(span.has(Kind.INGREDIENT) for span in rest):
        return ()
    return tuple(
        ChangeItem(index, portions=own)
        for index, item in enumerate(request.items)
        if index not in left_out and (own := tuple(each for each in portions if _holds(item, each, request.catalogue)))
    )


def _only_one_otherwise(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``다 그랜드요 발렌타인만 디럭스``: one style for all, another for the named ones."""
    styles = [n for n, span in enumerate(spans) if span.has(Kind.STYLE)]
    only = next(
        (n for n, span in enumerate(spans) if n and span.words in ("만", "만은") and spans[n - 1].has(*_WHAT)), None
    )
    if len(styles) != 2 or only is None or not styles[0] < only - 1 < styles[1] or len(request.items) < 2:
        return ()
    if not any(span.has(Kind.ALL) for span in spans[: styles[0]]) or any(span.has(Kind.NUMBER) for span in spans):
        return ()
    own = {index for index, item in enumerate(request.items) if _is_named(item, [spans[only - 1]], request.catalogue)}
    common, other = (spans[n].code(Kind.STYLE) for n in styles)
    return tuple(ChangeItem(index, style=other if index in own else common) for index in range(len(request.items)))


def _fits(item: Item, named: Sequence[Span], catalogue: Catalogue) -> bool:
    return _is_named(item, named, catalogue) or any(
        span.has(Kind.STYLE) and item.style in span.senses[Kind.STYLE] for span in named
    )


def _holds(item: Item, portion: PortionChange, catalogue: Catalogue) -> bool:
    menu = catalogue.menu(item.menu_code)
    return menu is not None and menu.portion(portion.ingredient) is not None
