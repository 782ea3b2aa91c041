"""What pieces of a sentence mean in this conversation: people who are counted, prices as names, what is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

PERSONS = "명"
"""The unit of a number of pieces that was said as persons: it counts no ingredient."""
_ALONE = ("만", "한테만")
_OF_A_PIECE = (Kind.INGREDIENT, Kind.STYLE)
_NAMES = (Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT, Kind.COLOUR, Kind.FLAVOUR)
_POINTING = (Kind.RANK, Kind.FORMER, Kind.MIDDLE, Kind.LATTER)


def counted_up(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``네 이렇게 네 개 주문할게요``: as many as there are in all is no new number."""
    pieces = sum(item.quantity for item in request.items)
    if len(request.items) < 2 or not any(span.has(Kind.PLACE) for span in spans):
        return list(spans)
    return [
        replace(span, senses={Kind.FILLER: ()}) if span.has(Kind.NUMBER) and span.value == pieces else span
        for span in spans
    ]


def the_so_many(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``the two in simple``, ``the three of them grand``: as many as there are items, all of them."""
    counted = len(request.items)
    out = list(spans)
    for at, span in enumerate(spans):
        led = at > 0 and spans[at - 1].words == "the" and span.has(Kind.NUMBER) and span.value == counted > 1
        following = next((each for each in spans[at + 1 :] if not each.has(Kind.FILLER, Kind.TO)), None)
        named = following is not None and following.has(Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT)
        if led and not named and span.unit in ("", "ofthem", "ofthose"):
            out[at] = span.only(Kind.ALL, ("",))
    return out


def one_of_that_kind(spans: Sequence[Span]) -> list[Span]:
    """``the simple one``, ``style is normal one``: after what describes it "one" is a pronoun and no number."""
    return [
        replace(span, senses={Kind.FILLER: ()})
        if at and span.words == "one" and span.has(Kind.NUMBER) and spans[at - 1].latin and _describes(spans, at - 1)
        else span
        for at, span in enumerate(spans)
    ]


def _describes(spans: Sequence[Span], at: int) -> bool:
    """A style with an article or a verb before it (``french grand one`` counts), a name after "the", ``which one``."""
    before = spans[at - 1 : at] if at else []
    if spans[at].words == "which":
        return True
    if spans[at].has(*_NAMES) and before and before[0].words.endswith("the") and before[0].has(Kind.FILLER, Kind.TO):
        return True
    return spans[at].has(Kind.STYLE, Kind.PLAIN) and bool(before) and before[0].has(Kind.FILLER, Kind.CHANGE)


def numbered(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``what's in number three``, ``two number ones``: of what the kiosk has just named, in that order."""
    out: list[Span] = []
    for at, span in enumerate(spans):
        place = 1 if span.words == "ones" else span.value if span.has(Kind.NUMBER) else 0
        if not (at and spans[at - 1].words == "number" and 0 < place <= len(request.offered)):
            out.append(span)
            continue
        code = request.offered[place - 1]
        counted = at > 1 and spans[at - 2].has(Kind.NUMBER) and request.catalogue.menu(code) is not None
        named = {Kind.MENU: (code,)} if counted else {Kind.RANK: ()}
        out.append(replace(span, senses=named, value=place))
    return out


def same_style_as(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``same style as the dinners``: the style of the item that is named."""
    out = list(spans)
    at = next(
        (n for n, span in enumerate(out) if span.has(Kind.SAME) and span.words.endswith(("style", "스타일"))), None
    )
    if at is None:
        return out
    named = [n for n in range(at + 1, min(len(out), at + 5)) if out[n].has(Kind.MENU, Kind.CATEGORY)]
    if not named or not out[named[0]].latin:
        return out
    styles = [item.style for item in request.items if item.style and _is(item.menu_code, out[named[0]], request)]
    if not styles:
        return out
    style = out[at].only(Kind.STYLE, (styles[-1],))
    return [*out[:at], style, *out[named[0] + 1 :]]


def _is(menu_code: str, named: Span, request: UnderstandingRequest) -> bool:
    menu = request.catalogue.menu(menu_code)
    if named.has(Kind.MENU):
        return menu_code in named.senses[Kind.MENU]
    return menu is not None and menu.category == named.code(Kind.CATEGORY)


def count_people(spans: Sequence[Span]) -> list[Span]:
    """``두 명은 프렌치``: people who each have one of what is named next count pieces."""
    out = _counted_as_people(_of_the_family(_those_of_us(spans)))
    for at in range(len(out) - 2, -1, -1):
        people, topic = out[at], out[at + 1]
        if people.has(Kind.PEOPLE) and topic.has(Kind.REMOVE, Kind.ADD):
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit="개")
            continue
        if people.has(Kind.PEOPLE) and topic.words in _ALONE and any(span.has(*_OF_A_PIECE) for span in out):
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit=PERSONS)
            continue
        if not (people.has(Kind.PEOPLE) and topic.has(Kind.TOPIC)):
            continue
        following = next((span for span in out[at + 2 :] if not span.has(Kind.FILLER)), None)
        if following is not None and following.has(Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT, Kind.STYLE):
            named = following.has(Kind.MENU, Kind.CATEGORY)
            out[at : at + 2] = [replace(people, senses={Kind.NUMBER: ()}, unit="개"), *([] if named else [topic])]
    return out


def _is_their_sum(spans: Sequence[Span], counted: Sequence[int]) -> bool:
    """``발렌타인 어른 둘 애 하나 이렇게 세 개``: of the one dish."""
    *each, last = counted
    one = sum(span.has(Kind.MENU, Kind.PART) for span in spans) == 1
    told = (
        len(each) > 1 and spans[last - 1].words in _SUMMING and sum(spans[n].value for n in each) == spans[last].value
    )
    return one and told


_SUMMING = ("이렇게", "총", "합쳐서", "합해서", "다해서", "모두")


def summed_up(spans: Sequence[Span]) -> list[Span]:
    """``할머니 거 두 개 내 거 한 개 초코 케이크로``, ``나 하나 곰돌이 하나 치즈 케이크``: one dish."""
    named = next((n for n, span in enumerate(spans) if span.has(Kind.MENU, Kind.PART, Kind.CATEGORY)), 0)
    counted = [n for n, span in enumerate(spans) if span.has(Kind.NUMBER)]
    if counted and _is_their_sum(spans, counted):
        return [span for n, span in enumerate(spans) if n not in counted[:-1]]
    if len(counted) < 2 or counted[-1] > named or spans[counted[0]].latin:
        return list(spans)
    between = [span for n, span in enumerate(spans[:named]) if n not in counted]
    plain = all(span.has(Kind.FILLER, Kind.SAME, Kind.SOMEBODY, Kind.OCCASION, Kind.PARTICLE) for span in between)
    apart = (spans[later].start > spans[earlier].end + 1 for earlier, later in pairwise(counted))
    if not plain or not all(apart) or spans[counted[0]].start == 0:
        return list(spans)
    total = sum(spans[n].value for n in counted)
    kept = [replace(span, value=total) if n == counted[-1] else span for n, span in enumerate(spans)]
    return [span for n, span in enumerate(kept) if n not in counted[:-1]]


def _counted_as_people(spans: Sequence[Span]) -> list[Span]:
    """``발렌타인 네 명이요``, ``아니 다섯 명이네요``: the dish for so many, where nothing counts the dish."""
    out = list(spans)
    if any(span.has(Kind.NUMBER, Kind.WHAT, Kind.RECOMMEND, Kind.INGREDIENT) for span in spans):
        return out
    for at, people in enumerate(spans):
        before = spans[at - 1] if at else None
        after = spans[at + 1] if at + 1 < len(spans) else None
        ends = after is None or (after.start == people.end and after.has(Kind.PARTICLE, Kind.ORDER, Kind.TO))
        alone = before is not None and before.has(Kind.NO)
        alone = alone and all(span.has(Kind.FILLER, Kind.PARTICLE) for span in spans[at + 1 :])
        counts = alone or (before is not None and before.has(Kind.MENU))
        if people.has(Kind.PEOPLE) and people.unit == "명" and counts and ends:
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit="개")
    return out


def _of_the_family(spans: Sequence[Span]) -> list[Span]:
    """``손주 둘``, ``애들 셋``: so many people, where pieces are counted after the name of the dish."""
    out = list(spans)
    counted = [n for n, span in enumerate(spans) if span.has(Kind.NUMBER) and not span.weak]
    for at in counted[:-1]:
        relative = at > 0 and spans[at - 1].has(Kind.OCCASION) and not spans[at - 1].latin and not spans[at].unit
        if relative and any(span.has(Kind.MENU, Kind.CATEGORY) for span in spans[at : counted[-1]]):
            out[at] = replace(spans[at], senses={Kind.PEOPLE: ()})
    return out


def _those_of_us(spans: Sequence[Span]) -> list[Span]:
    """``two of us are grand, three simple``: so many of the pieces."""
    out = list(spans)
    for at, people in enumerate(spans):
        following = next((span for span in spans[at + 1 :] if not span.has(Kind.FILLER, Kind.ORDER)), None)
        if people.has(Kind.PEOPLE) and people.unit == "ofus" and following is not None and following.has(Kind.STYLE):
            out[at] = replace(people, senses={Kind.NUMBER: ()}, unit="")
    return out


def preferred(spans: Sequence[Span]) -> list[Span]:
    """``I'd rather have a second coffee than the wine``, ``I prefer this over the other``: one instead of the other."""
    prefers = any(span.words.endswith("prefer") for span in spans)
    out = [span.only(Kind.FILLER, ("",)) if span.words == "overthe" and not prefers else span for span in spans]
    rather = next((n for n, span in enumerate(out) if span.words == "rather"), None)
    than = next((n for n, span in enumerate(out) if span.words == "than"), None)
    if rather is None or than is None or than < rather:
        return out
    out[rather] = out[rather].only(Kind.ORDER, ("",))
    out[than] = replace(out[than].only(Kind.INSTEAD, ("",)), words="insteadof")
    return out


def style_of_all(spans: Sequence[Span], breaks: frozenset[int]) -> list[Span]:
    """``an english for her and a french for me, simple``: after a comma the only style is that of all of them."""
    out = list(spans)
    at = next((n for n, span in enumerate(out) if span.has(Kind.STYLE)), None)
    named = [n for n, span in enumerate(out) if span.has(Kind.MENU, Kind.CATEGORY)]
    if at is None or len(named) < 2 or named[-1] > at or not out[at].latin:
        return out
    led = next((n for n in range(at, named[-1], -1) if out[n].start in breaks), None)
    if led is None or not all(span.has(Kind.FILLER) for span in out[led:at]):
        return out
    alone = all(span.has(Kind.FILLER, Kind.ORDER, Kind.THANKS, Kind.STYLE_WORD, Kind.SERVICE) for span in out[at + 1 :])
    return [*out[:at], replace(out[at], words="", senses={Kind.ALL: ()}), *out[at:]] if alone else out


def style_by_price(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``제일 싼 걸로`` to the question which style: the first of those offered; the dearest is the last."""
    spans = [_style_so(spans, at, request) for at in range(len(spans))]
    if request.asked != "style" and (request.items or any(span.has(Kind.MENU) for span in spans)):
        cheapest = min(request.catalogue.styles, key=lambda style: style.price).code
        if _is_of_a_part(spans, request):
            return [span.only(Kind.RESET, ("",)) if span.has(Kind.PLAIN) else span for span in spans]
        return [replace(span, senses={Kind.STYLE: (cheapest,)}) if span.has(Kind.PLAIN) else span for span in spans]
    if request.asked != "style" or not request.offered or any(span.has(Kind.WHAT, Kind.MENU) for span in spans):
        return list(spans)
    out = list(spans)
    for at, span in enumerate(spans):
        if span.has(Kind.CHEAPEST, Kind.CHEAPER, Kind.DEAREST, Kind.PLAIN, Kind.FANCY):
            first = span.has(Kind.CHEAPEST, Kind.CHEAPER, Kind.PLAIN)
            out[at] = replace(span, senses={Kind.STYLE: (request.offered[0 if first else -1],)})
    return out


def _style_so(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> Span:
    """``제일 싼 스타일로``, ``가장 좋은 스타일``: said of the word "style", whatever was asked."""
    named = at + 1 < len(spans) and spans[at + 1].has(Kind.STYLE_WORD)
    asked = any(span.has(Kind.WHAT, Kind.ASK_PRICE) for span in spans)
    if asked or not named or not spans[at].has(Kind.CHEAPEST, Kind.DEAREST, Kind.PLAIN, Kind.FANCY):
        return spans[at]
    by_price = sorted(request.catalogue.styles, key=lambda style: style.price)
    best = spans[at].has(Kind.DEAREST, Kind.FANCY)
    return replace(spans[at], senses={Kind.STYLE: (by_price[-1 if best else 0].code,)})


def _is_of_a_part(spans: Sequence[Span], request: UnderstandingRequest) -> bool:
    """``never mind the salad, normal is fine`` of an item that has its style: so much as there is of it."""
    styled = request.current is not None and request.items[request.current].style is not None
    named = any(span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.STYLE_WORD) for span in spans)
    latin = all(span.latin for span in spans if span.has(Kind.PLAIN))
    return styled and latin and not named and any(span.has(Kind.INGREDIENT) for span in spans)


def only_asked(spans: Sequence[Span]) -> list[Span]:
    """``주문하면 취소돼요?``: whether that can be done is asked, not done. ``둘 중에``: a choice, no number."""
    out = list(spans)
    for at, (span, after) in enumerate(pairwise(spans)):
        if span.has(Kind.CANCEL) and after.words.startswith(("되나", "돼요", "되죠", "될까", "됩니까", "가능")):
            out[at] = replace(span, senses={Kind.ELSEWHERE: ()})
        if span.has(Kind.NUMBER) and after.words in ("중에", "중에서", "중"):
            out[at] = replace(span, senses={Kind.FILLER: ()})
    return out


def lacking(spans: Sequence[Span]) -> list[Span]:
    """``which one has no egg``, ``what doesn't contain nuts``: asked for by what it is without."""
    out = list(spans)
    for at, span in enumerate(spans):
        asked = any(before.has(Kind.WHAT) for before in spans[:at])
        if span.latin and span.has(Kind.NO) and asked and any(s.has(*_EATEN) for s in spans[at + 1 : at + 4]):
            out[at] = span.only(Kind.WITHOUT, ("",))
    return out


def contented(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``perfect``, ``좋아요`` to the question whether anything is to be changed: nothing is."""
    said = [span for span in spans if not span.has(Kind.FILLER, Kind.PARTICLE, Kind.TOPIC)]
    if request.asked != "customization" or not any(span.words in _CONTENTED for span in said):
        return list(spans)
    if not all(span.words in _CONTENTED or span.has(Kind.YES) for span in said):
        return list(spans)
    return [span.only(Kind.NOTHING_MORE, ("",)) if span in said else span for span in spans]


def cancel_by_name(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``발렌타인 취소``: of several things in the order one is taken out, and the rest stays."""
    spans = _reasons_not_to_eat(_whether_it_can_be_cancelled(spans))
    held = {item.menu_code for item in request.items}
    catalogue = request.catalogue
    categories = {menu.category for code in held if (menu := catalogue.menu(code)) is not None}
    styles = {item.style for item in request.items}
    menus = [menu for code in held if (menu := catalogue.menu(code)) is not None]
    portions = {portion.ingredient.code for menu in menus for portion in menu.portions}
    named = any(
        (span.has(Kind.MENU) and held & set(span.senses[Kind.MENU]))
        or (span.has(Kind.INGREDIENT) and portions & set(span.senses[Kind.INGREDIENT]))
        or (span.has(Kind.CATEGORY) and categories & set(span.senses[Kind.CATEGORY]))
        or (span.has(Kind.STYLE) and styles & set(span.senses[Kind.STYLE]))
        or (span.has(*_POINTING) and held)
        or (_counts_pieces(spans, at) and held)
        or (span.has(Kind.THAT) and span.words.startswith(_THAT_ONE) and len(request.items) > 1)
        for at, span in enumerate(spans)
    )
    instead = next((n for n, span in enumerate(spans) if span.has(Kind.CANCEL)), None)
    if instead is not None and request.items and _goes_on_with_another(spans[instead + 1 :]):
        gone: dict[Kind, tuple[str, ...]] = {Kind.REMOVE: ("",), Kind.THAT: ("",)}
        return [replace(span, senses=gone) if span.has(Kind.CANCEL) else span for span in spans]
    if instead is not None and request.items and not named and any(span.has(Kind.STYLE) for span in spans):
        # ``cancel the deluxe one`` where none is: nothing that can be done, and least of all everything.
        return [span for span in spans if not span.has(Kind.CANCEL, Kind.STYLE)]
    absent = any(span.has(Kind.MENU) and not span.weak for span in spans)
    if not named and not (absent and request.items):
        return list(spans)
    return [replace(span, senses={Kind.REMOVE: ()}) if span.has(Kind.CANCEL) else span for span in spans]


def _reasons_not_to_eat(spans: Sequence[Span]) -> list[Span]:
    """``저 고기를 안 먹어서요 프렌치 하나``: why, and nothing is cancelled by it."""
    ordered = any(span.has(Kind.MENU, Kind.INGREDIENT, Kind.STYLE) for span in spans)
    return [
        replace(span, senses={Kind.FILLER: ("",)})
        if ordered and span.has(Kind.CANCEL) and span.words.endswith(_WHY)
        else span
        for span in spans
    ]


_WHY = ("서", "서요", "니까", "니까요", "는데", "는데요", "거든요")


def _goes_on_with_another(rest: Sequence[Span]) -> bool:
    """``그거 취소하고 초코 하나요``: something else is ordered in the same sentence."""
    at = next((n for n, span in enumerate(rest) if span.has(Kind.MENU)), None)
    return at is not None and any(span.has(Kind.NUMBER, Kind.ORDER, Kind.TO, Kind.STYLE) for span in rest)


def _counts_pieces(spans: Sequence[Span], at: int) -> bool:
    """``두 개 취소해 주세요``, ``cancel one of them``: so many of them, and not the order."""
    near = spans[max(0, at - 1) : at] if spans[at].latin else spans[at + 1 : at + 3]
    return spans[at].has(Kind.NUMBER) and any(span.has(Kind.CANCEL) for span in near)


_HOW = ("어떻게", "언제", "어디", "얼마", "어찌")
_CONTENTED = frozenset(
    (
        "perfect", "itsright", "nowitsright", "itisright", "nowitisright", "great", "lovely", "soundsgood",
        "looksgood", "soundslovely", "soundsnice", "thatsright",
        "thatscorrect", "correct", "exactly", "cool", "nice", "brilliant", "wonderful",
        "좋아요", "좋아", "좋네요", "완벽해요", "맞아요", "딱좋아요",
    )
)  # fmt: skip
_EATEN = (Kind.ALLERGEN, Kind.INGREDIENT)
_THAT_ONE = ("thatone", "thisone", "그거", "그건", "그것")
"""``cancel that one``, of several: not the order."""
_WHETHER = ("되나", "돼", "될까", "되는", "되죠", "되지", "가능", "되는교", "되유")


def _whether_it_can_be_cancelled(spans: Sequence[Span]) -> list[Span]:
    """``취소도 되나요``, ``주문하면 취소돼요?``: asked and not told; what becomes of a placed order is the staff's."""
    out = list(spans)
    for at, span in enumerate(out):
        if not span.has(Kind.CANCEL) or span.latin:
            continue
        following = next((each.words for each in out[at + 1 :] if not each.has(Kind.ALSO, Kind.PARTICLE)), "")
        asked = next(
            (each for each in out[at + 1 : at + 4] if not each.has(Kind.TOPIC, Kind.OBJECT, Kind.FILLER)), None
        )
        if asked is not None and asked.words.startswith(_HOW):
            out[at] = span.only(Kind.ELSEWHERE, ("",))
        within = span.words.partition("취소")[2]
        if "취소" in span.words and (within or following).startswith(_WHETHER):
            out[at] = span.only(Kind.ELSEWHERE, ("",))
    return out
