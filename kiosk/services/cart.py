"""The cart as values and pure functions: lines with a lasting key, edits, and what the backend made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared import limits
from shared.orders import OrderItem, OrderItemDraft


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of the cart. ``key`` stays with the line while others come and go.

    Prices are whole won; None until the backend priced this line as it is now.
    ``fresh``: the last utterance or answer changed this line (it lights up).
    A line that was spoken of without a style has ``draft.style == ""`` and is not ``complete``: it stays here,
    and is not sent, until the style is chosen.
    """

    key: int
    draft: OrderItemDraft
    unit_price: int | None = None
    line_price: int | None = None
    fresh: bool = False

    @property
    def complete(self) -> bool:
        return self.draft.style != ""


Lines = tuple[OrderLine, ...]
Edit = Callable[[Lines], Lines]
"""A change made by touch. It names lines by key, so that it can be made again on what a spoken turn made of them."""


def add(draft: OrderItemDraft) -> Edit:
    """The same thing again raises its line's quantity; a full cart stays as it is."""

    def edit(lines: Lines) -> Lines:
        for line in lines:
            if _same_thing(line.draft, draft):
                return set_quantity(line.key, line.draft.quantity + draft.quantity)(lines)
        if len(lines) >= limits.MAX_ITEMS:
            return lines
        return (*lines, OrderLine(next_key(lines), draft, fresh=True))

    return edit


def replace_line(key: int, draft: OrderItemDraft) -> Edit:
    return lambda lines: tuple(_redrawn(line, draft) if line.key == key else line for line in lines)


def remove(key: int) -> Edit:
    return lambda lines: tuple(line for line in lines if line.key != key)


def set_quantity(key: int, quantity: int) -> Edit:
    clamped = max(limits.MIN_QUANTITY, min(limits.MAX_QUANTITY, quantity))
    return lambda lines: tuple(
        _redrawn(line, line.draft.model_copy(update={"quantity": clamped})) if line.key == key else line
        for line in lines
    )


def put_back(before: Lines) -> Edit:
    """Undo: the lines as they were."""
    return lambda _lines: before


def next_key(lines: Iterable[OrderLine]) -> int:
    return max((line.key for line in lines), default=-1) + 1


def drafts(lines: Iterable[OrderLine]) -> tuple[OrderItemDraft, ...]:
    """What can be ordered of it."""
    return tuple(line.draft for line in lines if line.complete)


def adopt(lines: Lines, items: Sequence[OrderItem]) -> Lines:
    """The backend's items as lines: one that is still there keeps its key, one that changed is fresh."""
    wanted = [_draft_of(item) for item in items]
    kept: dict[int, OrderLine] = {}
    free = list(lines)
    for same in (OrderItemDraft.__eq__, _same_thing, _same_menu):
        for position, draft in enumerate(wanted):
            match = next((line for line in free if position not in kept and same(line.draft, draft)), None)
            if match is not None:
                kept[position] = match
                free.remove(match)
    key = next_key(lines)
    adopted: list[OrderLine] = []
    for position, (item, draft) in enumerate(zip(items, wanted, strict=True)):
        before = kept.get(position)
        if before is None:
            line, key = OrderLine(key, draft), key + 1
        else:
            line = before
        fresh = before is None or before.draft != draft
        adopted.append(replace(line, draft=draft, unit_price=item.unit_price, line_price=item.line_price, fresh=fresh))
    return tuple(adopted)


def priced(lines: Lines, items: Sequence[OrderItem]) -> Lines:
    """The same lines with the backend's prices. Where it holds other items than these, its word counts."""
    answered = [item for item in items if item.style]
    if tuple(map(_draft_of, answered)) != drafts(lines):
        return adopt(lines, items)
    prices = iter(answered)
    return tuple(_with_prices(line, next(prices)) if line.complete else line for line in lines)


def settled(lines: Lines) -> Lines:
    """Nothing lights up."""
    return tuple(replace(line, fresh=False) if line.fresh else line for line in lines)


def _redrawn(line: OrderLine, draft: OrderItemDraft) -> OrderLine:
    if line.draft == draft:
        return line
    return OrderLine(line.key, draft, fresh=True)


def _with_prices(line: OrderLine, item: OrderItem) -> OrderLine:
    return replace(line, unit_price=item.unit_price, line_price=item.line_price)


def _draft_of(item: OrderItem) -> OrderItemDraft:
    fields: dict[str, Any] = {
        "menu_code": item.menu_code,
        "style": item.style,
        "quantity": item.quantity,
        "customization": item.customization,
        "cake": item.cake,
    }
    # Without a style it is not a draft yet, and would not be a valid one.
    return OrderItemDraft.model_validate(fields) if item.style else OrderItemDraft.model_construct(**fields)


def _same_thing(one: OrderItemDraft, other: OrderItemDraft) -> bool:
    return one.model_copy(update={"quantity": 1}) == other.model_copy(update={"quantity": 1})


def _same_menu(one: OrderItemDraft, other: OrderItemDraft) -> bool:
    return one.menu_code == other.menu_code
