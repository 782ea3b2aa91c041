"""A number that names nothing: it goes on with what was counted, or spoken of, in the sentence before.

``와인 세 잔`` ... ``아니 두 개``; ``with three wines`` ... ``cut it down to two``; ``blueberries`` ... ``double them``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.catalogue import Portion
from backend.domain.proposal import PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NAMES = (
    Kind.MENU,
    Kind.CATEGORY,
    Kind.STYLE,
    Kind.TIERS,
    Kind.RANK,
    Kind.EACH,
    Kind.SAME,
    Kind.INGREDIENT,
    Kind.PEOPLE,
    Kind.FORMER,
    Kind.LATTER,
)
_NOT_IN_PIECES = ("wine", "coffee", "champagne", "coffee_pot")
_UNITS = ("", "개")
_OF_PIECES = ("수량", "개수", "갯수")
_WILL_DO = ("sorry", "fine", "enough", "willdo", "isfine", "isenough")
_REPLACING = (Kind.NO, Kind.CHANGE, Kind.ONLY, Kind.RESET, Kind.TO)
"""Words with which a number takes the place of the one that was said."""


@dataclass(frozen=True, slots=True)
class CountedOn:
    """The change, the piece that it stands at, and the pieces that are used up."""

    change: PortionChange
    at: int
    used: tuple[int, ...]


def counted_on(spans: Sequence[Span], request: UnderstandingRequest) -> CountedOn | None:
    """The change to the ingredient that a bare number means; None where it means pieces of the item."""
    at = next((n for n, span in enumerate(spans) if _is_bare_number(span) or _is_extra(spans, n)), None)
    named = tuple(kind for kind in _NAMES if not (kind is Kind.EACH and _is_each_piece(request)))
    if at is None or any(span.has(*named) or span.words in _OF_PIECES for span in spans):
        return None
    extras = _extras_in_all(spans, at, request)
    if extras is not None:
        return extras
    in_all = any(span.words.endswith("enough") for span in spans)  # ``fewer, ten is enough``
    verb = next((n for n, span in enumerate(spans) if span.has(Kind.ADD, Kind.REMOVE) and not in_all), None)
    code = _meant(spans, at, request, relative=verb is not None)
    held = _held(code, request)
    if held is None:
        return None
    portion, now = held
    used = tuple(n for n in (at, verb) if n is not None)
    if spans[at].has(Kind.TIMES):
        times = 3 if spans[at].words.startswith(("세", "triple")) else 2
        return CountedOn(PortionChange(code, PortionMode.SET, max(1, portion.default) * times), at, used)
    if verb is not None and not _brought_to(spans, at):
        mode = PortionMode.ADD if spans[verb].has(Kind.ADD) else PortionMode.REMOVE
        return CountedOn(PortionChange(code, mode, spans[at].value), at, used)
    if is_one_more(spans[at]):
        return CountedOn(PortionChange(code, PortionMode.ADD, spans[at].value), at, used)
    if spans[at].value == now and code != request.about:
        return None
    return CountedOn(PortionChange(code, PortionMode.SET, spans[at].value), at, used)


def _is_each_piece(request: UnderstandingRequest) -> bool:
    """``초가 몇 개예요`` ... ``그럼 다섯 개씩``: what was spoken of, in each piece of the only item."""
    return len(request.items) == 1 and request.items[0].quantity > 1 and bool(request.about)


def _extras_in_all(spans: Sequence[Span], at: int, request: UnderstandingRequest) -> CountedOn | None:
    """``sorry, two extra is fine`` after three extra were put on: two more than the menu has, and not two more now."""
    following = spans[at + 1 : at + 2]
    corrects = any(span.has(Kind.NO, Kind.ONLY) or span.words in _WILL_DO for span in spans)
    code = request.counted or request.about
    held = _held(code, request)
    if not (corrects and following and following[0].words == "extra") or held is None or held[1] <= held[0].default:
        return None
    count = held[0].default + spans[at].value
    return CountedOn(PortionChange(code, PortionMode.SET, count), at, (at, at + 1))


def is_one_more(number: Span) -> bool:
    """``another wine``, ``two more glasses of wine``."""
    return number.latin and (number.words.startswith("another") or "more" in number.words)


def _is_bare_number(span: Span) -> bool:
    return (span.has(Kind.NUMBER) and not span.weak and span.unit in _UNITS) or span.has(Kind.TIMES)


def _brought_to(spans: Sequence[Span], at: int) -> bool:
    """``두 개로 줄여 주세요``."""
    return at + 1 < len(spans) and spans[at + 1].has(Kind.TO) and not spans[at + 1].latin


def _is_extra(spans: Sequence[Span], at: int) -> bool:
    """``an extra glass``."""
    return spans[at].weak and at + 1 < len(spans) and spans[at + 1].words == "extra"


def _meant(spans: Sequence[Span], at: int, request: UnderstandingRequest, *, relative: bool) -> str:
    """The ingredient: the one counted last where the number corrects that, the one spoken of where it adds to it."""
    number, no = spans[at], any(span.has(Kind.NO) for span in spans)
    if number.unit == "개" and request.about in _NOT_IN_PIECES and not (no or relative):
        return ""
    last = "" if number.unit == "개" and request.counted in _NOT_IN_PIECES else request.counted
    if relative:
        return request.about or (last if no else "")
    replacing = any(span.has(*_REPLACING) for span in spans)
    if number.has(Kind.TIMES):
        return last if replacing and last else request.about
    if replacing:
        return last or request.about
    if is_one_more(number) and request.about:
        return request.about
    bare = number.latin and all(n == at or span.has(Kind.FILLER, Kind.YES, Kind.ORDER) for n, span in enumerate(spans))
    return request.about if bare or request.asked == "customization" or number.unit == "개" else ""


def _held(code: str, request: UnderstandingRequest) -> tuple[Portion, int] | None:
    """How the item being worked on, or else another one, comes with it, and how many it has now."""
    current = [request.items[request.current]] if request.current is not None else []
    for item in (*current, *request.items):
        menu = request.catalogue.menu(item.menu_code)
        portion = menu.portion(code) if menu is not None and code else None
        if portion is not None:
            return portion, item.customization.get(code, portion.default)
    return None
