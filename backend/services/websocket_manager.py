"""Who is connected, and serving each of them from the log.

A connection has a cursor into the log and no queue: what it has not been sent is in the database, so a screen that
stalls holds back nobody and loses nothing. At the log's end all are served by one pump, before it each by itself.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog

from backend.database.interface import Database, Outgoing
from backend.domain.people import Caller
from backend.services.live_catch_up import CatchUp, end
from backend.services.live_connection import SEND_SECONDS, LiveConnection, Socket
from backend.services.live_pump import LivePump, Tally
from backend.services.notification_feed import NotificationFeed
from backend.tasks import TaskScope
from shared.auth import UserType
from shared.health import WebSocketStats
from shared.limits import WS_HEARTBEAT_SECONDS
from shared.messages import AuthOk, CloseCode, Topic

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class WebSocketManager:
    """``clock`` answers aware UTC times. ``close`` ends every connection and may be called twice."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        heartbeat_seconds: float = WS_HEARTBEAT_SECONDS,
        send_seconds: float = SEND_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._send_seconds = send_seconds
        self._connections: dict[str, dict[str, LiveConnection]] = {}
        self._tasks = TaskScope("live")
        self._pumping = False
        self._closing = False
        self._tally = Tally()
        feed = NotificationFeed(database)
        self._pump = LivePump(feed, clock, heartbeat_seconds, self._tally, self._serve_alone)
        self._catch_up = CatchUp(database, feed, self._pump, self._tally, clock)

    @property
    def active_connections(self) -> Mapping[str, tuple[LiveConnection, ...]]:
        """The connections of each user who has any; one for each window."""
        return {user_id: tuple(windows.values()) for user_id, windows in self._connections.items()}

    @property
    def sent(self) -> int:
        """Notifications that left here since the start."""
        return self._tally.sent

    @property
    def replayed(self) -> int:
        """Those of them that had waited for their client to come back."""
        return self._tally.replayed

    def stats(self) -> WebSocketStats:
        """Connections of this backend by user type."""
        found = Counter(connection.person.user_type for connection in self._all())
        return WebSocketStats(connections={kind: found[kind.value] for kind in UserType}, total=found.total())

    async def connect(
        self,
        user_id: str,
        user_type: str,
        websocket: Socket,
        *,
        device_id: str = "",
        after: int | None = None,
        epoch: str | None = None,
        expires_at: datetime | None = None,
        board: bool = False,
        token_digest: str = "",
    ) -> LiveConnection:
        """Serve ``websocket`` from now on, or from ``after`` under ``epoch`` when the log still reaches back there.

        Its first message is ``auth_ok``. What goes wrong later closes the socket, never raises here.

        Raises:
            DatabaseError: the log cannot be read now; nothing was sent.
        """
        person = Caller(user_id, user_type)
        async with self._database.read() as db:
            store, top, oldest = await db.log.epoch(), await db.log.top(), await db.log.oldest()
            concerning = top if person.is_staff or board else await db.log.top_for(user_id)
        recovered = after is not None and epoch == store and oldest - 1 <= after <= top
        start = after if recovered and after is not None else top
        connection = LiveConnection(
            id=uuid4().hex,
            person=person,
            socket=websocket,
            device_id=device_id,
            cursor=start,
            told=concerning,
            expires_at=expires_at,
            board=board,
            token_digest=token_digest,
            joined_at=top,
            send_seconds=self._send_seconds,
        )
        hello = AuthOk(connection_id=connection.id, epoch=store, top=concerning, recovered=recovered)
        if self._closing:
            await end(connection, CloseCode.RESTART, "restart")
            return connection
        self._begin(top)
        self._connections.setdefault(user_id, {})[connection.id] = connection
        self._serve_alone(connection, hello.model_dump_json())
        log.info("live_connected", user_type=user_type, recovered=recovered, total=len(self._all()))
        return connection

    async def disconnect(self, user_id: str, connection_id: str | None = None) -> None:
        """Forget a connection, or all of a user, and cut what is still open."""
        windows = self._connections.get(user_id, {})
        for id_ in [connection_id] if connection_id else list(windows):
            connection = windows.pop(id_, None)
            if connection is not None:
                await self._stop_serving(connection)
                log.info("live_disconnected", user_type=connection.person.user_type)
        if not windows:
            self._connections.pop(user_id, None)

    async def broadcast_to_staff(self, message: Mapping[str, Any]) -> None:
        """Write ``{topic, data}`` to the log, for staff and managers: who is away gets it on coming back.

        Raises:
            ValueError: the topic is not one of ``shared.messages.Topic``.
            DatabaseError: nothing was written.
        """
        await self._append(message, None)

    async def send_to_user(self, user_id: str, message: Mapping[str, Any]) -> None:
        """Write ``{topic, data}`` to the log, for one user (and staff, who see everything).

        Raises:
            ValueError: the topic is not one of ``shared.messages.Topic``.
            DatabaseError: nothing was written.
        """
        await self._append(message, user_id)

    async def send_heartbeat(self, user_id: str) -> None:
        """Send a heartbeat to every window of a user now; who does not take it is cut, as always."""
        for connection in self.active_connections.get(user_id, ()):
            self._pump.beat(connection)

    async def close(self) -> None:
        """Close every socket with 1012, so that clients come back soon, and cut those that do not answer."""
        self._closing = True
        await self._tasks.close()
        connections = self._all()
        self._connections.clear()
        await asyncio.gather(*(end(c, CloseCode.RESTART, "restart") for c in connections))

    def _all(self) -> list[LiveConnection]:
        return [connection for windows in self._connections.values() for connection in windows.values()]

    def _begin(self, top: int) -> None:
        if not self._pumping:
            self._pumping = True
            self._pump.start_at(top)
            self._tasks.start(self._pump.run(), "pump")
            self._tasks.start(self._pump.keep_time(), "time")

    async def _stop_serving(self, connection: LiveConnection) -> None:
        self._pump.leave(connection)
        task = connection.catching_up
        if task is not None and connection.ending:
            await asyncio.wait({task})  # it is saying why; that takes CLOSE_SECONDS at most
        elif task is not None:
            task.cancel()
        connection.socket.abort()

    async def _append(self, message: Mapping[str, Any], user_id: str | None) -> None:
        outgoing = Outgoing(Topic(message["topic"]).value, message.get("data", {}), user_id)
        async with self._database.write() as db:
            db.notify(outgoing)
            await db.commit()

    def _serve_alone(self, connection: LiveConnection, hello: str | None = None) -> None:
        serving = self._catch_up.serve(connection, hello)
        connection.catching_up = self._tasks.start(serving, f"serve {connection.id}")
