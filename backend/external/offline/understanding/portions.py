"""Ingredients: which are added, left out or counted, in the word order of each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.proposal import PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SOFT = (Kind.FILLER, Kind.PARTICLE, Kind.OBJECT, Kind.TOPIC, Kind.OF, Kind.ALSO)
_VERBS = (Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD, Kind.RESET)
_NOT_IN_PIECES = ("wine", "coffee", "champagne", "coffee_pot")
_PLENTY = ("많이", "듬뿍", "왕창", "넉넉")
_FEWER = ("less", "fewer")
_TOLD_AFTER = ("off", "noneed", "isnotnecessary", "notnecessary", "notneeded", *_FEWER)
_DENIALS = ("not", "dont", "idont", "nae", "notwant", "wedont")
_SWAPS = ("swap", "change", "switch", "replace", "exchange")
_UNIT_OF = {
    "잔": ("wine", "coffee"),
    "줄": ("bacon",),
    "쪽": ("bread",),
    "자루": ("candle",),
    "겹": ("sponge",),
    "glass": ("wine",),
    "glasses": ("wine",),
    "glassof": ("wine",),
    "glassesof": ("wine",),
    "cup": ("coffee",),
    "cups": ("coffee",),
    "bottle": ("champagne",),
    "bottles": ("champagne",),
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
    only = _only_this(spans, request)
    if only:
        return only
    found = [_portion(spans, at, request) for at, span in enumerate(spans) if span.has(Kind.INGREDIENT)]
    if not found:
        counted = _counted_only(spans, request) or _more_of_the_same(spans, request)
        return [counted] if counted else []
    return found


def _only_this(spans: Sequence[Span], request: UnderstandingRequest) -> list[Portioned]:
    """``스테이크만 남기고 다 빼 주세요``: everything else that it comes with."""
    kept = [n for n in range(len(spans) - 2) if spans[n].has(Kind.INGREDIENT) and spans[n + 2].words.startswith("남기")]
    if not kept or not any(span.has(Kind.REMOVE) for span in spans[kept[-1] :]):
        return []
    said = [menu for span in spans if span.has(Kind.MENU) for menu in span.senses[Kind.MENU]]
    current = request.items[request.current].menu_code if request.current is not None else ""
    menu = request.catalogue.menu(said[0] if said else current)
    if menu is None:
        return []
    codes = {spans[n].code(Kind.INGREDIENT) for n in kept}
    used = tuple(n for n in range(kept[0], len(spans)) if spans[n].has(Kind.INGREDIENT, Kind.RESET, Kind.REMOVE))
    return [
        Portioned(PortionChange(portion.ingredient.code, PortionMode.SET, 0), kept[-1], used)
        for portion in menu.portions
        if portion.default and portion.ingredient.code not in codes
    ]


def _portion(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> Portioned:
    ingredient = spans[at].code(Kind.INGREDIENT)
    number = _number_of(spans, at)
    verb = _verb_of(spans, at)
    used = tuple(i for i in (at, number, verb) if i is not None)
    if _given_for_another(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.SET, 0), at, (at,))
    if _declined(spans, at):
        added = any(span.has(Kind.NO) for span in spans[:at]) and _is_changed(ingredient, request)
        mode = PortionMode.RESET if added else PortionMode.SET
        return Portioned(PortionChange(ingredient, mode, 1 if added else 0), at, (at,))
    twice = _twice(spans, at, request)
    if twice is not None:
        return Portioned(twice, at, (at,))
    if number is None and _taken_for_another(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.ADD, 1), at, used)
    if verb is not None and (_is_kept(spans[verb]) or _extra_of(spans, at, verb - 1)):
        return Portioned(PortionChange(ingredient, PortionMode.RESET), at, used)
    count = spans[number].value if number is not None else None
    if count is None and verb is None and any(span.has(Kind.ALSO) for span in spans[at + 1 : at + 2]):
        count = _as_many_as(request)
    forward = verb is not None and spans[verb].adnominal
    change = _change(ingredient, count, spans[verb] if verb is not None else None, request)
    return Portioned(change, at, used, forward)


def _as_many_as(request: UnderstandingRequest) -> int | None:
    """``와인 두 잔`` ... ``커피도``: as many as of what was spoken of before."""
    item = request.items[request.current] if request.current is not None else None
    return item.customization.get(request.about) if item is not None else None


def _twice(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> PortionChange | None:
    """``생크림 두 배로``, ``double the cream``: as much again as the menu comes with."""
    near = spans[max(0, at - 1) : at] if spans[at].latin else spans[at + 1 : at + 3]
    code = spans[at].code(Kind.INGREDIENT)
    times = next((span for span in near if span.has(Kind.TIMES)), None)
    if times is None:
        return None
    said = [menu for span in spans if span.has(Kind.MENU) for menu in span.senses[Kind.MENU]]
    menus = [request.catalogue.menu(menu) for menu in (*said, *(item.menu_code for item in request.items))]
    portion = next((found for menu in menus if menu is not None and (found := menu.portion(code))), None)
    return PortionChange(code, PortionMode.SET, portion.default * times_of(times)) if portion is not None else None


def times_of(word: Span) -> int:
    return 3 if word.words.startswith(("세", "triple")) else 2


def _verb_of(spans: Sequence[Span], at: int) -> int | None:
    """The word that says what is done with it, in either language: ``wine은 빼 주세요``, ``without 와인``."""
    if not spans[at].latin:
        found = _verb_after(spans, at)
        return found if found is not None else _foreign_verb(spans, at)
    found = _told_after(spans, at)
    if found is None:
        found = _verb_before(spans, at)
    if found is None and _counted_in_korean(spans, at):
        found = _foreign_verb(spans, at)
    marked = at + 1 < len(spans) and not spans[at + 1].latin and spans[at + 1].has(Kind.TOPIC, Kind.OBJECT, Kind.ALSO)
    return _verb_after(spans, at) if found is None or marked else found


def _foreign_verb(spans: Sequence[Span], at: int) -> int | None:
    """``without 와인``, ``딸기 extra 다섯 개``."""
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(spans)]
    return next((i for i in near if spans[i].latin and spans[i].has(Kind.WITHOUT, Kind.ADD, Kind.REMOVE)), None)


def _declined(spans: Sequence[Span], at: int) -> bool:
    """``초는 됐고``, ``와인도 괜찮아요``, ``wine은 no``."""
    rest = spans[at + 1 : at + 3]
    if len(rest) < 2 or not rest[0].has(Kind.TOPIC, Kind.ALSO):
        return False
    return rest[1].words.startswith(("됐", "괜찮", "필요")) or (rest[1].latin and rest[1].has(Kind.NO))


def _extra_of(spans: Sequence[Span], at: int, verb: int) -> bool:
    """``forget the extra wine``: what was added goes, and not the rest."""
    return spans[verb].has(Kind.REMOVE) and any(span.words == "extra" for span in spans[verb:at])


def _is_changed(ingredient: str, request: UnderstandingRequest) -> bool:
    return any(item.customization.get(ingredient, 0) > 0 for item in request.items)


def _is_kept(verb: Span) -> bool:
    """``빼지 마세요``, ``안 빼셔도 돼요``: it stays as the menu has it."""
    return verb.has(Kind.REMOVE) and verb.words.startswith(("빼지", "빼진", "안빼", "안뺄"))


def _given_for_another(spans: Sequence[Span], at: int) -> bool:
    """``instead of the coffee``, ``swap the bacon for bread``, ``커피를 와인으로 바꿔``: this one goes."""
    before = [span for span in spans[max(0, at - 2) : at] if not span.has(Kind.FILLER)]
    if before and before[-1].latin and before[-1].has(Kind.INSTEAD) and before[-1].words != "instead":
        return True
    other = _other_ingredient(spans, range(at + 1, len(spans)))
    if other is None:
        return False
    if spans[at].latin:
        return bool(before) and before[-1].words in _SWAPS and any(s.has(Kind.TO, Kind.PUT) for s in spans[at:other])
    return spans[at + 1].has(Kind.OBJECT) and spans[other + 1 : other + 2] != [] and _is_swapped(spans, other)


def _taken_for_another(spans: Sequence[Span], at: int) -> bool:
    """``bread`` of ``swap the bacon for bread``."""
    other = _other_ingredient(spans, range(at - 1, -1, -1))
    return (
        other is not None
        and _given_for_another(spans, other)
        and not any(span.has(Kind.INSTEAD) for span in spans[:at])
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


def _change(ingredient: str, count: int | None, verb: Span | None, request: UnderstandingRequest) -> PortionChange:
    if verb is not None and verb.has(Kind.RESET):
        return PortionChange(ingredient, PortionMode.RESET)
    if verb is not None and verb.words in _TOLD_AFTER[1:5]:
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.WITHOUT, Kind.NO) and not (count and verb.words.startswith("빼")):
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.REMOVE, Kind.INSTEAD, Kind.WITHOUT):
        if count is not None or verb.words in _FEWER:
            return PortionChange(ingredient, PortionMode.REMOVE, 1 if count is None else count)
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.words.startswith(_PLENTY) and count is not None:
        return PortionChange(ingredient, PortionMode.SET, count)
    if verb is not None and verb.has(Kind.ADD):
        return PortionChange(ingredient, PortionMode.ADD, count if count is not None else 1)
    if count is not None:
        return PortionChange(ingredient, PortionMode.SET, count)
    if verb is None and request.asked == "customization":
        return PortionChange(ingredient, PortionMode.ADD, 1)
    return PortionChange(ingredient, PortionMode.INCLUDE)


def _number_of(spans: Sequence[Span], at: int) -> int | None:
    """The number that counts this ingredient: after it in Korean, before it in English."""
    if spans[at].latin and not _counted_in_korean(spans, at):
        to_number = [
            n for n in (at + 2,) if n < len(spans) and spans[at + 1].has(Kind.TO) and spans[n].has(Kind.NUMBER)
        ]
        return to_number[0] if to_number else _number_before(spans, at)
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


def _counted_in_korean(spans: Sequence[Span], at: int) -> bool:
    """``steak extra 하나, wine은 빼고``: English names in a Korean sentence."""
    after = spans[at + 1 : at + 3]
    marked = bool(after) and not after[0].latin and after[0].has(*_SOFT)
    if len(spans) > 1 and spans[-1].has(Kind.NUMBER) and spans[-2].has(Kind.INGREDIENT):
        return bool(after) and after[0].has(Kind.NUMBER)
    return marked or any(span.has(Kind.NUMBER) and not span.latin for span in after)


def _number_before(spans: Sequence[Span], at: int) -> int | None:
    for i in range(at - 1, max(-1, at - 3), -1):
        if spans[i].has(Kind.NUMBER):
            return i
        if not spans[i].has(Kind.FILLER, Kind.OF, Kind.ADD) and spans[i].words not in ("less", "fewer"):
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
        if span.has(Kind.NO) and span.words in _DENIALS and _is_denied(spans[i + 1 : at]):
            return i
        if span.latin and (span.has(Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT) or _is_no(spans, i)):
            counted = any(between.has(Kind.NUMBER) and not between.weak for between in spans[i + 1 : at])
            more_in_between = any(between.has(Kind.INGREDIENT) for between in spans[i + 1 : at])
            if span.has(Kind.WITHOUT, Kind.NO) and counted and more_in_between:
                return None
            return i
    return None


def _is_denied(between: Sequence[Span]) -> bool:
    """``I don't want the salad``, ``could I not have the wine``."""
    return all(span.has(Kind.FILLER, Kind.ORDER, Kind.PUT) or span.weak for span in between)


def _told_after(spans: Sequence[Span], at: int) -> int | None:
    """``take the wine off``, ``coffee back to normal``: English that comes after the name."""
    for i in range(at + 1, min(len(spans), at + 3)):
        if spans[i].has(Kind.RESET) or spans[i].words in _TOLD_AFTER:
            return i
        if not spans[i].has(Kind.FILLER):
            return None
    return None


def _is_no(spans: Sequence[Span], at: int) -> bool:
    """``no coffee``: a "no" right before a name, and not an answer."""
    following = spans[at + 1 : at + 2]
    return spans[at].has(Kind.NO) and spans[at].words == "no" and bool(following) and following[0].has(Kind.INGREDIENT)


def _more_of_the_same(spans: Sequence[Span], request: UnderstandingRequest) -> Portioned | None:
    """``아니 세 개``, ``ten more``: a bare number counts what was just put in, or was just asked about."""
    held = any(
        (menu := request.catalogue.menu(item.menu_code)) is not None and menu.portion(request.about)
        for item in request.items
    )
    names = (Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.TIERS, Kind.THAT, Kind.RANK, Kind.EACH, Kind.SAME)
    if not held or any(span.has(*names) for span in spans):
        return None
    at = next((n for n, s in enumerate(spans) if s.has(Kind.NUMBER) and not s.weak and s.unit in ("", "개")), None)
    if at is None:
        return None
    in_pieces = spans[at].unit == "개" and request.about not in _NOT_IN_PIECES
    corrected = any(span.has(Kind.NO, Kind.ADD) for span in spans) or request.asked == "customization" or in_pieces
    verb = next((n for n, span in enumerate(spans) if span.has(Kind.ADD, Kind.REMOVE)), None)
    if not corrected:
        return None
    change = _change(request.about, spans[at].value, spans[verb] if verb is not None else None, request)
    return Portioned(change, at, tuple(n for n in (at, verb) if n is not None))


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
            verb = _verb_after(spans, at) if not span.latin else None
            change = _change(choice.pop(), span.value, spans[verb] if verb is not None else None, request)
            return Portioned(change, at, tuple(i for i in (at, verb) if i is not None))
    return None
