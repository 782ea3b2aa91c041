"""What pieces of a sentence mean in this conversation: people who are counted, prices as names, what is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_POINTING = (Kind.RANK, Kind.FORMER, Kind.MIDDLE, Kind.LATTER)


def one_of_that_kind(spans: Sequence[Span]) -> list[Span]:
    """``the simple one``, ``style is normal one``: after what describes it "one" is a pronoun and no number."""
    return [
        replace(span, senses={Kind.FILLER: ()})
        if at and span.words == "one" and span.has(Kind.NUMBER) and spans[at - 1].latin and _describes(spans, at - 1)
        else span
        for at, span in enumerate(spans)
    ]


def _describes(spans: Sequence[Span], at: int) -> bool:
    """A style with an article or a verb before it: ``french grand one`` counts."""
    before = spans[at - 1 : at] if at else []
    return spans[at].has(Kind.STYLE, Kind.PLAIN) and bool(before) and before[0].has(Kind.FILLER, Kind.CHANGE)


def count_people(spans: Sequence[Span]) -> list[Span]:
    """``두 명은 프렌치``: people who each have one of what is named next count pieces."""
    out = _those_of_us(spans)
    for at in range(len(out) - 2, -1, -1):
        people, topic = out[at], out[at + 1]
        if people.has(Kind.PEOPLE) and topic.has(Kind.REMOVE, Kind.ADD):
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit="개")
            continue
        if not (people.has(Kind.PEOPLE) and topic.has(Kind.TOPIC)):
            continue
        following = next((span for span in out[at + 2 :] if not span.has(Kind.FILLER)), None)
        if following is not None and following.has(Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT, Kind.STYLE):
            named = following.has(Kind.MENU, Kind.CATEGORY)
            out[at : at + 2] = [replace(people, senses={Kind.NUMBER: ()}, unit="개"), *([] if named else [topic])]
    return out


def _those_of_us(spans: Sequence[Span]) -> list[Span]:
    """``two of us are grand, three simple``: so many of the pieces."""
    out = list(spans)
    for at, people in enumerate(spans):
        following = next((span for span in spans[at + 1 :] if not span.has(Kind.FILLER, Kind.ORDER)), None)
        if people.has(Kind.PEOPLE) and people.unit == "ofus" and following is not None and following.has(Kind.STYLE):
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit="")
    return out


def style_by_price(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``제일 싼 걸로`` to the question which style: the first of those offered; the dearest is the last."""
    if request.asked != "style" and request.items:
        cheapest = min(request.catalogue.styles, key=lambda style: style.price).code
        return [replace(span, senses={Kind.STYLE: (cheapest,)}) if span.has(Kind.PLAIN) else span for span in spans]
    if request.asked != "style" or not request.offered or any(span.has(Kind.WHAT, Kind.MENU) for span in spans):
        return list(spans)
    out = list(spans)
    for at, span in enumerate(spans):
        if span.has(Kind.CHEAPEST, Kind.CHEAPER, Kind.DEAREST, Kind.PLAIN, Kind.FANCY):
            first = span.has(Kind.CHEAPEST, Kind.CHEAPER, Kind.PLAIN)
            out[at] = replace(span, senses={Kind.STYLE: (request.offered[0 if first else -1],)})
    return out


def extreme_by_name(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``제일 싼 디너로 하나요``: the cheapest, or the dearest, of a kind is ordered by its price."""
    out = list(spans)
    ordered = any(span.has(Kind.ORDER, Kind.NUMBER, Kind.TO, Kind.PLACE) and not span.weak for span in spans)
    if not ordered or any(span.has(Kind.WHAT, Kind.ASK_PRICE) for span in spans):
        return out
    for at in range(len(out) - 1):
        word, category = out[at], out[at + 1]
        if not (word.has(Kind.CHEAPEST, Kind.DEAREST) and category.has(Kind.CATEGORY)):
            continue
        catalogue = request.catalogue
        menus = [m for m in catalogue.menus if m.category == category.code(Kind.CATEGORY)]
        menus = sorted((m for m in menus if m.code not in catalogue.sold_out), key=lambda menu: menu.price)
        if menus:
            menu = menus[0 if word.has(Kind.CHEAPEST) else -1]
            out[at : at + 2] = [category.only(Kind.MENU, (menu.code,))]
            return out
    return out


def cancel_by_name(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``발렌타인 취소``: of several things in the order one is taken out, and the rest stays."""
    held = {item.menu_code for item in request.items}
    catalogue = request.catalogue
    categories = {menu.category for code in held if (menu := catalogue.menu(code)) is not None}
    styles = {item.style for item in request.items}
    portions = {code for item in request.items for code in item.customization}
    named = any(
        (span.has(Kind.MENU) and held & set(span.senses[Kind.MENU]))
        or (span.has(Kind.INGREDIENT) and portions & set(span.senses[Kind.INGREDIENT]))
        or (span.has(Kind.CATEGORY) and categories & set(span.senses[Kind.CATEGORY]))
        or (span.has(Kind.STYLE) and styles & set(span.senses[Kind.STYLE]))
        or (span.has(*_POINTING) and held)
        or (_counts_pieces(spans, at) and held)
        for at, span in enumerate(spans)
    )
    instead = next((n for n, span in enumerate(spans) if span.has(Kind.CANCEL)), None)
    if instead is not None and request.items and _goes_on_with_another(spans[instead + 1 :]):
        gone: dict[Kind, tuple[str, ...]] = {Kind.REMOVE: ("",), Kind.THAT: ("",)}
        return [replace(span, senses=gone) if span.has(Kind.CANCEL) else span for span in spans]
    if not named:
        return list(spans)
    return [replace(span, senses={Kind.REMOVE: ()}) if span.has(Kind.CANCEL) else span for span in spans]


def _goes_on_with_another(rest: Sequence[Span]) -> bool:
    """``그거 취소하고 초코 하나요``: something else is ordered in the same sentence."""
    at = next((n for n, span in enumerate(rest) if span.has(Kind.MENU)), None)
    return at is not None and any(span.has(Kind.NUMBER, Kind.ORDER, Kind.TO, Kind.STYLE) for span in rest)


def _counts_pieces(spans: Sequence[Span], at: int) -> bool:
    """``두 개 취소해 주세요``, ``cancel one of them``: so many of them, and not the order."""
    near = spans[max(0, at - 1) : at] if spans[at].latin else spans[at + 1 : at + 3]
    return spans[at].has(Kind.NUMBER) and any(span.has(Kind.CANCEL) for span in near)
