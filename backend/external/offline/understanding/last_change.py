"""What the last change did, read off the items before and after it: which items it touched, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.domain.order import Cake, Item
from backend.domain.proposal import CakeWish, Change, ChangeItem, PortionChange, PortionMode, UnderstandingRequest

_Key = tuple[str, str | None, tuple[tuple[str, int], ...], Cake | None]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to an item: ingredients brought to a count, a style, a wish for a custom cake. Empty: nothing."""

    portions: tuple[PortionChange, ...] = ()
    style: str | None = None
    cake: CakeWish | None = None


def touched(request: UnderstandingRequest) -> tuple[int, ...]:
    """Indices of the items that were added or made otherwise by the last change; of more pieces, where none were."""
    if not request.before:
        return ()
    old = {_key(item) for item in request.before}
    other = tuple(index for index, item in enumerate(request.items) if _key(item) not in old)
    return other or tuple(
        index
        for index, item in enumerate(request.items)
        if item.quantity > sum(each.quantity for each in request.before if _key(each) == _key(item))
    )


def done_last(request: UnderstandingRequest) -> Done:
    """What the last change did to the items that it touched, where that was the same for all; else nothing."""
    found = {_done_to(request.items[index], request) for index in touched(request)}
    return found.pop() if len(found) == 1 else Done()


def as_it_was(index: int, request: UnderstandingRequest) -> Done:
    """What makes the item at ``index`` what it was before the last change."""
    item = request.items[index]
    before = _before(item, request)
    return _difference(item, before, request) if before is not None else Done()


def is_as_it_is(change: Change, request: UnderstandingRequest) -> bool:
    """``네 심플 그대로 주문할게요`` of what is simple: a style that the item has already, and nothing else."""
    if not isinstance(change, ChangeItem) or change.style is None:
        return False
    at = request.current if change.target is None else change.target
    known = at is not None and 0 <= at < len(request.items)
    return (
        known
        and replace(change, target=None, style=None) == ChangeItem()
        and (request.items[at or 0].style == change.style)
    )


def _done_to(item: Item, request: UnderstandingRequest) -> Done:
    before = _before(item, request)
    return _difference(before, item, request) if before is not None else Done()


def _before(item: Item, request: UnderstandingRequest) -> Item | None:
    """The item of the same menu that it most likely was."""
    same = [each for each in request.before if each.menu_code == item.menu_code]
    return min(same, key=lambda each: _distance(each, item), default=None)


def _distance(one: Item, other: Item) -> int:
    counts = set(one.customization.items()) ^ set(other.customization.items())
    return len(counts) + (one.style != other.style) + (one.cake != other.cake)


def _difference(old: Item, new: Item, request: UnderstandingRequest) -> Done:
    codes = {*old.customization, *new.customization}
    changed = sorted(code for code in codes if _count(old, code, request) != _count(new, code, request))
    portions = tuple(PortionChange(code, PortionMode.SET, _count(new, code, request)) for code in changed)
    return Done(portions, new.style if new.style != old.style else None, _wish(old.cake, new.cake))


def _wish(old: Cake | None, new: Cake | None) -> CakeWish | None:
    if new is None or old is None or new == old:
        return None
    return CakeWish(
        new.flavour if new.flavour != old.flavour else None,
        new.colour if new.colour != old.colour else None,
        new.tiers if new.tiers != old.tiers else None,
        new.lettering if new.lettering != old.lettering else None,
    )


def _count(item: Item, code: str, request: UnderstandingRequest) -> int:
    menu = request.catalogue.menu(item.menu_code)
    portion = menu.portion(code) if menu is not None else None
    counts: Mapping[str, int] = item.customization
    return counts.get(code, portion.default if portion is not None else 0)


def _key(item: Item) -> _Key:
    return item.menu_code, item.style, tuple(sorted(item.customization.items())), item.cake
