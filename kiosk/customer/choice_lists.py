"""What can be chosen of one item: styles, ingredients, and for a custom cake flavours and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.customer import wording
from kiosk.list_model import RowList
from kiosk.services.shop import ShopSnapshot
from shared.catalogue import Menu
from shared.orders import Cake
from shared.voice import Language


@dataclass(frozen=True, slots=True)
class StyleRow:
    code: str
    name: str
    line: str
    price: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class IngredientRow:
    """``each``: what one more than the default costs, in words."""

    code: str
    name: str
    count: int
    maximum: int
    each: str
    allergens: str
    changed: bool


@dataclass(frozen=True, slots=True)
class OptionRow:
    """``swatch``: a colour to show beside the word, or empty."""

    code: str
    name: str
    swatch: str
    chosen: bool


class StyleList(RowList[StyleRow]):
    row_type = StyleRow
    key = "code"


class IngredientList(RowList[IngredientRow]):
    row_type = IngredientRow
    key = "code"


class OptionList(RowList[OptionRow]):
    row_type = OptionRow
    key = "code"


def style_rows(menu: Menu, shop: ShopSnapshot, chosen: str, language: Language) -> tuple[StyleRow, ...]:
    styles = shop.menu.styles if shop.menu is not None else ()
    return tuple(
        StyleRow(
            style.code,
            wording.pick(style.name, language),
            wording.pick(style.description, language),
            wording.added(style.price, language),
            style.code == chosen,
        )
        for style in styles
        if style.code in menu.styles
    )


def ingredient_rows(
    menu: Menu, counts: Mapping[str, int], shop: ShopSnapshot, language: Language
) -> tuple[IngredientRow, ...]:
    each = "{} each" if language is Language.EN else "하나 {}"
    return tuple(
        IngredientRow(
            ingredient.code,
            wording.pick(ingredient.name, language),
            counts.get(ingredient.code, ingredient.default),
            ingredient.maximum,
            each.format(wording.added(ingredient.price, language)),
            wording.allergens(ingredient.allergens, shop, language),
            counts.get(ingredient.code, ingredient.default) != ingredient.default,
        )
        for ingredient in menu.ingredients
    )


def flavour_rows(cake: Cake, language: Language) -> tuple[OptionRow, ...]:
    return tuple(
        OptionRow(flavour.value, wording.pick(words, language), "", flavour is cake.flavour)
        for flavour, words in wording.FLAVOURS.items()
    )


def colour_rows(cake: Cake, language: Language) -> tuple[OptionRow, ...]:
    return tuple(
        OptionRow(code, wording.pick(words, language), swatch, code == cake.colour)
        for code, (swatch, words) in wording.COLOURS.items()
    )
