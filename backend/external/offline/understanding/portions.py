"""Ingredients: which are added, left out or counted, in the word order of each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.proposal import PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SOFT = (Kind.FILLER, Kind.PARTICLE, Kind.OBJECT, Kind.TOPIC, Kind.OF, Kind.ALSO)
_VERBS = (Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD, Kind.RESET)
_UNIT_OF = {
    "잔": ("wine", "coffee"),
    "병": ("champagne",),
    "알": ("strawberry",),
    "송이": ("flower",),
    "포트": ("coffee_pot",),
}


@dataclass(frozen=True, slots=True)
class Portioned:
    """One change to an ingredient, the piece it stands at, and the pieces that are used up by it.

    ``forward``: it describes the item that is named after it.
    """

    change: PortionChange
    at: int
    used: tuple[int, ...]
    forward: bool = False


def read_portions(spans: Sequence[Span], request: UnderstandingRequest) -> list[Portioned]:
    """All changes to ingredients in a sentence."""
    found = [_portion(spans, at, request) for at, span in enumerate(spans) if span.has(Kind.INGREDIENT)]
    if not found:
        counted = _counted_only(spans, request)
        return [counted] if counted else []
    return found


def _portion(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> Portioned:
    ingredient = spans[at].code(Kind.INGREDIENT)
    number = _number_of(spans, at)
    verb = (_told_after(spans, at) or _verb_before(spans, at)) if spans[at].latin else _verb_after(spans, at)
    used = tuple(i for i in (at, number, verb) if i is not None)
    if number is None and verb is None and _declined(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.SET, 0), at, (at,))
    count = spans[number].value if number is not None else None
    forward = verb is not None and spans[verb].adnominal
    change = _change(ingredient, count, spans[verb] if verb is not None else None, request)
    return Portioned(change, at, used, forward)


def _declined(spans: Sequence[Span], at: int) -> bool:
    """``초는 됐고``, ``와인은 괜찮아요``."""
    rest = spans[at + 1 : at + 3]
    return len(rest) > 1 and rest[0].has(Kind.TOPIC) and rest[1].words.startswith(("됐", "괜찮", "필요"))


def _change(ingredient: str, count: int | None, verb: Span | None, request: UnderstandingRequest) -> PortionChange:
    if verb is not None and verb.has(Kind.RESET):
        return PortionChange(ingredient, PortionMode.RESET)
    if verb is not None and verb.has(Kind.WITHOUT, Kind.NO):
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.REMOVE, Kind.INSTEAD):
        if count is not None:
            return PortionChange(ingredient, PortionMode.REMOVE, count)
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.ADD):
        return PortionChange(ingredient, PortionMode.ADD, count or 1)
    if count is not None:
        return PortionChange(ingredient, PortionMode.SET, count)
    if verb is None and request.asked == "customization":
        return PortionChange(ingredient, PortionMode.ADD, 1)
    return PortionChange(ingredient, PortionMode.INCLUDE)


def _number_of(spans: Sequence[Span], at: int) -> int | None:
    """The number that counts this ingredient: after it in Korean, before it in English."""
    if spans[at].latin:
        return _number_before(spans, at)
    for i in range(at + 1, min(len(spans), at + 4)):
        if spans[i].has(Kind.NUMBER):
            return i
        if not spans[i].has(*_SOFT, Kind.ADD):
            break
    # "두 잔의 와인": a counter of its own, right before the name.
    before = at - 1 if at and not spans[at - 1].has(Kind.OF) else at - 2
    if before >= 0 and spans[before].has(Kind.NUMBER) and spans[before].unit not in ("", "개"):
        return before
    return None


def _number_before(spans: Sequence[Span], at: int) -> int | None:
    for i in range(at - 1, max(-1, at - 3), -1):
        if spans[i].has(Kind.NUMBER):
            return i
        if not spans[i].has(Kind.FILLER, Kind.OF, Kind.ADD):
            break
    return None


def _verb_after(spans: Sequence[Span], at: int) -> int | None:
    """The Korean verb that this ingredient is the object of; several linked ones share it."""
    for i in range(at + 1, len(spans)):
        span = spans[i]
        if span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE):
            return None
        if span.has(*_VERBS) and not span.latin:
            return i if _reaches(spans, at, i) else None
    return None


def _reaches(spans: Sequence[Span], at: int, verb: int) -> bool:
    """An ingredient with a number of its own is not taken out by a verb that follows another ingredient."""
    between = spans[at + 1 : verb]
    another = any(span.has(Kind.INGREDIENT) for span in between)
    if not another:
        return True
    counted = any(span.has(Kind.NUMBER) for span in between[:2])
    if counted and spans[verb].has(Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD):
        return False
    return not any(span.has(Kind.ORDER) for span in between)


def _verb_before(spans: Sequence[Span], at: int) -> int | None:
    """The English word that governs this ingredient: ``without``, ``no``, ``add``, ``extra``, ``with``."""
    for i in range(at - 1, -1, -1):
        span = spans[i]
        if span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INSTEAD):
            return None
        if span.latin and (span.has(Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT) or _is_no(spans, i)):
            counted = any(between.has(Kind.NUMBER) and not between.weak for between in spans[i + 1 : at])
            more_in_between = any(between.has(Kind.INGREDIENT) for between in spans[i + 1 : at])
            if span.has(Kind.WITHOUT, Kind.NO) and counted and more_in_between:
                return None
            return i
    return None


def _told_after(spans: Sequence[Span], at: int) -> int | None:
    """``take the wine off``, ``coffee back to normal``: English that comes after the name."""
    for i in range(at + 1, min(len(spans), at + 3)):
        if spans[i].has(Kind.RESET) or spans[i].words == "off":
            return i
        if not spans[i].has(Kind.FILLER):
            return None
    return None


def _is_no(spans: Sequence[Span], at: int) -> bool:
    """``no coffee``: a "no" right before a name, and not an answer."""
    following = spans[at + 1 : at + 2]
    return spans[at].has(Kind.NO) and spans[at].words == "no" and bool(following) and following[0].has(Kind.INGREDIENT)


def _counted_only(spans: Sequence[Span], request: UnderstandingRequest) -> Portioned | None:
    """``아니 세 잔``: a counter that tells which ingredient is meant; one that was changed already goes first."""
    if any(span.has(Kind.MENU) for span in spans):
        return None
    for at, span in enumerate(spans):
        if not span.has(Kind.NUMBER) or span.unit not in _UNIT_OF:
            continue
        held = [
            (code in item.customization, code)
            for item in request.items
            for code in _UNIT_OF[span.unit]
            if (menu := request.catalogue.menu(item.menu_code)) and menu.portion(code)
        ]
        choice = {code for touched, code in held if touched} or {code for _, code in held}
        if len(choice) == 1:
            verb = _verb_after(spans, at)
            change = _change(choice.pop(), span.value, spans[verb] if verb is not None else None, request)
            return Portioned(change, at, tuple(i for i in (at, verb) if i is not None))
    return None
