"""Which menu an item can be, while it was not said by name: by its kind, its ingredients, or how it is decorated."""

from __future__ import annotations

from dataclasses import replace

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.portion_changes import comes_with
from backend.domain.proposal import AddItem, CakeWish


def only_menu(wanted: AddItem, catalogue: Catalogue) -> Menu | None:
    """``빨간 케이크``, ``마카롱 올린 케이크``: the only menu of the category that can be made so."""
    if wanted.options or wanted.category is None:
        return None
    cake = wanted.cake
    decorated = cake is not None and cake != CakeWish(flavour=cake.flavour)
    fitting = [
        menu
        for menu in catalogue.menus
        if menu.category == wanted.category
        and (menu.takes_cake or not decorated)
        and all(menu.portion(change.ingredient) for change in wanted.portions)
    ]
    said = decorated or wanted.portions
    return fitting[0] if said and len(fitting) == 1 and fitting[0].code not in catalogue.sold_out else None


def menus_to_offer(wanted: AddItem, catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the menus that it may be, of those that are there; none where nothing is known of it."""
    menus = [menu for menu in catalogue.menus if menu.code not in catalogue.sold_out]
    if wanted.options:
        return tuple(menu.code for menu in menus if menu.code in wanted.options)
    if wanted.portions and not wanted.category:
        return tuple(menu.code for menu in menus if all(comes_with(menu, change) for change in wanted.portions))
    if wanted.category:
        return tuple(menu.code for menu in menus if menu.category == wanted.category)
    return ()


def with_what_was_said(wanted: AddItem, before: AddItem) -> AddItem:
    """The item named now, with what was said about it ``before`` it had a name."""
    return replace(
        wanted,
        quantity=wanted.quantity if wanted.quantity is not None else before.quantity,
        style=wanted.style or before.style,
        portions=before.portions + wanted.portions,
        cake=wanted.cake or before.cake,
        whose=wanted.whose or before.whose,
    )
