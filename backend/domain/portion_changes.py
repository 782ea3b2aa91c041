"""What a change to an ingredient means for a menu: which menus it fits, and the count afterwards."""

from __future__ import annotations

from backend.domain.catalogue import Menu, Portion
from backend.domain.proposal import PortionChange, PortionMode


def comes_with(menu: Menu, change: PortionChange) -> bool:
    """Whether a menu comes with what the change asks to have."""
    portion = menu.portion(change.ingredient)
    wanted = change.mode is not PortionMode.REMOVE and (change.mode is not PortionMode.SET or change.count > 0)
    return wanted and portion is not None and portion.default > 0


def count_after(now: int, change: PortionChange, portion: Portion) -> int:
    """The count after the change; it may be more than the shop puts in."""
    match change.mode:
        case PortionMode.SET:
            return max(0, change.count)
        case PortionMode.ADD:
            return now + max(0, change.count)
        case PortionMode.REMOVE:
            return max(0, now - max(0, change.count))
        case PortionMode.INCLUDE:
            return max(now, portion.default, 1)
        case PortionMode.RESET:
            return portion.default
