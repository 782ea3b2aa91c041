"""Pictures made in the background: a queue in the database, a worker in each backend, a budget a day.

A job is a row, so a window that closes and a backend that restarts lose none. Whoever works on one says so every
second; a job whose runner fell silent is taken up again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import uuid4

import structlog
from pydantic import JsonValue

from backend.database.interface import Database, DatabaseError, StorageFull, UnitOfWork
from backend.database.studio import ImageJob, ImageVersion
from backend.domain.order import OrderRuleError, check_item, normalise
from backend.domain.people import Caller
from backend.errors import Refusal
from backend.external.interfaces import (
    EngineError,
    EngineRejected,
    ImageEngine,
    NotOffered,
    Picture,
    PictureEdit,
    PictureRequest,
)
from backend.services.catalogue_service import CatalogueService
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Link
from backend.services.item_description import describe, filtered, picture_prompt
from backend.services.studio_gallery import Origin, StudioGallery
from backend.services.studio_prompts import edit_prompt
from backend.services.wire import draft_to_item, item_to_draft
from shared import studio as wire
from shared.images import Detail
from shared.problems import ProblemCode

ALIVE_SECONDS = 1.0
SILENT_SECONDS = 20.0
"""A runner that has said nothing for so long is dead: its job is taken up again."""
LOOK_SECONDS = 5.0
"""How often the queue is looked at when nobody here has added to it: another backend may have, or have died."""
QUICK_SECONDS = 10.0
MOST_OPEN = 50
RECENT = 50
GUESSED_SECONDS: Mapping[str, float] = {Detail.FINE.value: 15.0, Detail.QUICK.value: 1.0}

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Make = Callable[[ImageEngine], Coroutine[Any, Any, Picture]]


@dataclass(frozen=True, slots=True)
class StudioEngines:
    """``chain`` makes what is fine, ``quick`` what is drawn here at no cost; ``budget`` of paid pictures a day."""

    chain: EngineChain[ImageEngine]
    quick: Link[ImageEngine]
    seconds: float
    budget: int


class StudioJobs:
    """``clock`` answers aware UTC times."""

    def __init__(
        self,
        *,
        engines: StudioEngines,
        gallery: StudioGallery,
        catalogue: CatalogueService,
        database: Database,
        clock: Callable[[], datetime],
    ) -> None:
        self._engines = engines
        self._gallery = gallery
        self._catalogue = catalogue
        self._database = database
        self._clock = clock
        self._runner = uuid4().hex
        self._wake = asyncio.Event()
        self._working: tuple[str, asyncio.Task[None]] | None = None

    async def generate(self, wanted: wire.StudioGenerate, caller: Caller) -> wire.StudioJob:
        """Queue a picture of one item.

        Raises:
            OrderRuleError: the item breaks a rule of the shop.
            Refusal: budget_spent, rate_limited (too many wait), not_found (``picture_id``).
        """
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        check_item(normalise(draft_to_item(wanted.item), catalogue), replace(catalogue, sold_out=frozenset()), "item")
        if wanted.picture_id is not None:
            await self._gallery.versions(wanted.picture_id)
        return await self._queue(wire.VersionKind.GENERATE, wanted, wanted.detail, caller)

    async def edit(self, wanted: wire.StudioEdit, caller: Caller) -> wire.StudioJob:
        """Queue a change of a version.

        Raises:
            Refusal: not_found, invalid_request, unknown_ingredient, budget_spent, rate_limited.
        """
        base = await self._gallery.version(wanted.version_id)
        async with self._database.read() as db:
            edit_prompt(wanted, base.menu_code, await self._catalogue.current(db))
        return await self._queue(wire.VersionKind.EDIT, wanted, wanted.detail, caller)

    async def list(self) -> wire.StudioJobs:
        """The latest jobs, newest first, and today's budget."""
        async with self._database.read() as db:
            recent = await db.jobs.recent(RECENT)
            open_ = [job.job_id for job in await db.jobs.open()]
            spent = await db.jobs.paid_since(self._midnight())
        jobs = tuple(_to_wire(job, open_, recent) for job in recent)
        return wire.StudioJobs(jobs=jobs, budget=self._engines.budget if self._pays else 0, spent=spent)

    async def get(self, job_id: str) -> wire.StudioJob:
        """Raises Refusal not_found."""
        async with self._database.read() as db:
            job = await db.jobs.get(job_id)
            open_ = [one.job_id for one in await db.jobs.open()]
            recent = await db.jobs.recent(RECENT)
        if job is None:
            raise Refusal(ProblemCode.NOT_FOUND, field="job_id")
        return _to_wire(job, open_, recent)

    async def cancel(self, job_id: str) -> wire.StudioJob:
        """Stop a job that has not ended; one that has stays as it is. Raises Refusal not_found."""
        async with self._database.write() as db:
            if await db.jobs.cancel(job_id, self._clock()):
                await db.commit()
        if self._working and self._working[0] == job_id:
            self._working[1].cancel()
        return await self.get(job_id)

    async def run(self) -> None:
        """Work on what is queued, one after the other, until cancelled."""
        # One machine, one backend: whoever worked on a job is gone, or this would not be starting.
        silent = timedelta(seconds=SILENT_SECONDS if self._database.shared else 0)
        while True:
            self._wake.clear()
            try:
                while job := await self._claim(silent):
                    await self._work(job)
                    silent = timedelta(seconds=SILENT_SECONDS)
            except DatabaseError as error:
                log.warning("studio_queue_unread", error=type(error).__name__)
            silent = timedelta(seconds=SILENT_SECONDS)
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _queue(
        self, kind: wire.VersionKind, wanted: wire.StudioGenerate | wire.StudioEdit, detail: Detail, caller: Caller
    ) -> wire.StudioJob:
        job = ImageJob(
            job_id=uuid4().hex,
            kind=kind.value,
            state=wire.JobState.QUEUED.value,
            request=wanted.model_dump(mode="json"),
            asked_by=caller.user_id,
            asked_at=self._clock(),
        )
        async with self._database.write() as db:
            await self._check_room(db, detail)
            await db.jobs.add(job)
            await db.commit()
        self._wake.set()
        return await self.get(job.job_id)

    @property
    def _pays(self) -> bool:
        return any(link.remote for link in self._engines.chain.links)

    async def _check_room(self, db: UnitOfWork, detail: Detail) -> None:
        if len(await db.jobs.open()) >= MOST_OPEN:
            raise Refusal(ProblemCode.RATE_LIMITED, "Too many jobs wait.", limit=MOST_OPEN)
        if detail is Detail.FINE and self._pays and await db.jobs.paid_since(self._midnight()) >= self._engines.budget:
            raise Refusal(ProblemCode.BUDGET_SPENT, budget=self._engines.budget)

    async def _claim(self, silent: timedelta) -> ImageJob | None:
        now = self._clock()
        async with self._database.write() as db:
            job = await db.jobs.claim(self._runner, now, now - silent)
            await db.commit()
        return job

    async def _work(self, job: ImageJob) -> None:
        """Make the picture of ``job``; says that it is alive meanwhile and stops when the job was cancelled."""
        task = asyncio.create_task(self._make(job), name=f"studio job {job.kind}")
        self._working = job.job_id, task
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=ALIVE_SECONDS)
                if not task.done() and not await self._is_ours(job):
                    task.cancel()
        finally:
            task.cancel()
            await asyncio.wait({task})
            self._working = None
        if not task.cancelled() and (error := task.exception()) is not None:
            await self._failed(job, error)

    async def _is_ours(self, job: ImageJob) -> bool:
        try:
            async with self._database.write() as db:
                ours = await db.jobs.alive(job.job_id, self._runner, self._clock())
                await db.commit()
        except DatabaseError:
            return True
        return ours

    async def _make(self, job: ImageJob) -> None:
        if job.kind == wire.VersionKind.GENERATE.value:
            picture, origin = await self._generated(wire.StudioGenerate.model_validate(job.request))
        else:
            picture, origin = await self._edited(wire.StudioEdit.model_validate(job.request))
        paid = any(link.remote and link.info.engine == picture.info.engine for link in self._engines.chain.links)

        async def end(db: UnitOfWork, version: ImageVersion) -> None:
            done = replace(
                job,
                state=wire.JobState.DONE.value,
                ended_at=self._clock(),
                version_id=version.version_id,
                paid=paid,
            )
            if not await db.jobs.end(done, self._runner):
                # Cancelled at the last moment: the version is not written either.
                raise asyncio.CancelledError

        await self._gallery.keep(picture, origin, job.asked_by, end)

    async def _generated(self, wanted: wire.StudioGenerate) -> tuple[Picture, Origin]:
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        item = normalise(draft_to_item(wanted.item), catalogue)
        wish = filtered(wanted.wish)
        request = PictureRequest(picture_prompt(item, catalogue, wish), wanted.aspect_ratio.value, item)
        picture, refused = await self._asked(lambda engine: engine.generate(request), wanted.detail)
        alt = describe(item, catalogue)
        spec: dict[str, JsonValue] = {"item": wanted.item.model_dump(mode="json"), "refused": refused}
        return picture, Origin(
            wire.VersionKind.GENERATE,
            picture_id=wanted.picture_id,
            prompt=request.prompt,
            wish=wish,
            spec=spec,
            alt={"ko": alt.ko, "en": alt.en},
            menu_code=item.menu_code,
        )

    async def _edited(self, wanted: wire.StudioEdit) -> tuple[Picture, Origin]:
        base = await self._gallery.version(wanted.version_id)
        file = await self._gallery.file(base)
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        prompt, wish = edit_prompt(wanted, base.menu_code, catalogue)
        ratio = wanted.aspect_ratio.value if wanted.aspect_ratio else base.aspect_ratio
        edit = PictureEdit(file.content, file.mime_type, prompt, ratio)
        picture, refused = await self._asked(lambda engine: engine.edit(edit), wanted.detail)
        spec = {**base.spec, "refused": refused}
        alt = base.alt
        if picture.item is not None and picture.item.style is not None:
            # Drawn here: what is shown is known to the last berry.
            spec["item"] = item_to_draft(picture.item).model_dump(mode="json")
            words = describe(picture.item, catalogue)
            alt = {"ko": words.ko, "en": words.en}
        return picture, Origin(
            wire.VersionKind.EDIT,
            base,
            prompt=prompt,
            wish=wish,
            spec=spec,
            alt=alt,
            menu_code=base.menu_code,
        )

    async def _asked(self, make: Make, detail: Detail) -> tuple[Picture, bool]:
        """What the engines made, and whether one refused it before another made it."""
        refused = False

        async def call(engine: ImageEngine) -> Picture:
            nonlocal refused
            try:
                return await make(engine)
            except EngineRejected:
                refused = True
                raise

        if detail is Detail.QUICK:
            return await self._engines.quick.ask(call, QUICK_SECONDS), False
        try:
            return await self._engines.chain.ask(call, self._engines.seconds), refused
        except EngineError:
            if refused:
                raise EngineRejected("the safety filter refused it") from None
            raise

    async def _failed(self, job: ImageJob, error: BaseException) -> None:
        problem = _problem(error)
        if problem["code"] == ProblemCode.INTERNAL.value:
            log.error("studio_job_crashed", kind=job.kind, exc_info=error)
        ended = replace(job, state=wire.JobState.FAILED.value, ended_at=self._clock(), problem=problem)
        try:
            async with self._database.write() as db:
                await db.jobs.end(ended, self._runner)
                await db.commit()
        except DatabaseError as failure:
            # It stays this runner's, falls silent, and is taken up again.
            log.warning("studio_job_end_unwritten", error=type(failure).__name__)

    def _midnight(self) -> datetime:
        """Today's beginning in the shop's own time, which is that of the machine."""
        return datetime.combine(self._clock().astimezone().date(), time()).astimezone()


def _problem(error: BaseException) -> dict[str, JsonValue]:
    """Why a job failed, as a problem's code and parameters; never an exception's own text."""
    if isinstance(error, Refusal):
        return {"code": error.code.value, **error.params}
    if isinstance(error, OrderRuleError):
        return {"code": error.code, **error.params}
    if isinstance(error, NotOffered):
        return {"code": ProblemCode.NO_SUCH_EDIT.value}
    if isinstance(error, EngineRejected):
        return {"code": ProblemCode.INVALID_REQUEST.value, "reason": "rejected_by_engine"}
    if isinstance(error, EngineError):
        return {"code": ProblemCode.ENGINE_UNAVAILABLE.value, "reason": error.reason}
    if isinstance(error, StorageFull):
        return {"code": ProblemCode.STORAGE_FULL.value}
    if isinstance(error, DatabaseError):
        return {"code": ProblemCode.DATABASE_UNAVAILABLE.value}
    return {"code": ProblemCode.INTERNAL.value}


def _to_wire(job: ImageJob, open_: Sequence[str], recent: Sequence[ImageJob]) -> wire.StudioJob:
    request = job.request
    item = request.get("item") or {}
    return wire.StudioJob(
        id=job.job_id,
        kind=wire.VersionKind(job.kind),
        state=wire.JobState(job.state),
        asked_by=job.asked_by,
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        ahead=open_.index(job.job_id) if job.job_id in open_ else 0,
        expected_seconds=_expected(job, recent),
        menu_code=item.get("menu_code"),
        wish=str(request.get("wish", "")),
        version_id=job.version_id,
        problem=dict(job.problem) or None,
    )


def _expected(job: ImageJob, recent: Sequence[ImageJob]) -> float:
    """What jobs like this one took lately, in seconds."""
    detail = job.request.get("detail", Detail.FINE.value)
    took = [
        (one.ended_at - one.started_at).total_seconds()
        for one in recent
        if one.state == wire.JobState.DONE.value
        and one.kind == job.kind
        and one.request.get("detail") == detail
        and one.started_at
        and one.ended_at
    ]
    return round(median(took), 2) if took else GUESSED_SECONDS[detail]
