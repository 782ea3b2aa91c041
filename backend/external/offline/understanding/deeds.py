"""What is done for each item that a sentence speaks of: it is new, or one of the order is changed or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.domain.proposal import UNSAID, AddItem, Change, ChangeItem, RemoveItem, SplitItem, UnderstandingRequest
from backend.domain.spoken_of import TIERS
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.pointing import Pointing
from backend.external.offline.understanding.portions import times_of
from backend.external.offline.understanding.scanner import Span

_ONE_MORE = ("onemore", "anotherone")


@dataclass(slots=True)
class Sentence:
    """The pieces that hold, and what was taken back. ``replaced``: the menu that gives way to the one that stays."""

    spans: list[Span]
    correcting: bool
    replaced: str | None = None

    def has(self, *kinds: Kind) -> bool:
        return any(span.has(*kinds) for span in self.spans)


class Deeds:
    """The changes for the items of one sentence, in the order in which they are spoken of."""

    def __init__(self, sentence: Sentence, request: UnderstandingRequest) -> None:
        self._sentence = sentence
        self._request = request
        self._pointing = Pointing(sentence.spans, request)
        self._correcting = sentence.correcting
        self._replaced = sentence.replaced

    def of(self, draft: Draft) -> tuple[Change, ...]:
        if draft.anchor is None:
            return self._about_current(draft)
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
            return self._split(draft, target)
        if draft.less and not draft.portions:
            return self._less(draft, target)
        if draft.more and not draft.portions and draft.style is None:
            return (ChangeItem(target, quantity_by=draft.quantity or 1),)
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
        said = draft.topic or draft.changed or self._sentence.has(Kind.ALL)
        if draft.menus or not said or draft.quantity is not None or not (draft.style or draft.portions):
            return ()
        return tuple(ChangeItem(index, style=draft.style, portions=tuple(draft.portions)) for index in held)

    def _is_about(self, draft: Draft, target: int) -> bool:
        """Whether a menu that is in the order is spoken of, rather than ordered again."""
        item = self._request.items[target]
        if draft.also or draft.more:
            return False
        if draft.changed or draft.topic or draft.to_quantity or self._correcting:
            return True
        if draft.some and draft.quantity is not None and draft.quantity < item.quantity:
            return True
        if item.style is None:
            return draft.quantity in (None, item.quantity) or draft.style is None
        return draft.quantity is None and not (draft.ordered and draft.style is None and not draft.portions)

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
        if self._request.asked == "customization" and draft.ordered:
            return None
        self._correcting = False
        return self._as_change(draft, None, menu)

    def _new(self, draft: Draft) -> tuple[Change, ...]:
        current = self._pointing.item(None)
        if draft.style is None and current is not None and self._sentence.has(Kind.SAME):
            draft.style = current.style
        if draft.each and draft.category and not draft.menus:
            return self._one_of_each(draft)
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
                added.append(replace(whole, quantity=count, style=part.style or draft.style, portions=portions))
        return (*added, replace(whole, quantity=left)) if left else tuple(added)

    def _one_of_each(self, draft: Draft) -> tuple[Change, ...]:
        """``one of each cake``."""
        catalogue = self._request.catalogue
        menus = (m for m in catalogue.menus if m.category == draft.category and m.code not in catalogue.sold_out)
        return tuple(AddItem(menu.code, draft.quantity, draft.style, tuple(draft.portions)) for menu in menus)

    def _as_change(self, draft: Draft, target: int | None, menu: str | None) -> ChangeItem:
        quantity = None if draft.article else draft.quantity
        change = ChangeItem(target, menu, quantity, None, draft.style, tuple(draft.portions), draft.cake)
        return self._of_some(draft, change)

    def _of_some(self, draft: Draft, change: ChangeItem) -> ChangeItem:
        """``하나만 디럭스로`` of four: the number says how many are changed, not how many there shall be."""
        item = self._pointing.item(change.target)
        different = change.menu or change.style or change.portions or change.cake
        meant = draft.some or draft.changed
        if item is None or change.quantity is None or not different or not meant or self._sentence.correcting:
            return change
        if change.quantity < item.quantity:
            return replace(change, quantity=None, pieces=change.quantity)
        return replace(change, quantity=None) if change.quantity == item.quantity else change

    def _split(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``하나는 심플 나머지는 그랜드`` of an item that is there."""
        target = self._request.current if target is None and draft.portions_of_parts else target
        item = self._pointing.item(target)
        counted = sum(part.count or 0 for part in draft.parts)
        left = item.quantity - counted if item is not None else 0
        if not draft.portions_of_parts and not draft.portions:
            parts = [(left if part.count is None else part.count, part.style or "") for part in draft.parts]
            return (SplitItem(tuple((count, style) for count, style in parts if count > 0 and style), target),)
        changes = [
            ChangeItem(target, style=part.style, portions=tuple(part.portions), pieces=part.count)
            for part in sorted(draft.parts, key=lambda part: part.count is None)
            if part.count is not None or left > 0
        ]
        whole = ChangeItem(target, style=draft.style, portions=tuple(draft.portions))
        return (whole, *changes) if whole != ChangeItem(target) else tuple(changes)

    @staticmethod
    def _less(draft: Draft, target: int) -> tuple[Change, ...]:
        if draft.quantity is not None and draft.to_quantity:
            return (ChangeItem(target, quantity=draft.quantity),)
        if draft.quantity is not None:
            return (ChangeItem(target, quantity_by=-draft.quantity),)
        return (RemoveItem(target),)

    # nothing is named

    def _about_current(self, draft: Draft) -> tuple[Change, ...]:
        """It is about the item being worked on, about one pointed at, or about all."""
        target = self._pointing.ranked()
        pointed = target is not None or self._sentence.has(Kind.THAT)
        if draft.style_names_item and target is None:
            styled = self._pointing.styled(draft.style)
            if styled is not None and (draft.portions or draft.quantity is not None or draft.less):
                target, pointed, draft.style = styled, True, None
        if draft.parts:
            return self._split(draft, target)
        by_words = self._counted_by_words(draft, target) or self._pointing.one_style_each()
        if by_words:
            return by_words
        if draft.less and not (draft.portions or draft.style or draft.cake or draft.tiers_by):
            return self._taken_out(draft, target, pointed=pointed)
        if target is None and len(self._request.items) > 1:
            together = self._about_all(draft)
            if together:
                return together
        if self._sentence.has(Kind.RESET) and not draft.portions:
            draft.portions += self._pointing.back_to_default(target)
        return self._about_one(draft, target)

    def _about_all(self, draft: Draft) -> tuple[Change, ...]:
        """``둘 다 디럭스로``, ``와인은 다 빼 주세요``, ``하나씩 더 주세요``."""
        everything = range(len(self._request.items))
        if self._sentence.has(Kind.ALL) and draft.style:
            return tuple(ChangeItem(index, style=draft.style) for index in everything)
        if self._sentence.has(Kind.ALL, Kind.EACH) and draft.portions:
            return self._pointing.everywhere(draft.portions)
        if self._sentence.has(Kind.EACH) and draft.more and not draft.portions and not draft.style:
            return tuple(ChangeItem(index, quantity_by=draft.quantity or 1) for index in everything)
        return ()

    def _count_tiers(self, draft: Draft, target: int | None) -> None:
        """``한 단 내려 주세요``; ``three`` after it was said how many tiers a cake can have."""
        item = self._pointing.item(target)
        if item is not None and item.cake is not None and draft.tiers_by is not None:
            draft.tiers = item.cake.tiers + draft.tiers_by
        about = self._request.about == TIERS and self._request.asked == "customization"
        if about and draft.quantity is not None and not (draft.more or draft.less or draft.style or draft.portions):
            draft.tiers, draft.quantity = draft.quantity, None

    def _about_one(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        self._count_tiers(draft, target)
        by = None
        one_more = self._one_more(draft)
        if draft.more and draft.portions and one_more is not None:
            item = self._pointing.item(target)
            if item is not None:
                return (AddItem(item.menu_code, one_more, draft.style or item.style, tuple(draft.portions)),)
        if draft.also and not (draft.portions or draft.style):
            draft.more = True
        if draft.more and not draft.portions:
            other = self._another(draft, target)
            if other is not None:
                return (other,)
            by, draft.quantity = self._one_more(draft), None
        where = self._pointing.holder(draft.portions) if target is None else target
        change = ChangeItem(where, None, draft.quantity, by, draft.style, tuple(draft.portions), draft.cake)
        change = self._of_some(draft, change)
        return (change,) if change != ChangeItem(change.target) else ()

    def _counted_by_words(self, draft: Draft, target: int | None) -> tuple[Change, ...]:
        """``저도 같은 걸로요``, ``double everything``, ``반만 주세요``: a number that follows from what stands."""
        if draft.portions or draft.style or draft.cake or not self._request.items:
            return ()
        item = self._pointing.item(target)
        if self._sentence.has(Kind.SAME) and item is not None and item.style is None:
            styled = [each.style for each in self._request.items if each.style is not None]
            return (ChangeItem(target, style=styled[-1]),) if styled else ()
        if self._sentence.has(Kind.SAME):
            return (ChangeItem(target, quantity_by=draft.quantity or 1),)
        where = range(len(self._request.items)) if self._sentence.has(Kind.ALL) else (target,)
        return tuple(
            ChangeItem(index, quantity=wanted) for index in where if (wanted := self._multiplied(index)) is not None
        )

    def _multiplied(self, target: int | None) -> int | None:
        item = self._pointing.item(target)
        times = next((span for span in self._sentence.spans if span.has(Kind.TIMES)), None)
        if item is not None and times is not None:
            return item.quantity * times_of(times)
        if item is not None and self._sentence.has(Kind.HALF) and item.quantity % 2 == 0:
            return item.quantity // 2
        return None

    def _one_more(self, draft: Draft) -> int | None:
        return (
            1 if draft.quantity is None and any(s.words in _ONE_MORE for s in self._sentence.spans) else draft.quantity
        )

    def _another(self, draft: Draft, target: int | None) -> AddItem | None:
        """``another one but simple``: one more of the same menu, made otherwise."""
        item = self._pointing.item(target)
        if item is None or item.style is None or draft.style in (None, item.style):
            return None
        return AddItem(item.menu_code, draft.quantity or 1, draft.style)

    def _taken_out(self, draft: Draft, target: int | None, *, pointed: bool) -> tuple[Change, ...]:
        if draft.quantity is None:
            return (RemoveItem(target),) if pointed else ()
        if draft.to_quantity:
            return (ChangeItem(target, quantity=draft.quantity),)
        unsaid = target is None and not pointed and len(self._request.items) > 1 and self._request.asked != "style"
        return (ChangeItem(UNSAID if unsaid else target, quantity_by=-draft.quantity),)
