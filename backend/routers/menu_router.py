"""What the shop sells: menu, events, and the sold-out mark that staff set."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from backend.database.interface import Database
from backend.domain.catalogue import Catalogue, Event, Menu, Style, Words
from backend.services.catalogue_service import CatalogueService
from backend.services.menu_cards import LiveCard, live_cards
from backend.web.endpoint import Access, Call, Content, Endpoint
from shared import catalogue as wire
from shared import paths
from shared.base import WireModel
from shared.problems import ProblemCode

NOT_MODIFIED = {304: "As the If-None-Match header says"}
NO_CARDS: Mapping[str, LiveCard] = MappingProxyType({})


class MenuRouter:
    """``GET /api/menu``, ``GET /api/events``, ``PATCH /api/menu/{code}``."""

    def __init__(self, catalogue: CatalogueService, database: Database, clock: Callable[[], datetime]) -> None:
        self._catalogue = catalogue
        self._database = database
        self._clock = clock

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                paths.MENU,
                self._menu,
                "The menu with styles, prices, allergens and sold-out marks",
                answer=wire.MenuResponse,
                other_answers=NOT_MODIFIED,
                tag="menu",
            ),
            Endpoint(
                "GET",
                paths.EVENTS,
                self._events,
                "Today's discounts",
                answer=wire.EventsResponse,
                other_answers=NOT_MODIFIED,
                tag="menu",
            ),
            Endpoint(
                "PATCH",
                paths.MENU_ITEM,
                self._patch,
                "Mark a menu as sold out, or on sale again",
                access=Access.STAFF,
                body=wire.MenuPatch,
                status=204,
                problems=(ProblemCode.NOT_FOUND,),
                tag="menu",
            ),
        ]

    async def _menu(self, call: Call[None]) -> Content:
        async with self._database.read() as db:
            catalogue, cards = await self._catalogue.current(db), await live_cards(db, self._clock())
        return _cacheable(call, menu_to_wire(catalogue, cards))

    async def _events(self, call: Call[None]) -> Content:
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        return _cacheable(call, wire.EventsResponse(events=tuple(_event(event) for event in catalogue.events)))

    async def _patch(self, call: Call[wire.MenuPatch]) -> None:
        async with self._database.write() as db:
            await self._catalogue.set_sold_out(db, call.path["code"], call.body.sold_out)
            await db.commit()


def menu_to_wire(catalogue: Catalogue, cards: Mapping[str, LiveCard] = NO_CARDS) -> wire.MenuResponse:
    """The catalogue as ``GET /api/menu`` answers it, in catalogue order; ``cards`` are those that were changed."""
    return wire.MenuResponse(
        menus=tuple(_menu(menu, catalogue, cards.get(menu.code)) for menu in catalogue.menus),
        styles=tuple(_style(style) for style in catalogue.styles),
        allergens=tuple(wire.Allergen(code=a.code, name=_words(a.name)) for a in catalogue.allergens),
        version=catalogue.version,
    )


def _cacheable(call: Call[None], model: WireModel) -> Content:
    """The answer with its ETag, or 304 when the client has that one already."""
    body = model.model_dump_json().encode()
    tag = hashlib.sha256(body).hexdigest()[:24]
    headers = {"ETag": f'"{tag}"', "Cache-Control": "no-cache"}
    if any(known.value in (tag, "*") for known in call.request.if_none_match or ()):
        return Content(b"", "", 304, headers)
    return Content(body, "application/json", 200, headers)


def _words(words: Words) -> wire.Words:
    return wire.Words(ko=words.ko, en=words.en)


def _style(style: Style) -> wire.Style:
    return wire.Style(
        index=style.index,
        code=style.code,
        name=_words(style.name),
        description=_words(style.description),
        price=style.price,
    )


def _menu(menu: Menu, catalogue: Catalogue, card: LiveCard | None) -> wire.Menu:
    image = paths.MENU_IMAGE.format(code=menu.code)
    alt = card.alt if card else None
    return wire.Menu(
        index=menu.index,
        code=menu.code,
        category=wire.Category(menu.category),
        name=_words(menu.name),
        description=_words(menu.description),
        price=menu.price,
        styles=tuple(style.code for style in catalogue.styles_of(menu)),
        ingredients=tuple(
            wire.IngredientChoice(
                code=portion.ingredient.code,
                name=_words(portion.ingredient.name),
                default=portion.default,
                maximum=portion.ingredient.maximum,
                price=portion.price,
                allergens=portion.ingredient.allergens,
            )
            for portion in menu.portions
        ),
        allergens=menu.allergens(),
        takes_cake=menu.takes_cake,
        sold_out=menu.code in catalogue.sold_out,
        image=f"{image}?change={card.number}" if card else image,
        image_alt=alt or _words(menu.image_alt),
        image_number=card.number if card else 0,
    )


def _event(event: Event) -> wire.Event:
    return wire.Event(
        code=event.code,
        name=_words(event.name),
        description=_words(event.description),
        percent=event.percent,
        menu_codes=tuple(sorted(event.menu_codes)),
    )
