"""The shop's catalogue: menus, styles, ingredients and events. Money is whole won."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

CUSTOM_CAKE = "custom"
CAKE = "cake"
"""The category of the menus that are for everybody at the table."""
_SERVES_TWO = "champagne"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the languages of the shop."""

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.ko


@dataclass(frozen=True, slots=True)
class Allergen:
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Ingredient:
    """``maximum`` is the highest count that an item may hold (9, strawberries 40)."""

    code: str
    name: Words
    allergens: tuple[str, ...] = ()
    maximum: int = 9
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """One ingredient of one menu: ``default`` is included, each one above it costs ``price``."""

    ingredient: Ingredient
    default: int
    price: int


@dataclass(frozen=True, slots=True)
class Style:
    """``index`` is what ``style_selection`` carries; ``price`` is added per piece."""

    index: int
    code: str
    name: Words
    description: Words
    price: int
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """``index`` is what ``menu_selection`` carries. ``spoken`` are further names that people say."""

    index: int
    code: str
    category: str
    name: Words
    description: Words
    image_alt: Words
    price: int
    styles: tuple[str, ...]
    portions: tuple[Portion, ...]
    spoken: tuple[str, ...] = ()

    @property
    def takes_cake(self) -> bool:
        """Whether flavour, colour, tiers and lettering may be chosen."""
        return self.code == CUSTOM_CAKE

    def pieces_for(self, people: int) -> int:
        """How many of it so many people take: a dinner is one person's (the feast two's), a cake everybody's."""
        if self.category == CAKE:
            return 1
        return (people + 1) // 2 if self.code == _SERVES_TWO else people

    def portion(self, ingredient_code: str) -> Portion | None:
        return next((p for p in self.portions if p.ingredient.code == ingredient_code), None)

    def allergens(self) -> tuple[str, ...]:
        """Allergens of what is in the menu by default, in catalogue order, each once."""
        found = (a for p in self.portions if p.default for a in p.ingredient.allergens)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Event:
    """``percent`` off lines of ``menu_codes`` (none named: every line)."""

    code: str
    name: Words
    description: Words
    percent: int
    menu_codes: frozenset[str] = frozenset()

    def covers(self, menu_code: str) -> bool:
        return not self.menu_codes or menu_code in self.menu_codes


@dataclass(frozen=True)
class Catalogue:
    """Everything the shop sells now. ``version`` changes with any content."""

    version: str
    menus: tuple[Menu, ...]
    styles: tuple[Style, ...]
    ingredients: tuple[Ingredient, ...]
    allergens: tuple[Allergen, ...]
    events: tuple[Event, ...] = ()
    sold_out: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _menus(self) -> dict[str, Menu]:
        return {menu.code: menu for menu in self.menus}

    @cached_property
    def _styles(self) -> dict[str, Style]:
        return {style.code: style for style in self.styles}

    def menu(self, code: str) -> Menu | None:
        return self._menus.get(code)

    def style(self, code: str) -> Style | None:
        return self._styles.get(code)

    def least_price(self, menu: Menu) -> int:
        """Won for one in the cheapest style that it comes in: the feast has no simple one."""
        return menu.price + min((style.price for style in self.styles_of(menu)), default=0)

    def styles_of(self, menu: Menu) -> tuple[Style, ...]:
        return tuple(style for style in self.styles if style.code in menu.styles)
