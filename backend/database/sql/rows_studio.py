"""Versions of the manager's pictures and the jobs that make them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import images
from backend.database.sql.tables_studio import image_jobs, image_versions
from backend.database.studio import ImageJob, ImageVersion, Json

_OPEN = ("queued", "running")
_LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class SqlImageVersions:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, version: ImageVersion) -> None:
        await self._link.run(insert(image_versions), columns_of(version))

    async def get(self, version_id: str) -> ImageVersion | None:
        wanted = select(image_versions).where(image_versions.c.version_id == version_id)
        row = (await self._link.run(wanted)).one_or_none()
        return record_of(ImageVersion, row) if row else None

    async def of_picture(self, picture_id: str) -> Sequence[ImageVersion]:
        wanted = select(image_versions).where(image_versions.c.picture_id == picture_id)
        rows = await self._link.run(wanted.order_by(image_versions.c.number))
        return [record_of(ImageVersion, row) for row in rows]

    async def latest(self, menu_code: str | None, words: str, limit: int) -> Sequence[ImageVersion]:
        newest = (
            select(image_versions.c.picture_id, func.max(image_versions.c.number).label("number"))
            .group_by(image_versions.c.picture_id)
            .subquery()
        )
        same = and_(
            newest.c.picture_id == image_versions.c.picture_id,
            newest.c.number == image_versions.c.number,
        )
        wanted = select(image_versions).join(newest, same)
        if menu_code is not None:
            wanted = wanted.where(image_versions.c.menu_code == menu_code)
        if words:
            like = f"%{words.lower().translate(_LIKE)}%"
            told = (
                image_versions.c.prompt,
                image_versions.c.alt["ko"].as_string(),
                image_versions.c.alt["en"].as_string(),
            )
            wanted = wanted.where(or_(*(func.lower(text).like(like, escape="\\") for text in told)))
        by_age = (image_versions.c.created_at.desc(), image_versions.c.version_id)
        rows = await self._link.run(wanted.order_by(*by_age).limit(limit))
        return [record_of(ImageVersion, row) for row in rows]

    async def set_alt(self, version_id: str, alt: Json) -> None:
        await self._link.run(update(image_versions).where(image_versions.c.version_id == version_id).values(alt=alt))

    async def hashes_in_use(self, hashes: Collection[str]) -> frozenset[str]:
        if not hashes:
            return frozenset()
        found: set[str] = set()
        for table in (images, image_versions):
            wanted = select(table.c.sha256).where(table.c.sha256.in_(hashes)).distinct()
            found.update((await self._link.run(wanted)).scalars())
        return frozenset(found)


class SqlImageJobs:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, job: ImageJob) -> None:
        await self._link.run(insert(image_jobs), columns_of(job))

    async def get(self, job_id: str) -> ImageJob | None:
        row = (await self._link.run(select(image_jobs).where(image_jobs.c.job_id == job_id))).one_or_none()
        return record_of(ImageJob, row) if row else None

    async def recent(self, limit: int) -> Sequence[ImageJob]:
        newest = (image_jobs.c.asked_at.desc(), image_jobs.c.job_id)
        rows = await self._link.run(select(image_jobs).order_by(*newest).limit(limit))
        return [record_of(ImageJob, row) for row in rows]

    async def open(self) -> Sequence[ImageJob]:
        wanted = select(image_jobs).where(image_jobs.c.state.in_(_OPEN))
        rows = await self._link.run(wanted.order_by(image_jobs.c.asked_at, image_jobs.c.job_id))
        return [record_of(ImageJob, row) for row in rows]

    async def claim(self, runner: str, now: datetime, dead_before: datetime) -> ImageJob | None:
        free = or_(
            image_jobs.c.state == "queued",
            and_(image_jobs.c.state == "running", image_jobs.c.seen_at < dead_before),
        )
        oldest = select(image_jobs.c.job_id).where(free).order_by(image_jobs.c.asked_at, image_jobs.c.job_id).limit(1)
        # Several backends may look at once: the second update finds the job taken and changes nothing.
        taken = (
            update(image_jobs)
            .where(image_jobs.c.job_id == oldest.scalar_subquery(), free)
            .values(state="running", runner=runner, started_at=now, seen_at=now)
            .returning(*image_jobs.c)
        )
        row = (await self._link.run(taken)).one_or_none()
        return record_of(ImageJob, row) if row else None

    async def alive(self, job_id: str, runner: str, now: datetime) -> bool:
        return (
            await self._link.run(update(image_jobs).where(*_held(job_id, runner)).values(seen_at=now))
        ).rowcount == 1

    async def end(self, job: ImageJob, runner: str) -> bool:
        written = await self._link.run(update(image_jobs).where(*_held(job.job_id, runner)).values(**columns_of(job)))
        return written.rowcount == 1

    async def cancel(self, job_id: str, now: datetime) -> bool:
        wanted = update(image_jobs).where(image_jobs.c.job_id == job_id, image_jobs.c.state.in_(_OPEN))
        return (await self._link.run(wanted.values(state="cancelled", ended_at=now))).rowcount == 1

    async def paid_since(self, moment: datetime) -> int:
        counted = select(func.count()).where(
            image_jobs.c.asked_at >= moment, or_(image_jobs.c.paid.is_(True), image_jobs.c.state.in_(_OPEN))
        )
        return int((await self._link.run(counted)).scalar_one())

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(image_jobs).where(image_jobs.c.ended_at < moment))).rowcount


def _held(job_id: str, runner: str) -> tuple[ColumnElement[bool], ...]:
    return image_jobs.c.job_id == job_id, image_jobs.c.state == "running", image_jobs.c.runner == runner
