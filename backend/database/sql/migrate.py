"""Bring a database to this version of the code, at start, safely when several processes start at once."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.database.interface import DatabaseError
from backend.database.sql.failures import translated
from backend.database.sql.rows_log import EPOCH
from backend.database.sql.tables import log_counter, store

HEAD = "0007"
"""The newest migration. Known without reading the scripts, so that an ordinary start does not import Alembic's half."""

_LOCK = 0x4D616C6C6F  # "Mallo": all processes that migrate one PostgreSQL database take this advisory lock


class NewerDatabase(DatabaseError):
    """The database was made by a newer version of Mallo."""


async def migrate(engine: AsyncEngine) -> None:
    """Run what is missing, in one transaction: either all of it is there afterwards or nothing changed.

    Raises:
        NewerDatabase, DatabaseUnavailable, StorageFull
    """
    with translated():
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # SQLite needs none: BEGIN IMMEDIATE has let only one of us in.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if _revision(connection) != HEAD:
        _upgrade(connection)
    if connection.execute(select(store.c.value).where(store.c.name == EPOCH)).scalar() is None:
        connection.execute(insert(store), {"name": EPOCH, "value": uuid4().hex})
        connection.execute(insert(log_counter), {"id": 1, "top": 0})


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only the first start needs
    from alembic.config import Config  # noqa: PLC0415 - only when a migration is due
    from alembic.util.exc import CommandError  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise NewerDatabase(f"revision {_revision(connection)} is not known here") from error
