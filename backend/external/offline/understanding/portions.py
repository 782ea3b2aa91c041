"""Ingredients: which are added, left out or counted, in the word order of each language."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.counting_on import counted_on, is_one_more
from backend.external.offline.understanding.governing import FEWER, NOT_NEEDED, number_of, verb_after, verb_of
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.last_change import as_it_was, done_last, touched
from backend.external.offline.understanding.said_again import Portioned, meant_instead, said_last
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.swaps import given_for_another, taken_for_another

_PLENTY = ("많이", "듬뿍", "왕창", "넉넉", "허벌나", "겁나", "억수로", "솔찬", "엄청", "잔뜩", "가득")
_MORE_OR_LESS = ("늘", "줄", "낮", "높", "올", "내려", "맞춰")
_TIMES_AFTER = ("twice", "thrice", "twotimes", "threetimes", "doubled", "tripled")
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


def read_portions(spans: Sequence[Span], request: UnderstandingRequest) -> list[Portioned]:
    """All changes to ingredients in a sentence."""
    only = _only_this(spans, request)
    if only:
        return only
    found = [_portion(spans, at, request) for at, span in enumerate(spans) if span.has(Kind.INGREDIENT)]
    if not found:
        counted = _counted_only(spans, request)
        going_on = None if counted else counted_on(spans, request)
        if going_on is not None:
            return [Portioned(going_on.change, going_on.at, going_on.used)]
        return [counted] if counted else _verb_alone(spans, request)
    return [*meant_instead(spans, found, request), *said_last(spans, found)]


def _verb_alone(spans: Sequence[Span], request: UnderstandingRequest) -> list[Portioned]:
    """``그럼 올려 주세요``, ``그냥 빼 주세요``: with the ingredient just spoken of; nothing else is said."""
    verbs = [n for n, span in enumerate(spans) if span.has(*_DONE_WITH_IT) and not span.latin]
    plain = all(span.has(Kind.FILLER, Kind.ORDER, Kind.YES, *_DONE_WITH_IT) for span in spans)
    menu = request.catalogue.menu(request.items[request.current].menu_code) if request.current is not None else None
    if len(verbs) != 1 or not plain or menu is None or menu.portion(request.about) is None:
        return []
    return [Portioned(_change(request.about, None, spans[verbs[0]], request), verbs[0], (verbs[0],))]


_DONE_WITH_IT = (Kind.PUT, Kind.ADD, Kind.REMOVE)


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
    number = number_of(spans, at)
    verb = verb_of(spans, at)
    used = tuple(i for i in (at, number, verb) if i is not None)
    if given_for_another(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.SET, 0), at, (at,))
    refused = _taken_back(spans, at, verb, request) or _refused(spans, at, request)
    if refused is not None:
        return Portioned(refused, at, (at,))
    twice = _twice(spans, at, request)
    if twice is not None:
        return Portioned(twice, at, (at,))
    if number is None and taken_for_another(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.ADD, 1), at, used)
    if _is_called_off(spans, at):
        return Portioned(PortionChange(ingredient, PortionMode.RESET), at, (at, at + 1, at + 2))
    if verb is not None and _called_off(spans, verb):
        taken = next(n for n in range(verb + 1, len(spans)) if spans[n].has(Kind.REMOVE, Kind.CANCEL))
        return Portioned(PortionChange(ingredient, PortionMode.RESET), at, (*used, taken))
    if verb is not None and _is_kept(spans[verb]):
        return _kept(spans, at, verb, used)
    if verb is not None and (_extra_of(spans, at, verb - 1) or _extra_taken_off(spans, at, verb, request)):
        return Portioned(PortionChange(ingredient, PortionMode.RESET), at, used)
    count = spans[number].value if number is not None else None
    if count is None and verb is None:
        count = _as_before(spans, at, request)
    forward = verb is not None and spans[verb].adnominal
    change = _one_more(spans, ingredient, number, verb) or _extras_in_all(spans, ingredient, number, verb, request)
    change = (
        change
        or _said_at_last(spans, at, number, verb)
        or _brought_to(spans, ingredient, number, verb)
        or _change(ingredient, count, spans[verb] if verb is not None else None, request)
    )
    return Portioned(change, at, used, forward)


def _refused(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> PortionChange | None:
    """``초는 됐고``: none of it; ``아니 초는 됐어요`` of what was changed: as the menu has it."""
    if not _declined(spans, at):
        return None
    code = spans[at].code(Kind.INGREDIENT)
    added = any(span.has(Kind.NO) for span in spans[:at]) and _is_changed(code, request)
    return PortionChange(code, PortionMode.RESET) if added else PortionChange(code, PortionMode.SET, 0)


def _taken_back(
    spans: Sequence[Span], at: int, verb: int | None, request: UnderstandingRequest
) -> PortionChange | None:
    """``스테이크는 됐어요``, ``아니 와인 말고`` after more of it was asked for: as many as there were before."""
    refused = verb is not None and spans[verb].has(Kind.INSTEAD) and any(span.has(Kind.NO) for span in spans[:at])
    if not (refused or _declined(spans, at)) or spans[at].latin or request.current not in touched(request):
        return None
    if any(span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.RANK) for span in spans):
        return None
    code = spans[at].code(Kind.INGREDIENT)
    added = [each for each in done_last(request).portions if each.ingredient == code and each.count > 0]
    for index in touched(request) if added else ():
        before = next((each for each in as_it_was(index, request).portions if each.ingredient == code), None)
        if before is not None and before.count < added[0].count:
            return before
    return None


def _one_more(spans: Sequence[Span], ingredient: str, number: int | None, verb: int | None) -> PortionChange | None:
    """``another wine``, unless that is taken off."""
    if number is None or not is_one_more(spans[number]) or (verb is not None and spans[verb].has(*_TAKEN_OUT)):
        return None
    return PortionChange(ingredient, PortionMode.ADD, spans[number].value)


def _extras_in_all(
    spans: Sequence[Span], ingredient: str, number: int | None, verb: int | None, request: UnderstandingRequest
) -> PortionChange | None:
    """``make it two extra steaks`` after one extra was put on: two in all, and not two more."""
    item = request.items[request.current] if request.current is not None else None
    menu = request.catalogue.menu(item.menu_code) if item is not None else None
    portion = menu.portion(ingredient) if menu is not None else None
    if item is None or portion is None or number is None or verb is None or spans[verb].words != "extra":
        return None
    made = any(span.has(Kind.CHANGE) and span.latin for span in spans[:number])
    if not made or item.customization.get(ingredient, 0) <= portion.default:
        return None
    return PortionChange(ingredient, PortionMode.SET, portion.default + spans[number].value)


def _said_at_last(spans: Sequence[Span], at: int, number: int | None, verb: int | None) -> PortionChange | None:
    """``more flowers, let's say eight``: eight in all."""
    if number is None or verb is None or number < at or not spans[at].latin or spans[verb].words != "more" or verb > at:
        return None
    return PortionChange(spans[at].code(Kind.INGREDIENT), PortionMode.SET, spans[number].value)


def _brought_to(spans: Sequence[Span], ingredient: str, number: int | None, verb: int | None) -> PortionChange | None:
    """``커피를 두 잔으로 늘려 주세요``, ``바게트 두 개로 줄여 주세요``: so many there are to be."""
    if number is None or verb is None or not spans[verb].words.startswith(_MORE_OR_LESS):
        return None
    to = number + 1 < len(spans) and spans[number + 1].has(Kind.TO) and not spans[number + 1].latin
    return PortionChange(ingredient, PortionMode.SET, spans[number].value) if to else None


def _as_before(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> int | None:
    if any(span.has(Kind.ALSO) for span in spans[at + 1 : at + 2]) and not spans[at].latin:
        return _as_many_as(request)
    return 0 if _goes_as_well(spans, request) else None


def _goes_as_well(spans: Sequence[Span], request: UnderstandingRequest) -> bool:
    """``skip the salad``, then ``and the wine``: nothing else is said, so it goes as what was spoken of before."""
    soft = (Kind.FILLER, Kind.AND, Kind.ALSO, Kind.INGREDIENT)
    linked = any(span.latin and span.has(Kind.AND, Kind.ALSO) for span in spans)
    return linked and all(span.has(*soft) for span in spans) and _as_many_as(request) == 0


def _as_many_as(request: UnderstandingRequest) -> int | None:
    """``와인 두 잔`` ... ``커피도``: as many as of what was spoken of before."""
    item = request.items[request.current] if request.current is not None else None
    return item.customization.get(request.about) if item is not None else None


def _twice(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> PortionChange | None:
    """``생크림 두 배로``, ``double the cream``: as much again as the menu comes with."""
    before = [span for span in spans[max(0, at - 2) : at] if not span.has(Kind.FILLER)]
    near = before[-1:] if spans[at].latin else spans[at + 1 : at + 3]
    code = spans[at].code(Kind.INGREDIENT)
    if any(span.has(Kind.HALF) for span in near):
        return _halved(code, request)
    times = next((span for span in near if span.has(Kind.TIMES)), None)
    if times is None and spans[at].latin:
        times = next((span for span in spans[at + 1 : at + 2] if span.words in _TIMES_AFTER), None)
    if times is None:
        return None
    said = [menu for span in spans if span.has(Kind.MENU) for menu in span.senses[Kind.MENU]]
    menus = [request.catalogue.menu(menu) for menu in (*said, *(item.menu_code for item in request.items))]
    portion = next((found for menu in menus if menu is not None and (found := menu.portion(code))), None)
    return PortionChange(code, PortionMode.SET, portion.default * times_of(times)) if portion is not None else None


def _halved(code: str, request: UnderstandingRequest) -> PortionChange | None:
    """``바게트를 반으로 줄여 주세요``."""
    item = request.items[request.current] if request.current is not None else None
    menu = request.catalogue.menu(item.menu_code) if item is not None else None
    portion = menu.portion(code) if menu is not None else None
    if item is None or portion is None:
        return None
    return PortionChange(code, PortionMode.SET, item.customization.get(code, portion.default) // 2)


def times_of(word: Span) -> int:
    return 3 if word.words.startswith(("세", "tripl", "thrice", "three")) else 2


def _declined(spans: Sequence[Span], at: int) -> bool:
    """``초는 됐고``, ``와인도 괜찮아요``, ``wine은 no``."""
    rest = [span for span in spans[at + 1 : at + 4] if not span.has(Kind.ALL)][:2]
    if len(rest) == 2 and rest[0].has(Kind.AND) and rest[1].has(Kind.INGREDIENT) and not rest[1].latin:
        return _declined(spans, at + 2)
    if rest and rest[0].words.startswith(("필요없", "필요는없")):
        return True
    if len(rest) < 2 or not rest[0].has(Kind.TOPIC, Kind.ALSO):
        return False
    return rest[1].words.startswith(("됐", "괜찮", "필요")) or (rest[1].latin and rest[1].has(Kind.NO))


_TAKEN_OUT = (Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD)


def _extra_of(spans: Sequence[Span], at: int, verb: int) -> bool:
    """``forget the extra wine``, ``no extra wine``: what was added goes, and not the rest."""
    denied = spans[verb].has(Kind.REMOVE, Kind.WITHOUT) or spans[verb].words == "no"
    return denied and any(span.words == "extra" for span in spans[verb:at])


def _extra_taken_off(spans: Sequence[Span], at: int, verb: int, request: UnderstandingRequest) -> bool:
    """``take the extra chocolate off again``; ``never mind the salad`` of one that was added."""
    if spans[verb].words.startswith("nevermind"):
        return _is_changed(spans[at].code(Kind.INGREDIENT), request)
    return at > 0 and spans[at].latin and spans[at - 1].words == "extra" and verb > at and spans[verb].has(Kind.REMOVE)


def _is_called_off(spans: Sequence[Span], at: int) -> bool:
    """``생크림 추가 취소``."""
    rest = spans[at + 1 : at + 3]
    return len(rest) == 2 and rest[0].words == "추가" and rest[1].words.startswith("취소")


def _called_off(spans: Sequence[Span], verb: int) -> bool:
    """``생크림 추가 취소``, ``초 추가한 거 빼``: what was added goes, and not more."""
    said = next((span for span in spans[verb + 1 :] if not span.has(Kind.FILLER, Kind.PARTICLE, Kind.OBJECT)), None)
    added = spans[verb].has(Kind.ADD) and spans[verb].words.startswith("추가")
    return added and said is not None and said.has(Kind.REMOVE, Kind.CANCEL)


def _is_changed(ingredient: str, request: UnderstandingRequest) -> bool:
    return any(item.customization.get(ingredient, 0) > 0 for item in request.items)


def _is_kept(verb: Span) -> bool:
    """``빼지 마세요``, ``안 빼셔도 돼요``: it stays, and comes back where it was taken out."""
    return verb.has(Kind.REMOVE) and verb.words.startswith(("빼지", "빼진", "안빼", "안뺄"))


def _kept(spans: Sequence[Span], at: int, verb: int, used: tuple[int, ...]) -> Portioned:
    """``크림은 빼지 마세요``; ``빼지 말고 하나 더``: on top of what stays."""
    code, rest = spans[at].code(Kind.INGREDIENT), spans[verb + 1 : verb + 3]
    if len(rest) == 2 and rest[0].has(Kind.NUMBER) and rest[1].has(Kind.ADD):
        return Portioned(PortionChange(code, PortionMode.ADD, rest[0].value), at, (*used, verb + 1, verb + 2))
    return Portioned(PortionChange(code, PortionMode.INCLUDE), at, used)


def _change(ingredient: str, count: int | None, verb: Span | None, request: UnderstandingRequest) -> PortionChange:
    if verb is not None and verb.has(Kind.RESET):
        return PortionChange(ingredient, PortionMode.RESET)
    if verb is not None and verb.words in NOT_NEEDED:
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.WITHOUT, Kind.NO) and not (count and verb.words.startswith("빼")):
        return PortionChange(ingredient, PortionMode.SET, 0)
    if verb is not None and verb.has(Kind.REMOVE, Kind.INSTEAD, Kind.WITHOUT):
        if count is not None or verb.words in FEWER:
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
        if len(choice) > 1 and {request.about, request.counted} & choice:
            choice &= {request.about if request.about in choice else request.counted}
        if len(choice) == 1:
            verb = verb_after(spans, at) if not span.latin else _verb_beside(spans, at)
            if is_one_more(span) and verb is None:
                return Portioned(PortionChange(choice.pop(), PortionMode.ADD, span.value), at, (at,))
            change = _change(choice.pop(), span.value, spans[verb] if verb is not None else None, request)
            return Portioned(change, at, tuple(i for i in (at, verb) if i is not None))
    return None


def _verb_beside(spans: Sequence[Span], at: int) -> int | None:
    """``one glass less``, ``an extra glass``, ``take off two glasses``."""
    for n in (at + 1, at - 1):
        if 0 <= n < len(spans) and spans[n].latin and spans[n].has(Kind.ADD, Kind.REMOVE):
            return n
    return None
