"""Orders, their numbers and history, and the idempotency keys that they were placed under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from backend.database.interface import IdempotencyRecord, OrderChange, OrderRecord, StaleVersion
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import idempotency, order_changes, order_days, orders
from backend.domain.order import OPEN_STATUSES, PREPARING, RECEIVED


class SqlOrders:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def next_number(self, day: str) -> int:
        # The row stays taken until the transaction ends, so a number that is rolled back is given out again.
        statement = self._link.insert(order_days).values(day=day, last=1)
        counted = statement.on_conflict_do_update(
            index_elements=[order_days.c.day], set_={"last": order_days.c.last + 1}
        ).returning(order_days.c.last)
        return int((await self._link.run(counted)).scalar_one())

    async def add(self, order: OrderRecord) -> None:
        await self._link.run(insert(orders), columns_of(order))
        await self._record(order, order.user_id, order.placed_at)

    async def get(self, order_id: str) -> OrderRecord | None:
        row = (await self._link.run(select(orders).where(orders.c.order_id == order_id))).one_or_none()
        return _order(row) if row else None

    async def count_waiting(self) -> int:
        waiting = select(func.count()).select_from(orders).where(orders.c.status.in_((RECEIVED, PREPARING)))
        return int((await self._link.run(waiting)).scalar_one())

    async def list_open(self) -> Sequence[OrderRecord]:
        unfinished = select(orders).where(orders.c.status.in_(OPEN_STATUSES))
        return await self._list(unfinished.order_by(orders.c.placed_at, orders.c.order_number))

    async def list_recent(self, limit: int) -> Sequence[OrderRecord]:
        return await self._list(select(orders).order_by(orders.c.placed_at.desc()).limit(limit))

    async def list_of_user(self, user_id: str, limit: int) -> Sequence[OrderRecord]:
        mine = select(orders).where(orders.c.user_id == user_id)
        return await self._list(mine.order_by(orders.c.placed_at.desc()).limit(limit))

    async def update(self, order: OrderRecord, changed_by: str | None, changed_at: datetime) -> OrderRecord:
        changed = replace(order, version=order.version + 1)
        written = await self._link.run(
            update(orders)
            .where(orders.c.order_id == order.order_id, orders.c.version == order.version)
            .values(**columns_of(changed))
        )
        if written.rowcount != 1:
            raise StaleVersion("somebody else changed the order first")
        await self._record(changed, changed_by, changed_at)
        return changed

    async def changes(self, order_id: str) -> Sequence[OrderChange]:
        wanted = select(order_changes).where(order_changes.c.order_id == order_id).order_by(order_changes.c.version)
        return [record_of(OrderChange, row) for row in await self._link.run(wanted)]

    async def _record(self, order: OrderRecord, changed_by: str | None, changed_at: datetime) -> None:
        change = OrderChange(
            order_id=order.order_id,
            version=order.version,
            status=order.status,
            assigned_to=order.assigned_to,
            changed_by=changed_by,
            changed_at=changed_at,
        )
        await self._link.run(insert(order_changes), columns_of(change))

    async def _list(self, wanted: Select[*tuple[Any, ...]]) -> list[OrderRecord]:
        return [_order(row) for row in await self._link.run(wanted)]


class SqlIdempotency:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, owner: str, key: str) -> IdempotencyRecord | None:
        wanted = select(idempotency).where(idempotency.c.owner == owner, idempotency.c.key == key)
        row = (await self._link.run(wanted)).one_or_none()
        return record_of(IdempotencyRecord, row) if row else None

    async def claim(self, record: IdempotencyRecord) -> bool:
        statement = self._link.insert(idempotency).values(**columns_of(record)).on_conflict_do_nothing()
        return (await self._link.run(statement)).rowcount == 1

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(idempotency).where(idempotency.c.created_at < moment))).rowcount


def _order(row: Row[*tuple[Any, ...]]) -> OrderRecord:
    record = record_of(OrderRecord, row)
    # Orders from before items were done one by one hold nothing there.
    return replace(record, done=[]) if row.done is None else record
