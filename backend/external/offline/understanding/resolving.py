"""Tell what each piece of a sentence means here: parts become menus, a word of several meanings gets one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.catalogue import CUSTOM_CAKE
from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.families import as_the_dish_has_them
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.lexicon import Lexicon
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.slips import without_slips

CAKE = "cake"
_SAME = ("thesame", "same", "같은", "똑같")
_ALCOHOL, _CHAMPAGNE = "술", "champagne"
_NOT_ORDERED = ("안시켰", "안주문", "안시킨")
_NONE = ("없다", "없음", "없음으로")
_ME_TOO = ("나도", "저도", "나두", "저두", "우리도", "저희도")
"""``나도 초코``: who says so wants the dish, not what is in it."""
_AROUND_INGREDIENTS = (Kind.PUT, Kind.REMOVE, Kind.WITHOUT)
_PART_CONFIDENCE = 0.75


def resolve(spans: Sequence[Span], request: UnderstandingRequest, lexicon: Lexicon) -> list[Span]:
    """The spans with one meaning each, as far as items are concerned."""
    joined = without_slips(_join_parts(_flavours(_take_out(_same_again(_none_of(spans), request))), lexicon))
    joined = as_the_dish_has_them(joined, request)
    joined = _made_to_order(_share_category(joined, lexicon), request)
    joined = _drinks(joined, request, lexicon)
    menus_said = [span.code(Kind.MENU) for span in joined if span.has(Kind.MENU) and not span.has(Kind.INGREDIENT)]
    return [_one_meaning(joined, at, menus_said, request, lexicon) for at in range(len(joined))]


def _same_again(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``the same again`` of what is in the order, else as the last time."""
    said = any(span.has(Kind.USUAL) and span.words.startswith(_SAME) for span in spans)
    if not (said and request.items):
        return list(spans)
    return [span.only(Kind.SAME, ("",)) if span.has(Kind.USUAL) else span for span in spans]


def _drinks(spans: Sequence[Span], request: UnderstandingRequest, lexicon: Lexicon) -> list[Span]:
    """``술은 빼 주세요``: the wine, and the champagne where the dinner has both."""
    at = next((n for n, span in enumerate(spans) if span.words == _ALCOHOL and span.has(Kind.INGREDIENT)), None)
    if at is None or not any(span.has(Kind.REMOVE, Kind.WITHOUT, Kind.CANNOT_EAT) for span in spans[at:]):
        return list(spans)
    said = [code for span in spans if span.has(Kind.MENU) for code in span.senses[Kind.MENU]]
    current = [request.items[request.current].menu_code] if request.current is not None else []
    if not set(said or current) & set(lexicon.portion_menus(_CHAMPAGNE)):
        return list(spans)
    other = spans[at].only(Kind.INGREDIENT, (_CHAMPAGNE,))
    link = Span(spans[at].start, spans[at].start, "", {Kind.AND: ()})
    return [*spans[:at], other, link, *spans[at:]]


def _none_of(spans: Sequence[Span]) -> list[Span]:
    """``와인 없다 주세요``, ``커피 없음``, ``와인 ㄴㄴ``: said of an ingredient it is left out.

    ``와인이 너무 많은데 한 잔만요``: how many it shall be is said after that.
    """
    out = list(spans)
    for at, span in enumerate(spans):
        named = any(each.has(Kind.INGREDIENT) for each in spans[max(0, at - 2) : at])
        if named and span.words.startswith("너무많") and any(each.has(Kind.NUMBER) for each in spans[at + 1 : at + 3]):
            out[at] = replace(span, senses={Kind.FILLER: ("",)})
            continue
        refused = span.has(Kind.NO) and not span.latin and at == len(spans) - 1
        none = span.has(Kind.NOTHING_MORE) and span.words in _NONE
        if at and spans[at - 1].has(Kind.INGREDIENT) and (refused or none):
            out[at] = span.only(Kind.WITHOUT, ("",))
    return out


def _flavours(spans: Sequence[Span]) -> list[Span]:
    """``분홍색 딸기 맛 케이크 2층``: a cake of that flavour, since it is made to order."""
    out = list(spans)
    made_to_order = any(span.has(Kind.TIERS, Kind.COLOUR, Kind.LETTERING_WORD) for span in spans)
    for at in range(len(out) - 1):
        if made_to_order and out[at].has(Kind.FLAVOUR) and out[at + 1].has(Kind.FLAVOUR_WORD):
            out[at] = out[at].only(Kind.FLAVOUR, out[at].senses[Kind.FLAVOUR])
            if out[at + 1].words.endswith("케이크"):
                out[at + 1] = out[at + 1].only(Kind.CATEGORY, (CAKE,))
    return out


def _made_to_order(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``케이크에 글씨 새기고 싶은데요``: only the cake that is made to order has letters, tiers and colours."""
    out = list(spans)
    named = [n for n, span in enumerate(out) if span.has(Kind.CATEGORY, Kind.MENU, Kind.PART)]
    wished = any(span.has(Kind.TIERS, Kind.LETTERING_WORD) for span in out)
    known = request.catalogue.menu(CUSTOM_CAKE) is not None and not request.items and request.asked != "which"
    if wished and known and len(named) == 1 and out[named[0]].senses.get(Kind.CATEGORY) == (CAKE,):
        out[named[0]] = out[named[0]].only(Kind.MENU, (CUSTOM_CAKE,))
    return out


def _take_out(spans: Sequence[Span]) -> list[Span]:
    """``take out the valentine`` leaves it out, ``take out`` alone is to go."""
    out = list(spans)
    for at, span in enumerate(out):
        if span.has(Kind.SERVICE) and span.has(Kind.REMOVE):
            after = next((each for each in out[at + 1 :] if not each.has(Kind.FILLER)), None)
            named = after is not None and after.has(Kind.MENU, Kind.PART, Kind.INGREDIENT, Kind.CATEGORY, Kind.THAT)
            kind = Kind.REMOVE if named else Kind.SERVICE
            out[at] = span.only(kind, span.senses[kind])
    return out


def _join_parts(spans: list[Span], lexicon: Lexicon) -> list[Span]:
    """``딸끼`` + ``케잌`` -> the strawberry cake; ``샴페인`` + ``디너`` -> the champagne feast."""
    out: list[Span] = []
    for span in spans:
        if not span.has(Kind.CATEGORY):
            out.append(span)
            continue
        if out and _is_called(out[-1], span, lexicon):
            out[-1] = replace(out[-1], end=span.end, words=f"{out[-1].words} {span.words}")
            continue
        taken = len(out)
        while taken and (
            out[taken - 1].has(Kind.PART, Kind.MENU, Kind.FLAVOUR_WORD) and not _stands_alone(out[taken - 1])
        ):
            taken -= 1
        if taken == len(out) and taken > 1 and _is_pause(out[-1]) and out[-2].has(Kind.PART):
            taken -= 2
        parts = [part for part in out[taken:] if part.has(Kind.PART, Kind.MENU)]
        codes = _menus_of(parts, span.code(Kind.CATEGORY), lexicon)
        if not codes:
            out.append(span)
            continue
        first = next(i for i in range(taken, len(out)) if out[i].has(Kind.PART, Kind.MENU))
        if not _menus_of(parts[:1], span.code(Kind.CATEGORY), lexicon) and len(parts) > 1:
            first = out.index(parts[-1])
        words = " ".join([part.words for part in out[first:]] + [span.words])
        confidence = min([part.confidence for part in out[first:]] + [span.confidence])
        del out[first:]
        start = parts[0].start
        out.append(Span(start, span.end, words, {Kind.MENU: codes}, confidence))
    return out


def _is_pause(span: Span) -> bool:
    """``딸기 어 케이크``."""
    return span.has(Kind.FILLER) and len(span.words) == 1 and not span.latin


def _is_called(menu: Span, category: Span, lexicon: Lexicon) -> bool:
    """``샴페인 축제`` + ``디나``: a whole name, and the word for what it is."""
    if not (menu.has(Kind.MENU) and menu.end == category.start) or menu.has(Kind.PART):
        return False
    known = (lexicon.catalogue.menu(code) for code in menu.senses[Kind.MENU])
    return all(each is not None and each.category == category.code(Kind.CATEGORY) for each in known)


def _stands_alone(span: Span) -> bool:
    """A whole menu name of several words is not a part of another one."""
    return span.has(Kind.MENU) and not span.has(Kind.PART) and len(span.words) > 4


def _menus_of(parts: Sequence[Span], category: str, lexicon: Lexicon) -> tuple[str, ...]:
    def of(span: Span) -> set[str]:
        codes = {*span.senses.get(Kind.PART, ()), *span.senses.get(Kind.MENU, ())}
        return {code for code in codes if (menu := lexicon.catalogue.menu(code)) and menu.category == category}

    if not parts:
        return ()
    together = set.intersection(*map(of, parts)) or of(parts[-1])
    return tuple(sorted(together))


def _share_category(spans: list[Span], lexicon: Lexicon) -> list[Span]:
    """``딸기랑 초콜릿 케이크``, ``strawberry and chocolate cake``: the first is a cake as well."""
    out = list(spans)
    for at in range(len(out) - 3, -1, -1):
        part, link, after = out[at], out[at + 1], out[at + 2]
        if not (part.has(Kind.PART) and link.has(Kind.AND) and after.has(Kind.MENU)) or after.has(Kind.INGREDIENT):
            continue
        menu = lexicon.catalogue.menu(after.code(Kind.MENU))
        codes = _menus_of([part], menu.category, lexicon) if menu else ()
        if len(codes) == 1 and codes[0] != after.code(Kind.MENU):
            out[at] = part.only(Kind.MENU, codes, 0.9)
    return out


def _one_meaning(
    spans: Sequence[Span], at: int, menus_said: Sequence[str], request: UnderstandingRequest, lexicon: Lexicon
) -> Span:
    span = spans[at]
    if span.has(Kind.FLAVOUR) and _named_a_flavour(spans, at) and (_about_custom(menus_said, request)):
        return span.only(Kind.FLAVOUR, span.senses[Kind.FLAVOUR])
    if span.has(Kind.COLOUR) and len(span.senses) > 1:
        return span.only(Kind.COLOUR, span.senses[Kind.COLOUR])
    if span.has(Kind.PART) and _gives_way_to_menu(spans, at):
        return span.only(Kind.MENU, span.senses.get(Kind.MENU, ()) or span.senses[Kind.PART], 0.9)
    if not span.has(Kind.INGREDIENT):
        if span.has(Kind.MENU):
            return span.only(Kind.MENU, span.senses[Kind.MENU])
        if span.has(Kind.PART):
            return _part_alone(span, menus_said, request)
        return span
    return _ingredient_or_menu(spans, at, menus_said, request, lexicon)


def _gives_way_to_menu(spans: Sequence[Span], at: int) -> bool:
    """``딸기 말고 초콜릿으로``: both are menus, since neither is counted or put into anything."""
    rest = spans[at + 1 :]
    return bool(rest) and rest[0].has(Kind.INSTEAD) and any(span.has(Kind.MENU) for span in rest)


def _part_alone(span: Span, menus_said: Sequence[str], request: UnderstandingRequest) -> Span:
    if span.has(Kind.FLAVOUR) and _about_custom(menus_said, request):
        return span.only(Kind.FLAVOUR, span.senses[Kind.FLAVOUR])
    return span.only(Kind.MENU, span.senses[Kind.PART], _PART_CONFIDENCE)


def _ingredient_or_menu(
    spans: Sequence[Span], at: int, menus_said: Sequence[str], request: UnderstandingRequest, lexicon: Lexicon
) -> Span:
    """``초콜릿``: what is put into something, a flavour, or short for the menu."""
    span = spans[at]
    kept = (Kind.INGREDIENT, Kind.ALLERGEN)
    ingredient = replace(span, senses={kind: codes for kind, codes in span.senses.items() if kind in kept})
    codes = span.senses.get(Kind.MENU, ()) or span.senses.get(Kind.PART, ())
    holders = set(lexicon.portion_menus(span.code(Kind.INGREDIENT)))
    said_holds = any(code in holders for code in menus_said)
    current = request.items[request.current].menu_code if request.current is not None else None
    if span.has(Kind.FLAVOUR) and _about_custom(menus_said, request) and not _ingredient_verb(spans, at):
        counted = _next_is(spans, at, Kind.NUMBER) or (at > 0 and spans[at - 1].has(Kind.NUMBER))
        made = any(each.has(Kind.COLOUR, Kind.TIERS) for each in spans)
        if not counted and (made or request.stage == "customization" or CUSTOM_CAKE in menus_said):
            return span.only(Kind.FLAVOUR, span.senses[Kind.FLAVOUR])
    if not codes or said_holds:
        return ingredient
    if at and spans[at - 1].has(Kind.SAME) and spans[at - 1].words in _ME_TOO and not _ingredient_verb(spans, at):
        return _menu(span, codes)
    in_cart = any(item.menu_code in codes for item in request.items)
    if in_cart and (_is_the_dish(spans, at) or _is_where(spans, at) or _is_not_ordered(spans, at) or _stays(spans, at)):
        return _menu(span, codes)
    if in_cart and any(each.has(Kind.STYLE) for each in spans[at + 1 : at + 3]) and not span.latin:
        return _menu(span, codes)
    cart_holds = any(item.menu_code in holders for item in request.items)
    if span.has(Kind.MENU):
        wants_part = _ingredient_verb(spans, at) and cart_holds
        return (
            ingredient
            if wants_part or (request.asked == "customization" and current in holders)
            else _menu(span, codes)
        )
    if cart_holds and request.asked not in ("which", "offer"):
        return ingredient
    if _ingredient_verb(spans, at):
        return ingredient
    return _menu(span, codes, _PART_CONFIDENCE)


def _is_the_dish(spans: Sequence[Span], at: int) -> bool:
    """``초코는 초 다섯 개씩``, ``딸기에 초 빼고``, ``the strawberry one``: the cake, and not what is on it."""
    if spans[at].latin:
        led = at > 0 and spans[at - 1].words.endswith("the")
        counted = at > 0 and spans[at - 1].has(Kind.NUMBER) and not spans[at - 1].unit
        if counted and any(span.words in ("less", "fewer") for span in spans[at + 1 : at + 2]):
            return True
        return led and any(span.words in ("one", "ones") for span in spans[at + 1 : at + 2])
    rest = spans[at + 1 : at + 3]
    marked = bool(rest) and (rest[0].has(Kind.TOPIC, Kind.OF) or rest[0].words in ("만", "거", "건", "거는", "쪽"))
    return marked and len(rest) == 2 and rest[1].has(Kind.INGREDIENT)


def _is_not_ordered(spans: Sequence[Span], at: int) -> bool:
    """``초코는 안 시켰는데요``: dishes are ordered, and not what is in them."""
    rest = [span for span in spans[at + 1 : at + 3] if not span.has(Kind.TOPIC, Kind.OBJECT, Kind.PARTICLE)]
    return bool(rest) and rest[0].words.startswith(_NOT_ORDERED)


def _stays(spans: Sequence[Span], at: int) -> bool:
    """``딸기는 그대로 주시고 초콜릿도``: of dishes it is said which of them stay."""
    rest = spans[at + 1 : at + 3]
    left = len(rest) == 2 and rest[0].has(Kind.TOPIC) and rest[1].has(Kind.NOTHING_MORE)
    return left and any(span.has(Kind.MENU, Kind.PART) for span in spans[at + 3 :])


def _is_where(spans: Sequence[Span], at: int) -> bool:
    """``an extra wine for the champagne``: what it is put on."""
    before = [span for span in spans[max(0, at - 3) : at] if not (span.has(Kind.FILLER) and span.words == "the")]
    led = bool(before) and before[-1].words in ("on", "for", "onthe", "forthe")
    return led and len(before) > 1 and before[-2].has(Kind.INGREDIENT)


def _menu(span: Span, codes: Sequence[str], confidence: float = 0.95) -> Span:
    return replace(span.only(Kind.MENU, codes, confidence))


def _about_custom(menus_said: Sequence[str], request: UnderstandingRequest) -> bool:
    if menus_said:
        return CUSTOM_CAKE in menus_said
    return request.current is not None and request.items[request.current].menu_code == CUSTOM_CAKE


def _named_a_flavour(spans: Sequence[Span], at: int) -> bool:
    """``딸기 맛``, ``맛은 딸기로``."""
    marked = at > 1 and spans[at - 1].has(Kind.OBJECT, Kind.TOPIC) and spans[at - 2].has(Kind.FLAVOUR_WORD)
    return _next_is(spans, at, Kind.FLAVOUR_WORD) or marked


def _next_is(spans: Sequence[Span], at: int, kind: Kind) -> bool:
    return at + 1 < len(spans) and spans[at + 1].has(kind)


def _ingredient_verb(spans: Sequence[Span], at: int) -> bool:
    """Whether something is put in or left out near this piece."""
    before = next((span for span in reversed(spans[:at]) if not span.has(Kind.FILLER)), None)
    if before is not None and before.latin and before.has(*_AROUND_INGREDIENTS, Kind.ADD):
        return True
    for span in spans[at + 1 : at + 4]:
        if span.has(Kind.MENU, Kind.CATEGORY):
            return False
        if not span.latin and span.has(*_AROUND_INGREDIENTS, Kind.ADD):
            return True
    return False
