"""The catalogue's own words and figures in the customer's language. Interface words are QML's (qsTr)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.services.shop import ShopSnapshot
from shared.catalogue import Menu, Words
from shared.orders import Cake, CakeFlavour, OrderItemDraft
from shared.voice import Language

FLAVOURS: Mapping[CakeFlavour, Words] = {
    CakeFlavour.VANILLA: Words(ko="바닐라", en="vanilla"),
    CakeFlavour.CHOCOLATE: Words(ko="초콜릿", en="chocolate"),
    CakeFlavour.MATCHA: Words(ko="말차", en="matcha"),
    CakeFlavour.STRAWBERRY: Words(ko="딸기", en="strawberry"),
}
# What a finger can pick; a voice or a keyboard may name any other.
COLOURS: Mapping[str, tuple[str, Words]] = {
    "white": ("#FFFFFF", Words(ko="하양", en="white")),
    "pink": ("#F7B6C8", Words(ko="분홍", en="pink")),
    "yellow": ("#F9DE7A", Words(ko="노랑", en="yellow")),
    "mint": ("#AEE0C8", Words(ko="민트", en="mint")),
    "skyblue": ("#A9D3F0", Words(ko="하늘", en="sky blue")),
    "brown": ("#8A5A3C", Words(ko="갈색", en="brown")),
}


def pick(words: Words, language: Language) -> str:
    return words.en if language is Language.EN else words.ko


def won(amount: int, language: Language) -> str:
    """48000 -> ``48,000원`` or ``₩48,000``."""
    return f"₩{amount:,}" if language is Language.EN else f"{amount:,}원"


def added(amount: int, language: Language) -> str:
    """5000 -> ``+5,000원``; 0 says so in words, since +0 puzzles."""
    if amount == 0:
        return "no extra" if language is Language.EN else "추가금 없음"
    return "+" + won(amount, language)


def counted(name: str, count: int, language: Language) -> str:
    """``딸기 생크림 케이크 2개`` or ``2 Strawberry Cream Cakes``."""
    plural = "s" if count > 1 else ""
    return f"{count} {name}{plural}" if language is Language.EN else f"{name} {count}개"


def allergens(codes: tuple[str, ...], shop: ShopSnapshot, language: Language) -> str:
    """``달걀, 밀``; empty when there are none."""
    if shop.menu is None:
        return ""
    names = {allergen.code: pick(allergen.name, language) for allergen in shop.menu.allergens}
    return ", ".join(names.get(code, code) for code in codes)


def cake(value: Cake, language: Language) -> str:
    """``딸기 맛, 분홍, 2단, “축하해”``."""
    english = language is Language.EN
    colour = pick(COLOURS[value.colour][1], language) if value.colour in COLOURS else value.colour
    flavour = pick(FLAVOURS[value.flavour], language)
    parts = [
        flavour if english else f"{flavour} 맛",
        colour,
        f"{value.tiers} tier{'s' if value.tiers > 1 else ''}" if english else f"{value.tiers}단",
    ]
    if value.lettering:
        parts.append(f"“{value.lettering}”")
    return ", ".join(parts)


def details(draft: OrderItemDraft, menu: Menu, shop: ShopSnapshot, language: Language) -> str:
    """Style and what differs from the menu's default: ``그랜드 · 딸기 16, 초 없음``."""
    style = shop.style_of(draft.style)
    parts = [pick(style.name, language)] if style is not None else []
    if draft.cake is not None:
        parts.append(cake(draft.cake, language))
    names = {ingredient.code: pick(ingredient.name, language) for ingredient in menu.ingredients}
    none = "no {}" if language is Language.EN else "{} 없음"
    changes = [
        f"{names.get(code, code)} {count}" if count else none.format(names.get(code, code))
        for code, count in draft.customization.items()
    ]
    if changes:
        parts.append(", ".join(changes))
    return " · ".join(parts)
