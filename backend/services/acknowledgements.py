"""What staff windows have shown, kept in the database, so that a new window knows what nobody has seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from backend.database.interface import Database, DatabaseError
from backend.services.live_connection import LiveConnection

EVERY_SECONDS = 1.0
"""Acknowledgements come with every notification: written together they cost the orders next to nothing."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Acknowledgements:
    """``clock`` answers aware UTC times."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._pending: dict[str, int] = {}
        self._some = asyncio.Event()

    @property
    def waiting(self) -> bool:
        """Whether there is something to write."""
        return bool(self._pending)

    def note(self, connection: LiveConnection) -> None:
        """A window has acknowledged; customers' are not kept."""
        if not connection.person.is_staff:
            return
        owners = [f"user {connection.person.user_id}"]
        if connection.device_id.isprintable():
            owners.append(f"device {connection.device_id}")
        for owner in owners:
            self._pending[owner] = max(self._pending.get(owner, 0), connection.acknowledged)
        self._some.set()

    async def run(self) -> None:
        """Write what comes, until cancelled."""
        while True:
            await self._some.wait()
            await self.flush()
            await asyncio.sleep(EVERY_SECONDS)

    async def flush(self) -> None:
        """Write what has come; what cannot be written waits for the next time."""
        self._some.clear()
        pending, self._pending = self._pending, {}
        if not pending:
            return
        try:
            async with self._database.write() as db:
                await db.duty.acknowledge(pending, self._clock())
                await db.commit()
        except DatabaseError as error:
            log.warning("acknowledgements_not_written", error=type(error).__name__)
            for owner, id_ in pending.items():
                self._pending[owner] = max(self._pending.get(owner, 0), id_)
            self._some.set()
