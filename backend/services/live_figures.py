"""Who is connected, on all machines of the shop, and what nobody has seen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from backend.database.interface import Database, DatabaseError
from backend.database.on_duty import PresenceRecord
from backend.domain.order import RECEIVED
from backend.services.websocket_manager import WebSocketManager
from shared.auth import UserType
from shared.health import WebSocketStats
from shared.messages import Topic

EVERY_SECONDS = 2.0
REPEAT_SECONDS = 15.0
GONE_AFTER = timedelta(seconds=45)
"""A backend that has said nothing for so long is not there; its clients are on another by then."""
MOST_UNSEEN = 1_000

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LiveFigures:
    """``clock`` answers aware UTC times."""

    def __init__(self, database: Database, live: WebSocketManager, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._live = live
        self._clock = clock
        self._replica = uuid4().hex

    async def stats(self) -> WebSocketStats:
        """As it is now here; as it was said last by the other backends.

        Raises:
            DatabaseError: the log cannot be read now.
        """
        async with self._database.read() as db:
            seen = await db.duty.seen()
            rows = await db.log.of_topic(Topic.ORDER_CREATED.value, seen, MOST_UNSEEN)
            waiting = {order.order_id for order in await db.orders.list_open() if order.status == RECEIVED}
            others = [r for r in await db.presence.since(self._clock() - GONE_AFTER) if r.replica != self._replica]
        unseen = [row for row in rows if row.data.get("order", {}).get("id") in waiting]
        everybody = [self._here(), *others]
        found = Counter(str(one["user_type"]) for record in everybody for one in record.connections)
        return WebSocketStats(
            connections={kind: found[kind.value] for kind in UserType},
            total=found.total(),
            unseen=len(unseen),
            oldest_unseen_at=unseen[0].at if unseen else None,
            sent=sum(record.sent for record in everybody),
            replayed=sum(record.replayed for record in everybody),
            replicas=len(everybody),
        )

    async def run(self) -> None:
        """Say who is here, where other backends may ask, until cancelled."""
        if not self._database.shared:
            return
        said: Sequence[object] = ()
        said_at = 0.0
        loop = asyncio.get_running_loop()
        while True:
            here = self._here()
            if here.connections != said or loop.time() - said_at >= REPEAT_SECONDS:
                try:
                    async with self._database.write() as db:
                        await db.presence.say(here)
                        await db.commit()
                    said, said_at = here.connections, loop.time()
                except DatabaseError as error:
                    log.warning("presence_not_written", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def leave(self) -> None:
        """This backend ends."""
        if not self._database.shared:
            return
        try:
            async with self._database.write() as db:
                await db.presence.leave(self._replica)
                await db.commit()
        except DatabaseError as error:
            log.warning("presence_not_written", error=type(error).__name__)

    def _here(self) -> PresenceRecord:
        people = [
            {"user_id": c.person.user_id, "user_type": c.person.user_type, "device_id": c.device_id}
            for windows in self._live.active_connections.values()
            for c in windows
        ]
        return PresenceRecord(self._replica, self._clock(), people, self._live.sent, self._live.replayed)
