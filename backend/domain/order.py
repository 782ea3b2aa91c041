"""What is ordered: items, their rules and their prices; and the life of a placed order.

Rules and figures are the catalogue's (DESIGN, "The domain"): a line costs
``(menu + style + tiers + added ingredients) x quantity``; events take whole percents off a line,
rounded down to 10 won, and of several that match the best for the customer applies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.domain.catalogue import Catalogue, Menu

MIN_QUANTITY = 1
MAX_QUANTITY = 20
MAX_ITEMS = 20
MAX_TIERS = 3
MAX_LETTERING_CHARS = 20
TIER_PRICE = 25_000
DISCOUNT_STEP = 10
FLAVOURS = ("vanilla", "chocolate", "matcha", "strawberry")

RECEIVED, PREPARING, READY, COMPLETED, CANCELLED = "received", "preparing", "ready", "completed", "cancelled"
OPEN_STATUSES = (RECEIVED, PREPARING, READY)
TRANSITIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        RECEIVED: frozenset({PREPARING, CANCELLED}),
        PREPARING: frozenset({READY, CANCELLED, RECEIVED}),
        READY: frozenset({COMPLETED, PREPARING}),
        COMPLETED: frozenset({READY}),
        CANCELLED: frozenset({RECEIVED}),
    }
)
"""Where an order may go. A step back (recall) undoes the last step; a slip that cancelled one loses nobody's dinner."""


class OrderRuleError(Exception):
    """A rule of the shop is broken. ``code`` names it, ``field`` says where, ``params`` fill the words."""

    def __init__(self, code: str, where: str, **params: str | int) -> None:
        super().__init__(f"{code} at {where}")
        self.code = code
        self.where = where
        self.params = params


@dataclass(frozen=True, slots=True)
class Cake:
    """How a custom cake is made."""

    flavour: str = "vanilla"
    colour: str = "white"
    tiers: int = 1
    lettering: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order. ``style`` is ``None`` while it has not been chosen.

    ``customization`` holds only the counts that differ from the menu's default.
    """

    menu_code: str
    style: str | None = None
    quantity: int = 1
    customization: Mapping[str, int] = field(default_factory=dict)
    cake: Cake | None = None


@dataclass(frozen=True, slots=True)
class PricedItem:
    item: Item
    unit_price: int

    @property
    def line_price(self) -> int:
        return self.unit_price * self.item.quantity


@dataclass(frozen=True, slots=True)
class Discount:
    """What one event takes off the line ``item_index``."""

    event_code: str
    item_index: int
    amount: int


@dataclass(frozen=True, slots=True)
class Bill:
    """Priced lines, discounts and sums. ``payable = total - discount``."""

    items: tuple[PricedItem, ...]
    discounts: tuple[Discount, ...]

    @property
    def total(self) -> int:
        return sum(item.line_price for item in self.items)

    @property
    def discount(self) -> int:
        return sum(discount.amount for discount in self.discounts)

    @property
    def payable(self) -> int:
        return self.total - self.discount


def check_item(item: Item, catalogue: Catalogue, where: str = "item") -> Menu:
    """The item's menu, when the item keeps every rule; a missing style is allowed here.

    Raises:
        OrderRuleError: the first rule that is broken.
    """
    menu = catalogue.menu(item.menu_code)
    if menu is None:
        raise OrderRuleError("unknown_menu", f"{where}.menu_code", menu_code=item.menu_code)
    if menu.code in catalogue.sold_out:
        raise OrderRuleError("sold_out", f"{where}.menu_code", menu_code=menu.code)
    if item.style is not None and (item.style not in menu.styles or catalogue.style(item.style) is None):
        raise OrderRuleError("style_not_offered", f"{where}.style", menu_code=menu.code, style=item.style)
    if not MIN_QUANTITY <= item.quantity <= MAX_QUANTITY:
        raise OrderRuleError("quantity_out_of_range", f"{where}.quantity", minimum=MIN_QUANTITY, maximum=MAX_QUANTITY)
    for code, count in item.customization.items():
        portion = menu.portion(code)
        if portion is None:
            raise OrderRuleError(
                "unknown_ingredient", f"{where}.customization.{code}", menu_code=menu.code, ingredient=code
            )
        if not 0 <= count <= portion.ingredient.maximum:
            raise OrderRuleError(
                "count_out_of_range",
                f"{where}.customization.{code}",
                ingredient=code,
                minimum=0,
                maximum=portion.ingredient.maximum,
            )
    _check_cake(item, menu, where)
    return menu


def _check_cake(item: Item, menu: Menu, where: str) -> None:
    if item.cake is None:
        return
    if not menu.takes_cake:
        raise OrderRuleError("cake_not_offered", f"{where}.cake", menu_code=menu.code)
    if not 1 <= item.cake.tiers <= MAX_TIERS:
        raise OrderRuleError("count_out_of_range", f"{where}.cake.tiers", minimum=1, maximum=MAX_TIERS)
    if item.cake.flavour not in FLAVOURS:
        raise OrderRuleError("invalid_request", f"{where}.cake.flavour")
    if len(item.cake.lettering) > MAX_LETTERING_CHARS:
        raise OrderRuleError("invalid_request", f"{where}.cake.lettering", maximum=MAX_LETTERING_CHARS)


def normalise(item: Item, catalogue: Catalogue) -> Item:
    """The same item with counts equal to the default left out, and a custom cake given its default make-up."""
    menu = catalogue.menu(item.menu_code)
    if menu is None:
        return item
    defaults = {portion.ingredient.code: portion.default for portion in menu.portions}
    customization = {c: n for c, n in item.customization.items() if defaults.get(c) != n}
    cake = (item.cake or Cake()) if menu.takes_cake else item.cake
    return Item(item.menu_code, item.style, item.quantity, customization, cake)


def unit_price(item: Item, catalogue: Catalogue) -> int:
    """Won for one piece. An item without a style costs what it would in the cheapest style.

    Raises:
        OrderRuleError: the item breaks a rule.
    """
    menu = check_item(item, catalogue)
    style = catalogue.style(item.style) if item.style else None
    price = menu.price + (style.price if style else 0)
    if item.cake is not None:
        price += (item.cake.tiers - 1) * TIER_PRICE
    for portion in menu.portions:
        added = item.customization.get(portion.ingredient.code, portion.default) - portion.default
        price += max(0, added) * portion.price
    return price


def bill(items: Sequence[Item], catalogue: Catalogue) -> Bill:
    """Price every line and give each the best event that covers it.

    Raises:
        OrderRuleError: an item breaks a rule; ``where`` is ``items.N…``.
    """
    for index, item in enumerate(items):
        check_item(item, catalogue, f"items.{index}")
    priced = tuple(PricedItem(item, unit_price(item, catalogue)) for item in items)
    found = (_best_discount(index, line, catalogue) for index, line in enumerate(priced))
    return Bill(priced, tuple(discount for discount in found if discount))


def _best_discount(index: int, line: PricedItem, catalogue: Catalogue) -> Discount | None:
    offers = [
        Discount(event.code, index, line.line_price * event.percent // 100 // DISCOUNT_STEP * DISCOUNT_STEP)
        for event in catalogue.events
        if event.covers(line.item.menu_code)
    ]
    best = max(offers, key=lambda offer: offer.amount, default=None)
    return best if best and best.amount else None
