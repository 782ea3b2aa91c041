"""Carry out a proposal's changes on the order, within the shop's rules. What cannot be done is said, not guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.choosing import menus_to_offer, only_menu, with_what_was_said
from backend.domain.making import Making
from backend.domain.order import MAX_ITEMS, MAX_QUANTITY, MIN_QUANTITY, Item, OrderRuleError, check_item, normalise
from backend.domain.order_state import Asked, Line, OrderState
from backend.domain.proposal import AddItem, Change, ChangeItem, RemoveItem, SetService, SplitItem
from backend.domain.speech import Line as Words
from backend.domain.speech import Speech, speech_for


@dataclass(frozen=True, slots=True)
class Applied:
    """The order afterwards. ``notices`` are sentences about what could not be done or needs saying.

    ``touched`` are indices of lines that were added or changed; ``changed`` says whether anything was.
    """

    state: OrderState
    notices: tuple[str, ...] = ()
    touched: tuple[int, ...] = ()
    changed: bool = False


def apply_changes(state: OrderState, changes: tuple[Change, ...], catalogue: Catalogue) -> Applied:
    """Apply ``changes`` in order. Targets are indices into the order as it was before the first of them."""
    work = _Work(state, catalogue)
    for change in changes:
        work.apply(change)
    return work.result()


def without_sold_out(state: OrderState, catalogue: Catalogue) -> Applied:
    """The order without what has sold out, or left the catalogue, since it was chosen."""
    if state.order_id is not None:
        return Applied(state)
    speech = speech_for(state.language)
    kept, notices = [], []
    for line in state.lines:
        try:
            check_item(line.item, catalogue)
        except OrderRuleError:
            menu = catalogue.menu(line.item.menu_code)
            notices += [speech.sold_out(menu)] if menu else []
        else:
            kept.append(line)
    if len(kept) == len(state.lines):
        return Applied(state)
    return Applied(state.with_lines(tuple(kept), state.current), tuple(notices), changed=True)


def _persons(whose: str) -> tuple[str, ...]:
    return (whose,) if whose else ()


@dataclass(slots=True)
class _Work:
    """The changes of one turn under way. A removed line leaves ``None`` behind, so that targets keep their meaning."""

    state: OrderState
    catalogue: Catalogue
    lines: list[Line | None] = field(init=False)
    current: int | None = field(init=False)
    pending: AddItem | None = field(init=False)
    waiting: tuple[AddItem, ...] = field(init=False)
    offered: tuple[str, ...] = ()
    service: str = field(init=False)
    notices: list[str] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    behind: dict[int, int] = field(default_factory=dict)
    """Of a line that was set apart from another one: that one's index. It stands right behind it."""
    changed: bool = False
    speech: Speech = field(init=False)
    making: Making = field(init=False)

    def __post_init__(self) -> None:
        self.lines = list(self.state.lines)
        self.current = self.state.current
        self.pending = self.state.pending
        self.waiting = self.state.waiting
        self.service = self.state.service
        self.speech = speech_for(self.state.language)
        self.making = Making(self.catalogue, self.state.language, self.notices)

    def result(self) -> Applied:
        order = sorted(range(len(self.lines)), key=lambda index: (self.behind.get(index, index), index))
        moved = {old: new for new, old in enumerate(i for i in order if self.lines[i] is not None)}
        lines = tuple(line for index in order if (line := self.lines[index]) is not None)
        state = self.state.with_lines(lines, moved.get(self.current) if self.current is not None else None)
        offered = self.offered or (self.state.offered if not self.changed else ())
        state = replace(state, pending=self.pending, waiting=self.waiting, service=self.service, offered=offered)
        touched = tuple(dict.fromkeys(moved[i] for i in self.touched if i in moved))
        return Applied(state, tuple(dict.fromkeys(self.notices)), touched, self.changed)

    def apply(self, change: Change) -> None:
        match change:
            case AddItem():
                self._add(change)
            case ChangeItem():
                self._change(change)
            case SplitItem():
                self._split(change)
            case RemoveItem():
                self._remove(self._index(change.target))
            case SetService():
                self._serve(change.service)

    def _serve(self, service: str) -> None:
        self.notices.append(self.speech.LINES[Words.TO_GO if service == "to_go" else Words.EAT_IN])
        self.changed = self.changed or service != self.service
        self.service = service

    def _index(self, target: int | None) -> int | None:
        index = self.current if target is None else target
        if index is None or not 0 <= index < len(self.lines) or self.lines[index] is None:
            return None
        return index

    # adding

    def _add(self, wanted: AddItem) -> None:
        menu = self.catalogue.menu(wanted.menu) if wanted.menu else only_menu(wanted, self.catalogue)
        if menu is None:
            self._ask_which(wanted)
            return
        wanted = self._with_pending(wanted, menu)
        self._place_in_cart(wanted, menu)
        if self.pending is None and self.waiting:
            later, self.waiting = self.waiting[0], self.waiting[1:]
            self._ask_which(later)

    def _place_in_cart(self, wanted: AddItem, menu: Menu) -> None:
        if menu.code in self.catalogue.sold_out:
            self.notices.append(self.speech.sold_out(menu))
            self._ask_which(replace(wanted, menu=None, style=None, portions=(), cake=None, category=menu.category))
            return
        quantity = 1 if wanted.quantity is None else wanted.quantity
        if not MIN_QUANTITY <= quantity <= MAX_QUANTITY:
            self.pending = replace(wanted, quantity=None)
            self.changed = True
            return
        if sum(line is not None for line in self.lines) >= MAX_ITEMS:
            self.notices.append(self.speech.LINES[Words.TOO_MANY_ITEMS])
            return
        item = self.making.styled(Item(menu.code, None, quantity), menu, wanted.style)
        item, settled = self.making.made_up(item, menu, wanted.portions, wanted.cake)
        self._put(Line(normalise(item, self.catalogue), settled, _persons(wanted.whose)))

    def _put(self, line: Line) -> None:
        """Append the line, or raise the quantity of one that is the same in everything else."""
        for index, other in enumerate(self.lines):
            if other is None or line.item.style is None:
                continue
            together = other.item.quantity + line.item.quantity
            if replace(other.item, quantity=line.item.quantity) == line.item and together <= MAX_QUANTITY:
                settled = other.settled or line.settled
                self._write(index, replace(other.item, quantity=together), settled, other.whose + line.whose)
                return
        self.lines.append(line)
        self._touch(len(self.lines) - 1)

    def _with_pending(self, wanted: AddItem, menu: Menu) -> AddItem:
        """What was said before about an item whose menu was still open belongs to the menu that is named now."""
        open_ones = [each for each in (self.pending, *self.waiting) if each is not None]
        fitting = [each for each in open_ones if each.menu is None and each.category in (None, menu.category)]
        if not fitting and self.pending is not self.state.pending:
            return wanted  # ``two dinners and a chocolate cake``: which dinners is still to be asked.
        self.pending = None
        if not fitting:
            self.waiting = ()
            return wanted
        before = fitting[0]
        left = (before.quantity or 0) - (wanted.quantity or before.quantity or 0)
        rest = (replace(before, quantity=left),) if left > 0 else ()
        self.waiting = (*rest, *(each for each in open_ones if each is not before))
        return with_what_was_said(wanted, before)

    def _ask_which(self, wanted: AddItem) -> None:
        if self.pending is not None and self.pending is not self.state.pending:
            self.waiting = (*self.waiting, wanted)
            return
        self.pending = wanted
        self.offered = menus_to_offer(wanted, self.catalogue)
        self.changed = True

    # changing

    def _change(self, change: ChangeItem) -> None:
        if change.target is None and self.pending is not None:
            self._complete_pending(change)
            return
        index = self._index(change.target)
        line = self.lines[index] if index is not None else None
        if index is None or line is None:
            self._begin_with(change)
            return
        if change.pieces is not None and 1 <= change.pieces < line.item.quantity:
            self._set_apart(index, line, change, change.pieces)
            return
        changed = self._changed(line, change)
        if changed is None:
            return
        if changed.item.quantity == 0:
            self._remove(index)
            return
        self._write(index, changed.item, settled=changed.settled, whose=changed.whose)

    def _changed(self, line: Line, change: ChangeItem) -> Line | None:
        """The line after the change; of 0 pieces when it goes; None when it cannot be done."""
        item = line.item
        if change.menu is not None and change.menu != item.menu_code:
            replaced = self._replaced(item, change.menu)
            if replaced is None:
                return None
            item, line = replaced, replace(line, settled=False)
        menu = self.catalogue.menu(item.menu_code)
        if menu is None:
            return None
        item = replace(item, quantity=self._quantity(item, menu, change))
        item = self.making.styled(item, menu, change.style)
        item, settled = self.making.made_up(item, menu, change.portions, change.cake)
        return Line(item, line.settled or settled, _persons(change.whose) or line.whose)

    def _set_apart(self, index: int, line: Line, change: ChangeItem, pieces: int) -> None:
        """``하나만 디럭스로``: so many pieces of the line become a line of their own, if that can be done."""
        if sum(each is not None for each in self.lines) >= MAX_ITEMS:
            self.notices.append(self.speech.LINES[Words.TOO_MANY_ITEMS])
            return
        apart = replace(line, item=replace(line.item, quantity=pieces), whose=_persons(change.whose))
        changed = self._changed(apart, replace(change, pieces=None))
        if changed is None or normalise(changed.item, self.catalogue) == apart.item:
            return
        left = tuple(person for person in line.whose if person != change.whose)
        self._write(index, replace(line.item, quantity=line.item.quantity - pieces), changed.settled, left)
        if changed.item.quantity:
            before = len(self.lines)
            self._put(replace(changed, item=normalise(changed.item, self.catalogue)))
            if len(self.lines) > before:
                self.behind[before] = self.behind.get(index, index)

    def _quantity(self, item: Item, menu: Menu, change: ChangeItem) -> int:
        """The new quantity; 0 means that the line goes, a number out of range changes nothing and is said."""
        wanted = item.quantity if change.quantity is None else change.quantity
        wanted += change.quantity_by or 0
        if wanted > MAX_QUANTITY:
            self.notices.append(self.speech.at_most_pieces(menu, MAX_QUANTITY))
            return item.quantity
        return max(0, wanted)

    def _complete_pending(self, change: ChangeItem) -> None:
        """An answer about the item that is still incomplete: its number, its style, or its menu."""
        if self.pending is None:
            return
        merged = replace(
            self.pending,
            menu=change.menu or self.pending.menu,
            quantity=change.quantity if change.quantity is not None else self.pending.quantity,
            style=change.style or self.pending.style,
            portions=self.pending.portions + change.portions,
            cake=change.cake or self.pending.cake,
            whose=change.whose or self.pending.whose,
        )
        merged = replace(merged, menu=merged.menu or self._taken_by_its_style(change))
        if merged.menu is not None and merged.quantity is None and self.pending.menu is not None:
            self.pending = merged
            return
        self.pending = None
        self._add(merged)

    def _begin_with(self, change: ChangeItem) -> None:
        """Something was said about an item before any item: keep it, and ask for the menu."""
        if change.menu or change.style or change.quantity or change.portions or change.cake:
            menu = change.menu or self._taken_by_its_style(change)
            self._add(AddItem(menu, change.quantity or None, change.style, change.portions, change.cake))

    def _taken_by_its_style(self, change: ChangeItem) -> str | None:
        """Who answers "shall I take that one?" with its style takes it."""
        offered = self.state.offered if self.state.asked == Asked.OFFER and change.style else ()
        return offered[0] if len(offered) == 1 else None

    def _replaced(self, item: Item, menu_code: str) -> Item | None:
        menu = self.catalogue.menu(menu_code)
        if menu is None:
            return None
        if menu.code in self.catalogue.sold_out:
            self.notices.append(self.speech.sold_out(menu))
            return None
        return self.making.styled(Item(menu.code, None, item.quantity), menu, item.style)

    def _split(self, change: SplitItem) -> None:
        index = self._index(change.target)
        line = self.lines[index] if index is not None else None
        if index is None or line is None:
            return
        menu = self.catalogue.menu(line.item.menu_code)
        parts = [(count, style) for count, style in change.parts if 1 <= count <= MAX_QUANTITY]
        room = MAX_ITEMS - sum(each is not None for each in self.lines) + 1
        if menu is None or not parts or len(parts) + 1 > room:
            return
        left = line.item.quantity - sum(count for count, _ in parts)
        pieces = [(self.making.styled(replace(line.item, quantity=n, style=None), menu, style)) for n, style in parts]
        if left > 0:
            pieces.append(replace(line.item, quantity=left))
        self._write(index, pieces[0], settled=line.settled)
        for piece in pieces[1:]:
            self.behind[len(self.lines)] = self.behind.get(index, index)
            self.lines.append(replace(line, item=normalise(piece, self.catalogue)))
            self._touch(len(self.lines) - 1)

    def _remove(self, index: int | None) -> None:
        line = self.lines[index] if index is not None else None
        if index is None or line is None:
            return
        menu = self.catalogue.menu(line.item.menu_code)
        if menu:
            self.notices.append(self.speech.removed(menu))
        self.lines[index] = None
        self.changed = True
        if self.current == index:
            self.current = None

    def _write(self, index: int, item: Item, settled: bool = True, whose: tuple[str, ...] | None = None) -> None:
        before = self.lines[index]
        if whose is None:
            whose = before.whose if before is not None else ()
        after = Line(normalise(item, self.catalogue), settled, tuple(dict.fromkeys(whose)))
        if after != before:
            self.lines[index] = after
        self._touch(index)

    def _touch(self, index: int) -> None:
        self.touched.append(index)
        self.current = index
        self.changed = True
