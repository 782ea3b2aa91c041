"""Customers who called for help, until long after somebody came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from backend.database.on_duty import HelpRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import help_calls


class SqlHelpCalls:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, call: HelpRecord) -> None:
        await self._link.run(insert(help_calls), columns_of(call))

    async def get(self, help_id: str) -> HelpRecord | None:
        row = (await self._link.run(select(help_calls).where(help_calls.c.help_id == help_id))).one_or_none()
        return record_of(HelpRecord, row) if row else None

    async def waiting(self, limit: int) -> Sequence[HelpRecord]:
        wanted = select(help_calls).where(help_calls.c.answered_at.is_(None)).order_by(help_calls.c.at).limit(limit)
        return [record_of(HelpRecord, row) for row in await self._link.run(wanted)]

    async def answer(self, help_id: str, by: str, at: datetime) -> bool:
        answered = await self._link.run(
            update(help_calls)
            .where(help_calls.c.help_id == help_id, help_calls.c.answered_at.is_(None))
            .values(answered_by=by, answered_at=at)
        )
        return answered.rowcount == 1

    async def escalate(self, help_id: str, at: datetime) -> bool:
        escalated = await self._link.run(
            update(help_calls)
            .where(
                help_calls.c.help_id == help_id,
                help_calls.c.answered_at.is_(None),
                help_calls.c.escalated_at.is_(None),
            )
            .values(escalated_at=at)
        )
        return escalated.rowcount == 1

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(help_calls).where(help_calls.c.at < moment))).rowcount
