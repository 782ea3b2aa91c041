"""A full disk, a locked file, a server that is gone: nothing is half-written, and the error says which."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from backend.database.interface import DatabaseError, DatabaseUnavailable, Outgoing, StorageFull, UserRecord
from backend.database.sql.database import SqlDatabase

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SLOW = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000) SELECT count(*) FROM n"


async def _pragma(database: SqlDatabase, statement: str) -> None:
    """Set the one writer's connection; it keeps it."""
    async with database._engines.writer.connect() as connection:
        await connection.execute(text(statement))
        await connection.commit()


async def _write(database: SqlDatabase, user_id: str = "u", name: str = "n") -> None:
    async with database.write() as db:
        await db.users.add(UserRecord(user_id, "customer", name, None, NOW))
        db.notify(Outgoing("help.requested"))
        await db.commit()


async def _written(database: SqlDatabase) -> tuple[int, bool]:
    async with database.read() as db:
        return await db.log.top(), await db.users.get("u") is not None


async def test_a_full_disk(sqlite: SqlDatabase) -> None:
    await _pragma(sqlite, "PRAGMA max_page_count=1")  # SQLite takes it as: no page more than there are
    with pytest.raises(StorageFull):
        await _write(sqlite, name="n" * 500_000)
    assert await _written(sqlite) == (0, False)
    await _pragma(sqlite, "PRAGMA max_page_count=1000000")
    await _write(sqlite)
    assert await _written(sqlite) == (1, True)


async def test_a_file_that_another_process_holds(sqlite: SqlDatabase, tmp_path: Path) -> None:
    await _pragma(sqlite, "PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(tmp_path / "mallo.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable, match="SQLITE_BUSY"):
            await _write(sqlite)
        other.execute("ROLLBACK")
    await _write(sqlite)
    assert await _written(sqlite) == (1, True)


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "mallo.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(DatabaseError, match="no database"):
        await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}")


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnavailable):
        await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'mallo.db'}")


async def test_power_loss_settings_are_on(sqlite: SqlDatabase) -> None:
    async with sqlite._engines.writer.connect() as connection:
        found = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


async def test_readers_cannot_write(sqlite: SqlDatabase) -> None:
    async with sqlite.read() as db:
        with pytest.raises(DatabaseUnavailable):
            await db.availability.set_sold_out("cheese", True)


@pytest.mark.postgres
async def test_a_server_that_is_not_there() -> None:
    with pytest.raises(DatabaseUnavailable):
        await SqlDatabase.open("postgresql+asyncpg://postgres@127.0.0.1:1/mallo")


@pytest.mark.postgres
async def test_a_database_that_the_server_does_not_have(postgres_url: str) -> None:
    with pytest.raises(DatabaseError):
        await SqlDatabase.open(postgres_url.replace("/mallo_", "/nothing_"))


@pytest.mark.postgres
async def test_a_connection_that_is_cut_in_the_middle(postgres_url: str, postgres_server: str) -> None:
    database = await SqlDatabase.open(postgres_url)
    try:
        with pytest.raises(DatabaseUnavailable):
            await _cut_in_the_middle(database, postgres_server)
        # The pool notices and connects anew.
        await _write(database)
        assert await _written(database) == (1, True)
    finally:
        await database.close()


async def _cut_in_the_middle(database: SqlDatabase, server: str) -> None:
    async with database.write() as db:
        await db.users.add(UserRecord("u", "customer", "n", None, NOW))
        admin = await asyncpg.connect(server)
        try:
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mallo'"
            )
        finally:
            await admin.close()
        await db.commit()


@pytest.mark.parametrize("turns", [1, 2, 5])
async def test_a_reader_who_is_cancelled_while_they_are_being_cancelled(sqlite: SqlDatabase, turns: int) -> None:
    """``turns`` of the event loop later, the second time: whoever still closes the connection comes to an end."""
    before = asyncio.all_tasks()

    async def read() -> None:
        async with sqlite._engines.reader.connect() as connection:
            await connection.execute(text(SLOW))

    reading = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    reading.cancel()
    for _ in range(turns):
        await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    left = asyncio.all_tasks() - before - {reading}
    _done, pending = await asyncio.wait(left, timeout=10) if left else (set(), set())
    assert not pending
    assert await _written(sqlite) == (0, False)
