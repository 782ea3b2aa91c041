"""What the last answer spoke of, ordered without its name: ``one of each``, ``둘 다 하나씩``, ``I'll take that``."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import AddItem, Change, ChangeItem, Question, QuestionKind, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_MOST = 4
"""Nobody orders "all" of a longer list."""
_BESIDE = (
    Kind.FILLER, Kind.ORDER, Kind.YES, Kind.THAT, Kind.PARTICLE, Kind.TO, Kind.OF, Kind.AND, Kind.OBJECT, Kind.TOPIC,
    Kind.STYLE_WORD, Kind.SERVICE, Kind.NUMBER, Kind.STYLE, Kind.EACH, Kind.ALL, Kind.PLACE, Kind.ALSO, Kind.ADD,
)  # fmt: skip
_INSTEAD = (Kind.INSTEAD, Kind.CHANGE)


def of_the_named(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes that take up what was named; none where the words have a meaning without it."""
    named = tuple(code for code in request.named if request.catalogue.menu(code) is not None)
    held = {item.menu_code for item in request.items}
    if not named or held & set(named):
        return ()
    if len(named) == 1:
        return _that_one(spans, named[0], request)
    return () if request.items else _all_of_them(spans, named, request)


def that_among_names(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """``그거 하나랑 잉글리시 하나``: the menu that was just spoken of is ordered beside one that is named."""
    codes = request.offered if request.asked == "offer" else request.named
    known = [code for code in codes if request.catalogue.menu(code) is not None]
    beside = any(span.has(Kind.MENU) for span in spans) and any(span.has(Kind.AND) for span in spans)
    held = {item.menu_code for item in request.items}
    if len(known) != 1 or not beside or held & set(known) or any(span.has(*_INSTEAD, Kind.NO) for span in spans):
        return list(spans)
    return [span.only(Kind.MENU, known) if span.has(Kind.THAT) else span for span in spans]


def wondered_about(spans: Sequence[Span], request: UnderstandingRequest) -> Question | None:
    """``maybe the english, or the french, I don't know``: what the two are is on their mind."""
    menus = [code for span in spans if span.has(Kind.MENU) for code in span.senses[Kind.MENU][:1]]
    wonders = any(span.has(Kind.WONDER) for span in spans)
    counted = any(span.has(Kind.NUMBER) and not span.weak for span in spans)
    if not wonders or counted or request.items or len(dict.fromkeys(menus)) != len(menus) or len(menus) != 2:
        return None
    return Question(QuestionKind.CONTENTS, menus=tuple(menus))


def _all_of_them(spans: Sequence[Span], named: tuple[str, ...], request: UnderstandingRequest) -> tuple[Change, ...]:
    each = any(span.has(Kind.EACH) for span in spans)
    every = any(span.has(Kind.ALL) for span in spans) and len(named) <= _MOST
    of_pieces = any(span.words in ("both", "bothofthem") for span in spans) and _number(spans) is not None
    if of_pieces or not all(span.has(*_BESIDE) for span in spans):
        return ()
    if not (each or every):
        return (AddItem(options=named),) if _takes_one(spans) and request.asked == "which" else ()
    if any(span.words in ("both", "bothofthem", "둘다") for span in spans) and len(named) > 2:
        return (AddItem(options=named),)
    number, style = _number(spans), _style(spans)
    return tuple(AddItem(code, number or 1, style) for code in named)


def _takes_one(spans: Sequence[Span]) -> bool:
    """``I'll have that one``, of several: it is asked which."""
    that = any(span.has(Kind.THAT) and span.words not in ("those", "these", "them") for span in spans)
    return that and any(span.has(Kind.ORDER) or span.words.startswith("illhave") for span in spans)


def _that_one(spans: Sequence[Span], code: str, request: UnderstandingRequest) -> tuple[Change, ...]:
    """Away from the choice of a menu, where the kiosk has not offered it."""
    pointed = [at for at, span in enumerate(spans) if span.has(Kind.THAT)]
    if not request.items or not pointed or request.asked in ("offer", "which"):
        return ()
    goes = [at for at, span in enumerate(spans) if span.has(*_INSTEAD) or _is_gone(spans, at, request)]
    left = [span for at, span in enumerate(spans) if at not in goes]
    taken = any(span.has(Kind.ORDER, Kind.ADD) for span in spans) or bool(goes)
    if not taken or not all(span.has(*_BESIDE) or _is_current(span, request) for span in left):
        return ()
    if goes:
        return (ChangeItem(menu=code, quantity=_number(spans), style=_style(spans)),)
    return (AddItem(code, _number(spans), _style(spans)),)


def _is_gone(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> bool:
    """``scrap the champagne``: the item that was being worked on, by a part of its name."""
    return spans[at].has(Kind.REMOVE, Kind.CANCEL) and any(
        _is_current(span, request) for span in spans[at + 1 : at + 3]
    )


def _is_current(span: Span, request: UnderstandingRequest) -> bool:
    menu_code = request.items[request.current].menu_code if request.current is not None else ""
    menu = request.catalogue.menu(menu_code)
    if menu is None or not span.has(Kind.INGREDIENT, Kind.MENU):
        return False
    return menu_code in span.senses.get(Kind.MENU, ()) or span.words in menu.name.en.lower().split()


def _number(spans: Sequence[Span]) -> int | None:
    return next((span.value for span in spans if span.has(Kind.NUMBER) and not span.weak and span.value > 0), None)


def _style(spans: Sequence[Span]) -> str | None:
    return next((span.code(Kind.STYLE) for span in spans if span.has(Kind.STYLE)), None)
