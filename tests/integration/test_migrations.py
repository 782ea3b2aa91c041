"""Migrations on both databases: from nothing, again, by two at once, and never half."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from backend.database.interface import DatabaseUnavailable
from backend.database.sql import migrate as migration
from backend.database.sql.database import SqlDatabase
from backend.database.sql.engines import make_engines
from backend.database.sql.migrate import HEAD, NewerDatabase, migrate
from backend.database.sql.tables import metadata
from tests.support.databases import OpenDatabase


@pytest.fixture
def migrated() -> bool:
    """Here databases begin with nothing."""
    return False


def test_the_head_that_start_up_knows_is_the_scripts_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migration.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_migrations_from_nothing_make_the_tables_of_the_model(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    engines = make_engines(database_url)
    try:
        await migrate(engines.writer)
        async with engines.writer.connect() as connection:
            assert await connection.run_sync(differences) == []
    finally:
        await engines.dispose()


async def test_a_database_of_an_earlier_version_gets_what_is_new_and_keeps_what_it_has(database_url: str) -> None:
    def first_version(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(migration.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    engines = make_engines(database_url)
    try:
        async with engines.writer.begin() as connection:
            await connection.run_sync(first_version)
            await connection.execute(text("INSERT INTO sold_out_menus VALUES ('cheese')"))
        await migrate(engines.writer)
        async with engines.writer.connect() as connection:
            assert (await connection.execute(text("SELECT menu_code FROM sold_out_menus"))).scalars().all() == [
                "cheese"
            ]
            assert (await connection.execute(text("SELECT count(*) FROM usage_days"))).scalar() == 0
    finally:
        await engines.dispose()


async def test_processes_that_start_at_once_migrate_once(open_database: OpenDatabase) -> None:
    opened = await asyncio.gather(*(open_database() for _ in range(4)))
    epochs = set()
    for database in opened:
        async with database.read() as db:
            epochs.add(await db.log.epoch())
    assert len(epochs) == 1


async def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    engines = make_engines(database_url)
    try:
        await migrate(engines.writer)
        async with engines.writer.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(NewerDatabase, match="9999"):
            await migrate(engines.writer)
    finally:
        await engines.dispose()


async def test_a_migration_that_breaks_off_leaves_nothing(database_url: str) -> None:
    engines = make_engines(database_url)
    try:
        # Something is in the way of a late table.
        async with engines.writer.begin() as connection:
            await connection.execute(text("CREATE TABLE users (x INTEGER)"))
        with pytest.raises(Exception, match="users"):
            await migrate(engines.writer)
        async with engines.writer.begin() as connection:
            await connection.execute(text("DROP TABLE users"))
        await migrate(engines.writer)
    finally:
        await engines.dispose()


async def test_the_file_is_the_owners_alone_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mallo.db"
    database = await SqlDatabase.open(f"sqlite+aiosqlite:///{path}")
    await database.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite:///x.db", "mysql://localhost/x", "nonsense"]
)
async def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await SqlDatabase.open(url)
