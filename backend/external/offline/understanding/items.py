"""From resolved pieces to changes: to which item each number, style and ingredient belongs, and what is done."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    PortionChange,
    PortionMode,
    RemoveItem,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.corrections import take_back
from backend.external.offline.understanding.drafts import Draft
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.portions import read_portions
from backend.external.offline.understanding.scanner import Span

_LINKS = (Kind.FILLER, Kind.STYLE_WORD, Kind.OF, Kind.PARTICLE, Kind.OBJECT)
_ITEM_VERBS = (Kind.ADD, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE)


def read_items(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes that the pieces of one sentence ask for."""
    return _Items(list(spans), request).changes()


class _Items:
    def __init__(self, spans: list[Span], request: UnderstandingRequest) -> None:
        self._request = request
        corrected = take_back(spans)
        self._spans = corrected.spans
        self._correcting = corrected.correcting
        self._replaced = corrected.replaced
        self._anchors = [i for i, span in enumerate(self._spans) if span.has(Kind.MENU, Kind.CATEGORY)]
        self._drafts = [self._draft_of(self._spans[i]) for i in self._anchors] or [Draft()]
        first_style = next((i for i, span in enumerate(self._spans) if span.has(Kind.STYLE)), len(self._spans))
        self._styles_first = bool(self._anchors) and first_style < self._anchors[0]
        self._used: set[int] = set()
        self._part_starts: list[int] = []

    def changes(self) -> tuple[Change, ...]:
        self._read_parts()
        self._read_portions()
        for at, span in enumerate(self._spans):
            if at not in self._used:
                self._read(at, span)
        self._spread()
        self._join_mentions()
        self._read_no_lettering()
        return tuple(change for draft in self._drafts for change in self._change_of(draft))

    # what belongs where

    def _draft_of(self, span: Span) -> Draft:
        if span.has(Kind.MENU):
            return Draft(anchor=span, menus=span.senses[Kind.MENU])
        return Draft(anchor=span, category=span.code(Kind.CATEGORY))

    def _owner(self, at: int, *, forward: bool = False) -> Draft:
        """The item that the piece at ``at`` is about: the one named before it, or the next where it describes that."""
        before = [n for n, anchor in enumerate(self._anchors) if anchor < at]
        if forward or not before:
            ahead = [n for n, anchor in enumerate(self._anchors) if anchor > at]
            if ahead:
                return self._drafts[ahead[0]]
        return self._drafts[before[-1]] if before else self._drafts[0]

    def _leads_to_anchor(self, at: int, *skipped: Kind) -> bool:
        for span in self._spans[at + 1 :]:
            if span.has(Kind.MENU, Kind.CATEGORY):
                return True
            if not span.has(*_LINKS, *skipped):
                return False
        return False

    def _read_portions(self) -> None:
        for portion in read_portions(self._spans, self._request):
            owner = self._owner(portion.at, forward=portion.forward)
            part = sum(at < portion.at for at in self._part_starts) - 1
            if part >= 0 and owner.parts and owner.anchor is not None:
                owner.part_portions[part].append(portion.change)
            else:
                owner.portions.append(portion.change)
            self._used.update(portion.used)

    def _read_parts(self) -> None:
        """``두 개, 하나는 디럭스로 하나는 심플로``: numbers that each have a style of their own."""
        pairs: list[tuple[int, int]] = []
        for at, span in enumerate(self._spans):
            if not span.has(Kind.NUMBER) or at in self._used or self._leads_to_anchor(at, Kind.STYLE):
                continue
            following = [
                n for n in range(at + 1, min(at + 4, len(self._spans))) if not self._spans[n].has(*_LINKS, Kind.TOPIC)
            ]
            if following and self._spans[following[0]].has(Kind.STYLE) and (span.latin or following[0] > at):
                pairs.append((at, following[0]))
        rest = next((n for n, span in enumerate(self._spans) if span.has(Kind.REST) and pairs), None)
        rest_style = next((n for n in range((rest or 0) + 1, len(self._spans)) if self._spans[n].has(Kind.STYLE)), None)
        whole = rest is not None and rest_style is not None
        if len(pairs) < (1 if whole else 2) or len({id(self._owner(at)) for at, _ in pairs}) > 1:
            return
        draft = self._owner(pairs[0][0])
        self._part_starts = [at for at, _ in pairs]
        draft.part_portions = [[] for _ in pairs]
        draft.parts = [(self._spans[at].value, self._spans[style].code(Kind.STYLE)) for at, style in pairs]
        self._used.update(index for pair in pairs for index in pair)
        if whole and rest_style is not None:
            draft.rest_style = self._spans[rest_style].code(Kind.STYLE)
            self._used.add(rest_style)

    def _read(self, at: int, span: Span) -> None:
        if span.has(Kind.NUMBER):
            self._read_number(at, span)
        elif span.has(Kind.TIERS):
            self._owner(at, forward=self._leads_to_anchor(at, Kind.FLAVOUR, Kind.COLOUR)).tiers = span.value
        elif span.has(Kind.STYLE):
            forward = self._leads_to_anchor(at, Kind.PARTICLE) and (self._styles_first or not self._anchors_before(at))
            owner = self._owner(at, forward=forward)
            if owner.style is None or not forward:
                owner.style = span.code(Kind.STYLE)
                owner.style_names_item = any(s.has(Kind.OF, Kind.TOPIC) for s in self._spans[at + 1 : at + 2])
        elif span.has(Kind.FLAVOUR):
            self._owner(at).flavour = span.code(Kind.FLAVOUR)
        elif span.has(Kind.COLOUR):
            self._owner(at).colour = span.code(Kind.COLOUR)
        elif span.has(Kind.LETTERING):
            self._owner(at).lettering = span.words
        else:
            self._read_word(at, span)

    def _join_mentions(self) -> None:
        """``프렌치 하나 디럭스, 프렌치는 와인 빼고``: the second mention says more about the first."""
        for at in range(len(self._drafts) - 1, 0, -1):
            said = self._drafts[at]
            first = next((each for each in self._drafts[:at] if each.menus and each.menus == said.menus), None)
            if first is None or not said.topic or said.quantity is not None or said.parts or said.less:
                continue
            first.portions += said.portions
            first.style = first.style or said.style
            del self._drafts[at]
            del self._anchors[at]

    def _read_no_lettering(self) -> None:
        """``글씨 빼 주세요``."""
        for at, span in enumerate(self._spans):
            owner = self._owner(at)
            if span.has(Kind.LETTERING_WORD) and owner.less and owner.lettering is None:
                owner.lettering, owner.less = "", False

    def _anchors_before(self, at: int) -> bool:
        return any(anchor < at for anchor in self._anchors)

    def _read_number(self, at: int, span: Span) -> None:
        forward = self._leads_to_anchor(at, Kind.STYLE, Kind.COLOUR, Kind.FLAVOUR, Kind.TIERS, Kind.ADD)
        if span.weak and not forward:
            return
        if not span.latin and self._anchors_before(at) and self._owner(at).quantity is None:
            forward = False
        owner = self._owner(at, forward=forward)
        if owner.quantity is None or self._correcting:
            owner.quantity, owner.article = span.value, span.weak
            following = self._spans[at + 1 : at + 2]
            owner.to_quantity = bool(following and following[0].has(Kind.TO) and not following[0].latin)

    def _read_word(self, at: int, span: Span) -> None:
        forward = span.latin and not self._anchors_before(at)
        owner = self._owner(
            at, forward=forward or (span.latin and span.has(*_ITEM_VERBS) and self._leads_to_anchor(at, Kind.NUMBER))
        )
        if span.has(Kind.ADD):
            owner.more = True
        elif span.has(Kind.REMOVE, Kind.WITHOUT):
            owner.less = True
        elif span.has(Kind.CHANGE):
            for draft in self._drafts:
                draft.changed = True
        elif span.has(Kind.TOPIC) and at and self._spans[at - 1].has(Kind.MENU, Kind.CATEGORY):
            owner.topic = True
        elif span.has(Kind.ALSO):
            owner.also = True
        elif span.has(Kind.ORDER):
            owner.ordered = True

    def _spread(self) -> None:
        """``각각 두 개씩``, ``둘 다 디럭스로``: one number or style for all."""
        last = self._drafts[-1]
        everywhere = any(span.has(Kind.ALL) for span in self._spans)
        each = any(span.has(Kind.EACH) for span in self._spans)
        people = next((span.value for span in self._spans if span.has(Kind.PEOPLE)), None)
        if (everywhere or each) and len(self._drafts) == 1 and last.menus and last.quantity is None:
            last.quantity = people
        for draft in self._drafts[:-1]:
            if each and draft.quantity is None:
                draft.quantity = last.quantity
            if (everywhere or each) and draft.style is None:
                draft.style = last.style
        if any(span.has(Kind.ALSO) for span in self._spans) or self._drafts[0].ordered:
            last.ordered = True

    # what is done

    def _in_cart(self, draft: Draft) -> int | None:
        items = self._request.items
        if draft.menus:
            found = [i for i, item in enumerate(items) if item.menu_code in draft.menus]
        else:
            menus = self._request.catalogue
            found = [
                i for i, item in enumerate(items) if (m := menus.menu(item.menu_code)) and m.category == draft.category
            ]
            if len(found) != 1:
                return None
        if self._request.current in found:
            return self._request.current
        return found[-1] if found else None

    def _change_of(self, draft: Draft) -> tuple[Change, ...]:
        if draft.anchor is None:
            return self._about_current(draft)
        target = self._in_cart(draft)
        if self._replaced or (self._correcting and target is None and draft.menus and not (draft.also or draft.more)):
            replacing = self._replacing(draft)
            if replacing is not None:
                return (replacing,)
        if target is None:
            if draft.changed and draft.menus and self._request.items and not (draft.also or draft.more):
                return (self._as_change(draft, None, draft.menus[0]),)
            return () if draft.less else (*self._new(draft),)
        if draft.less and not draft.portions:
            return self._less(draft, target)
        if draft.more and not draft.portions and draft.style is None:
            return (ChangeItem(target, quantity_by=draft.quantity or 1),)
        if draft.parts:
            return (self._split(draft, target),)
        if self._is_about(draft, target):
            return (self._as_change(draft, target, None),)
        return self._new(draft)

    def _split(self, draft: Draft, target: int | None) -> SplitItem:
        """``하나는 심플 나머지는 그랜드`` of an item that is there."""
        parts = list(draft.parts)
        at = self._request.current if target is None else target
        if draft.rest_style and at is not None and at < len(self._request.items):
            left = self._request.items[at].quantity - sum(count for count, _ in parts)
            parts += [(left, draft.rest_style)] if left > 0 else []
        return SplitItem(tuple(parts), target)

    def _is_about(self, draft: Draft, target: int) -> bool:
        """Whether a menu that is in the order is spoken of, rather than ordered again."""
        item = self._request.items[target]
        if draft.also or draft.more:
            return False
        if draft.changed or draft.topic or draft.to_quantity or self._correcting:
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
        menu = draft.menus[0] if len(draft.menus) == 1 else None
        options = draft.menus if len(draft.menus) > 1 else ()
        portions = tuple(draft.portions)
        if draft.parts:
            added = tuple(
                AddItem(menu, n, style, (*portions, *own), draft.cake, draft.category, options)
                for (n, style), own in zip(draft.parts, draft.part_portions, strict=True)
            )
            left = (draft.quantity or 0) - sum(n for n, _ in draft.parts)
            rest = (
                (AddItem(menu, left, draft.rest_style, portions, draft.cake, draft.category, options),)
                if left > 0
                else ()
            )
            return (*added, *rest)
        return (AddItem(menu, draft.quantity, draft.style, portions, draft.cake, draft.category, options),)

    @staticmethod
    def _as_change(draft: Draft, target: int | None, menu: str | None) -> ChangeItem:
        quantity = None if draft.article else draft.quantity
        return ChangeItem(target, menu, quantity, None, draft.style, tuple(draft.portions), draft.cake)

    @staticmethod
    def _less(draft: Draft, target: int) -> tuple[Change, ...]:
        if draft.quantity is not None:
            return (ChangeItem(target, quantity_by=-draft.quantity),)
        return (RemoveItem(target),)

    def _about_current(self, draft: Draft) -> tuple[Change, ...]:
        """Nothing is named: it is about the item being worked on, about one pointed at, or about all."""
        target = self._pointed_at()
        everywhere = any(span.has(Kind.ALL) for span in self._spans)
        pointed = target is not None or any(span.has(Kind.THAT) for span in self._spans)
        if draft.style_names_item and target is None:
            styled = [i for i, item in enumerate(self._request.items) if item.style == draft.style]
            if len(styled) == 1 and (draft.portions or draft.quantity is not None or draft.less):
                target, pointed, draft.style = styled[0], True, None
        if draft.parts:
            return (self._split(draft, target),)
        if draft.less and not draft.portions and not draft.style:
            if draft.quantity is not None:
                return (ChangeItem(target, quantity_by=-draft.quantity),)
            return (RemoveItem(target),) if pointed else ()
        if draft.style and everywhere and len(self._request.items) > 1:
            return tuple(ChangeItem(i, style=draft.style) for i in range(len(self._request.items)))
        if draft.portions and everywhere and len(self._request.items) > 1:
            return self._everywhere(draft)
        if any(span.has(Kind.RESET) for span in self._spans) and not draft.portions:
            draft.portions += self._back_to_default(target)
        by = None
        if draft.more and draft.quantity is not None and not draft.portions:
            by, draft.quantity = draft.quantity, None
        change = ChangeItem(
            self._holder(draft) if target is None else target, None, draft.quantity, by, draft.style,
            tuple(draft.portions), draft.cake,
        )  # fmt: skip
        return (change,) if change != ChangeItem(change.target) else ()

    def _everywhere(self, draft: Draft) -> tuple[Change, ...]:
        """``와인은 다 빼 주세요``: of each item that comes with it."""
        changes: list[Change] = []
        for at, item in enumerate(self._request.items):
            menu = self._request.catalogue.menu(item.menu_code)
            own = tuple(each for each in draft.portions if menu is not None and menu.portion(each.ingredient))
            if own:
                changes.append(ChangeItem(at, portions=own))
        return tuple(changes)

    def _back_to_default(self, target: int | None) -> list[PortionChange]:
        """``원래대로``: everything that was changed on the item."""
        at = self._request.current if target is None else target
        if at is None or at >= len(self._request.items):
            return []
        return [PortionChange(code, PortionMode.RESET) for code in self._request.items[at].customization]

    def _pointed_at(self) -> int | None:
        """``두 번째 거``, ``the first one``: an item of the order, where nothing else is on offer."""
        if self._request.asked in ("which", "offer", "style"):
            return None
        rank = next((span for span in self._spans if span.has(Kind.RANK)), None)
        if rank is None or not self._request.items:
            return None
        index = len(self._request.items) - 1 if rank.value < 0 else rank.value - 1
        return index if index < len(self._request.items) else None

    def _holder(self, draft: Draft) -> int | None:
        """The item whose ingredients are spoken of: the one being worked on, unless only another one has them."""
        if not draft.portions:
            return None
        codes = {change.ingredient for change in draft.portions}
        holders = [
            i
            for i, item in enumerate(self._request.items)
            if (menu := self._request.catalogue.menu(item.menu_code)) and all(menu.portion(code) for code in codes)
        ]
        return None if self._request.current in holders or not holders else holders[0]
