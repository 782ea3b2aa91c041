"""What ``GET /api/menu`` and ``GET /api/events`` answer."""

from enum import StrEnum

from shared.base import WireModel, WireRequest


class Category(StrEnum):
    DINNER = "dinner"
    CAKE = "cake"


class Words(WireModel):
    """One text in the languages of the shop. Korean is always there."""

    ko: str
    en: str


class IngredientChoice(WireModel):
    """One ingredient of one menu: its count when nothing is said, and what each one more costs in won."""

    code: str
    name: Words
    default: int
    maximum: int
    price: int
    allergens: tuple[str, ...]


class Style(WireModel):
    """``index`` is what ``style_selection`` carries (0 = none). ``price`` is won added per piece."""

    index: int
    code: str
    name: Words
    description: Words
    price: int


class Menu(WireModel):
    """One menu. ``styles`` are the codes on offer; ``image`` is a path on the backend, another one for
    another picture; ``image_number`` counts what the manager has changed of the card (0: never)."""

    index: int
    code: str
    category: Category
    name: Words
    description: Words
    price: int
    styles: tuple[str, ...]
    ingredients: tuple[IngredientChoice, ...]
    allergens: tuple[str, ...]
    takes_cake: bool
    sold_out: bool
    image: str
    image_alt: Words
    image_number: int = 0


class Allergen(WireModel):
    code: str
    name: Words


class MenuResponse(WireModel):
    menus: tuple[Menu, ...]
    styles: tuple[Style, ...]
    allergens: tuple[Allergen, ...]
    version: str


class MenuPatch(WireRequest):
    """What staff may change of a menu while the shop is open."""

    sold_out: bool


class Event(WireModel):
    """A discount. ``percent`` is whole, 1 to 100; an empty ``menu_codes`` means every menu."""

    code: str
    name: Words
    description: Words
    percent: int
    menu_codes: tuple[str, ...]


class EventsResponse(WireModel):
    events: tuple[Event, ...]
