"""``와인 한 잔 더`` ... ``아니 두 잔 더``: a number to be added takes the place of the last addition."""

from __future__ import annotations

from dataclasses import replace

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.order_state import Line
from backend.domain.proposal import Change, ChangeItem, PortionMode


def lines_to_add_to(
    lines: tuple[Line, ...], before: tuple[Line, ...] | None, changes: tuple[Change, ...], catalogue: Catalogue
) -> tuple[Line, ...]:
    """The lines that a corrected addition is meant for: those ``before`` the last one, where that added the same.

    ``changes`` are said with a no; ``before`` are the lines before the last change, None where there was none.
    """
    if before is None or len(changes) != 1:
        return lines
    change = changes[0]
    if len(lines) == len(before) + 1 and lines[:-1] == before and isinstance(change, ChangeItem):
        return (*before, _without_extra(lines[-1], change, catalogue))
    if len(before) != len(lines):
        return lines
    pairs = [(old.item, new.item) for old, new in zip(before, lines, strict=True) if old.item != new.item]
    if not isinstance(change, ChangeItem) or len(pairs) != 1:
        return lines
    old, new = pairs[0]
    if change.quantity_by is not None and change.quantity_by > 0:
        return before if _more_pieces(old, new) else lines
    codes = {portion.ingredient for portion in change.portions if portion.mode is PortionMode.ADD}
    if len(change.portions) == 1 and codes:
        return before if _more_of(old, new, codes.pop()) else lines
    return lines


def _without_extra(line: Line, change: ChangeItem, catalogue: Catalogue) -> Line:
    """``with five more strawberries`` ... ``no, ten more``: the item that was just added, as the menu has it."""
    codes = {portion.ingredient for portion in change.portions if portion.mode is PortionMode.ADD}
    menu = catalogue.menu(line.item.menu_code)
    counts = dict(line.item.customization)
    for portion in menu.portions if menu is not None else ():
        if portion.ingredient.code in codes and counts.get(portion.ingredient.code, 0) > portion.default:
            del counts[portion.ingredient.code]
    return replace(line, item=replace(line.item, customization=counts))


def _more_pieces(old: Item, new: Item) -> bool:
    same = (old.menu_code, old.style, old.customization) == (new.menu_code, new.style, new.customization)
    return same and new.quantity > old.quantity


def _more_of(old: Item, new: Item, code: str) -> bool:
    others = {key: count for key, count in new.customization.items() if key != code}
    same = others == {key: count for key, count in old.customization.items() if key != code}
    return same and old.quantity == new.quantity and new.customization.get(code, 0) > old.customization.get(code, 0)
