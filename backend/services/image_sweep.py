"""Pictures that nothing refers to any more leave the disk; old jobs and sightings are forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog

from backend.database.interface import Database, DatabaseError
from backend.services.image_store import KEEP_SECONDS, ImageStore

EVERY_SECONDS = 3600.0
KEEP_JOBS = timedelta(days=30)
KEEP_SIGHTINGS = timedelta(days=30)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class ImageSweep:
    """A file is written before its row, so a crash leaves at most a file without one: it goes here, an hour later."""

    def __init__(
        self, database: Database, store: ImageStore, clock: Callable[[], datetime], keep_seconds: float = KEEP_SECONDS
    ) -> None:
        self._database = database
        self._store = store
        self._clock = clock
        self._keep_seconds = keep_seconds

    async def run(self) -> None:
        """Sweep at once and then each hour, until cancelled."""
        while True:
            try:
                await self.sweep()
            except (DatabaseError, OSError) as error:
                log.warning("image_sweep_failed", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def sweep(self) -> int:
        """Answers how many files went.

        Raises:
            DatabaseError, OSError: what is left is for the next time.
        """
        now = self._clock()
        async with self._database.write() as db:
            await db.jobs.delete_before(now - KEEP_JOBS)
            await db.cards.delete_sightings_before(now - KEEP_SIGHTINGS)
            await db.commit()
        gone = await self._store.sweep(self._in_use, self._keep_seconds)
        if gone:
            log.info("images_swept", files=gone)
        return gone

    async def _in_use(self, hashes: Collection[str]) -> Collection[str]:
        async with self._database.read() as db:
            return await db.versions.hashes_in_use(hashes)
