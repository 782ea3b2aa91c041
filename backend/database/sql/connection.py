"""SQLite's connection, which can be given up twice, and asks its thread once for each statement."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

import aiosqlite

ROWS_A_TURN = 64


class RollsBack(sqlite3.Connection):
    """A connection that ends its transaction before it is closed.

    SQLite keeps a closed connection, and its lock, for as long as a cursor lives. Those of a cancelled task live in the
    frames of its CancelledError until the garbage is collected: until then nobody could write.
    """

    def close(self) -> None:
        # Closed before, or broken: then there is nothing to end.
        with contextlib.suppress(sqlite3.Error):
            if self.in_transaction:
                self.rollback()
        super().close()


class Outcome(NamedTuple):
    """What a statement left behind, in the terms of DB-API."""

    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class StopsOnce(aiosqlite.Connection):
    """A connection whose thread is asked to stop once, and whose every closer learns that it did.

    Each call of aiosqlite's own ``stop`` (0.22.1) queues a job whose future only the connection's thread resolves, and
    the first such job ends that thread: a second future stays open for ever. SQLAlchemy (2.1.9) calls it twice when a
    task is cancelled again while it closes its connection, and the event loop then waited for ever to shut down.
    """

    def __init__(self, database: str, **options: Any) -> None:
        """``options`` are those of ``sqlite3.connect``; the file is opened when the connection is awaited."""
        super().__init__(lambda: sqlite3.connect(database, factory=RollsBack, **options), ROWS_A_TURN)
        # SQLAlchemy does the same for connections of its own making: a stuck statement must not keep the process alive.
        self._thread.daemon = True
        self._stopping: asyncio.Future[Any] | None = None

    def cursor(self) -> OneTripCursor:  # type: ignore[override] # what SQLAlchemy asks of a cursor and no more
        return OneTripCursor(self)

    async def run(self, sql: str, parameters: Sequence[Any], *, many: bool) -> Outcome:
        """Run one statement, once or for each of ``parameters``, take its rows and end it."""
        # aiosqlite leaves its own way to the thread untyped.
        outcome: Outcome = await self._execute(self._run, sql, parameters, many)  # type: ignore[no-untyped-call]
        return outcome

    def _run(self, sql: str, parameters: Sequence[Any], many: bool) -> Outcome:
        with contextlib.closing(self._conn.cursor()) as cursor:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)

    def stop(self) -> asyncio.Future[Any] | None:
        if self._running:
            self._stopping = super().stop()
        return self._stopping


class OneTripCursor:
    """A statement, its rows and its end in one trip to the connection's thread.

    aiosqlite makes a trip of each of ``cursor``, ``execute``, ``fetchall`` and ``close``; SQLAlchemy wants all rows at
    once anyway. A placed order took 33 trips; on a busy machine every one of them waits its turn twice.
    """

    def __init__(self, connection: StopsOnce) -> None:
        self._connection = connection
        self._outcome = Outcome([], None, -1, None)
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._outcome.lastrowid

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        """Run one statement and take all of its rows."""
        self._outcome = await self._connection.run(sql, parameters, many=False)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run one statement for each of ``parameters``."""
        self._outcome = await self._connection.run(sql, parameters, many=True)
        return self

    async def fetchall(self) -> list[Any]:
        """All rows of the statement."""
        return self._outcome.rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return
