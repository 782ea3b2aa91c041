"""Which of our errors a driver's error is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.database.interface import AlreadyThere, DatabaseError, DatabaseUnavailable, StorageFull

_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL})
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    }
)
_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY_CODE = 0xFF
_POSTGRES_FULL = ("53100",)
_POSTGRES_AWAY = ("08", "28", "3D", "57P", "53", "55P03", "57014", "40001", "40P01", "25006")
"""SQLSTATE prefixes: connection lost, not let in, no such database, shutting down, out of resources, lock or statement
timed out, serialisation failure, deadlock, and a server that only reads (a replica after a failover)."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a driver raises inside the block into a ``DatabaseError``; a bug of ours stays what it is."""
    try:
        yield
    except IntegrityError as error:
        raise AlreadyThere("a row of that name exists") from error
    except DBAPIError as error:
        known = _known(error)
        if known is None:
            raise
        raise known from error
    except (OSError, TimeoutError, PoolTimeout) as error:
        # asyncpg raises these bare while it connects.
        raise DatabaseUnavailable(f"the database cannot be reached ({type(error).__name__})") from error


def _known(error: DBAPIError) -> DatabaseError | None:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        if code & _PRIMARY_CODE in _SQLITE_FULL:
            return StorageFull("the disk is full")
        if code & _PRIMARY_CODE in _SQLITE_AWAY:
            return DatabaseUnavailable(f"SQLite answers {getattr(cause, 'sqlite_errorname', code)}")
        if code & _PRIMARY_CODE in _SQLITE_DAMAGED:
            return DatabaseError("the file is damaged, or is no database")
        return None
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        if state.startswith(_POSTGRES_FULL):
            return StorageFull("the server's disk is full")
        if state.startswith(_POSTGRES_AWAY):
            return DatabaseUnavailable(f"PostgreSQL answers {state}")
        return None
    if error.connection_invalidated:
        return DatabaseUnavailable("the connection was lost")
    return None
