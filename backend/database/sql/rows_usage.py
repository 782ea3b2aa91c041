"""What paid engines used, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select

from backend.database.interface import UsageRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import usage_days, usage_writers

_KEY = (usage_days.c.day, usage_days.c.capability, usage_days.c.engine, usage_days.c.model)
_AMOUNTS = tuple(column for column in usage_days.c if column not in set(_KEY))
_ROWS_A_STATEMENT = 200
"""Of 13 values each: both databases take about 32,000 values in a statement."""


class SqlUsages:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, writer: str, number: int, at: datetime, records: Sequence[UsageRecord]) -> bool:
        if not await self._claim(writer, number, at):
            return False
        # Every writer takes the rows in one order, so that two of them never wait for each other.
        ordered = sorted(records, key=lambda r: (r.day, r.capability, r.engine, r.model))
        for start in range(0, len(ordered), _ROWS_A_STATEMENT):
            rows = [columns_of(record) for record in ordered[start : start + _ROWS_A_STATEMENT]]
            statement = self._link.insert(usage_days).values(rows)
            added = {column.name: column + statement.excluded[column.name] for column in _AMOUNTS}
            await self._link.run(statement.on_conflict_do_update(index_elements=_KEY, set_=added))
        return True

    async def _claim(self, writer: str, number: int, at: datetime) -> bool:
        statement = self._link.insert(usage_writers).values(writer=writer, last=number, at=at)
        claimed = statement.on_conflict_do_update(
            index_elements=[usage_writers.c.writer],
            set_={"last": number, "at": at},
            where=usage_writers.c.last < number,
        ).returning(usage_writers.c.last)
        return (await self._link.run(claimed)).first() is not None

    async def between(self, first: date, last: date) -> Sequence[UsageRecord]:
        wanted = (
            select(usage_days)
            .where(usage_days.c.day.between(first, last))
            .order_by(usage_days.c.day, usage_days.c.engine, usage_days.c.capability, usage_days.c.model)
        )
        return [record_of(UsageRecord, row) for row in await self._link.run(wanted)]

    async def delete_before(self, day: date) -> int:
        return (await self._link.run(delete(usage_days).where(usage_days.c.day < day))).rowcount

    async def delete_writers_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(usage_writers).where(usage_writers.c.at < moment))).rowcount
