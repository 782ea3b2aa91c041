"""What a ticket shows, derived from an order, the menu and the time. Pure: no Qt, no clock, no I/O.

A ticket says what the kitchen must do differently, so a line carries only the ingredients whose count is not
the menu's own. Words in a sentence ("커피 빼고") are QML's; here are names, counts and closed sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.catalogue import IngredientChoice, Menu, MenuResponse, Words
from shared.orders import Order, OrderItem, OrderStatus, Service

SOON_MINUTES = 5
LATE_MINUTES = 8
KEPT_BODIES = 1_000


class Age(StrEnum):
    """How long an order waits: under 5 minutes, from 5, from 8 (UI.md, "Staff window")."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Change:
    """One ingredient whose count differs from the menu's own ``default``."""

    name: str
    count: int
    default: int


@dataclass(frozen=True, slots=True)
class CakeNote:
    """How a custom cake is made; ``flavour`` is a wire value, ``colour`` a name or ``#rrggbb``."""

    flavour: str
    colour: str
    tiers: int
    lettering: str


@dataclass(frozen=True, slots=True)
class Line:
    """``done``: the kitchen has made it."""

    quantity: int
    name: str
    style: str
    changes: tuple[Change, ...]
    cake: CakeNote | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """One order as a card. ``given``: somebody gave it to who is signed in, and nobody here has acknowledged it."""

    order_id: str
    number: int
    version: int
    status: OrderStatus
    service: Service
    lines: tuple[Line, ...]
    allergens: tuple[str, ...]
    owner: str
    mine: bool
    minutes: int
    age: Age
    fresh: bool
    busy: bool
    given: bool = False


class MenuWords:
    """Names and defaults of the shop's menu in one language.

    An order may hold what the menu no longer has; then its code is shown, for a ticket must never be empty.
    """

    def __init__(self, menu: MenuResponse | None, language: str) -> None:
        self._english = language == "en"
        self._menus: Mapping[str, Menu] = {m.code: m for m in menu.menus} if menu else {}
        self._styles = {s.code: self.words(s.name) for s in menu.styles} if menu else {}
        self._allergens = {a.code: self.words(a.name) for a in menu.allergens} if menu else {}
        self._bodies: dict[str, tuple[Order, tuple[Line, ...], tuple[str, ...]]] = {}

    def words(self, words: Words) -> str:
        return words.en if self._english else words.ko

    def body(self, order: Order) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """Lines and allergens of ``order``, kept: a board of 200 tickets is derived anew every second."""
        known = self._bodies.get(order.id)
        if known is None or known[0] is not order:
            if len(self._bodies) >= KEPT_BODIES:
                self._bodies.clear()
            known = (
                order,
                tuple(self.line(item, done=at in order.done) for at, item in enumerate(order.items)),
                self.allergens(order.items),
            )
            self._bodies[order.id] = known
        return known[1], known[2]

    def menu_name(self, code: str) -> str:
        menu = self._menus.get(code)
        return self.words(menu.name) if menu else code

    def portions(self, item: OrderItem) -> Iterable[tuple[str, str, int]]:
        """Code, name and count of every ingredient of one piece: the menu's own, as the customer changed it."""
        menu = self._menus.get(item.menu_code)
        choices = {choice.code: choice for choice in menu.ingredients} if menu else {}
        for choice in choices.values():
            yield choice.code, self.words(choice.name), _count(item, choice)
        for code, count in item.customization.items():
            if code not in choices:
                yield code, code, count

    def line(self, item: OrderItem, *, done: bool = False) -> Line:
        menu = self._menus.get(item.menu_code)
        cake = item.cake
        return Line(
            quantity=item.quantity,
            name=self.words(menu.name) if menu else item.menu_code,
            style=self._styles.get(item.style, item.style),
            changes=tuple(self._changes(item, menu)),
            cake=CakeNote(cake.flavour.value, cake.colour, cake.tiers, cake.lettering) if cake else None,
            done=done,
        )

    def _changes(self, item: OrderItem, menu: Menu | None) -> Iterable[Change]:
        known = {choice.code: choice for choice in menu.ingredients} if menu else {}
        ordered = [code for code in known if code in item.customization]
        ordered += [code for code in item.customization if code not in known]
        for code in ordered:
            choice = known.get(code)
            count = item.customization[code]
            default = choice.default if choice else 0
            if count != default or choice is None:
                yield Change(self.words(choice.name) if choice else code, count, default)

    def allergens(self, items: Iterable[OrderItem]) -> tuple[str, ...]:
        """Allergens of what is really in the order: an ingredient taken out brings none."""
        found: dict[str, None] = {}
        for item in items:
            menu = self._menus.get(item.menu_code)
            for choice in menu.ingredients if menu else ():
                if _count(item, choice) > 0:
                    found.update(dict.fromkeys(choice.allergens))
        in_order = [code for code in self._allergens if code in found]
        in_order += [code for code in found if code not in self._allergens]
        return tuple(self._allergens.get(code, code) for code in in_order)


def _count(item: OrderItem, choice: IngredientChoice) -> int:
    return item.customization.get(choice.code, choice.default)


def age_of(placed_at: datetime, now: datetime) -> tuple[int, Age]:
    """Whole minutes since the order was placed, never negative (clocks differ), and how pressing that is."""
    minutes = max(0, int((now - placed_at).total_seconds() // 60))
    if minutes >= LATE_MINUTES:
        return minutes, Age.LATE
    return minutes, Age.SOON if minutes >= SOON_MINUTES else Age.CALM


def ticket_of(
    order: Order, words: MenuWords, me: str, now: datetime, *, fresh: bool, busy: bool, given: bool = False
) -> Ticket:
    """The ticket of ``order`` as ``me`` sees it at ``now``."""
    minutes, age = age_of(order.placed_at, now)
    owner = order.assigned_to or ""
    lines, allergens = words.body(order)
    return Ticket(
        order_id=order.id,
        number=order.order_number,
        version=order.version,
        status=order.status,
        service=order.service,
        lines=lines,
        allergens=allergens,
        owner=owner,
        mine=bool(owner) and owner == me,
        minutes=minutes,
        age=age,
        fresh=fresh,
        busy=busy,
        given=given,
    )
