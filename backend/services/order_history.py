"""What a member usually orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backend.database.interface import OrderRecord
from backend.domain.recommending import History

FREQUENT_MENUS = 3


def history_of(orders: Sequence[OrderRecord]) -> History:
    """Up to three menus, most frequent first; the usual style; won an order on average."""
    if not orders:
        return History()
    menus: Counter[str] = Counter()
    styles: Counter[str] = Counter()
    for order in orders:
        for line in order.lines:
            menus[line["menu_code"]] += line["quantity"]
            styles[line["style"]] += line["quantity"]
    return History(
        frequent_menus=tuple(code for code, _ in menus.most_common(FREQUENT_MENUS)),
        preferred_style=next((code for code, _ in styles.most_common(1)), None),
        average_amount=round(sum(order.payable for order in orders) / len(orders)),
    )
