"""Rate limits over all backends of one store.

Each backend lets calls pass by its own buckets and tells the others once a second what its busiest clients have spent;
what others let pass is taken off here. So a call costs no trip to the database, and who calls several backends gets,
for longer than a second, no more than who calls one of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog

from backend.database.interface import Database, DatabaseError

EVERY_SECONDS = 1.0
FORGET_AFTER = timedelta(minutes=10)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Buckets(Protocol):
    """``backend.web.rate_limit.RateLimiter`` is one. A client is named by its bucket and itself."""

    def busy(self) -> Mapping[tuple[str, str], int]: ...
    def spent_elsewhere(self, name: str, client: str, calls: int) -> None: ...


class SharedRates:
    """``clock`` answers aware UTC times; it only says what is old."""

    def __init__(self, database: Database, buckets: Buckets, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._buckets = buckets
        self._clock = clock
        self._replica = uuid4().hex
        self._told: Mapping[tuple[str, str], int] = {}
        self._heard: dict[tuple[str, str, str], int] | None = None

    async def run(self) -> None:
        """Exchange each second, until cancelled; alone on its store it does nothing."""
        while self._database.shared:
            try:
                await self.exchange()
            except DatabaseError as error:
                log.warning("rates_not_shared", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def exchange(self) -> None:
        """Tell, and take off what the others tell.

        Raises:
            DatabaseError: each counts for itself until the next time.
        """
        busy, now = self._buckets.busy(), self._clock()
        if new := {who: spent for who, spent in busy.items() if self._told.get(who) != spent}:
            async with self._database.write() as db:
                await db.rates.say(self._replica, new, now)
                await db.commit()
        self._told = busy
        async with self._database.read() as db:
            rows = await db.rates.of_others(self._replica, now - FORGET_AFTER)
        heard = {(row.replica, row.bucket, row.client): row.spent for row in rows}
        # What was spent before this backend was there is no news to it.
        before = heard if self._heard is None else self._heard
        self._heard = heard
        for (replica, bucket, client), spent in heard.items():
            known = before.get((replica, bucket, client), 0)
            # Less than before: its bucket was full in between, and it counts anew.
            if calls := spent - known if spent >= known else spent:
                self._buckets.spent_elsewhere(bucket, client, calls)
