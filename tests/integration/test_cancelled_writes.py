"""A writer that is cancelled in the middle of a statement leaves the database to the next one."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.database.sql.database import SqlDatabase

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON = 2.0
"""SQLite itself would wait 5 s for a lock and then give up."""


async def _count(database: SqlDatabase, began: Callable[[], None] = lambda: None) -> None:
    async with database.write() as db:
        began()
        await db.attempts.count("anybody", NOW)
        await db.commit()


async def test_a_lock_that_comes_after_its_waiter_has_gone_is_given_back(sqlite: SqlDatabase, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "mallo.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = asyncio.Event()
        waiting = asyncio.ensure_future(_count(sqlite, began.set))
        await began.wait()
        # The statement is on its way to the connection's thread, and there it waits for the other's lock.
        _, pending = await asyncio.wait([waiting], timeout=0.1)
        assert pending
        waiting.cancel()
        other.execute("ROLLBACK")
        with pytest.raises(asyncio.CancelledError):
            await waiting
    # Its exception keeps the frames alive, and they the cursor, as one that is being logged does.
    assert waiting.cancelled()
    async with asyncio.timeout(SOON):
        await _count(sqlite)


async def test_wherever_writers_are_cancelled_the_next_one_writes(sqlite: SqlDatabase) -> None:
    cancelled = []
    for step in range(60):
        task = asyncio.ensure_future(_count(sqlite))
        cancel_at = time.perf_counter() + step * 0.00005
        while time.perf_counter() < cancel_at:  # noqa: ASYNC110 - shorter than any sleep, to hit every statement
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        cancelled.append(task)
        async with asyncio.timeout(SOON):
            await _count(sqlite)
