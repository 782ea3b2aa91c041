"""Customers' pictures go with their time: those that they drew, and those frozen with their orders.

A picture's row goes first; its file is then one without a row, and goes with the next ``ImageSweep``: a crash in
between leaves nothing that is not found again. A picture of an open order stays, however old; one that is asked for
after it went is drawn anew from the order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from backend.database.interface import Database, DatabaseError, StorageFull
from backend.services.image_store import ImageStore

EVERY_SECONDS = 3600.0
FROZEN = "order-"
LOOKED_AT_ONCE = 500
OVER = 1.25
"""What may be kept between two sweeps: then nothing more is, until the next."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class PictureRetention:
    """``keep``: how long. ``most_bytes``: of each of the two kinds. ``clock`` answers aware UTC times."""

    def __init__(
        self, database: Database, store: ImageStore, clock: Callable[[], datetime], keep: timedelta, most_bytes: int
    ) -> None:
        self._database = database
        self._store = store
        self._clock = clock
        self._keep = keep
        self._most_bytes = most_bytes
        self._drawn_bytes = 0

    def make_room(self, size: int) -> None:
        """A customer's picture of ``size`` bytes is about to be kept.

        Raises:
            StorageFull: there are too many; the order goes on without.
        """
        if self._drawn_bytes + size > self._most_bytes * OVER:
            raise StorageFull("customers' pictures take all the room that they have")
        self._drawn_bytes += size

    async def run(self) -> None:
        """Sweep at once and then each hour, until cancelled."""
        while True:
            try:
                await self.sweep()
            except (DatabaseError, OSError) as error:
                log.warning("picture_sweep_failed", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def sweep(self) -> None:
        """Raises DatabaseError, OSError: what is left is for the next time."""
        bound = self._clock() - self._keep
        too_many, self._drawn_bytes = await self._measured()
        async with self._database.write() as db:
            drawn = await db.images.delete_before(max(bound, too_many) if too_many else bound)
            await db.commit()
        async with self._database.read() as db:
            cooking = {order.order_id for order in await db.orders.list_open()}
        frozen, _ = await self._store.sweep_named(
            FROZEN,
            lambda name: name.removeprefix(FROZEN).rpartition("-")[0] in cooking,
            self._keep.total_seconds(),
            self._most_bytes,
        )
        if drawn or frozen:
            log.info("pictures_swept", drawn=drawn, frozen=frozen)

    async def _measured(self) -> tuple[datetime | None, int]:
        """From when on what customers drew has room (None: all of it), and its bytes."""
        seen: set[str] = set()
        total = passed_over = 0
        while True:
            async with self._database.read() as db:
                rows = await db.images.newest(LOOKED_AT_ONCE, passed_over)
            for digest, at in rows:
                size = 0 if digest in seen else await self._store.size_of(digest)
                seen.add(digest)
                if total + size > self._most_bytes:
                    return at + timedelta(microseconds=1), total
                total += size
            if len(rows) < LOOKED_AT_ONCE:
                return None, total
            passed_over += len(rows)
