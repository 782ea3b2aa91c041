"""Menus that are ordered by their price: ``제일 싼 디너로 하나요``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_PRICE_CONFIDENCE = 0.9


def extreme_by_name(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The cheapest or dearest of a category becomes that menu where it is ordered; else it is a question."""
    out = list(spans)
    if any(span.has(Kind.WHAT, Kind.ASK_PRICE) for span in spans):
        return out
    at = next((n for n, span in enumerate(spans) if span.has(Kind.CHEAPEST, Kind.DEAREST)), None)
    named = [n for n, span in enumerate(spans) if span.has(Kind.CATEGORY)]
    if at is None or len(named) != 1 or any(span.has(Kind.MENU, Kind.INGREDIENT) for span in spans):
        return out
    span, category = spans[at], spans[named[0]]
    code = _extreme(category.code(Kind.CATEGORY), request, cheapest=span.has(Kind.CHEAPEST))
    if code is not None and any(each.has(Kind.TO, Kind.NUMBER, Kind.ORDER) for each in spans[at + 1 :]):
        words = f"{span.words} {category.words}"
        out[at] = Span(span.start, span.end, words, {Kind.MENU: (code,)}, _PRICE_CONFIDENCE)
        del out[named[0]]
    return out


def too_dear(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``비싸네`` to a menu that was offered asks for a cheaper one; elsewhere it is only said."""
    kind = Kind.CHEAPER if request.asked == "offer" else Kind.FILLER
    return [replace(span, senses={kind: ()}) if span.has(Kind.TOO_DEAR) else span for span in spans]


def not_the_language(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``english please`` where English is spoken already is the dinner of that name."""
    if request.language != "en" or request.catalogue.menu("english") is None:
        return list(spans)
    menu = {Kind.MENU: ("english",)}
    return [replace(span, senses=menu) if span.words == "englishplease" else span for span in spans]


def _extreme(category: str, request: UnderstandingRequest, *, cheapest: bool) -> str | None:
    catalogue = request.catalogue
    served = [menu for menu in catalogue.menus if menu.category == category and menu.code not in catalogue.sold_out]
    sign = 1 if cheapest else -1
    return min(served, key=lambda menu: (sign * menu.price, menu.index)).code if served else None
