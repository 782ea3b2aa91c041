"""The store's log of notifications."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from backend.database.interface import PUBLIC_TOPICS, Json, NotificationRecord, Outgoing
from backend.database.sql.column_types import to_json
from backend.database.sql.link import Link
from backend.database.sql.tables import log_counter, notifications, store

EVERYBODY = "*"
EPOCH = "epoch"


class SqlNotificationLog:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def append(self, outgoing: Sequence[Outgoing], at: datetime) -> Sequence[NotificationRecord]:
        """Write ``outgoing`` under the next ids and answer the rows as ``after`` would read them.

        The counter row stays taken until the transaction ends: who gets a later id commits later, so a
        cursor never passes a row that has yet to appear. Run it as the last statement, or writers queue up.
        """
        counted = update(log_counter).values(top=log_counter.c.top + len(outgoing)).returning(log_counter.c.top)
        top = int((await self._link.run(counted)).scalar_one())
        rows = [
            {
                "id": id_,
                "topic": item.topic,
                "at": at,
                "audience": _audience(item),
                "data": json.loads(to_json(item.data)),
            }
            for id_, item in enumerate(outgoing, top - len(outgoing) + 1)
        ]
        await self._link.run(insert(notifications), rows if len(rows) > 1 else rows[0])
        return [_record(**row) for row in rows]

    async def top(self) -> int:
        return int((await self._link.run(select(log_counter.c.top))).scalar_one())

    async def top_for(self, user_id: str) -> int:
        highest = select(func.max(notifications.c.id)).where(notifications.c.audience.in_((user_id, EVERYBODY)))
        return int((await self._link.run(highest)).scalar_one() or 0)

    async def oldest(self) -> int:
        lowest = (await self._link.run(select(func.min(notifications.c.id)))).scalar_one()
        return int(lowest) if lowest is not None else await self.top() + 1

    async def after(self, cursor: int, limit: int) -> Sequence[NotificationRecord]:
        wanted = select(notifications).where(notifications.c.id > cursor)
        rows = await self._link.run(wanted.order_by(notifications.c.id).limit(limit))
        return [_notification(row) for row in rows]

    async def of_topic(self, topic: str, cursor: int, limit: int) -> Sequence[NotificationRecord]:
        wanted = select(notifications).where(notifications.c.id > cursor, notifications.c.topic == topic)
        rows = await self._link.run(wanted.order_by(notifications.c.id).limit(limit))
        return [_notification(row) for row in rows]

    async def after_for(self, user_id: str, cursor: int, limit: int) -> Sequence[NotificationRecord]:
        wanted = select(notifications).where(
            notifications.c.audience.in_((user_id, EVERYBODY)), notifications.c.id > cursor
        )
        rows = await self._link.run(wanted.order_by(notifications.c.id).limit(limit))
        return [_notification(row) for row in rows]

    async def delete_before(self, moment: datetime) -> int:
        newest = select(log_counter.c.top).scalar_subquery()
        last_old = select(func.max(notifications.c.id)).where(notifications.c.at < moment).scalar_subquery()
        # By id and not by time: clocks of several machines differ, and what is kept may have no holes.
        gone = delete(notifications).where(notifications.c.id <= last_old, notifications.c.id < newest)
        return (await self._link.run(gone)).rowcount

    async def epoch(self) -> str:
        return str((await self._link.run(select(store.c.value).where(store.c.name == EPOCH))).scalar_one())


def _audience(outgoing: Outgoing) -> str | None:
    return EVERYBODY if outgoing.topic in PUBLIC_TOPICS else outgoing.user_id


def _notification(row: Row[*tuple[Any, ...]]) -> NotificationRecord:
    return _record(**row._asdict())


def _record(id: int, topic: str, at: datetime, audience: str | None, data: Json) -> NotificationRecord:  # noqa: A002 - the column's name
    return NotificationRecord(id=id, topic=topic, at=at, data=data, user_id=None if audience == EVERYBODY else audience)
