"""When an order will be ready.

The rule, in words that the shop can check: the kitchen needs 15 minutes for a dinner and 20 for a cake, works on the
lines of one order side by side, and each order that waits before it adds 3 minutes; nobody is told more than 90.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item

DINNER_MINUTES = 15
CAKE_MINUTES = 20
WAITING_MINUTES = 3
LONGEST_MINUTES = 90


def minutes_until_ready(items: Sequence[Item], catalogue: Catalogue, waiting: int) -> int:
    """Minutes for an order of ``items`` behind ``waiting`` orders that are received or being prepared."""
    menus = (catalogue.menu(item.menu_code) for item in items)
    own = max((CAKE_MINUTES if menu and menu.category == "cake" else DINNER_MINUTES for menu in menus), default=0)
    return min(own + waiting * WAITING_MINUTES, LONGEST_MINUTES)
