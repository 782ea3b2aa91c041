"""Forget what has had its time: transcripts first of all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from backend.database.interface import Database, DatabaseError

EVERY_SECONDS = 60.0
KEEP_KEYS = timedelta(days=2)
KEEP_ATTEMPTS = timedelta(days=1)
KEEP_LOG = timedelta(days=7)
KEEP_CURSORS = timedelta(days=30)
KEEP_PRESENCE = timedelta(hours=1)
KEEP_HELP = timedelta(days=7)
KEEP_RATES = timedelta(minutes=10)
KEEP_PRINTS = timedelta(days=7)
KEEP_USAGE = timedelta(days=400)
KEEP_USAGE_WRITERS = timedelta(days=30)
"""Longer than a batch can wait for its database: the rows tell a batch that was written from one that was not."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Housekeeping:
    """Deletes what is old: tokens, conversations, keys, login attempts, log rows, help calls, usage of engines."""

    def __init__(self, database: Database, clock: Callable[[], datetime], keep_conversations: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._keep_conversations = keep_conversations

    async def run(self) -> None:
        """Sweep at once and then each minute, until cancelled."""
        while True:
            try:
                await self.sweep()
            except DatabaseError as error:
                log.warning("sweep_failed", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def sweep(self) -> None:
        """Raises DatabaseError; then nothing was deleted."""
        now = self._clock()
        async with self._database.write() as db:
            conversations = await db.conversations.delete_untouched_since(now - self._keep_conversations)
            tokens = await db.tokens.delete_expired(now)
            await db.idempotency.delete_before(now - KEEP_KEYS)
            await db.attempts.delete_before(now - KEEP_ATTEMPTS)
            await db.log.delete_before(now - KEEP_LOG)
            await db.duty.delete_before(now - KEEP_CURSORS)
            await db.presence.delete_before(now - KEEP_PRESENCE)
            await db.help.delete_before(now - KEEP_HELP)
            await db.rates.delete_before(now - KEEP_RATES)
            await db.prints.delete_before(now - KEEP_PRINTS)
            await db.usage.delete_before((now - KEEP_USAGE).date())
            await db.usage.delete_writers_before(now - KEEP_USAGE_WRITERS)
            await db.commit()
        if conversations or tokens:
            log.info("swept", conversations=conversations, tokens=tokens)
