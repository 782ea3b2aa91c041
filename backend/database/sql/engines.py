"""How each database is opened."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.database.interface import DatabaseUnavailable
from backend.database.sql.column_types import to_json
from backend.database.sql.connection import StopsOnce

BUSY_SECONDS = 5.0
WAL_PAUSE_SECONDS = 0.01
CONNECT_SECONDS = 5.0
COMMAND_SECONDS = 10.0
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 10


@dataclass(frozen=True, slots=True)
class Engines:
    """``one_writer``: writers have to queue in this process, for the writer's pool holds one connection."""

    url: URL
    writer: AsyncEngine
    reader: AsyncEngine
    one_writer: bool

    async def dispose(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


def make_engines(url: str) -> Engines:
    """Engines for ``sqlite+aiosqlite:///file`` or ``postgresql+asyncpg://…``.

    Raises:
        DatabaseUnavailable: another scheme, no file named, or the file's folder cannot be written.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnavailable("the database URL cannot be read") from error
    if parsed.drivername == "sqlite+aiosqlite":
        return _sqlite(parsed)
    if parsed.drivername == "postgresql+asyncpg":
        return _postgres(parsed)
    raise DatabaseUnavailable(f"no database speaks {parsed.drivername}: use sqlite+aiosqlite or postgresql+asyncpg")


def _sqlite(url: URL) -> Engines:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnavailable("SQLite needs a file: readers have connections of their own")
    _make_private(Path(url.database))
    _switch_to_wal(Path(url.database))
    writer = _sqlite_engine(url, connections=1)
    _on_connect(
        writer,
        # WAL belongs to the file; FULL belongs to the connection and makes each commit survive a power cut.
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
    )
    _on_begin(writer, "BEGIN IMMEDIATE")
    reader = _sqlite_engine(url, connections=SQLITE_READERS)
    _on_connect(reader, "PRAGMA query_only=ON")
    _on_begin(reader, "BEGIN")
    return Engines(url, writer, reader, one_writer=True)


def _make_private(path: Path) -> None:
    """Make the file readable by its owner alone: hashes of PINs and conversations are in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(f"{path.name} cannot be opened: {error.strerror}") from error


def _switch_to_wal(path: Path) -> None:
    """Make a new file a WAL one, whoever else is doing the same.

    SQLite does not wait its busy timeout for this switch: of several processes that start at once on a new file all but
    one got "database is locked". What else goes wrong here the first connection meets again, and reports.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < deadline:
        try:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                return
            time.sleep(WAL_PAUSE_SECONDS)
        except sqlite3.DatabaseError:
            return
        else:
            return


def _sqlite_engine(url: URL, connections: int) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=COMMAND_SECONDS,
        json_serializer=to_json,
        connect_args={"timeout": BUSY_SECONDS, "async_creator_fn": StopsOnce},
    )


def _on_connect(engine: AsyncEngine, *statements: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        # The driver's own transactions would begin late and deferred: begin ours by hand.
        connection.isolation_level = None
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()


def _on_begin(engine: AsyncEngine, statement: str) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def _postgres(url: URL) -> Engines:
    settings: dict[str, Any] = {
        "timeout": CONNECT_SECONDS,
        "command_timeout": COMMAND_SECONDS,
        "server_settings": {"application_name": "mallo", "timezone": "UTC"},
    }
    writer = create_async_engine(
        url,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=COMMAND_SECONDS,
        pool_pre_ping=True,
        json_serializer=to_json,
        connect_args=settings,
    )
    # One snapshot for all that a reader asks, so that a list and the log's top belong together.
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(url, writer, reader, one_writer=False)
