"""What staff windows have acknowledged, alarms for what none has, and who is connected to which backend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, delete, func, select, update

from backend.database.on_duty import AlarmRecord, PresenceRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import cursors, order_alarms, presence


class SqlDuty:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def acknowledge(self, owners: Mapping[str, int], at: datetime) -> None:
        # In one order, so that two backends never wait for each other.
        rows = [{"owner": owner, "acknowledged": id_, "at": at} for owner, id_ in sorted(owners.items())]
        statement = self._link.insert(cursors).values(rows)
        new, old = statement.excluded.acknowledged, cursors.c.acknowledged
        further = case((new > old, new), else_=old)
        await self._link.run(
            statement.on_conflict_do_update(
                index_elements=[cursors.c.owner], set_={"acknowledged": further, "at": statement.excluded.at}
            )
        )

    async def seen(self) -> int:
        return int((await self._link.run(select(func.max(cursors.c.acknowledged)))).scalar_one() or 0)

    async def alarms(self) -> Sequence[AlarmRecord]:
        standing = select(order_alarms).where(order_alarms.c.over_at.is_(None)).order_by(order_alarms.c.log_id)
        return [record_of(AlarmRecord, row) for row in await self._link.run(standing)]

    async def raise_alarm(self, alarm: AlarmRecord) -> bool:
        statement = self._link.insert(order_alarms).values(**columns_of(alarm))
        raised = statement.on_conflict_do_update(
            index_elements=[order_alarms.c.order_id],
            set_={"level": alarm.level},
            where=(order_alarms.c.level < alarm.level) & order_alarms.c.over_at.is_(None),
        ).returning(order_alarms.c.level)
        return (await self._link.run(raised)).first() is not None

    async def end_alarm(self, order_id: str, at: datetime) -> bool:
        ended = await self._link.run(
            update(order_alarms)
            .where(order_alarms.c.order_id == order_id, order_alarms.c.over_at.is_(None))
            .values(over_at=at)
        )
        return ended.rowcount == 1

    async def delete_before(self, moment: datetime) -> int:
        await self._link.run(delete(cursors).where(cursors.c.at < moment))
        return (await self._link.run(delete(order_alarms).where(order_alarms.c.raised_at < moment))).rowcount


class SqlPresences:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def say(self, record: PresenceRecord) -> None:
        columns = columns_of(record)
        statement = self._link.insert(presence).values(**columns)
        await self._link.run(statement.on_conflict_do_update(index_elements=[presence.c.replica], set_=columns))

    async def leave(self, replica: str) -> None:
        await self._link.run(delete(presence).where(presence.c.replica == replica))

    async def since(self, moment: datetime) -> Sequence[PresenceRecord]:
        wanted = select(presence).where(presence.c.at >= moment).order_by(presence.c.replica)
        return [record_of(PresenceRecord, row) for row in await self._link.run(wanted)]

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(presence).where(presence.c.at < moment))).rowcount
