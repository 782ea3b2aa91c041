"""English says what is changed and then on how many pieces: ``no bacon on two and no eggs on the other two``.

Such clauses are turned round (``two of them no bacon, the other two no eggs``), so that parts are read in one order.
``only one with wine`` is turned into what it means for the others: ``two of them without wine``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.domain.order import Item
from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_ON = ("on", "in", "for", "onthe", "inthe", "forthe", "from")
_OFF = ("off", "outof", "offof", "offthe", "outofthe", "out")
_TO = ("to", "into")
_OF_THEM = ("ofthem", "ofthose", "ofthese")
_REST_WORDS = ("theotherone",)
_WHAT = (Kind.INGREDIENT, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.NO, Kind.NUMBER, Kind.FILLER, Kind.TIMES,
    Kind.RESET, Kind.NOTHING_MORE)  # fmt: skip
_VERBS = (Kind.ADD, Kind.REMOVE, Kind.WITHOUT, Kind.NO)
_ENDS = (Kind.AND, Kind.FILLER, Kind.ONLY, Kind.ORDER, Kind.THANKS, Kind.SERVICE, Kind.NO, Kind.YES, Kind.INSTEAD,
    Kind.WITHOUT, Kind.REMOVE, Kind.ADD, Kind.NUMBER)  # fmt: skip
_DANGLING = ("with", "without")
_AFTER_ALL = (Kind.FILLER, Kind.TO, Kind.AND, Kind.ALL, Kind.SERVICE, Kind.THANKS)
_BETWEEN = (Kind.FILLER, Kind.ONLY)


@dataclass(slots=True)
class _Clause:
    """``no bacon on two``: pieces ``start`` to ``end`` of the sentence, what is done, and to how many."""

    start: int
    end: int
    what: list[Span]
    whose: Span


def with_pieces_first(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The pieces of the sentence, each number of pieces before what is done to them."""
    if not any(span.has(Kind.INGREDIENT) for span in spans):
        return list(spans)
    spans = _with_what_was_named(spans)
    clauses = _clauses(spans, request)
    out: list[Span] = []
    at = 0
    for clause in clauses:
        out += [*spans[at : clause.start], clause.whose, *clause.what]
        at = clause.end
    return _only_so_many([*out, *spans[at:]], request)


def _with_what_was_named(spans: Sequence[Span]) -> list[Span]:
    """``one french without wine and one with``: with wine, and one french."""
    out: list[Span] = []
    for at, span in enumerate(spans):
        if (
            span.words == "none"
            and at
            and out
            and out[-1].words == "with"
            and any(s.has(Kind.INGREDIENT) for s in spans[:at])
        ):
            out[-1] = replace(out[-1], words="without", senses={Kind.WITHOUT: ("",)})
            out.append(next(each for each in reversed(spans[:at]) if each.has(Kind.INGREDIENT)))
            continue
        if (
            span.words == "none"
            and at
            and spans[at - 1].has(Kind.REST)
            and any(s.has(Kind.INGREDIENT) for s in spans[:at])
        ):
            out.append(replace(span, words="without", senses={Kind.WITHOUT: ("",)}))
            out.append(next(each for each in reversed(spans[:at]) if each.has(Kind.INGREDIENT)))
            continue
        out.append(span)
        named = [each for each in spans[:at] if each.has(Kind.INGREDIENT)]
        led = at > 0 and spans[at - 1].has(Kind.NUMBER) and spans[at - 1].latin
        dangling = span.latin and span.words in _DANGLING and (at + 1 == len(spans) or spans[at + 1].has(*_AFTER_ALL))
        if not (named and led and dangling):
            continue
        out.append(named[-1])
        menus = [n for n, each in enumerate(spans[:at]) if each.has(Kind.MENU)]
        counted = [each.value for each in spans[: menus[-1]] if each.has(Kind.NUMBER)] if menus else []
        if counted and spans[at - 1].value >= counted[-1] and spans[at - 2].has(Kind.AND):
            out.insert(len(out) - 2, spans[menus[-1]])
    return out


def _clauses(spans: Sequence[Span], request: UnderstandingRequest) -> list[_Clause]:
    found: list[_Clause] = []
    for at in range(1, len(spans)):
        since = found[-1].end if found else 0
        clause = _clause(spans, at, since, found[-1].what if found else (), request)
        if clause is not None:
            found.append(clause)
    return found


def _clause(
    spans: Sequence[Span], at: int, since: int, before: Sequence[Span], request: UnderstandingRequest
) -> _Clause | None:
    whose = _pieces(spans, at, rest=bool(before))
    on = _led_by(spans, at, since) if whose is not None else None
    if whose is None or on is None:
        return None
    start = _start_of_what(spans, on, since)
    said = [span for span in spans[start:on] if not span.has(Kind.ONLY)]
    what = _told_as_before(said, before, spans[at + 1 :])
    if not any(span.has(Kind.INGREDIENT) for span in what):
        return None
    what = _led_by_verb(what, spans[on])
    if spans[on].words in _TO and not any(span.has(Kind.ADD, Kind.PUT) for span in what):
        return None
    whole = pieces_of(spans, start, what, request)
    if whole is None or (whose.has(Kind.NUMBER) and whose.value >= whole):
        return None
    only = [span for span in (*spans[start:at], *spans[at + 1 : at + 2]) if span.has(Kind.ONLY)]
    end = at + 1 + any(span.has(Kind.ONLY, Kind.TIMES) for span in spans[at + 1 : at + 2])
    times = [span for span in spans[at + 1 : at + 2] if span.has(Kind.TIMES)]
    what = [*times, *what[what[0].has(Kind.PUT) :]] if times else what
    named = _named(spans, at)
    if named is not None:
        return _Clause(start, named + 1, [*only, whose, *what], spans[named])
    return _Clause(start, end, what, whose) if not only else _Clause(start, end, [whose, *what], only[0])


def _pieces(spans: Sequence[Span], at: int, *, rest: bool) -> Span | None:
    """``two``, ``one of them``, ``the other two`` where some were told before: so many pieces, as a number of them."""
    span = spans[at]
    if rest and span.latin and (span.has(Kind.REST) or span.words in _REST_WORDS):
        return span.only(Kind.REST, ("",))
    if span.has(Kind.PEOPLE) and span.unit == "ofus":
        return replace(span, senses={Kind.NUMBER: ()}, unit="ofthem")
    if not span.has(Kind.NUMBER) or not span.latin or span.weak or span.value < 1:
        return None
    if span.unit == "of" and _named(spans, at) is not None:
        return replace(span, unit="ofthem")
    if span.unit not in ("", *_OF_THEM):
        return None
    following = spans[at + 1 : at + 2]
    if following and not span.unit and not following[0].has(*_ENDS):
        return None
    counts = next((each for each in spans[at + 1 : at + 3] if not each.has(Kind.FILLER, Kind.ADD)), None)
    if not span.unit and counts is not None and counts.has(Kind.INGREDIENT, Kind.MENU, Kind.CATEGORY):
        return None
    return replace(span, unit="ofthem")


def _named(spans: Sequence[Span], at: int) -> int | None:
    """``one of the french``: where the dish stands of which it is one."""
    if spans[at].unit != "of":
        return None
    near = [n for n in range(at + 1, min(len(spans), at + 3)) if not spans[n].has(Kind.FILLER)]
    return near[0] if near and spans[near[0]].has(Kind.MENU, Kind.CATEGORY) else None


def _led_by(spans: Sequence[Span], at: int, since: int) -> int | None:
    """Where the ``on``, ``for`` or ``off`` before the number stands."""
    for n in range(at - 1, since - 1, -1):
        if spans[n].words in (*_ON, *_OFF, *_TO):
            return n
        if not spans[n].has(*_BETWEEN):
            return None
    return None


def _start_of_what(spans: Sequence[Span], end: int, since: int) -> int:
    """Where that begins what is done: ``[no bacon] on``, ``[take the wine] off``, ``[bacon and eggs] off``."""
    start = end
    while start > since:
        span = spans[start - 1]
        linked = (
            span.has(Kind.AND)
            and start > since + 1
            and spans[start - 2].has(Kind.INGREDIENT)
            and any(each.has(Kind.INGREDIENT) for each in spans[start:end])
        )
        only = span.has(Kind.ONLY) and start == end
        if not linked and not only and not (span.latin and span.has(*_WHAT)):
            break
        start -= 1
    while start < end and (spans[start].has(Kind.FILLER) or _counts_pieces(spans, start)):
        start += 1
    return start


def _counts_pieces(spans: Sequence[Span], at: int) -> bool:
    near = next((span for span in spans[at + 1 : at + 4] if not span.has(Kind.FILLER, Kind.OF, Kind.ADD)), None)
    lonely = at + 1 < len(spans) and spans[at + 1].words in (*_ON, *_OFF)
    return spans[at].has(Kind.NUMBER) and not lonely and (near is None or not near.has(Kind.INGREDIENT))


def _told_as_before(what: list[Span], before: Sequence[Span], after: Sequence[Span]) -> list[Span]:
    """``none on the other``, ``and the coffee off the other two``: what is not said again is as it was before."""
    names = [span for span in before or after if span.has(Kind.INGREDIENT)]
    verbs = [span for span in before if span.has(*_VERBS)]
    if any(span.has(Kind.INGREDIENT) for span in what):
        told = any(span.has(*_VERBS, Kind.NUMBER) for span in what)
        return what if told or not verbs else [verbs[0], *what]
    said = [span for span in what if not span.has(Kind.FILLER)]
    if len(said) != 1 or not names:
        return what
    name = names[-1] if before else names[0]
    if said[0].words in ("none", "no", "nothing"):
        return [said[0].only(Kind.WITHOUT, ("",)), name]
    return [said[0], name] if said[0].has(Kind.NUMBER) else what


def _led_by_verb(what: list[Span], on: Span) -> list[Span]:
    """``[wine and salad] off two``: without them; ``[nuts] on one``: with them, so that the number counts no nuts."""
    counted = any(span.has(Kind.NUMBER) and not span.weak for span in what)
    if on.words in _OFF:
        return [on, *what] if counted else [replace(on, words="without", senses={Kind.WITHOUT: ("",)}), *what]
    if what[0].has(Kind.PUT, *_VERBS):
        return what
    return [replace(what[0], words="with", senses={Kind.PUT: ("",)}, value=0, unit="", weak=False), *what]


def pieces_of(spans: Sequence[Span], start: int, what: Sequence[Span], request: UnderstandingRequest) -> int | None:
    """How many pieces there are of the item: as the sentence says it, or of the item in the order."""
    menus = [n for n, span in enumerate(spans[:start]) if span.has(Kind.MENU)]
    if menus:
        counted = [
            span.value
            for n, span in enumerate(spans[:start])
            if span.has(Kind.NUMBER) and not span.weak and not _counts_ingredient(spans, n)
        ]
        return max(counted, default=None)
    item = _item(what, request)
    return item.quantity if item is not None else None


def _counts_ingredient(spans: Sequence[Span], at: int) -> bool:
    near = next((span for span in spans[at + 1 : at + 4] if not span.has(Kind.FILLER, Kind.OF, Kind.ADD)), None)
    return near is not None and near.has(Kind.INGREDIENT)


def _item(what: Sequence[Span], request: UnderstandingRequest) -> Item | None:
    """The item that has the ingredients: the one being worked on, or the only one."""
    codes = [span.code(Kind.INGREDIENT) for span in what if span.has(Kind.INGREDIENT)]
    holding = [
        index
        for index, item in enumerate(request.items)
        if (menu := request.catalogue.menu(item.menu_code)) is not None and all(menu.portion(code) for code in codes)
    ]
    if request.current in holding:
        return request.items[request.current or 0]
    return request.items[holding[0]] if len(holding) == 1 else None


def _only_so_many(spans: list[Span], request: UnderstandingRequest) -> list[Span]:
    """``only one with wine`` of three that all have it: two without."""
    for at, span in enumerate(spans[:-1]):
        number = spans[at + 1]
        if not (span.has(Kind.ONLY) and number.has(Kind.NUMBER) and number.latin and not number.weak):
            continue
        rest = spans[at + 2 :]
        first = rest[:1] if rest and rest[0].has(Kind.PUT) else []
        what = [each for each in rest[len(first) :] if not each.has(Kind.FILLER)]
        if not what or not what[0].has(Kind.INGREDIENT) or (not first and number.unit not in _OF_THEM):
            continue
        if any(each.has(Kind.NUMBER, *_VERBS, Kind.STYLE) and not each.weak for each in rest):
            continue
        whole = pieces_of(spans, at, what[:1], request)
        if whole is None or number.value >= whole or not _has_some(what[0], spans[:at], request):
            continue
        others = replace(number, value=whole - number.value, unit="ofthem", words="ofthem")
        without = number.only(Kind.WITHOUT, ("",))
        return [*spans[:at], others, replace(without, words="without", value=0, unit=""), *what]
    return spans


def _has_some(what: Span, before: Sequence[Span], request: UnderstandingRequest) -> bool:
    """Whether all pieces have the ingredient as it stands."""
    code = what.code(Kind.INGREDIENT)
    said = [menu for span in before if span.has(Kind.MENU) for menu in span.senses[Kind.MENU]]
    item = _item([what], request) if not said else None
    menu = request.catalogue.menu(said[-1] if said else item.menu_code if item is not None else "")
    portion = menu.portion(code) if menu is not None else None
    if portion is None:
        return False
    return (item.customization.get(code, portion.default) if item is not None else portion.default) > 0
