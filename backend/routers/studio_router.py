"""The manager's pictures over HTTP: jobs, versions, uploads, and what the menu cards show."""

from __future__ import annotations

from backend.errors import Refusal
from backend.routers.image_router import NOT_MODIFIED, cacheable
from backend.services.menu_cards import MenuCards
from backend.services.studio_gallery import StudioGallery
from backend.services.studio_jobs import StudioJobs
from backend.web.endpoint import Access, Call, Content, Endpoint
from shared import paths
from shared import studio as wire
from shared.limits import MAX_ALT_CHARS, MAX_UPLOAD_BYTES
from shared.problems import ProblemCode as P

PICTURES = ("image/png", "image/jpeg", "image/webp")
MOST_DIGITS = 9
_ITEM_PROBLEMS = (
    P.UNKNOWN_MENU,
    P.UNKNOWN_INGREDIENT,
    P.STYLE_NOT_OFFERED,
    P.CAKE_NOT_OFFERED,
    P.QUANTITY_OUT_OF_RANGE,
    P.COUNT_OUT_OF_RANGE,
)
_QUEUE_PROBLEMS = (P.NOT_FOUND, P.BUDGET_SPENT)
_CARD_PROBLEMS = (P.NOT_FOUND, P.CONFLICT)


class StudioRouter:
    """``/api/studio/…`` for managers; ``PUT /api/images/menu/{code}/shown`` for kiosks."""

    def __init__(self, gallery: StudioGallery, jobs: StudioJobs, cards: MenuCards) -> None:
        self._gallery = gallery
        self._jobs = jobs
        self._cards = cards

    def endpoints(self) -> list[Endpoint]:
        return [*self._of_jobs(), *self._of_pictures(), *self._of_cards()]

    def _of_jobs(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.STUDIO_GENERATE,
                self._generate,
                "Have a picture of an item made in the background",
                access=Access.MANAGER,
                body=wire.StudioGenerate,
                answer=wire.StudioJob,
                status=202,
                problems=(*_ITEM_PROBLEMS, *_QUEUE_PROBLEMS),
                tag="studio",
            ),
            Endpoint(
                "POST",
                paths.STUDIO_EDIT,
                self._edit,
                "Have a version changed in the background, by a quick edit or in words",
                access=Access.MANAGER,
                body=wire.StudioEdit,
                answer=wire.StudioJob,
                status=202,
                problems=(P.UNKNOWN_INGREDIENT, *_QUEUE_PROBLEMS),
                tag="studio",
            ),
            Endpoint(
                "GET",
                paths.STUDIO_JOBS,
                self._list_jobs,
                "The latest jobs, newest first, and today's budget",
                access=Access.MANAGER,
                answer=wire.StudioJobs,
                tag="studio",
            ),
            Endpoint(
                "GET",
                paths.STUDIO_JOB,
                self._job,
                "How far a job is",
                access=Access.MANAGER,
                answer=wire.StudioJob,
                problems=(P.NOT_FOUND,),
                tag="studio",
            ),
            Endpoint(
                "DELETE",
                paths.STUDIO_JOB,
                self._cancel,
                "Cancel a job that has not ended",
                access=Access.MANAGER,
                answer=wire.StudioJob,
                problems=(P.NOT_FOUND,),
                tag="studio",
            ),
        ]

    def _of_pictures(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.STUDIO_UPLOAD,
                self._upload,
                "Bring a picture: PNG, JPEG or WebP, up to 8 MB and 40 megapixels",
                access=Access.MANAGER,
                answer=wire.StudioVersion,
                status=201,
                problems=(
                    P.NOT_A_PICTURE,
                    P.PAYLOAD_TOO_LARGE,
                    P.UNKNOWN_MENU,
                    P.ENGINE_UNAVAILABLE,
                    P.STORAGE_FULL,
                ),
                upload="file",
                upload_fields=("menu_code", "alt_ko"),
                max_bytes=MAX_UPLOAD_BYTES,
                tag="studio",
            ),
            Endpoint(
                "GET",
                paths.STUDIO_PICTURES,
                self._pictures,
                "The gallery: the newest version of each picture",
                access=Access.MANAGER,
                query=wire.GalleryQuery,
                answer=wire.StudioVersions,
                tag="studio",
            ),
            Endpoint(
                "GET",
                paths.STUDIO_PICTURE,
                self._versions,
                "All versions of a picture",
                access=Access.MANAGER,
                answer=wire.StudioVersions,
                problems=(P.NOT_FOUND,),
                tag="studio",
            ),
            Endpoint(
                "PATCH",
                paths.STUDIO_VERSION,
                self._describe,
                "Say what a version shows, for those who cannot see it",
                access=Access.MANAGER,
                body=wire.AltPatch,
                answer=wire.StudioVersion,
                problems=(P.NOT_FOUND,),
                tag="studio",
            ),
            Endpoint(
                "GET",
                paths.STUDIO_CONTENT,
                self._content,
                "The bytes of a version",
                access=Access.MANAGER,
                problems=(P.NOT_FOUND,),
                other_answers=NOT_MODIFIED,
                content_types=PICTURES,
                tag="studio",
            ),
            Endpoint(
                "POST",
                paths.STUDIO_CROP,
                self._crop,
                "A version cut to a ratio, as the next version",
                access=Access.MANAGER,
                body=wire.StudioCrop,
                answer=wire.StudioVersion,
                status=201,
                problems=(P.NOT_FOUND, P.ENGINE_UNAVAILABLE, P.STORAGE_FULL),
                tag="studio",
            ),
        ]

    def _of_cards(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                paths.STUDIO_CARDS,
                self._list_cards,
                "What each menu card shows, has shown and will show, and which kiosks show it",
                access=Access.MANAGER,
                answer=wire.Cards,
                tag="studio",
            ),
            Endpoint(
                "POST",
                paths.STUDIO_CARD,
                self._publish,
                "Show a version on a menu card, at once or from a time on",
                access=Access.MANAGER,
                body=wire.CardPublish,
                answer=wire.Card,
                status=201,
                problems=(*_CARD_PROBLEMS, P.ALT_MISSING, P.WRONG_RATIO),
                tag="studio",
            ),
            Endpoint(
                "POST",
                paths.STUDIO_ROLLBACK,
                self._roll_back,
                "Show again what a card has shown, as a new change",
                access=Access.MANAGER,
                body=wire.CardRollback,
                answer=wire.Card,
                status=201,
                problems=_CARD_PROBLEMS,
                tag="studio",
            ),
            Endpoint(
                "DELETE",
                paths.STUDIO_CHANGE,
                self._withdraw,
                "Take back a change that is not live yet",
                access=Access.MANAGER,
                answer=wire.Card,
                problems=_CARD_PROBLEMS,
                tag="studio",
            ),
            Endpoint(
                "PUT",
                paths.MENU_IMAGE_SHOWN,
                self._shown,
                "A kiosk says that it shows a change of a menu card",
                access=Access.CUSTOMER,
                body=wire.CardShown,
                status=204,
                problems=(P.NOT_FOUND,),
                tag="images",
            ),
        ]

    async def _generate(self, call: Call[wire.StudioGenerate]) -> wire.StudioJob:
        return await self._jobs.generate(call.body, call.signed_in)

    async def _edit(self, call: Call[wire.StudioEdit]) -> wire.StudioJob:
        return await self._jobs.edit(call.body, call.signed_in)

    async def _list_jobs(self, call: Call[None]) -> wire.StudioJobs:  # noqa: ARG002 - a handler's shape
        return await self._jobs.list()

    async def _job(self, call: Call[None]) -> wire.StudioJob:
        return await self._jobs.get(call.path["job_id"])

    async def _cancel(self, call: Call[None]) -> wire.StudioJob:
        return await self._jobs.cancel(call.path["job_id"])

    async def _upload(self, call: Call[None]) -> wire.StudioVersion:
        upload = call.upload
        if upload is None:
            raise RuntimeError("an endpoint with an upload was called without one")
        alt = upload.fields.get("alt_ko", "")
        if len(alt) > MAX_ALT_CHARS:
            raise Refusal(P.INVALID_REQUEST, field="alt_ko", reason="too_long")
        return await self._gallery.upload(upload.content, upload.fields.get("menu_code") or None, alt, call.signed_in)

    async def _pictures(self, call: Call[None]) -> wire.StudioVersions:
        query = call.query
        if not isinstance(query, wire.GalleryQuery):
            raise TypeError("the row names the query")
        return await self._gallery.pictures(query)

    async def _versions(self, call: Call[None]) -> wire.StudioVersions:
        return await self._gallery.versions(call.path["picture_id"])

    async def _describe(self, call: Call[wire.AltPatch]) -> wire.StudioVersion:
        return await self._gallery.describe(call.path["version_id"], call.body)

    async def _content(self, call: Call[None]) -> Content:
        version = await self._gallery.version(call.path["version_id"])
        return cacheable(call, await self._gallery.file(version), "private, max-age=31536000, immutable")

    async def _crop(self, call: Call[wire.StudioCrop]) -> wire.StudioVersion:
        return await self._gallery.crop(call.path["version_id"], call.body, call.signed_in)

    async def _list_cards(self, call: Call[None]) -> wire.Cards:  # noqa: ARG002 - a handler's shape
        return await self._cards.cards()

    async def _publish(self, call: Call[wire.CardPublish]) -> wire.Card:
        return await self._cards.publish(call.path["code"], call.body, call.signed_in)

    async def _roll_back(self, call: Call[wire.CardRollback]) -> wire.Card:
        return await self._cards.roll_back(call.path["code"], call.body, call.signed_in)

    async def _withdraw(self, call: Call[None]) -> wire.Card:
        number = call.path["number"]
        if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
            raise Refusal(P.NOT_FOUND, field="number")
        return await self._cards.withdraw(call.path["code"], int(number), call.signed_in)

    async def _shown(self, call: Call[wire.CardShown]) -> None:
        await self._cards.saw(call.path["code"], call.body)
