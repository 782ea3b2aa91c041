"""The menu as cards."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.customer import wording
from kiosk.list_model import RowList
from kiosk.services.shop import ShopSnapshot
from shared.catalogue import Category
from shared.voice import Language


@dataclass(frozen=True, slots=True)
class MenuRow:
    """``picture`` is a file URL, empty until it came; ``event`` names the discount that applies."""

    code: str
    name: str
    line: str
    price: str
    allergens: str
    event: str
    picture: str
    picture_words: str
    sold_out: bool


class MenuList(RowList[MenuRow]):
    row_type = MenuRow
    key = "code"


def menu_rows(
    shop: ShopSnapshot, category: Category, language: Language, pictures: dict[str, str]
) -> tuple[MenuRow, ...]:
    """Cards of one category in the catalogue's order; ``pictures`` maps image paths to file URLs."""
    if shop.menu is None:
        return ()
    rows = []
    for menu in shop.menu.menus:
        if menu.category is not category:
            continue
        names = [
            f"{wording.pick(i.name, language)} {i.default}" if i.default > 1 else wording.pick(i.name, language)
            for i in menu.ingredients
            if i.default
        ]
        event = max(
            (e for e in shop.events if not e.menu_codes or menu.code in e.menu_codes),
            key=lambda e: e.percent,
            default=None,
        )
        rows.append(
            MenuRow(
                code=menu.code,
                name=wording.pick(menu.name, language),
                line=", ".join(names),
                price=wording.won(menu.price, language),
                allergens=wording.allergens(menu.allergens, shop, language),
                event=f"{wording.pick(event.name, language)} −{event.percent}%" if event is not None else "",
                picture=pictures.get(menu.image, ""),
                picture_words=wording.pick(menu.image_alt, language),
                sold_out=menu.sold_out,
            )
        )
    return tuple(rows)
