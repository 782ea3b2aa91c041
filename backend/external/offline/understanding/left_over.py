"""What was said and did nothing: a name, a number or a deed of which no change was made.

An order that was understood in part is a wrong order as soon as somebody says yes to it. So each piece of a sentence
that changes something has to be found again in the changes, or else it is told that it was not understood.
``발렌타인 둘 심플, 와인은 둘 다 필요 없고요`` without a word about wine in the changes asks about the wine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from backend.domain.order import Item
from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    PortionChange,
    PortionMode,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.corrections import take_back
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.text import Text

_LESS = (PortionMode.SET, PortionMode.REMOVE, PortionMode.RESET, PortionMode.INCLUDE)
_GIVES_WAY = (Kind.INSTEAD, Kind.REMOVE, Kind.WITHOUT, Kind.NO, Kind.CANCEL, Kind.CHANGE, Kind.RESET)
_MOST_WORDS = 3
_LOWERED = ("내려", "낮")
"""Said of a style, too."""
_MOST = 20
"""Nobody orders more of anything: a larger number counts something else."""


def left_over(
    spans: Sequence[Span], changes: Sequence[Change], request: UnderstandingRequest, text: Text | None = None
) -> tuple[str, ...]:
    """The words that nothing was made of, in spoken order; none where nothing is changed at all.

    ``text``: what the pieces stand in, for their blanks.
    """
    done = [change for change in changes if not isinstance(change, SetService)]
    if not done:
        return ()
    spans = [span for span in take_back(spans).spans if not span.weak]
    made = _Made(done, request)
    names = [span.words for at, span in enumerate(spans) if _is_left(spans, at, made)]
    left = dict.fromkeys(
        [*names, *_numbers_left(spans, made, len(text.raw) if text is not None else 0), *_deeds_left(spans, made)]
    )
    found = tuple(left)[:_MOST_WORDS]
    return tuple(map(text.as_written, found)) if text is not None else found


class _Made:
    """What the changes speak of: codes, and the numbers in them."""

    def __init__(self, changes: Sequence[Change], request: UnderstandingRequest) -> None:
        self.request = request
        self.changes = changes
        self.touched = [item for change in changes if (item := self._item(change)) is not None]
        self.portions = [portion for change in changes for portion in _portions(change)]
        self.parts = {portion.ingredient for portion in self.portions}
        self.styles = {style for change in changes for style in _styles(change)}
        self.styles |= {item.style for item in self.touched if item.style is not None}
        self.menus = {menu for change in changes for menu in _menus(change)} | {item.menu_code for item in self.touched}
        self.cake = any(getattr(change, "cake", None) is not None for change in changes)

    def _item(self, change: Change) -> Item | None:
        if isinstance(change, AddItem | SetService):
            return None
        at = self.request.current if change.target is None else change.target
        return self.request.items[at] if at is not None and 0 <= at < len(self.request.items) else None

    def names(self, words: str) -> bool:
        """Whether the words are in the name of a menu that is spoken of, or stands in the order."""
        codes = self.menus | {item.menu_code for item in self.request.items}
        menus = (self.request.catalogue.menu(code) for code in codes)
        said = words.replace(" ", "")
        return any(
            said in name.replace(" ", "").lower()
            for menu in menus
            if menu is not None
            for name in (menu.name.ko, menu.name.en, *menu.spoken)
        )

    def numbers(self) -> Counter[int]:
        """Each number that the changes hold, and those that several of them make together."""
        found: Counter[int] = Counter()
        for change in self.changes:
            if isinstance(change, AddItem):
                found[change.quantity or 1] += 1
            elif isinstance(change, ChangeItem):
                found.update(
                    abs(each) for each in (change.quantity, change.quantity_by, change.pieces) if each is not None
                )
            elif isinstance(change, SplitItem):
                found.update(count for count, _ in change.parts)
                found[sum(count for count, _ in change.parts)] += 1
            cake = getattr(change, "cake", None)
            if cake is not None and cake.tiers is not None:
                found[cake.tiers] += 1
        found.update(portion.count for portion in self.portions)
        return found

    def sums(self) -> set[int]:
        """Numbers that tell what is known: of all pieces, of all items."""
        by_menu: Counter[str] = Counter()
        for change in self.changes:
            if isinstance(change, AddItem):
                by_menu[change.menu or ""] += change.quantity or 1
        whole = {item.quantity for item in self.touched}
        by = {change.quantity_by or 0 for change in self.changes if isinstance(change, ChangeItem)}
        whole |= {quantity + each for quantity in whole for each in by}
        pieces = sum(item.quantity for item in self.request.items)
        return {*by_menu.values(), by_menu.total(), *whole, pieces}


def _portions(change: Change) -> tuple[PortionChange, ...]:
    return change.portions if isinstance(change, AddItem | ChangeItem) else ()


def _styles(change: Change) -> Iterable[str]:
    if isinstance(change, SplitItem):
        return [style for _, style in change.parts]
    return [change.style] if isinstance(change, AddItem | ChangeItem) and change.style is not None else []


def _menus(change: Change) -> Iterable[str]:
    named = [change.menu] if isinstance(change, AddItem | ChangeItem) and change.menu is not None else []
    return [*named, *(change.options if isinstance(change, AddItem) else ())]


def _is_left(spans: Sequence[Span], at: int, made: _Made) -> bool:
    """Whether the name at ``at`` is nowhere in the changes. What gives way to something else is done with."""
    span = spans[at]
    if any(near.has(*_GIVES_WAY) for near in (*spans[max(0, at - 1) : at], *spans[at + 1 : at + 3])) and (
        span.has(Kind.MENU, Kind.STYLE) or _is_another(spans, at)
    ):
        return False
    if span.has(Kind.MENU):
        return not set(span.senses[Kind.MENU]) & made.menus
    if span.has(Kind.INGREDIENT):
        return not set(span.senses[Kind.INGREDIENT]) & made.parts and not made.names(span.words)
    return span.has(Kind.STYLE) and not set(span.senses[Kind.STYLE]) & made.styles


def _is_another(spans: Sequence[Span], at: int) -> bool:
    """``스테이크만 남기고 다 빼``: the others are what is changed."""
    return any(span.words.startswith("남기") for span in spans[at + 1 : at + 3])


def _numbers_left(spans: Sequence[Span], made: _Made, end: int) -> list[str]:
    numbers, sums = made.numbers(), made.sums()
    left: list[str] = []
    for at, span in enumerate(spans):
        if not span.has(Kind.NUMBER) or span.value > _MOST:
            continue
        if numbers[span.value]:
            numbers[span.value] -= 1
        elif (
            span.value not in sums
            and not _is_extra(spans, at)
            and not _counts_the_unknown(spans, at, end)
            and not _said_anew(spans, at)
        ):
            left.append(span.words)
    return left


def _counts_the_unknown(spans: Sequence[Span], at: int, end: int) -> bool:
    """``our bus number 12 leaves``: what follows is not known, and so not ordered; "one" is a pronoun."""
    following = spans[at + 1 : at + 2]
    pronoun = spans[at].latin and spans[at].value == 1
    return pronoun or (spans[at].latin and (following[0].start if following else end) > spans[at].end)


def _is_extra(spans: Sequence[Span], at: int) -> bool:
    """``make it two extra steaks``: on top of what comes with it."""
    return any(span.words == "extra" for span in spans[at + 1 : at + 2])


def _is_all_but(spans: Sequence[Span], word: Span) -> bool:
    """``발렌타인만 빼고요``: that one is as it was."""
    at = next(n for n, span in enumerate(spans) if span is word)
    return at > 0 and spans[at - 1].words in ("만", "만요")


def _said_anew(spans: Sequence[Span], at: int) -> bool:
    """``세 개 주세요 아 두 개요``: another number takes its place after the sentence was at its end."""
    order = next((n for n in range(at + 1, len(spans)) if spans[n].has(Kind.ORDER)), len(spans))
    return any(span.has(Kind.NUMBER) for span in spans[order:])


def _deeds_left(spans: Sequence[Span], made: _Made) -> list[str]:
    less = any(
        isinstance(change, RemoveItem)
        or (isinstance(change, ChangeItem) and ((change.quantity_by or 0) < 0 or change.quantity is not None))
        for change in made.changes
    )
    less = less or made.cake or any(portion.mode in _LESS for portion in made.portions)
    rest = any(span.has(Kind.REST) for span in spans)
    words = [s for s in spans if s.has(Kind.REMOVE, Kind.WITHOUT) and not s.has(Kind.NO, Kind.SERVICE)]
    words = [span for span in words if not _is_all_but(spans, span)]
    if made.styles:
        words = [span for span in words if not span.words.startswith(_LOWERED)]
    left = [] if less or rest else [span.words for span in words if not span.latin]
    if rest and len(made.changes) < 2 and not isinstance(made.changes[0], SplitItem):
        left += [span.words for span in spans if span.has(Kind.REST)]
    return left
