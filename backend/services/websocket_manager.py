"""Who is connected, and serving each of them from the log.

A connection has a cursor into the log and no queue: what it has not been sent is in the database, so a screen that
stalls holds back nobody and loses nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog

from backend.database.interface import Database, DatabaseError, Outgoing
from backend.domain.people import Caller
from backend.services.live_connection import SEND_SECONDS, LiveConnection, Socket, TooSlow
from backend.services.notification_feed import NotificationFeed
from backend.tasks import TaskScope
from shared.auth import UserType
from shared.health import WebSocketStats
from shared.limits import WS_HEARTBEAT_SECONDS
from shared.messages import AuthOk, CloseCode, Heartbeat, Topic

CLOSE_SECONDS = 1.0
RETRY_SECONDS = 1.0
QUICK_SECONDS = 0.002
MOST_HOLLOW = 20

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SignedOut(Exception):
    """The token that the connection was made with is no longer valid."""


class Resync(Exception):
    """What comes next has been forgotten: the client has to read the whole state anew."""


class WebSocketManager:
    """``clock`` answers aware UTC times. ``close`` ends every connection and may be called twice.

    ``sent`` and ``replayed`` count notifications; the latter had waited for their client to come back.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        heartbeat_seconds: float = WS_HEARTBEAT_SECONDS,
        send_seconds: float = SEND_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._heartbeat_seconds = heartbeat_seconds
        self._send_seconds = send_seconds
        self._feed = NotificationFeed(database)
        self._connections: dict[str, dict[str, LiveConnection]] = {}
        self._serving: dict[str, asyncio.Task[Any]] = {}
        self._tasks = TaskScope("live")
        self._closing = False
        self.sent = 0
        self.replayed = 0

    @property
    def active_connections(self) -> Mapping[str, tuple[LiveConnection, ...]]:
        """The connections of each user who has any; one for each window."""
        return {user_id: tuple(windows.values()) for user_id, windows in self._connections.items()}

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
            await self._end(connection, CloseCode.RESTART, "restart")
            return connection
        self._connections.setdefault(user_id, {})[connection.id] = connection
        task = self._tasks.start(self._serve(connection, hello.model_dump_json()), f"serve {connection.id}")
        if task is not None:
            self._serving[connection.id] = task
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
        windows = self.active_connections.get(user_id, ())
        await asyncio.gather(*(self._beat(connection) for connection in windows), return_exceptions=True)

    async def close(self) -> None:
        """Close every socket with 1012, so that clients come back soon, and cut those that do not answer."""
        self._closing = True
        await self._tasks.close()
        connections = self._all()
        self._connections.clear()
        self._serving.clear()
        await asyncio.gather(*(self._end(c, CloseCode.RESTART, "restart") for c in connections))

    def _all(self) -> list[LiveConnection]:
        return [connection for windows in self._connections.values() for connection in windows.values()]

    async def _stop_serving(self, connection: LiveConnection) -> None:
        task = self._serving.pop(connection.id, None)
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

    async def _serve(self, connection: LiveConnection, hello: str) -> None:
        try:
            await connection.send(hello)
            await self._follow(connection)
        except Resync:
            await self._end(connection, CloseCode.RESYNC, "resync")
        except SignedOut:
            await self._end(connection, CloseCode.TOKEN_EXPIRED, "signed out")
        except TooSlow:
            log.warning("live_too_slow", user_type=connection.person.user_type, cursor=connection.cursor)
        except ConnectionError:
            connection.socket.abort()

    async def _follow(self, connection: LiveConnection) -> None:
        """Send what comes, beat, and end when the token does."""
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + self._heartbeat_seconds
        hollow = 0
        while True:
            if (left := self._seconds_left(connection)) <= 0:
                await self._end(connection, CloseCode.TOKEN_EXPIRED, "token expired")
                return
            more = await self._send_news(connection)
            if loop.time() >= beat_at:
                await self._beat(connection)
                beat_at = loop.time() + self._heartbeat_seconds
            if not more:
                began = loop.time()
                await self._feed.wait(connection.cursor, max(0.0, min(beat_at - began, left)))
                hollow = hollow + 1 if loop.time() - began < QUICK_SECONDS else 0
            else:
                hollow = 0
            if hollow > MOST_HOLLOW:
                # Told of news that cannot be read, as after a fail-over that lost the last commits: do not spin.
                await asyncio.sleep(RETRY_SECONDS)

    async def _send_news(self, connection: LiveConnection) -> bool:
        """Send one page; answers whether there was one."""
        try:
            page = await self._feed.after(connection.cursor)
        except DatabaseError as error:
            log.warning("live_log_unreadable", reason=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
            return False
        if page and page[0].id != connection.cursor + 1:
            raise Resync
        for item in page:
            if (text := connection.text_for(item)) is not None:
                # First, for the answer may come before the next line runs.
                connection.told = item.id
                await connection.send(text)
                self.sent += 1
                self.replayed += item.id <= connection.joined_at
            if item.ends_session and item.audience == connection.person.user_id:
                await self._must_still_be_signed_in(connection)
            connection.cursor = item.id
        return bool(page)

    async def _must_still_be_signed_in(self, connection: LiveConnection) -> None:
        """Raises SignedOut. Asked of the database: the row may be an old one, sent again to a new sign-in."""
        async with self._database.read() as db:
            if connection.token_digest and await db.tokens.get(connection.token_digest) is None:
                raise SignedOut

    async def _beat(self, connection: LiveConnection) -> None:
        beat = Heartbeat(at=self._clock(), top=connection.told)
        await connection.send(beat.model_dump_json())

    def _seconds_left(self, connection: LiveConnection) -> float:
        if connection.expires_at is None:
            return self._heartbeat_seconds
        return (connection.expires_at - self._clock()).total_seconds()

    async def _end(self, connection: LiveConnection, code: CloseCode, reason: str) -> None:
        connection.ending = True
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await connection.socket.close(code, reason)
        connection.socket.abort()
