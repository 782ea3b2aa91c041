"""Changes to some of an item's pieces: ``하나만 디럭스로`` of four, ``하나는 심플 나머지는 그랜드``."""

from __future__ import annotations

from dataclasses import replace

from backend.domain.proposal import Change, ChangeItem, SplitItem, UnderstandingRequest
from backend.external.offline.understanding.drafts import Draft, Part
from backend.external.offline.understanding.pointing import Pointing
from backend.external.offline.understanding.sentence import Sentence


class SomePieces:
    """The changes to parts of items that are in the order."""

    def __init__(self, sentence: Sentence, request: UnderstandingRequest, pointing: Pointing) -> None:
        self._sentence = sentence
        self._request = request
        self._pointing = pointing

    def of_some(self, draft: Draft, change: ChangeItem) -> ChangeItem:
        """``하나만 디럭스로`` of four: the number says how many are changed, not how many there shall be."""
        item = self._pointing.item(change.target)
        different = change.menu or change.style or change.portions or change.cake
        meant = draft.some or draft.changed
        if item is None or change.quantity is None or not different or not meant or self._sentence.correcting:
            return change
        if change.quantity < item.quantity:
            return replace(change, quantity=None, pieces=change.quantity)
        return replace(change, quantity=None) if change.quantity == item.quantity else change

    def split(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``하나는 심플 나머지는 그랜드`` of an item that is there."""
        target = self._request.current if target is None and draft.portions_of_parts else target
        item = self._pointing.item(target)
        counted = sum(part.count or 0 for part in draft.parts)
        left = item.quantity - counted if item is not None else 0
        if not draft.portions_of_parts and not draft.portions:
            if draft.style and left > 0 and all(part.count is not None for part in draft.parts):
                draft.parts.append(Part(0, None, draft.style))
            parts = [(left if part.count is None else part.count, part.style or "") for part in draft.parts]
            return (SplitItem(tuple((count, style) for count, style in parts if count > 0 and style), target),)
        changes = [
            ChangeItem(target, style=part.style, portions=tuple(part.portions), cake=part.cake, pieces=part.count)
            for part in sorted(draft.parts, key=lambda part: part.count is None)
            if part.count is not None or left > 0
        ]
        whole = ChangeItem(target, style=draft.style, portions=tuple(draft.portions), cake=draft.cake)
        return (whole, *changes) if whole != ChangeItem(target) else tuple(changes)
