"""StudioModel: the manager's pictures, their versions, what is being made, and what the menu cards show.

Longer than other files for its fifteen properties of three lines each: Qt's type information wants them in one class.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.api.studio import StudioBackend
from kiosk.customer.pictures import Pictures
from kiosk.errors import KioskError
from kiosk.manager.studio_rows import (
    GalleryModel,
    GalleryRow,
    MenuRow,
    StudioMenuModel,
    VersionModel,
    live_ids,
    name_of,
    version_rows,
)
from kiosk.services.shop import Shop
from kiosk.tasks import TaskScope
from shared.images import AspectRatio, Detail
from shared.limits import MAX_ALT_CHARS, MAX_UPLOAD_BYTES, MAX_WISH_CHARS
from shared.orders import OrderItemDraft
from shared.problems import ProblemCode
from shared.studio import (
    AltPatch,
    Card,
    CardPublish,
    CardRollback,
    JobState,
    QuickEdit,
    StudioCrop,
    StudioEdit,
    StudioGenerate,
    StudioJob,
    StudioVersion,
)

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_SECONDS: Final = 1.0
OPEN: Final = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class StudioView:
    """``picture`` and ``before`` are file URLs. ``problem`` is a code for ProblemWords, ``problem_by`` who was quicker.

    ``left``: pictures that vendors may still make today; -1: they are drawn by the shop's own machine. ``shown_by`` of
    ``kiosks`` open kiosks say that they show the card as it is.
    """

    picture: str = ""
    before: str = ""
    ratio: str = ""
    alt: str = ""
    menu: str = ""
    version_id: str = ""
    live: bool = False
    refused: bool = False
    working: int = 0
    problem: str = ""
    problem_by: str = ""
    left: int = -1
    changes: int = 0
    shown_by: int = 0
    kiosks: int = 0


_SIGNALS: Final = {
    field.name: re.sub(r"_(\w)", lambda found: found[1].upper(), field.name) + "Changed" for field in fields(StudioView)
}


@QmlElement
class StudioModel(QObject):
    pictureChanged = Signal()
    beforeChanged = Signal()
    ratioChanged = Signal()
    altChanged = Signal()
    menuChanged = Signal()
    versionIdChanged = Signal()
    liveChanged = Signal()
    refusedChanged = Signal()
    workingChanged = Signal()
    problemChanged = Signal()
    problemByChanged = Signal()
    leftChanged = Signal()
    changesChanged = Signal()
    shownByChanged = Signal()
    kiosksChanged = Signal()

    def __init__(self, backend: StudioBackend, shop: Shop, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._shop = shop
        self._language = language
        self._tasks = TaskScope("studio")
        self._folder = tempfile.TemporaryDirectory(prefix="mallo-studio-")
        self._pictures = Pictures(Path(self._folder.name), backend.content)
        self._gallery = GalleryModel(self)
        self._versions = VersionModel(self)
        self._menus = StudioMenuModel(self)
        self._newest: Sequence[StudioVersion] = ()
        self._all: Sequence[StudioVersion] = ()
        self._cards: dict[str, Card] = {}
        self._jobs: dict[str, StudioJob] = {}
        self._menu = ""
        self._chosen = ""
        self._words = ""
        self._view = StudioView()
        self._unsubscribe = shop.subscribe(self._show)

    async def close(self) -> None:
        """Idempotent."""
        self._unsubscribe()
        await self._tasks.close()
        self._folder.cleanup()

    @Property(str, notify=pictureChanged)
    def picture(self) -> str:
        return self._view.picture

    @Property(str, notify=beforeChanged)
    def before(self) -> str:
        return self._view.before

    @Property(str, notify=ratioChanged)
    def ratio(self) -> str:
        return self._view.ratio

    @Property(str, notify=altChanged)
    def alt(self) -> str:
        return self._view.alt

    @Property(str, notify=menuChanged)
    def menu(self) -> str:
        return self._view.menu

    @Property(str, notify=versionIdChanged)
    def versionId(self) -> str:
        return self._view.version_id

    @Property(bool, notify=liveChanged)
    def live(self) -> bool:
        return self._view.live

    @Property(bool, notify=refusedChanged)
    def refused(self) -> bool:
        return self._view.refused

    @Property(int, notify=workingChanged)
    def working(self) -> int:
        return self._view.working

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._view.problem

    @Property(str, notify=problemByChanged)
    def problemBy(self) -> str:
        return self._view.problem_by

    @Property(int, notify=leftChanged)
    def left(self) -> int:
        return self._view.left

    @Property(int, notify=changesChanged)
    def changes(self) -> int:
        return self._view.changes

    @Property(int, notify=shownByChanged)
    def shownBy(self) -> int:
        return self._view.shown_by

    @Property(int, notify=kiosksChanged)
    def kiosks(self) -> int:
        return self._view.kiosks

    @Property(GalleryModel, constant=True)
    def gallery(self) -> GalleryModel:
        return self._gallery

    @Property(VersionModel, constant=True)
    def versions(self) -> VersionModel:
        return self._versions

    @Property(StudioMenuModel, constant=True)
    def menus(self) -> StudioMenuModel:
        return self._menus

    def open(self) -> None:
        """Look, and go on looking until ``leave``."""
        self._begin()
        self._tasks.start(self._follow(), "follow", group="follow")

    def leave(self) -> None:
        self._tasks.cancel("follow")

    def speak(self, language: str) -> None:
        self._language = language
        self._show()

    @Slot(str)
    def search(self, words: str) -> None:
        self._words = words.strip()
        self._do(self._look())

    @Slot(str)
    def chooseMenu(self, code: str) -> None:
        self._menu = code
        newest = next((version for version in self._newest if version.menu_code == code), None)
        if newest is not None:
            self._do(self._open(newest.picture_id, newest.id))
        else:
            self._all, self._chosen = (), ""
            self._show()

    @Slot(str)
    def choosePicture(self, picture_id: str) -> None:
        newest = next((version for version in self._newest if version.picture_id == picture_id), None)
        if newest is not None:
            self._menu = newest.menu_code or self._menu
            self._do(self._open(picture_id, newest.id))

    @Slot(str)
    def chooseVersion(self, version_id: str) -> None:
        self._chosen = version_id
        self._show()

    @Slot()
    def undo(self) -> None:
        """Back to the version that this one was made of; nothing is lost."""
        version = self._version()
        if version is not None and version.parent:
            self.chooseVersion(version.parent)

    @Slot(str)
    def make(self, wish: str) -> None:
        """A new picture of the chosen menu."""
        menu = next((one for one in self._shop_menus() if one.code == self._menu), None)
        if menu is not None:
            item = OrderItemDraft(menu_code=menu.code, style=menu.styles[0], quantity=1)
            wanted = StudioGenerate(item=item, wish=wish.strip()[:MAX_WISH_CHARS])
            self._do(self._queue(self._backend.generate(wanted)))

    @Slot(str)
    def change(self, wish: str) -> None:
        """The chosen version as ``wish`` says."""
        version = self._version()
        if version is not None and wish.strip():
            wanted = StudioEdit(version_id=version.id, wish=wish.strip()[:MAX_WISH_CHARS])
            self._do(self._queue(self._backend.edit(wanted)))

    @Slot(str, str)
    def quick(self, name: str, value: str) -> None:
        version = self._version()
        if version is None:
            return
        wanted = StudioEdit(version_id=version.id, quick=QuickEdit(name), value=value.strip()[:40], detail=Detail.FINE)
        self._do(self._queue(self._backend.edit(wanted)))

    @Slot(str)
    def crop(self, ratio: str) -> None:
        version = self._version()
        if version is not None:
            wanted = StudioCrop(aspect_ratio=AspectRatio(ratio))
            self._do(self._kept(self._backend.crop(version.id, wanted)))

    @Slot(QUrl)
    def bring(self, url: QUrl) -> None:
        """A picture from this machine's disk, for the chosen menu."""
        self._do(self._bring(Path(url.toLocalFile())))

    @Slot(str)
    def describe(self, words: str) -> None:
        version = self._version()
        if version is not None and words.strip() != version.alt.ko:
            alt = AltPatch(ko=words.strip()[:MAX_ALT_CHARS], en=version.alt.en)
            self._do(self._kept(self._backend.describe(version.id, alt)))

    @Slot()
    def publish(self) -> None:
        version, card = self._version(), self._cards.get(self._menu)
        if version is not None and card is not None:
            wanted = CardPublish(version_id=version.id, expected=card.last)
            self._do(self._put(self._backend.publish(self._menu, wanted)))

    @Slot()
    def rollBack(self) -> None:
        card = self._cards.get(self._menu)
        if card is not None and card.live is not None:
            self._do(self._put(self._backend.roll_back(self._menu, CardRollback(expected=card.last))))

    @Slot()
    def cancel(self) -> None:
        """Stop everything that is being made."""
        for job in self._jobs.values():
            if job.state in OPEN:
                self._do(self._queue(self._backend.cancel(job.id)))

    @Slot()
    def dismiss(self) -> None:
        self._publish(replace(self._view, problem="", problem_by=""))

    def _begin(self) -> None:
        if not self._menu and self._shop_menus():
            self._menu = self._shop_menus()[0].code
            self._show()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self.dismiss()
        self._tasks.start(self._told(work), "work")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except KioskError as error:
            if error.code is ProblemCode.CONFLICT:
                # What the other one did is seen at once: a second try is meant over it.
                with suppress(KioskError):
                    await self._read_cards()
                self._show()
            self._fail(error.code, str(error.params.get("by", "")))

    def _fail(self, code: str, by: str = "") -> None:
        self._publish(replace(self._view, problem=str(code), problem_by=by))

    async def _follow(self) -> None:
        while True:
            try:
                await self._look()
            except KioskError as error:
                self._fail(error.code)
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        """Read jobs, cards and gallery; open what a job of ours has just made."""
        before = dict(self._jobs)
        told = await self._backend.jobs()
        self._jobs = {job.id: job for job in told.jobs}
        await self._read_cards()
        self._newest = (await self._backend.pictures(self._words)).versions
        self._begin()
        self._publish(replace(self._view, left=max(0, told.budget - told.spent) if told.budget else -1))
        for job in told.jobs:
            if job.id in before and before[job.id].state in OPEN and job.state not in OPEN:
                await self._ended(job)
        self._show()
        await self._pictures.load_all(tuple(version.content for version in self._newest), self._show)

    async def _read_cards(self) -> None:
        self._cards = {card.menu_code: card for card in (await self._backend.cards()).cards}

    async def _ended(self, job: StudioJob) -> None:
        if job.state is JobState.FAILED:
            code = (job.problem or {}).get("code", ProblemCode.INTERNAL.value)
            self._fail(str(code))
        made = next((version for version in self._newest if version.id == job.version_id), None)
        if made is not None:
            await self._open(made.picture_id, made.id)

    async def _open(self, picture_id: str, version_id: str) -> None:
        self._all = (await self._backend.versions(picture_id)).versions
        self._chosen = version_id
        self._show()
        await self._pictures.load_all(tuple(version.content for version in reversed(self._all)), self._show)

    async def _queue(self, call: Coroutine[Any, Any, StudioJob]) -> None:
        job = await call
        self._jobs[job.id] = job
        self._show()

    async def _kept(self, call: Coroutine[Any, Any, StudioVersion]) -> None:
        version = await call
        self._newest = (await self._backend.pictures(self._words)).versions
        await self._open(version.picture_id, version.id)

    async def _put(self, call: Coroutine[Any, Any, Card]) -> None:
        card = await call
        self._cards[card.menu_code] = card
        self._show()

    async def _bring(self, file: Path) -> None:
        try:
            size = (await asyncio.to_thread(file.stat)).st_size
            content = b"" if size > MAX_UPLOAD_BYTES else await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise KioskError(ProblemCode.NOT_A_PICTURE) from error
        await self._kept(self._backend.upload(content, self._menu))

    def _version(self) -> StudioVersion | None:
        return next((version for version in self._all if version.id == self._chosen), None)

    def _shop_menus(self) -> Sequence[Any]:
        menu = self._shop.snapshot.menu
        return menu.menus if menu is not None else ()

    def _show(self) -> None:
        urls, live = self._pictures.urls, live_ids(self._cards)
        menus = self._shop_menus()
        named = [
            MenuRow(menu.code, name_of(menu.code, menus, self._language), menu.code == self._menu) for menu in menus
        ]
        self._menus.show(named)
        version = self._version()
        shown = version.picture_id if version is not None else ""
        self._gallery.show(
            [
                GalleryRow(
                    picture_id=one.picture_id,
                    picture=urls.get(one.content, ""),
                    name=name_of(one.menu_code, menus, self._language),
                    number=one.number,
                    chosen=one.picture_id == shown,
                    live=one.id in live,
                )
                for one in self._newest
            ]
        )
        self._versions.show(version_rows(self._all, self._chosen, live, urls))
        parent = next((one for one in self._all if version is not None and one.id == version.parent), None)
        card = self._cards.get(self._menu)
        kiosks = [kiosk for kiosk in card.kiosks if kiosk.connected] if card is not None else []
        now = card.live.number if card is not None and card.live is not None else 0
        self._publish(
            replace(
                self._view,
                picture=urls.get(version.content, "") if version is not None else "",
                before=urls.get(parent.content, "") if parent is not None else "",
                ratio=version.aspect_ratio if version is not None else "",
                alt=version.alt.ko if version is not None else "",
                menu=name_of(self._menu, menus, self._language),
                version_id=self._chosen,
                live=version is not None and version.id in live,
                refused=version is not None and version.refused,
                working=sum(job.state in OPEN for job in self._jobs.values()),
                changes=now,
                shown_by=sum(kiosk.number == now for kiosk in kiosks),
                kiosks=len(kiosks),
            )
        )

    def _publish(self, view: StudioView) -> None:
        before, self._view = self._view, view
        for name, signal in _SIGNALS.items():
            if getattr(before, name) != getattr(view, name):
                getattr(self, signal).emit()
