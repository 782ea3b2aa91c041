"""Rate limits that several backends share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from backend.database.on_duty import SpentRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import rates_spent


class SqlRates:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def say(self, replica: str, spent: Mapping[tuple[str, str], int], at: datetime) -> None:
        rows = [columns_of(SpentRecord(replica, bucket, client[:100], n, at)) for (bucket, client), n in spent.items()]
        statement = self._link.insert(rates_spent).values(rows)
        key = [rates_spent.c.replica, rates_spent.c.bucket, rates_spent.c.client]
        new = {"spent": statement.excluded.spent, "at": statement.excluded.at}
        await self._link.run(statement.on_conflict_do_update(index_elements=key, set_=new))

    async def of_others(self, replica: str, since: datetime) -> Sequence[SpentRecord]:
        wanted = select(rates_spent).where(rates_spent.c.replica != replica, rates_spent.c.at >= since)
        return [record_of(SpentRecord, row) for row in await self._link.run(wanted)]

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(rates_spent).where(rates_spent.c.at < moment))).rowcount
