"""One connection inside one transaction, as the repositories see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import CursorResult, Executable, Row, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database.sql.failures import translated

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy.dialects import postgresql


_Record = TypeVar("_Record")


class Link:
    """Runs statements and speaks our errors.

    Raises (every method):
        StorageFull, DatabaseUnavailable, AlreadyThere
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def run(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        with translated():
            return await self._connection.execute(statement, values)

    async def commit(self) -> None:
        with translated():
            await self._connection.commit()

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that may say ON CONFLICT; both databases speak it alike."""
        if self._connection.dialect.name == "sqlite":
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - half a megabyte that SQLite does without

        return postgresql.insert(table)


def columns_of(record: DataclassInstance) -> dict[str, Any]:
    """A record as column values. ``dataclasses.asdict`` would copy whole carts for nothing."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def record_of(kind: type[_Record], row: Row[*tuple[Any, ...]]) -> _Record:
    """A whole row as a record; columns are named like the record's fields."""
    return kind(**row._asdict())
