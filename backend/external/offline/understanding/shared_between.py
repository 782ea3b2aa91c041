"""So many for all together: ``three wines in total``, ``one wine between us``, ``와인은 합쳐서 세 잔``.

Two dinners with three wines in total are one with two and one with one. It is read as those parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import Change, ChangeItem, PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.pieces_first import pieces_of
from backend.external.offline.understanding.scanner import Span

IN_ALL = (
    "intotal", "inall", "altogether", "allinall", "betweenus", "betweenthem", "amongus", "amongthem", "toshare",
    "betweenthetwoofus", "betweenthetwoofthem", "forthewholetable", "forthetable", "allup", "combined",
    "합쳐서", "합해서", "다합쳐서", "다합해서", "통틀어", "통틀어서", "다해서", "전부합쳐", "전부합쳐서", "모두합쳐",
    "모두합쳐서", "총",
)  # fmt: skip
_BEFORE_OR_AFTER = 6
"""Pieces of the sentence; what is further away is about something else."""


def with_shares(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The pieces with a number for all of them read as numbers for some of them each."""
    found = _found(spans)
    if found is None:
        return list(spans)
    at, counted, _ = found
    total, what = spans[counted].value, spans[at]
    whole = pieces_of(spans, min(at, counted), [what], request)
    if whole is None or whole < 2 or total < 1:
        return list(spans)
    each, over = divmod(total, whole)
    first, last = min(found), max(found)
    while first and spans[first - 1].has(Kind.ONLY):
        first -= 1
    number = spans[counted]
    some = replace(number, words="ofthem", senses={Kind.NUMBER: ()}, value=over, unit="ofthem")
    rest = replace(number, words="therest", senses={Kind.REST: ("",)}, value=0, unit="")
    shares = [some, *_with(each + 1, number, what), rest] if over else []
    return [*spans[:first], *shares, *_with(each, number, what), *spans[last + 1 :]]


def read_shares(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The same of several items that have the ingredient: those that have most of it now get what is left over."""
    found = _found(spans)
    if found is None or any(span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE) for span in spans):
        return ()
    code, total = spans[found[0]].code(Kind.INGREDIENT), spans[found[1]].value
    counts: dict[int, int] = {}
    for index, item in enumerate(request.items):
        menu = request.catalogue.menu(item.menu_code)
        portion = menu.portion(code) if menu is not None else None
        if portion is not None:
            counts[index] = item.customization.get(code, portion.default)
    if len(counts) < 2:
        return ()
    each, over = divmod(total, sum(request.items[index].quantity for index in counts))
    changes: list[Change] = []
    for index in sorted(counts, key=lambda index: -counts[index]):
        more = min(over, request.items[index].quantity)
        over -= more
        changes.append(ChangeItem(index, portions=(PortionChange(code, PortionMode.SET, each),)))
        if more:
            changes.append(ChangeItem(index, portions=(PortionChange(code, PortionMode.SET, each + 1),), pieces=more))
    return tuple(changes)


def _found(spans: Sequence[Span]) -> tuple[int, int, int] | None:
    """Where the ingredient, its number and the word for all together stand."""
    marker = next((n for n, span in enumerate(spans) if span.words in IN_ALL and span.has(Kind.FILLER)), None)
    if marker is None:
        return None
    named = [n for n, span in enumerate(spans) if span.has(Kind.INGREDIENT) and abs(n - marker) <= _BEFORE_OR_AFTER]
    counted = _number_of(spans, named[0]) if len(named) == 1 else None
    return (named[0], counted, marker) if counted is not None else None


def _with(count: int, number: Span, what: Span) -> list[Span]:
    """``with two wines``, ``without wine``."""
    word = "with" if count else "without"
    verb = Span(number.start, number.start, word, {Kind.PUT if count else Kind.WITHOUT: ("",)})
    named = replace(what, words="wine") if not what.latin else what
    counted = replace(number, words="one", senses={Kind.NUMBER: ()}, value=count, unit="", weak=False)
    return [verb, counted, named] if count else [verb, named]


def _number_of(spans: Sequence[Span], at: int) -> int | None:
    """The number beside the ingredient: before it in English, after it in Korean."""
    latin = spans[at].latin
    near = range(at - 1, max(-1, at - 4), -1) if latin else range(at + 1, min(len(spans), at + 5))
    for n in near:
        if spans[n].has(Kind.NUMBER) and not spans[n].weak:
            return n
        if not spans[n].has(Kind.FILLER, Kind.TOPIC, Kind.OBJECT, Kind.ALL, Kind.ONLY, Kind.OF, Kind.PARTICLE):
            return None
    return None
