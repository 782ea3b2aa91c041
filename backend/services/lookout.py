"""The lookout: nobody has seen an order, or nobody answers a call for help, and somebody has to be told.

Time is counted by this machine's own monotonic clock from when this process first saw what is waiting: a clock that is
set back silences no alarm, and after a restart staff windows have their ten seconds to come back. Who tells is decided
in the database, so that several backends tell once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from backend.database.interface import Database, DatabaseError, NotificationRecord, OrderRecord, Outgoing
from backend.database.on_duty import AlarmRecord, HelpRecord
from backend.domain.order import RECEIVED
from shared.limits import ALARM_SECONDS, HELP_SECONDS, PRINT_SECONDS, SPEAK_TO_US_SECONDS
from shared.messages import AlarmLevel, Topic

EVERY_SECONDS = 1.0
MOST_AT_ONCE = 200
LEVELS: Mapping[AlarmLevel, float] = {
    AlarmLevel.RAISED: ALARM_SECONDS,
    AlarmLevel.PRINTED: PRINT_SECONDS,
    AlarmLevel.CUSTOMER: SPEAK_TO_US_SECONDS,
}

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Lookout:
    """``clock`` answers aware UTC times, ``elapsed`` seconds that only ever grow."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._clock = clock
        self._elapsed = elapsed
        self._since: dict[str, float] = {}

    async def run(self) -> None:
        """Look each second, until cancelled."""
        while True:
            try:
                await self.look()
            except DatabaseError as error:
                log.warning("lookout_blind", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Tell what is due.

        Raises:
            DatabaseError: try again.
        """
        async with self._database.read() as db:
            seen = await db.duty.seen()
            alarms = {alarm.order_id: alarm for alarm in await db.duty.alarms()}
            rows = await db.log.of_topic(Topic.ORDER_CREATED.value, seen, MOST_AT_ONCE)
            calls = [call for call in await db.help.waiting(MOST_AT_ONCE) if call.escalated_at is None]
            looked_at = bool(alarms or rows)
            waiting = {o.order_id: o for o in await db.orders.list_open() if o.status == RECEIVED} if looked_at else {}
        unseen = {order.order_id: (row.id, order) for row in rows if (order := waiting.get(_order_id(row))) is not None}
        self._forget_others(unseen.keys() | {call.help_id for call in calls})
        for order_id, (log_id, order) in unseen.items():
            await self._raise_what_is_due(log_id, order, alarms.get(order_id))
        for order_id, alarm in alarms.items():
            # Shown by a window after all, or on its way through the kitchen by other means.
            if order_id not in unseen and (alarm.log_id <= seen or order_id not in waiting):
                await self._end(alarm)
        for call in calls:
            await self._escalate_when_due(call)

    def _waited(self, what: str) -> float:
        return self._elapsed() - self._since.setdefault(what, self._elapsed())

    def _forget_others(self, known: set[str]) -> None:
        self._since = {what: since for what, since in self._since.items() if what in known}

    async def _raise_what_is_due(self, log_id: int, order: OrderRecord, alarm: AlarmRecord | None) -> None:
        seconds = self._waited(order.order_id)
        stands = alarm.level if alarm else AlarmLevel.OVER
        due = max((level for level, after in LEVELS.items() if seconds >= after), default=AlarmLevel.OVER)
        if due <= stands:
            return
        async with self._database.write() as db:
            if not await db.duty.raise_alarm(AlarmRecord(order.order_id, log_id, due, self._clock())):
                return
            whom = order.user_id if due is AlarmLevel.CUSTOMER else None
            db.notify(_alarm(order.order_id, order.order_number, due, seconds, whom))
            await db.commit()
        log.warning("order_unseen", order_number=order.order_number, level=int(due))

    async def _end(self, alarm: AlarmRecord) -> None:
        async with self._database.write() as db:
            order = await db.orders.get(alarm.order_id)
            if not await db.duty.end_alarm(alarm.order_id, self._clock()):
                return
            whom = order.user_id if order and alarm.level >= AlarmLevel.CUSTOMER else None
            db.notify(_alarm(alarm.order_id, order.order_number if order else 0, AlarmLevel.OVER, 0, whom))
            await db.commit()

    async def _escalate_when_due(self, call: HelpRecord) -> None:
        seconds = self._waited(call.help_id)
        if seconds < HELP_SECONDS:
            return
        async with self._database.write() as db:
            if not await db.help.escalate(call.help_id, self._clock()):
                return
            data = {"help_id": call.help_id, "device_id": call.device_id, "screen": call.screen, "mode": call.mode}
            db.notify(Outgoing(Topic.HELP_ESCALATED.value, {**data, "seconds": int(seconds)}))
            await db.commit()


def _order_id(row: NotificationRecord) -> str:
    order = row.data.get("order")
    return str(order.get("id", "")) if isinstance(order, Mapping) else ""


def _alarm(order_id: str, number: int, level: AlarmLevel, seconds: float, whom: str | None) -> Outgoing:
    data = {"order_id": order_id, "order_number": number, "level": int(level), "seconds": int(seconds)}
    return Outgoing(Topic.ORDER_ALARM.value, data, whom)
