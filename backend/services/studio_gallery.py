"""The manager's pictures and their versions: kept, found, described, brought from outside and cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from backend.database.interface import AlreadyThere, Database, UnitOfWork
from backend.database.studio import ImageVersion
from backend.domain.people import Caller
from backend.errors import Refusal
from backend.external.interfaces import Picture, PictureBench
from backend.services.catalogue_service import CatalogueService
from backend.services.image_store import ImageStore
from backend.services.picture_service import PictureFile
from shared import paths
from shared import studio as wire
from shared.catalogue import Words
from shared.images import AspectRatio
from shared.orders import OrderItemDraft
from shared.problems import ProblemCode

RATIO_SLACK = 0.03
"""A vendor's 4:3 is 1184 x 864."""
UPLOAD = "upload"
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a version comes from. ``spec`` holds the item that is shown, where that is known."""

    kind: wire.VersionKind
    parent: ImageVersion | None = None
    picture_id: str | None = None
    prompt: str = ""
    wish: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=lambda: {"ko": "", "en": ""})
    menu_code: str | None = None


class StudioGallery:
    """Bytes go to ``store`` first and rows to ``database`` then: a crash leaves no row without its file."""

    def __init__(
        self,
        *,
        store: ImageStore,
        bench: PictureBench,
        catalogue: CatalogueService,
        database: Database,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._bench = bench
        self._catalogue = catalogue
        self._database = database
        self._clock = clock

    async def keep(
        self,
        picture: Picture,
        origin: Origin,
        by: str,
        also: Callable[[UnitOfWork, ImageVersion], Any] | None = None,
    ) -> ImageVersion:
        """Keep ``picture`` as the next version; ``also`` writes in the same transaction.

        Raises:
            StorageFull, DatabaseError: nothing was kept; what was there stays.
        """
        digest = await self._store.put(picture.content)
        for attempt in range(ATTEMPTS):
            try:
                return await self._add(picture, digest, origin, by, also)
            except AlreadyThere:
                # Another version of the same picture took the number.
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("the loop above returns or raises")

    async def _add(
        self,
        picture: Picture,
        digest: str,
        origin: Origin,
        by: str,
        also: Callable[[UnitOfWork, ImageVersion], Any] | None,
    ) -> ImageVersion:
        picture_id = origin.picture_id or (origin.parent.picture_id if origin.parent else uuid4().hex)
        async with self._database.write() as db:
            before = await db.versions.of_picture(picture_id)
            version = ImageVersion(
                version_id=uuid4().hex,
                picture_id=picture_id,
                number=before[-1].number + 1 if before else 1,
                parent=origin.parent.version_id if origin.parent else None,
                kind=origin.kind.value,
                sha256=digest,
                mime_type=picture.mime_type,
                width=picture.width,
                height=picture.height,
                bytes=len(picture.content),
                aspect_ratio=ratio_of(picture.width, picture.height),
                prompt=origin.prompt,
                wish=origin.wish,
                engine=picture.info.engine,
                model=picture.info.model,
                spec=dict(origin.spec),
                alt=dict(origin.alt),
                menu_code=origin.menu_code,
                created_by=by,
                created_at=self._clock(),
            )
            await db.versions.add(version)
            if also is not None:
                await also(db, version)
            await db.commit()
        return version

    async def upload(self, content: bytes, menu_code: str | None, alt_ko: str, caller: Caller) -> wire.StudioVersion:
        """A picture from outside, made upright, without anything but its pixels.

        Raises:
            Refusal: unknown_menu.
            NotAPicture: it cannot be taken.
            EngineError, StorageFull, DatabaseError: it could not be kept; nothing was written.
        """
        if menu_code is not None:
            await self.check_menu(menu_code)
        picture = await self._bench.open(content)
        alt = {"ko": alt_ko.strip(), "en": ""}
        origin = Origin(wire.VersionKind.UPLOAD, alt=alt, menu_code=menu_code)
        return to_wire(await self.keep(picture, origin, caller.user_id))

    async def crop(self, version_id: str, wanted: wire.StudioCrop, caller: Caller) -> wire.StudioVersion:
        """Raises Refusal not_found; EngineError, StorageFull, DatabaseError as above."""
        base = await self.version(version_id)
        content = (await self.file(base)).content
        picture = await self._bench.crop(content, wanted.aspect_ratio.value, wanted.x, wanted.y, wanted.zoom)
        origin = Origin(
            wire.VersionKind.CROP, base, spec=base.spec, alt=base.alt, menu_code=base.menu_code, wish=base.wish
        )
        return to_wire(await self.keep(picture, origin, caller.user_id))

    async def version(self, version_id: str) -> ImageVersion:
        """Raises Refusal not_found."""
        async with self._database.read() as db:
            found = await db.versions.get(version_id)
        if found is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="version_id")
        return found

    async def file(self, version: ImageVersion) -> PictureFile:
        """A version's bytes. Raises Refusal not_found: its file is gone or damaged."""
        content = await self._store.get(version.sha256)
        if content is None:
            raise Refusal(ProblemCode.NOT_FOUND, "The file is missing.", field="version_id")
        return PictureFile(content, version.mime_type, version.sha256[:32])

    async def describe(self, version_id: str, alt: wire.AltPatch) -> wire.StudioVersion:
        """Say what a version shows. Raises Refusal not_found."""
        await self.version(version_id)
        async with self._database.write() as db:
            await db.versions.set_alt(version_id, {"ko": alt.ko.strip(), "en": alt.en.strip()})
            await db.commit()
        return to_wire(await self.version(version_id))

    async def pictures(self, query: wire.GalleryQuery) -> wire.StudioVersions:
        """The newest version of each picture, newest first."""
        async with self._database.read() as db:
            return _listed(await db.versions.latest(query.menu_code, query.words.strip(), query.limit))

    async def versions(self, picture_id: str) -> wire.StudioVersions:
        """All versions of a picture, the first first. Raises Refusal not_found."""
        async with self._database.read() as db:
            found = await db.versions.of_picture(picture_id)
        if not found:
            raise Refusal(ProblemCode.NOT_FOUND, field="picture_id")
        return _listed(found)

    async def check_menu(self, code: str) -> None:
        """Raises Refusal unknown_menu."""
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        if catalogue.menu(code) is None:
            raise Refusal(ProblemCode.UNKNOWN_MENU, field="menu_code", menu_code=code)


def ratio_of(width: int, height: int) -> str:
    """The contract's name of the ratio, or ``width:height`` where it has none."""
    for ratio in AspectRatio:
        across, down = map(int, ratio.value.split(":"))
        if abs(width / height / (across / down) - 1) <= RATIO_SLACK:
            return ratio.value
    return f"{width}:{height}"[:10]


def _listed(versions: Sequence[ImageVersion]) -> wire.StudioVersions:
    return wire.StudioVersions(versions=tuple(to_wire(version) for version in versions))


def to_wire(version: ImageVersion) -> wire.StudioVersion:
    item = version.spec.get("item")
    return wire.StudioVersion(
        id=version.version_id,
        picture_id=version.picture_id,
        number=version.number,
        parent=version.parent,
        kind=wire.VersionKind(version.kind),
        content=paths.STUDIO_CONTENT.format(version_id=version.version_id),
        mime_type=version.mime_type,
        width=version.width,
        height=version.height,
        bytes=version.bytes,
        aspect_ratio=version.aspect_ratio,
        prompt=version.prompt,
        wish=version.wish,
        refused=bool(version.spec.get("refused", False)),
        engine=version.engine,
        model=version.model,
        alt=Words(ko=str(version.alt.get("ko", "")), en=str(version.alt.get("en", ""))),
        menu_code=version.menu_code,
        item=OrderItemDraft.model_validate(item) if item else None,
        created_by=version.created_by,
        created_at=version.created_at,
    )
