"""Pictures of what is ordered, kept with their rows, and the pictures of the menu cards."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog

from backend.database.interface import Database, DatabaseError, ImageRecord
from backend.domain.catalogue import Catalogue, Menu
from backend.domain.order import Cake, Item, check_item, normalise
from backend.domain.people import Caller
from backend.errors import Refusal
from backend.external.interfaces import ImageEngine, Picture, PictureRequest
from backend.external.picture_bytes import read_picture
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_link import Link
from backend.services.gemini_image_service import GeminiImageService
from backend.services.image_store import ImageStore
from backend.services.item_description import describe, picture_prompt
from backend.services.menu_cards import live_cards
from backend.services.wire import draft_to_item
from shared import paths
from shared.catalogue import Words
from shared.images import AspectRatio, Detail, ImageRequest, ImageResponse
from shared.orders import OrderItemDraft
from shared.problems import ProblemCode

SKETCH_SECONDS = 10.0
MOST_LOOKED_AT = 100
MENU_RATIO = AspectRatio.LANDSCAPE_4_3
# The card of the custom cake shows what can be chosen freely: colour and lettering cost nothing.
_SHOWN_CAKE = Cake(colour="pink", lettering="축하해요")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Encoded picture; ``tag`` names its bytes (for ETag)."""

    content: bytes
    mime_type: str
    tag: str


class PictureService:
    """``images`` draws what customers order; ``quick`` menu cards and first looks, at no cost."""

    def __init__(
        self,
        *,
        images: GeminiImageService,
        quick: Link[ImageEngine],
        store: ImageStore,
        catalogue: CatalogueService,
        database: Database,
        clock: Callable[[], datetime],
        make_room: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._make_room = make_room
        self._images = images
        self._quick = quick
        self._store = store
        self._catalogue = catalogue
        self._database = database
        self._clock = clock
        self._cards: dict[str, PictureFile] = {}
        self._drawing = asyncio.Lock()

    async def create(self, request: ImageRequest, caller: Caller) -> ImageResponse:
        """Draw one item as it will be made, and keep the picture as ``caller``'s.

        Raises:
            OrderRuleError: the item breaks a rule of the shop.
            EngineError: no engine drew it.
            DatabaseError: it could not be kept; nothing was written.
        """
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        item = normalise(draft_to_item(request.item), catalogue)
        check_item(item, catalogue, "item")
        prompt = picture_prompt(item, catalogue, request.wish)
        wanted = PictureRequest(prompt, request.aspect_ratio.value, item)
        if request.detail is Detail.QUICK:
            picture = await self._sketch(wanted)
        else:
            picture = await self._images.draw(wanted)
        alt = describe(item, catalogue)
        self._make_room(len(picture.content))
        record = ImageRecord(
            image_id=uuid4().hex,
            sha256=await self._store.put(picture.content),
            mime_type=picture.mime_type,
            width=picture.width,
            height=picture.height,
            engine=picture.info.engine,
            model=picture.info.model,
            spec={"item": request.item.model_dump(mode="json"), "aspect_ratio": request.aspect_ratio.value},
            alt={"ko": alt.ko, "en": alt.en},
            created_by=caller.user_id,
            created_at=self._clock(),
        )
        async with self._database.write() as db:
            await db.images.add(record)
            await db.commit()
        return _response(record)

    async def get(self, image_id: str, caller: Caller) -> ImageResponse:
        """A picture's description.

        Raises:
            Refusal: not_found, also when it is another customer's.
        """
        return _response(await self._record(image_id, caller))

    async def content(self, image_id: str, caller: Caller) -> PictureFile:
        """A picture's bytes.

        Raises:
            Refusal: not_found, also when it is another customer's or its file is gone.
        """
        record = await self._record(image_id, caller)
        content = await self._store.get(record.sha256)
        if content is None:
            _log.warning("picture_file_missing", image_id=image_id)
            raise Refusal(ProblemCode.NOT_FOUND, field="image_id")
        return PictureFile(content, record.mime_type, record.sha256[:32])

    async def of_order(self, order_id: str, index: int) -> PictureFile:
        """One item of an order as it will be made: what its customer saw last of it, else drawn here. Once asked for it
        stays the same, whatever becomes of the menu, the engines or the customer's other pictures.

        Raises:
            Refusal: not_found.
            EngineError: it could not be drawn.
        """
        async with self._database.read() as db:
            order = await db.orders.get(order_id)
            if order is None or not 0 <= index < len(order.lines):
                raise Refusal(ProblemCode.NOT_FOUND)
            catalogue = await self._catalogue.current(db)
            drawn = await db.images.drawn_for(order.user_id, MOST_LOOKED_AT) if order.user_id else []
        name = f"order-{order.order_id}-{index}"
        content = await self._store.get_named(name)
        if content is None:
            line = order.lines[index]
            known = {field: line[field] for field in OrderItemDraft.model_fields if field in line}
            item = _one_of(OrderItemDraft.model_validate(known))
            content = await self._as_seen(item, [image for image in drawn if image.created_at <= order.placed_at])
            if content is None:
                request = PictureRequest(picture_prompt(item, catalogue, ""), AspectRatio.SQUARE.value, item)
                content = (await self._sketch(request)).content
            try:
                await self._store.put_named(name, content)
            except (DatabaseError, OSError):
                _log.warning("order_picture_not_kept", order_id=order_id)
        return PictureFile(content, _mime_of(content), hashlib.sha256(content).hexdigest()[:32])

    async def _as_seen(self, item: Item, drawn: list[ImageRecord]) -> bytes | None:
        for image in drawn:
            if _one_of(OrderItemDraft.model_validate(image.spec["item"])) == item:
                return await self._store.get(image.sha256)
        return None

    async def card(self, code: str) -> PictureFile:
        """The picture of a menu card: what the manager published, else drawn once, then read from the disk, then from
        memory.

        Raises:
            Refusal: not_found.
            EngineError: it could not be drawn.
        """
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
            published = (await live_cards(db, self._clock())).get(code)
        if published is not None and published.version is not None:
            version = published.version
            content = await self._store.get(version.sha256)
            if content is not None:
                return PictureFile(content, version.mime_type, version.sha256[:32])
            # A card without its published picture is better than none.
            _log.warning("published_picture_missing", code=code, version_id=version.version_id)
        if (card := self._cards.get(code)) is not None:
            return card
        menu = catalogue.menu(code)
        if menu is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="code")
        async with self._drawing:
            if code not in self._cards:
                self._cards[code] = await self._make_card(menu, catalogue)
        return self._cards[code]

    async def _make_card(self, menu: Menu, catalogue: Catalogue) -> PictureFile:
        info = self._quick.info
        made_from = f"{catalogue.version} {menu.code} {info.engine} {info.model}"
        name = f"{menu.code}-{hashlib.sha256(made_from.encode()).hexdigest()[:24]}"
        content = await self._store.get_named(name)
        if content is None:
            item = Item(menu.code, menu.styles[0], cake=_SHOWN_CAKE if menu.takes_cake else None)
            request = PictureRequest(picture_prompt(item, catalogue, ""), MENU_RATIO.value, item)
            content = (await self._sketch(request)).content
            try:
                await self._store.put_named(name, content)
            except (DatabaseError, OSError):
                _log.warning("menu_picture_not_kept", code=menu.code)
        return PictureFile(content, "image/png", hashlib.sha256(content).hexdigest()[:32])

    async def _sketch(self, request: PictureRequest) -> Picture:
        return await self._quick.ask(lambda engine: engine.generate(request), SKETCH_SECONDS)

    async def _record(self, image_id: str, caller: Caller) -> ImageRecord:
        async with self._database.read() as db:
            record = await db.images.get(image_id)
        if record is None or not (caller.is_staff or record.created_by == caller.user_id):
            raise Refusal(ProblemCode.NOT_FOUND, field="image_id")
        return record


def _mime_of(content: bytes) -> str:
    header = read_picture(content)
    return header.mime_type if header else "application/octet-stream"


def _one_of(draft: OrderItemDraft) -> Item:
    """What is drawn of a line: one piece of it."""
    return replace(draft_to_item(draft), quantity=1)


def _response(record: ImageRecord) -> ImageResponse:
    return ImageResponse(
        id=record.image_id,
        content=paths.IMAGE_CONTENT.format(image_id=record.image_id),
        mime_type=record.mime_type,
        engine=record.engine,
        alt=Words(ko=str(record.alt["ko"]), en=str(record.alt["en"])),
    )
