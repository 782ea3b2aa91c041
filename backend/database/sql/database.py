"""The store on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.database.interface import Database, NotificationRecord, UnitOfWork
from backend.database.sql.engines import Engines, make_engines
from backend.database.sql.failures import translated
from backend.database.sql.link import Link
from backend.database.sql.migrate import migrate
from backend.database.sql.news import News
from backend.database.sql.poll import LogPoll
from backend.database.sql.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from backend.database.sql.watch import LogWatch


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SqlDatabase(Database):
    """Open with ``SqlDatabase.open``; ``close`` ends it and may be called twice."""

    def __init__(self, engines: Engines, news: News, clock: Callable[[], datetime]) -> None:
        self._engines = engines
        self._news = news
        self._clock = clock
        self._writing: AbstractAsyncContextManager[None] = asyncio.Lock() if engines.one_writer else nullcontext()
        self._poll = LogPoll(engines, news)
        self._watch: LogWatch | None = None

    @classmethod
    async def open(cls, url: str, clock: Callable[[], datetime] = _utc_now) -> SqlDatabase:
        """Open ``sqlite+aiosqlite:///file`` or ``postgresql+asyncpg://…``, migrated to this version.

        Raises:
            DatabaseUnavailable, StorageFull, NewerDatabase
        """
        engines = make_engines(url)
        try:
            await migrate(engines.writer)
            news = News(0)
            database = cls(engines, news, clock)
            async with database.read() as db:
                news.note(await db.log.top())
            database._poll.start()
            if not engines.one_writer:
                from backend.database.sql.watch import LogWatch  # noqa: PLC0415 - asyncpg, which SQLite does without

                database._watch = LogWatch(engines, news)
                database._watch.start()
        except BaseException:
            await engines.dispose()
            raise
        return database

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engines.writer.dialect.name

    @property
    def known_top(self) -> int:
        """The highest id of the log that this process has heard of; another may have written more."""
        return self._news.top

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        # On SQLite the lock queues writers in the order they came; its own busy handler would let luck decide.
        async with self._writing, _connected(self._engines.writer) as connection:
            yield SqlUnitOfWork(Link(connection), self._news, self._clock)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with _connected(self._engines.reader) as connection:
            yield SqlUnitOfWork(Link(connection), self._news, self._clock)

    async def wait_for_news(self, seen: int, seconds: float) -> None:
        await self._news.wait(seen, seconds)

    def just_committed(self, after: int) -> Sequence[NotificationRecord]:
        return self._news.fresh_after(after)

    @property
    def shared(self) -> bool:
        return not self._engines.one_writer

    async def close(self) -> None:
        await self._poll.close()
        if self._watch is not None:
            await self._watch.close()
        self._news.nudge()
        await self._engines.dispose()


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = engine.connect()
    with translated():
        await connection.start()
    try:
        yield connection
    finally:
        # Rolls back what was not committed. Shielded: a cancelled caller must not leave a transaction open.
        with translated():
            await asyncio.shield(asyncio.ensure_future(connection.close()))
