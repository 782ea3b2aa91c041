"""From an order's item to what is drawn: counts, style, flavour, colour. The catalogue knows the defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
from backend.external.offline.drawing.cake import CakeLook, cake_svg
from backend.external.offline.drawing.canvas import shade
from backend.external.offline.drawing.dinner import DinnerLook, dinner_svg
from backend.external.offline.drawing.scenery import PLAIN_DAY, Scenery
from backend.external.offline.drawing.tier import Layer

CREAM = "#fff7ec"
COLOURS: Mapping[str, str] = {
    "white": "#fffaf3",
    "ivory": "#fbf1dc",
    "cream": "#fbf1dc",
    "beige": "#ecd9bd",
    "pink": "#f4b8c4",
    "red": "#c8324a",
    "berry": "#a91d3a",
    "coral": "#f59a86",
    "orange": "#f4a458",
    "peach": "#f8c9a8",
    "yellow": "#f7dc80",
    "gold": "#dcb458",
    "green": "#9cc48a",
    "mint": "#b5dfca",
    "blue": "#9cc0e0",
    "sky": "#b9dcf0",
    "skyblue": "#b9dcf0",
    "navy": "#38497a",
    "purple": "#b69ad6",
    "lavender": "#d2c3ea",
    "violet": "#b69ad6",
    "brown": "#7a4a30",
    "chocolate": "#5b3322",
    "gray": "#bdb7b0",
    "grey": "#bdb7b0",
    "silver": "#d3d2d0",
    "black": "#3a302c",
}
"""Colour names that a customer may say, as sugar paste and cream look; others are white."""

_SPONGES = {"vanilla": "#f6dfa6", "chocolate": "#6b4029", "matcha": "#b3c17a", "strawberry": "#f3b3b4"}
_DRIPS = {"chocolate": "#4a2415", "matcha": "#8fa653", "strawberry": "#d9566b"}
_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


def picture_svg(item: Item, catalogue: Catalogue, aspect_ratio: str, scenery: Scenery = PLAIN_DAY) -> str | None:
    """The SVG of ``item``; ``None`` when the menu is not in the catalogue."""
    menu = catalogue.menu(item.menu_code)
    if menu is None:
        return None
    counts = {p.ingredient.code: item.customization.get(p.ingredient.code, p.default) for p in menu.portions}
    style = item.style or menu.styles[0]
    if menu.category == "dinner":
        return dinner_svg(DinnerLook(counts, style, heart=menu.code == "valentine"), aspect_ratio, scenery)
    made = (item.cake or Cake()) if menu.takes_cake else None
    return cake_svg(cake_look(menu.code, counts, style, made), aspect_ratio, scenery)


def cake_look(code: str, counts: Mapping[str, int], style: str, cake: Cake | None) -> CakeLook:
    """The look of a cake of that menu; a menu of the shop's own is drawn as a plain cake with its toppings."""
    count = counts.get
    sponges = count("sponge", 2)
    made = cake or Cake()
    if code == "cheese":
        return CakeLook(
            coat="#f3dca6",
            layers=_cheese(count("cream_cheese", 1), count("biscuit_base", 1)),
            height=96 + 30 * min(4, count("cream_cheese", 1)),
            base=(min(0.4, 0.2 * count("biscuit_base", 1)), "#b9793c", "crumb") if count("biscuit_base", 1) else None,
            baked_rim=True,
            blueberries=count("blueberry", 0),
            candles=count("candle", 0),
            style=style,
        )
    if code == "chocolate":
        poured = count("chocolate", 1)
        return CakeLook(
            coat="#5b3322" if poured else "#8a5a3c",
            layers=_sponge("#6b4029", "#8f5f43", sponges, "#3d1c10" if poured else None),
            height=_height(sponges),
            gloss=bool(poured),
            drip="#3d1c10" if poured else None,
            piping="#6f442e" if poured else None,
            nuts=count("nuts", 0),
            curls=min(poured, 6),
            candles=count("candle", 0),
            style=style,
        )
    creamed = count("whipped_cream", 1)
    sponge = _SPONGES.get(made.flavour, _SPONGES["vanilla"])
    coat = colour_of(made.colour) if cake else CREAM
    fruit = code == "strawberry" and count("strawberry", 0) > 0
    return CakeLook(
        coat=coat if creamed else shade(sponge, 0.08),
        layers=_sponge(sponge, CREAM, sponges, CREAM if creamed else None, fruit=fruit and creamed > 0),
        height=_height(sponges),
        tiers=made.tiers,
        sliced=cake is None,
        drip=_DRIPS.get(made.flavour) if cake else None,
        piping="#fff9f0" if creamed else None,
        lettering=made.lettering.strip(),
        strawberries=count("strawberry", 0),
        macarons=count("macaron", 0),
        flowers=count("flower", 0),
        nuts=count("nuts", 0),
        blueberries=count("blueberry", 0),
        candles=count("candle", 0),
        style=style,
    )


def colour_of(colour: str) -> str:
    """``#rrggbb`` of a colour name or of itself, softened the way coloured cream is."""
    if _HEX.match(colour):
        return colour.lower()
    return COLOURS.get(colour, COLOURS["white"])


def _height(sponges: int) -> float:
    return 88 + 40 * min(5, sponges) + 6 * max(0, sponges - 5)


def _sponge(colour: str, filling: str, count: int, coat: str | None, fruit: bool = False) -> tuple[Layer, ...]:
    layers: list[Layer] = [(0.14, coat, "smooth")] if coat else []
    for index in range(max(1, count)):
        if index:
            layers.append((0.42 if fruit else 0.26, filling, "fruit" if fruit else "smooth"))
        layers.append((1.0, colour, "crumb") if count else (1.0, filling, "smooth"))
    return tuple(layers)


def _cheese(cheese: int, biscuit: int) -> tuple[Layer, ...]:
    share = min(0.4, 0.2 * biscuit)
    layers: list[Layer] = [(1 - share, "#fbeecb" if cheese else "#e9d6a4", "smooth")]
    if biscuit:
        layers.append((share, "#b9793c", "crumb"))
    return tuple(layers)
