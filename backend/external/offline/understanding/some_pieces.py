"""Changes to some of an item's pieces: ``하나만 디럭스로`` of four, ``하나는 심플 나머지는 그랜드``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.order import Item
from backend.domain.proposal import (
    Change,
    ChangeItem,
    PortionChange,
    PortionMode,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.drafts import Draft, Part
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.pointing import Pointing
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.sentence import Sentence

_PERSONS = ("명", "분", "사람", "인")


_ONLY_ON = (
    "에서",
    "에서만",
    "에서는",
    "에만",
    "에만요",
    "것만",
    "거만",
    "꺼만",
    "한테만",
    "에게만",
    "것에만",
    "거에만",
)
_ONLY = ("만", "만요")


def only_on(spans: Sequence[Span]) -> tuple[int, list[Span]] | None:
    """``빵은 하나에만 추가``, ``커피 두 잔 한 사람만``: on how many pieces, and the sentence without that."""
    if not any(span.has(Kind.INGREDIENT) for span in spans):
        return None
    for at, span in enumerate(spans[:-1]):
        if not span.has(Kind.NUMBER, Kind.PEOPLE) or span.latin:
            continue
        after = spans[at + 1]
        person = span.has(Kind.PEOPLE) or span.unit in _PERSONS
        before = spans[at - 1] if at else None
        counts = before is not None and before.has(Kind.INGREDIENT) and not person and after.words[:2] != "에서"
        if not counts and (after.words in _ONLY_ON or (person and after.words in _ONLY)):
            return span.value, [*spans[:at], *spans[at + 2 :]]
    return None


def on_so_many(changes: tuple[Change, ...], pieces: int, request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes of ingredients on so many pieces of each item that has more."""
    out: list[Change] = []
    for change in changes:
        at = (
            request.current
            if isinstance(change, ChangeItem) and change.target is None
            else getattr(change, "target", None)
        )
        known = at is not None and 0 <= at < len(request.items)
        if known and isinstance(change, ChangeItem) and change.portions and request.items[at or 0].quantity > pieces:
            out.append(replace(change, pieces=pieces))
        else:
            out.append(change)
    return tuple(out)


class SomePieces:
    """The changes to parts of items that are in the order."""

    def __init__(self, sentence: Sentence, request: UnderstandingRequest, pointing: Pointing) -> None:
        self._sentence = sentence
        self._request = request
        self._pointing = pointing

    def of_some(self, draft: Draft, change: ChangeItem) -> ChangeItem:
        """``하나만 디럭스로`` of four: the number says how many are changed, not how many there shall be."""
        item = self._pointing.item(change.target)
        fewer = self._off_some(change, item)
        if fewer is not None:
            return fewer
        different = change.menu or change.style or change.portions or change.cake
        meant = draft.some or draft.changed
        if item is None or change.quantity is None or not different or not meant or self._sentence.correcting:
            return change
        if change.quantity < item.quantity:
            return replace(change, quantity=None, pieces=change.quantity)
        return replace(change, quantity=None) if change.quantity == item.quantity else change

    def _off_some(self, change: ChangeItem, item: Item | None) -> ChangeItem | None:
        """``와인은 하나만 빼 주세요`` of two that come with a glass each: it is taken off one of them."""
        one = change.portions[0] if len(change.portions) == 1 else None
        menu = self._request.catalogue.menu(item.menu_code) if item is not None else None
        portion = menu.portion(one.ingredient) if menu is not None and one is not None else None
        if item is None or one is None or portion is None or one.mode is not PortionMode.REMOVE:
            return None
        now = item.customization.get(one.ingredient, portion.default)
        everywhere = self._sentence.has(Kind.ALL, Kind.EACH) or change.style or change.menu
        if everywhere or change.quantity is not None or now != 1 or not 1 <= one.count < item.quantity:
            return None
        return replace(change, portions=(PortionChange(one.ingredient, PortionMode.SET, 0),), pieces=one.count)

    def split(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``하나는 심플 나머지는 그랜드`` of an item that is there."""
        target = self._request.current if target is None and draft.portions_of_parts else target
        item = self._pointing.item(target)
        counted = sum(part.count or 0 for part in draft.parts)
        whole_now = draft.quantity if draft.quantity and draft.quantity > counted else None
        pieces = (whole_now or item.quantity) if item is not None else 0
        more = (ChangeItem(target, quantity=whole_now),) if whole_now and item and whole_now != item.quantity else ()
        left = pieces - counted
        if not draft.portions_of_parts and not draft.portions:
            if draft.style and left > 0 and all(part.count is not None for part in draft.parts):
                draft.parts.append(Part(0, None, draft.style))
            parts = [(left if part.count is None else part.count, part.style or "") for part in draft.parts]
            return (*more, SplitItem(tuple((count, style) for count, style in parts if count > 0 and style), target))
        # The rest by number: in "one with wine, the rest without" nothing is set apart by the first part.
        rest = left if 0 < left < pieces else None
        changes = [
            ChangeItem(
                target,
                style=part.style,
                portions=tuple(part.portions),
                cake=part.cake,
                pieces=rest if part.count is None else part.count,
            )
            for part in sorted(draft.parts, key=lambda part: part.count is None)
            if part.count is not None or left > 0
        ]
        whole = ChangeItem(target, style=draft.style, portions=tuple(draft.portions), cake=draft.cake)
        return (*more, whole, *changes) if whole != ChangeItem(target) else (*more, *changes)
