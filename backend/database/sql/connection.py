"""SQLite's connection, which can be given up twice."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from typing import Any

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

    def stop(self) -> asyncio.Future[Any] | None:
        if self._running:
            self._stopping = super().stop()
        return self._stopping
