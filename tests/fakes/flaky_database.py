"""A database that is away, or whose answers get lost on the way back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from backend.database.interface import Database, DatabaseUnavailable, NotificationRecord, UnitOfWork


class FlakyDatabase:
    """``away``: no write begins. ``mute``: a write is done, and its writer is told that it failed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.away = False
        self.mute = False
        self.attempts = 0

    @property
    def shared(self) -> bool:
        return self._database.shared

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self.attempts += 1
        if self.away:
            raise DatabaseUnavailable("away")
        async with self._database.write() as db:
            yield db
        if self.mute:
            raise DatabaseUnavailable("the answer was lost")

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._database.read()

    async def wait_for_news(self, seen: int, seconds: float) -> None:
        await self._database.wait_for_news(seen, seconds)

    def just_committed(self, after: int) -> Sequence[NotificationRecord]:
        return self._database.just_committed(after)

    async def close(self) -> None:
        await self._database.close()
