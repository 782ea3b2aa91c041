"""An item that stands in the order, said again in the words of a proposal."""

from __future__ import annotations

from backend.domain.order import Cake, Item
from backend.domain.proposal import AddItem, CakeWish, PortionChange, PortionMode, UnderstandingRequest


def as_ordered(item: Item, request: UnderstandingRequest) -> AddItem:
    """As many of it, with all that was changed on it; what the menu no longer has is left out."""
    menu = request.catalogue.menu(item.menu_code)
    portions = tuple(
        PortionChange(code, PortionMode.SET, count)
        for code, count in item.customization.items()
        if menu is not None and menu.portion(code) is not None
    )
    return AddItem(item.menu_code, item.quantity, item.style, portions, wish_of(item.cake))


def wish_of(cake: Cake | None) -> CakeWish | None:
    """All of ``cake`` as it is."""
    return CakeWish(cake.flavour, cake.colour, cake.tiers, cake.lettering) if cake is not None else None
