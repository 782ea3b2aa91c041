"""Databases for tests: how one is opened again, and templates that are migrated once and copied."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from backend.database.sql.database import SqlDatabase

OpenDatabase = Callable[[], Awaitable[SqlDatabase]]
_POSTGRES = "template_of_mallo"


def sqlite_url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def postgres_url_of(server: str, name: str) -> str:
    """The URL of the database ``name`` of the server at ``postgresql://…/postgres?…``."""
    return server.replace("postgresql://", "postgresql+asyncpg://", 1).replace("/postgres?", f"/{name}?", 1)


class Templates:
    """Empty databases with all tables, made at the first use: migrating takes longer than most tests do.

    Copies share the template's epoch.
    """

    def __init__(self, sqlite_file: Path) -> None:
        self._sqlite = sqlite_file
        self._in_postgres = False

    async def sqlite(self) -> Path:
        """The file to copy."""
        if not self._sqlite.exists():
            await (await SqlDatabase.open(sqlite_url_of(self._sqlite))).close()
        return self._sqlite

    async def postgres(self, server: str) -> str:
        """The name to give to ``CREATE DATABASE … TEMPLATE``. ``server`` is the same at every call."""
        if not self._in_postgres:
            admin = await asyncpg.connect(server)
            try:
                await admin.execute(f"CREATE DATABASE {_POSTGRES}")
            finally:
                await admin.close()
            await (await SqlDatabase.open(postgres_url_of(server, _POSTGRES))).close()
            self._in_postgres = True
        return _POSTGRES
