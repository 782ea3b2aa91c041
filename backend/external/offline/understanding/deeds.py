"""What is done for each item that a sentence speaks of: it is new, or one of the order is changed or taken out."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.domain.proposal import (
    UNSAID,
    AddItem,
    Change,
    ChangeItem,
    RemoveItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.once_more import as_ordered
from backend.external.offline.understanding.pointing import Pointing
from backend.external.offline.understanding.sentence import Sentence
from backend.external.offline.understanding.some_pieces import SomePieces
from backend.external.offline.understanding.unnamed import Unnamed

_OF_ONESELF = re.compile(r"(?<![가-힣])(?:난|나는|저는|전)\s")
"""``아냐 난 치즈로`` of one who ordered with others: only their own piece is another dish."""
_BACK = ("다시", "도로", "back", "again")


class Deeds:
    """The changes for the items of one sentence, in the order in which they are spoken of."""

    def __init__(self, sentence: Sentence, request: UnderstandingRequest) -> None:
        self._sentence = sentence
        self._request = request
        self._pointing = Pointing(sentence.spans, request)
        self._pieces = SomePieces(sentence, request, self._pointing)
        self._unnamed = Unnamed(sentence, request, self._pointing)
        self._correcting = sentence.correcting
        self._replaced = sentence.replaced

    def of(self, draft: Draft) -> tuple[Change, ...]:
        if draft.anchor is None:
            return self._unnamed.of(draft)
        target = self._pointing.named(draft)
        if self._replaced or (self._correcting and target is None and draft.menus and not (draft.also or draft.more)):
            replacing = self._replacing(draft)
            if replacing is not None:
                return (replacing,)
        if target is None and self._is_rather(draft):
            return (self._as_change(draft, None, draft.menus[0]),)
        if target is None:
            return self._not_there(draft)
        if draft.parts:
            return self._pieces.split(draft, target)
        if draft.less and not draft.portions:
            return self._less(draft, target)
        if draft.more and not draft.portions and (draft.style is None or draft.to_quantity):
            return self._more(draft, target)
        if self._is_about(draft, target):
            return (self._as_change(draft, target, None),)
        return self._new(draft)

    # named items

    def _not_there(self, draft: Draft) -> tuple[Change, ...]:
        everything = self._all_in_category(draft)
        if everything:
            return everything
        if draft.less:
            return self._all_of_category(draft)
        if draft.changed and draft.menus and self._request.items and not (draft.also or draft.more):
            return (self._as_change(draft, None, draft.menus[0]),)
        return self._new(draft)

    def _is_rather(self, draft: Draft) -> bool:
        """``아 초콜릿으로요``, to the question in which style the other one shall be: this menu instead of it."""
        current = self._pointing.item(None)
        asked = current is not None and current.style is None and self._request.asked == "style"
        plain = draft.quantity is None and not (draft.also or draft.more or draft.parts or draft.less)
        return asked and plain and draft.to_menu and len(draft.menus) == 1

    def _all_of_category(self, draft: Draft) -> tuple[Change, ...]:
        """``케이크는 다 빼 주세요``; without "all" it is asked which."""
        held = self._pointing.of_category(draft.category)
        if draft.menus or draft.portions or not held:
            return ()
        if self._sentence.has(Kind.ALL):
            return tuple(RemoveItem(index) for index in held)
        return (RemoveItem(UNSAID),)

    def _all_in_category(self, draft: Draft) -> tuple[Change, ...]:
        """``디너는 다 심플로``: everything of the kind that is in the order."""
        held = self._pointing.of_category(draft.category)
        kinds = sum(span.has(Kind.CATEGORY) for span in self._sentence.spans)
        said = draft.topic or draft.changed or draft.each or kinds > 1 or self._sentence.has(Kind.ALL)
        if draft.menus or not said or draft.quantity is not None or not (draft.style or draft.portions):
            return ()
        return tuple(ChangeItem(index, style=draft.style, portions=tuple(draft.portions)) for index in held)

    def _is_about(self, draft: Draft, target: int) -> bool:
        """Whether a menu that is in the order is spoken of, rather than ordered again."""
        item = self._request.items[target]
        if draft.also and draft.portions and draft.quantity is None and self._names_a_holder(draft):
            return True
        if (draft.also and not (draft.changed and self._sentence.has(Kind.CHANGE))) or draft.more:
            return False
        if draft.changed or draft.topic or draft.to_quantity or self._correcting:
            return True
        if draft.some and draft.quantity is not None and draft.quantity < item.quantity:
            return True
        if item.style is None:
            return draft.quantity in (None, item.quantity) or draft.style is None
        return draft.quantity is None and not (draft.ordered and draft.style is None and not draft.portions)

    def _names_a_holder(self, draft: Draft) -> bool:
        """``wine for the english too``: the item that gets it as well."""
        at = next((n for n, span in enumerate(self._sentence.spans) if span is draft.anchor), 0)
        before = self._sentence.spans[max(0, at - 3) : at]
        return any(span.words in ("on", "for", "in", "onthe", "forthe", "inthe") for span in before)

    def _replacing(self, draft: Draft) -> Change | None:
        """The named menu takes the place of another: of the one taken back, else of the one being worked on."""
        items = self._request.items
        menu = draft.menus[0] if draft.menus else None
        if menu is None or not items:
            return None
        if self._replaced:
            found = [i for i, item in enumerate(items) if item.menu_code == self._replaced]
            if not found:
                return None
            self._replaced = None
            return self._as_change(draft, found[-1], menu)
        change = self._as_change(draft, None, menu)
        mine = _OF_ONESELF.search(self._request.transcript) is not None and draft.quantity is None
        current = self._pointing.item(None)
        if mine and current is not None and current.quantity > 1:
            return replace(change, pieces=1)
        if self._request.asked == "customization" and draft.ordered:
            return None
        self._correcting = False
        return change

    def _new(self, draft: Draft) -> tuple[Change, ...]:
        current = self._pointing.item(None)
        if draft.style is None and current is not None and self._sentence.has(Kind.SAME):
            draft.style = current.style
        if draft.each and draft.category and not draft.menus:
            return self._one_of_each(draft)
        before = self._back_again(draft)
        if before is not None:
            return (before,)
        menu = draft.menus[0] if len(draft.menus) == 1 else None
        options = draft.menus if len(draft.menus) > 1 else ()
        whole = AddItem(menu, draft.quantity, draft.style, tuple(draft.portions), draft.cake, draft.category, options)
        if not draft.parts:
            return (whole,)
        counted = sum(part.count or 0 for part in draft.parts)
        left = max(0, (draft.quantity or 0) - counted)
        added: list[Change] = []
        for part in draft.parts:
            count = left if part.count is None else part.count
            left = 0 if part.count is None else left
            if count:
                portions = (*draft.portions, *part.portions)
                made = replace(whole, portions=portions, cake=part.cake_with(draft.cake))
                added.append(replace(made, quantity=count, style=part.style or draft.style))
        return (*added, replace(whole, quantity=left)) if left else tuple(added)

    def _back_again(self, draft: Draft) -> AddItem | None:
        """``초콜릿도 다시 넣어 주세요`` after it was taken out: as it was."""
        said = any(span.words in _BACK for span in self._sentence.spans)
        were = [item for item in self._request.before if draft.menus == (item.menu_code,)]
        bare = draft.style is None and draft.quantity is None and not (draft.portions or draft.parts or draft.cake)
        if not (said and bare) or len(were) != 1:
            return None
        return as_ordered(were[0], self._request)

    def _one_of_each(self, draft: Draft) -> tuple[Change, ...]:
        """``one of each cake``."""
        catalogue = self._request.catalogue
        left_out = {*catalogue.sold_out, self._sentence.replaced}
        menus = (m for m in catalogue.menus if m.category == draft.category and m.code not in left_out)
        return tuple(AddItem(menu.code, draft.quantity, draft.style, tuple(draft.portions)) for menu in menus)

    def _as_change(self, draft: Draft, target: int | None, menu: str | None) -> ChangeItem:
        quantity = None if draft.article else draft.quantity
        change = ChangeItem(target, menu, quantity, None, draft.style, tuple(draft.portions), draft.cake)
        return self._pieces.of_some(draft, change)

    @staticmethod
    def _more(draft: Draft, target: int) -> tuple[Change, ...]:
        """``하나 더``, and ``두 개로 늘려 주세요``."""
        if draft.to_quantity:
            return (ChangeItem(target, quantity=draft.quantity, style=draft.style),)
        return (ChangeItem(target, quantity_by=draft.quantity or 1),)

    @staticmethod
    def _less(draft: Draft, target: int) -> tuple[Change, ...]:
        if draft.quantity is not None and draft.to_quantity:
            return (ChangeItem(target, quantity=draft.quantity),)
        if draft.quantity is not None:
            return (ChangeItem(target, quantity_by=-draft.quantity),)
        return (RemoveItem(target),)
