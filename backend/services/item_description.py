"""An item in words, built from the order's own data: for those who cannot see the picture, and for image engines."""

from __future__ import annotations

import re
import unicodedata

from backend.domain.catalogue import Catalogue, Menu, Words
from backend.domain.korean import native
from backend.domain.order import Cake, Item

_FLAVOURS = {
    "vanilla": Words("바닐라", "vanilla"),
    "chocolate": Words("초콜릿", "chocolate"),
    "matcha": Words("말차", "matcha"),
    "strawberry": Words("딸기", "strawberry"),
}
_COLOURS = {
    "white": "흰색",
    "ivory": "아이보리색",
    "cream": "크림색",
    "beige": "베이지색",
    "pink": "분홍색",
    "red": "빨간색",
    "orange": "주황색",
    "peach": "복숭아색",
    "yellow": "노란색",
    "gold": "금색",
    "silver": "은색",
    "green": "초록색",
    "mint": "민트색",
    "blue": "파란색",
    "sky": "하늘색",
    "skyblue": "하늘색",
    "navy": "남색",
    "purple": "보라색",
    "lavender": "연보라색",
    "violet": "보라색",
    "brown": "갈색",
    "chocolate": "초콜릿색",
    "gray": "회색",
    "grey": "회색",
    "black": "검은색",
}
_STYLES_IN_PROMPT = {
    "simple": "on a plain wooden board or tray",
    "grand": "on china with a thin berry red rim, cotton napkins",
    "deluxe": "on gold rimmed china and linen, a small vase of flowers beside it",
}


def describe(item: Item, catalogue: Catalogue) -> Words:
    """What the picture of ``item`` shows, in one sentence a language; the code when the menu is unknown."""
    menu = catalogue.menu(item.menu_code)
    if menu is None:
        return Words(item.menu_code, item.menu_code)
    style = catalogue.style(item.style) if item.style else None
    ko = [menu.name.ko, *([f"{style.name.ko} 스타일"] if style else [])]
    en = [menu.name.en, *([f"{style.name.en} style"] if style else [])]
    if menu.takes_cake:
        ko += _cake_ko(item.cake or Cake())
        en += _cake_en(item.cake or Cake())
    parts = _ingredients(item, menu)
    ko.append(", ".join(f"{name.ko} {_count_ko(count)}" for name, count in parts))
    en.append(", ".join(f"{count} {name.en}" for name, count in parts))
    return Words(". ".join(part for part in ko if part), ". ".join(part for part in en if part))


def cake_words(cake: Cake, language: str) -> list[str]:
    """How a cake is made, one thing a piece."""
    flavour = _FLAVOURS[cake.flavour].in_language(language)
    if language == "en":
        tiers = "one tier" if cake.tiers == 1 else f"{cake.tiers} tiers"
        made = [f"{flavour} flavour", cake.colour, tiers]
    else:
        made = [f"{flavour} 맛", _COLOURS.get(cake.colour, cake.colour), f"{cake.tiers}단"]
    if not cake.lettering:
        return made
    return [*made, f"“{cake.lettering}”" if language == "en" else f"글씨 “{cake.lettering}”"]


def picture_prompt(item: Item, catalogue: Catalogue, wish: str) -> str:
    """English words for an image engine: exactly what will be made, then the customer's wish as a quotation."""
    shown = describe(item, catalogue).en
    setting = _STYLES_IN_PROMPT.get(item.style or "simple", _STYLES_IN_PROMPT["simple"])
    prompt = (
        f"A photograph of what a patisserie will serve, {setting}, warm daylight, cream background. "
        f"It shows exactly this and no other food: {shown}."
    )
    kept = filtered(wish)
    return f'{prompt} If it changes no ingredient, follow this wish for the decoration: "{kept}"' if kept else prompt


def filtered(wish: str) -> str:
    """``wish`` as one line of plain text without quotation marks, so that it stays a quotation."""
    plain = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in wish)
    return re.sub(r"\s+", " ", re.sub(r"[\"“”„«»`\\<>{}]", "", plain)).strip()


def _ingredients(item: Item, menu: Menu) -> list[tuple[Words, int]]:
    counted = ((p.ingredient.name, item.customization.get(p.ingredient.code, p.default)) for p in menu.portions)
    return [(name, count) for name, count in counted if count]


def _count_ko(count: int) -> str:
    return f"{native(count)} 개"


def _cake_ko(cake: Cake) -> list[str]:
    colour = _COLOURS.get(cake.colour, cake.colour)
    lettering = [f"글씨 ‘{cake.lettering}’"] if cake.lettering else []
    return [f"{_FLAVOURS[cake.flavour].ko} 맛 {colour} {cake.tiers}단", *lettering]


def _cake_en(cake: Cake) -> list[str]:
    tiers = "one tier" if cake.tiers == 1 else f"{cake.tiers} tiers"
    lettering = [f"lettering ‘{cake.lettering}’"] if cake.lettering else []
    return [f"{_FLAVOURS[cake.flavour].en} flavour, coated in {cake.colour}, {tiers}", *lettering]
