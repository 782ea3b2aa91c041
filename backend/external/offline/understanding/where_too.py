"""What was just done, done elsewhere: ``none on the cheese``, ``초코도``, ``except the valentine``.

The sentence names an item of the order and no ingredient: that is the one that was spoken of last.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.catalogue import Menu
from backend.domain.order import Item
from backend.domain.proposal import Change, ChangeItem, PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.which_lines import Lines

_SOFT = (
    Kind.FILLER, Kind.NO, Kind.YES, Kind.AND, Kind.TO, Kind.OF, Kind.PARTICLE, Kind.TOPIC, Kind.ALSO, Kind.ONLY,
    Kind.OBJECT, Kind.ORDER, Kind.PUT, Kind.EACH,
)  # fmt: skip
_AT = ("on", "onthe", "in", "inthe", "forthe", "for", "with")
_ONE_OF_A_KIND = ("one", "ones", "거", "것", "건", "쪽")
_EXCEPT = ("except", "apartfrom", "otherthan", "butnot", "besides", "allbut", "withtheexceptionof", "말고", "빼고")
_NONE = ("none", "notany", "nothing")
_NOT = ("not", "noton", "notthe")
_MEANT = ("imeant", "sorryimeant", "imean", "isaid", "imeanttosay")
_ONE_TOO = "onetoo"
_ALSO_KO = ("도", "도요")


def read_where_too(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes of the ingredient that was spoken of last; none where the sentence says more than where it goes."""
    code = request.about
    less = _without_extras(spans, request)
    if less:
        return less
    if not _was_just_changed(code, request):
        return ()
    held = [at for at, item in enumerate(request.items) if _holds(item, code, request)]
    pieces = [n for n, span in enumerate(spans) if not span.has(*_SOFT)]
    where = [n for n in pieces if _lines(spans, n, held, request)]
    how = [n for n in pieces if n not in where and spans[n].words not in (*_ONE_OF_A_KIND, _ONE_TOO)]
    if len(where) != 1 or len(how) > 1:
        return ()
    lines = _lines(spans, where[0], held, request)
    touched = [at for at in held if code in request.items[at].customization]
    reset = PortionChange(code, PortionMode.RESET)
    count = _count(spans, how, where[0])
    if count is not None:
        return _on(lines, PortionChange(code, PortionMode.SET, count))
    if how and spans[how[0]].words in _NONE:
        return _on(lines, PortionChange(code, PortionMode.SET, 0))
    kept = bool(how) and spans[how[0]].has(Kind.RESET)  # ``no, leave it on the valentine``
    if kept or (how and spans[how[0]].words in _EXCEPT) or _is_not(spans, where[0]):
        return _on([at for at in lines if at in touched], reset)
    if how or not touched:
        return ()
    value = request.items[touched[-1]].customization[code]
    again = _on(lines, PortionChange(code, PortionMode.SET, value))
    if _is_also(spans, where[0]):
        return again
    if _is_only(spans, where[0]):
        return (*_on([at for at in touched if at not in lines], reset), *again)
    return ()


def _without_extras(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``forget the extra on the english``, ``no extra on either``: what it has more of than it comes with."""
    at = next((n for n, span in enumerate(spans) if span.words in ("extra", "extras")), None)
    gone = at is not None and any(s.has(Kind.REMOVE, Kind.WITHOUT, Kind.CANCEL) or s.words == "no" for s in spans[:at])
    if not gone or any(span.has(Kind.INGREDIENT, Kind.NUMBER) and not span.weak for span in spans):
        return ()
    everywhere = list(range(len(request.items)))
    named = [lines for n in range(len(spans)) if (lines := _lines(spans, n, everywhere, request))]
    extras = Lines(request).extras
    return tuple(
        ChangeItem(at, portions=tuple(PortionChange(code, PortionMode.RESET) for code in more))
        for at in (named[0] if named else everywhere)
        if (more := extras(at))
    )


def _was_just_changed(code: str, request: UnderstandingRequest) -> bool:
    """Whether the last change was one of this ingredient: what it was on before is known, and it is not so now."""

    def counts(items: Sequence[Item]) -> list[tuple[str, int]]:
        return sorted(
            (each.menu_code, each.customization.get(code, -1)) for each in items for _ in range(each.quantity)
        )

    before, now = counts(request.before), counts(request.items)
    same = [menu for menu, _ in before] == [menu for menu, _ in now]
    return bool(code) and len(request.items) > 1 and same and before != now


def _holds(item: Item, code: str, request: UnderstandingRequest) -> bool:
    menu = request.catalogue.menu(item.menu_code)
    return menu is not None and menu.portion(code) is not None


def _lines(spans: Sequence[Span], at: int, held: Sequence[int], request: UnderstandingRequest) -> list[int]:
    """The items that the piece at ``at`` points to, of those that have the ingredient."""
    span = spans[at]
    items = request.items
    if span.has(Kind.ALL):
        return list(held)
    if span.has(Kind.STYLE) and _is_of_a_kind(spans, at):
        return [n for n in held if items[n].style == span.code(Kind.STYLE)]
    if span.has(Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT):
        return [n for n in held if _is_called(span, request.catalogue.menu(items[n].menu_code))]
    if span.has(Kind.RANK) and 0 < span.value <= len(items):
        return [n for n in held if n == span.value - 1]
    return []


def _is_of_a_kind(spans: Sequence[Span], at: int) -> bool:
    """``the grand ones``, ``심플한 것``: not a style that something shall have."""
    after = [span.words for span in spans[at + 1 : at + 2]]
    before = [span.words for span in spans[max(0, at - 2) : at]]
    return any(words.startswith(_ONE_OF_A_KIND) for words in after) or any(words in _AT for words in before)


def _is_called(span: Span, menu: Menu | None) -> bool:
    """By its name, its kind, or, where that could be an ingredient as well, by a word of its name."""
    if menu is None:
        return False
    if span.has(Kind.MENU):
        return menu.code in span.senses[Kind.MENU]
    if span.has(Kind.CATEGORY):
        return menu.category == span.code(Kind.CATEGORY)
    return span.words in menu.name.en.lower().split() or menu.code == span.code(Kind.INGREDIENT)


def _count(spans: Sequence[Span], how: Sequence[int], where: int) -> int | None:
    """``three on the strawberry``, ``딸기에는 세 개``."""
    if not how or not spans[how[0]].has(Kind.NUMBER) or spans[how[0]].weak:
        return None
    placed = any(span.words in _AT or span.words.startswith("에") for span in spans)
    return spans[how[0]].value if placed and (how[0] < where or not spans[where].latin) else None


def _is_not(spans: Sequence[Span], where: int) -> bool:
    """``not on the cheese one``."""
    before = [span.words for span in spans[max(0, where - 3) : where]]
    return any(words in _NOT for words in before)


def _is_also(spans: Sequence[Span], where: int) -> bool:
    """``the cheese one too``, ``and the cheese``, ``actually both``, ``초코도``."""
    if spans[where].has(Kind.ALL):
        return True
    if spans[where].latin:
        return spans[0].has(Kind.AND) or any(span.has(Kind.ALSO) or span.words == _ONE_TOO for span in spans)
    return any(span.words in _ALSO_KO for span in spans[where + 1 : where + 2])


def _is_only(spans: Sequence[Span], where: int) -> bool:
    """``just the grand ones``, ``no, on the simple one``, ``I meant the cheese one``, ``치즈만``."""
    if not spans[where].latin:
        return any(span.words in ("만", "만요") for span in spans[where + 1 : where + 3])
    before = spans[:where]
    on = any(span.words in _AT for span in before) and any(span.has(Kind.NO) for span in before)
    return on or any(span.has(Kind.ONLY) or span.words in ("just", *_MEANT) for span in before)


def _on(lines: Sequence[int], change: PortionChange) -> tuple[Change, ...]:
    return tuple(ChangeItem(at, portions=(change,)) for at in lines)
