"""Orders that go to paper, each once whoever prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update

from backend.database.on_duty import PrintRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import prints


class SqlPrints:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def want(self, record: PrintRecord) -> bool:
        added = self._link.insert(prints).values(**columns_of(record)).on_conflict_do_nothing()
        return (await self._link.run(added)).rowcount == 1

    async def waiting(self, limit: int) -> Sequence[PrintRecord]:
        wanted = select(prints).where(prints.c.ended_at.is_(None)).order_by(prints.c.wanted_at).limit(limit)
        return [record_of(PrintRecord, row) for row in await self._link.run(wanted)]

    async def begin(self, record: PrintRecord) -> bool:
        begun = update(prints).where(_still(record), prints.c.tries == record.tries).values(tries=record.tries + 1)
        return (await self._link.run(begun)).rowcount == 1

    async def fail(self, record: PrintRecord, trouble: str) -> None:
        await self._link.run(update(prints).where(_still(record)).values(trouble=trouble))

    async def end(self, record: PrintRecord, at: datetime) -> bool:
        ended = await self._link.run(update(prints).where(_still(record)).values(ended_at=at))
        return ended.rowcount == 1

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(prints).where(prints.c.wanted_at < moment))).rowcount


def _still(record: PrintRecord) -> ColumnElement[bool]:
    return and_(prints.c.order_id == record.order_id, prints.c.kind == record.kind, prints.c.ended_at.is_(None))
