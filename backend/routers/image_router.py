"""Pictures over HTTP: of one's own order, and of the menu cards."""

from __future__ import annotations

from backend.errors import Refusal
from backend.services.picture_service import PictureFile, PictureService
from backend.web.endpoint import Access, Call, Content, Endpoint
from shared import paths
from shared.images import ImageRequest, ImageResponse
from shared.problems import ProblemCode

MOST_DIGITS = 4
NOT_MODIFIED = {304: "As the If-None-Match header says"}


class ImageRouter:
    """``POST /api/images/generate``, ``GET /api/images/{id}`` and ``…/content``, ``GET /api/images/menu/{code}``."""

    def __init__(self, pictures: PictureService) -> None:
        self._pictures = pictures

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.IMAGES_GENERATE,
                self._generate,
                "A picture of one item as it will be made",
                access=Access.CUSTOMER,
                body=ImageRequest,
                answer=ImageResponse,
                status=201,
                problems=(
                    ProblemCode.UNKNOWN_MENU,
                    ProblemCode.UNKNOWN_INGREDIENT,
                    ProblemCode.STYLE_NOT_OFFERED,
                    ProblemCode.CAKE_NOT_OFFERED,
                    ProblemCode.COUNT_OUT_OF_RANGE,
                    ProblemCode.SOLD_OUT,
                    ProblemCode.ENGINE_UNAVAILABLE,
                    ProblemCode.STORAGE_FULL,
                ),
                tag="images",
            ),
            Endpoint(
                "GET",
                paths.ORDER_PICTURE,
                self._of_order,
                "The picture of one item of an order, as its customer saw it; it stays the same",
                access=Access.STAFF,
                problems=(ProblemCode.NOT_FOUND, ProblemCode.ENGINE_UNAVAILABLE),
                other_answers=NOT_MODIFIED,
                content_types=("image/png", "image/jpeg", "image/webp"),
                tag="images",
            ),
            Endpoint(
                "GET",
                paths.MENU_IMAGE,
                self._card,
                "The picture of a menu card",
                problems=(ProblemCode.NOT_FOUND, ProblemCode.ENGINE_UNAVAILABLE),
                other_answers=NOT_MODIFIED,
                content_types=("image/png", "image/jpeg", "image/webp"),
                tag="images",
            ),
            Endpoint(
                "GET",
                paths.IMAGE,
                self._get,
                "What a picture shows, in words, and where its bytes are",
                access=Access.CUSTOMER,
                answer=ImageResponse,
                problems=(ProblemCode.NOT_FOUND,),
                tag="images",
            ),
            Endpoint(
                "GET",
                paths.IMAGE_CONTENT,
                self._content,
                "The bytes of a picture",
                access=Access.CUSTOMER,
                problems=(ProblemCode.NOT_FOUND,),
                other_answers=NOT_MODIFIED,
                content_types=("image/png", "image/jpeg", "image/webp"),
                tag="images",
            ),
        ]

    async def _of_order(self, call: Call[None]) -> Content:
        index = call.path["index"]
        if not (index.isascii() and index.isdigit() and len(index) < MOST_DIGITS):
            raise Refusal(ProblemCode.NOT_FOUND, field="index")
        picture = await self._pictures.of_order(call.path["order_id"], int(index))
        return cacheable(call, picture, "private, max-age=31536000, immutable")

    async def _generate(self, call: Call[ImageRequest]) -> ImageResponse:
        return await self._pictures.create(call.body, call.signed_in)

    async def _get(self, call: Call[None]) -> ImageResponse:
        return await self._pictures.get(call.path["image_id"], call.signed_in)

    async def _content(self, call: Call[None]) -> Content:
        picture = await self._pictures.content(call.path["image_id"], call.signed_in)
        return cacheable(call, picture, "private, max-age=31536000, immutable")

    async def _card(self, call: Call[None]) -> Content:
        return cacheable(call, await self._pictures.card(call.path["code"]), "no-cache")


def cacheable(call: Call[None], picture: PictureFile, policy: str) -> Content:
    """The bytes with their ETag, or 304 when the client has them already."""
    headers = {"ETag": f'"{picture.tag}"', "Cache-Control": policy}
    if any(known.value in (picture.tag, "*") for known in call.request.if_none_match or ()):
        return Content(b"", "", 304, headers)
    return Content(picture.content, picture.mime_type, 200, headers)
