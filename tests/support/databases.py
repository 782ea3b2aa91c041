"""What tests of the database share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from backend.database.sql.database import SqlDatabase

OpenDatabase = Callable[[], Awaitable[SqlDatabase]]
