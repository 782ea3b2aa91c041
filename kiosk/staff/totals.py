"""All-day totals and load: how much of everything the open orders hold, and who has how many. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.staff.tickets import Age, MenuWords, age_of
from shared.orders import Order, OrderStatus

TO_COOK = frozenset({OrderStatus.RECEIVED, OrderStatus.PREPARING})


@dataclass(frozen=True, slots=True)
class Total:
    """``to_do``: how many are still to be made; ``all``: how many all open orders hold, made ones too."""

    code: str
    name: str
    to_do: int
    all: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one person is preparing now; ``late``: how many of these wait too long. ``owner`` "": nobody's yet."""

    owner: str
    mine: bool
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Menus and what is in them, the most to do first; what is made already sinks."""

    menus: tuple[Total, ...] = ()
    portions: tuple[Total, ...] = ()


def totals_of(orders: Iterable[Order], words: MenuWords) -> DayTotals:
    """Sums over every line of the open ``orders``."""
    menus, portions = _Sums(), _Sums()
    for order in orders:
        cooking = order.status in TO_COOK
        for at, item in enumerate(order.items):
            to_do = cooking and at not in order.done
            menus.add(item.menu_code, words.menu_name(item.menu_code), item.quantity, to_do=to_do)
            for code, name, count in words.portions(item):
                portions.add(code, name, count * item.quantity, to_do=to_do)
    return DayTotals(menus.sorted(), portions.sorted())


def load_of(orders: Iterable[Order], me: str, now: datetime) -> tuple[Load, ...]:
    """Who prepares how many: first whoever stands here, then the busiest."""
    count: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for order in orders:
        if order.status is OrderStatus.PREPARING:
            owner = order.assigned_to or ""
            count[owner] += 1
            late[owner] += age_of(order.placed_at, now)[1] is Age.LATE
    owners = sorted(count, key=lambda owner: (owner != me, -count[owner], owner))
    return tuple(Load(owner, bool(owner) and owner == me, count[owner], late[owner]) for owner in owners)


class _Sums:
    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._left: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, code: str, name: str, count: int, *, to_do: bool) -> None:
        self._names[code] = name
        self._all[code] += count
        if to_do:
            self._left[code] += count

    def sorted(self) -> tuple[Total, ...]:
        found = (Total(code, name, self._left[code], self._all[code]) for code, name in self._names.items())
        return tuple(sorted((total for total in found if total.all), key=lambda t: (-t.to_do, -t.all, t.name)))
