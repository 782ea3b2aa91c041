"""EventStream: live messages over one WebSocket, without losing or doubling one."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog
from pydantic import SecretStr, ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from shared import limits, paths
from shared.auth import UserType
from shared.messages import Ack, Auth, AuthOk, CloseCode, Heartbeat, Notification, Pong, server_message

logger = structlog.get_logger(__name__)


class ConnectionState(StrEnum):
    """``lost`` reconnects by itself; ``refused`` does not."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    REFUSED = "refused"


class StreamEnd(StrEnum):
    """Why ``run`` came back: ``token_expired``: sign in again; ``refused``: this token will never do."""

    TOKEN_EXPIRED = "token_expired"  # noqa: S105 -- a reason, not a token
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Credentials:
    user_id: str
    user_type: UserType
    token: str

    def __repr__(self) -> str:
        return f"Credentials({self.user_id!r}, {self.user_type.value})"


@dataclass(frozen=True, slots=True)
class Cursor:
    """``after``: id of the last notification seen, under ``epoch``."""

    epoch: str
    after: int


OnNotification = Callable[[Notification], None]
OnState = Callable[[ConnectionState], None]
OnResync = Callable[[], Awaitable[Cursor]]


class LiveMessages(Protocol):
    """What services ask of the stream."""

    async def run(
        self,
        credentials: Credentials,
        on_notification: OnNotification,
        on_state: OnState,
        on_resync: OnResync,
    ) -> StreamEnd:
        """Stay connected until cancelled or refused.

        ``on_notification`` gets each one once, in the order of ids. ``on_resync`` is awaited on the first
        connection and whenever something may have been missed: it reads the whole state anew and answers
        the ``top`` and ``epoch`` up to which that state is complete. It may raise KioskError: tried again.
        """
        ...


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """Seconds. ``silence``: without any message for so long the line is dead (heartbeats come every 15 s).

    ``gap_grace``: a heartbeat may overtake messages that are still on their way.
    """

    first_backoff: float = 0.25
    longest_backoff: float = 5.0
    silence: float = 2.5 * limits.WS_HEARTBEAT_SECONDS
    gap_grace: float = 1.5
    opening: float = 5.0


class _Gone(Exception):
    """The line is unusable; a new one is to be made."""


class EventStream(LiveMessages):
    """Reconnects with full jitter, at most about 5 s apart, and at once when the backend moves.

    Each ``run`` begins by reading the whole state: whoever watched before has put it away.
    """

    def __init__(
        self,
        link: BackendLink,
        device_id: str,
        times: StreamTimes | None = None,
        jitter: Callable[[float], float] | None = None,
        *,
        board: bool = False,
        acknowledges: bool = True,
    ) -> None:
        """``jitter(limit)`` draws the pause from 0 to ``limit`` seconds. ``board``: everybody's order numbers too.

        ``acknowledges``: what comes is shown to somebody who cooks, or to the customer. A window that shows no orders
        does not say so, or an order that nobody sees would raise no alarm.
        """
        self._link = link
        self._device_id = device_id
        self._times = times or StreamTimes()
        self._jitter = jitter or (lambda limit: random.uniform(0, limit))  # noqa: S311 -- spreads load only
        self._board = board
        self._acknowledges = acknowledges
        self._cursor: Cursor | None = None

    async def run(
        self,
        credentials: Credentials,
        on_notification: OnNotification,
        on_state: OnState,
        on_resync: OnResync,
    ) -> StreamEnd:
        self._cursor = None
        on_state(ConnectionState.CONNECTING)
        failures = 0
        while True:
            reached = False

            def live() -> None:
                nonlocal reached
                reached = True
                on_state(ConnectionState.LIVE)

            try:
                end = await self._one_connection(credentials, on_notification, live, on_resync)
            except (_Gone, KioskError, OSError, TimeoutError, InvalidHandshake) as error:
                logger.info("live line lost", reason=type(error).__name__)
                end = None
            if end is not None:
                on_state(ConnectionState.REFUSED)
                return end
            on_state(ConnectionState.LOST)
            failures = 0 if reached else failures + 1
            await self._pause(failures)

    async def _pause(self, failures: int) -> None:
        """Full jitter, cut short when the backend moves or comes up."""
        limit = min(self._times.longest_backoff, self._times.first_backoff * 2**failures)
        moved = asyncio.Event()
        unsubscribe = self._link.subscribe(moved.set)
        try:
            async with asyncio.timeout(self._jitter(limit)):
                await moved.wait()
        except TimeoutError:
            pass
        finally:
            unsubscribe()

    async def _one_connection(
        self, credentials: Credentials, on_notification: OnNotification, live: Callable[[], None], on_resync: OnResync
    ) -> StreamEnd | None:
        """Answers None when the line ended in a way that a new one mends."""
        base_url = await self._link.wait_up(self._times.longest_backoff)
        url = "ws" + base_url.removeprefix("http") + paths.WS
        try:
            async with connect(
                url,
                proxy=None,
                open_timeout=self._times.opening,
                close_timeout=1,
                # A list of everything since yesterday must not be cut off; the server's own messages are trusted.
                max_size=4 * 1024 * 1024,
                compression=None,
            ) as line:
                try:
                    await self._converse(line, credentials, on_notification, live, on_resync)
                except ConnectionClosed as closed:
                    return _meaning_of(closed)
        except InvalidURI as error:
            raise _Gone from error
        return None

    async def _converse(
        self,
        line: ClientConnection,
        credentials: Credentials,
        on_notification: OnNotification,
        live: Callable[[], None],
        on_resync: OnResync,
    ) -> None:
        cursor = self._cursor
        await line.send(
            Auth(
                user_id=credentials.user_id,
                user_type=credentials.user_type,
                token=SecretStr(credentials.token),
                device_id=self._device_id,
                after=cursor.after if cursor else None,
                epoch=cursor.epoch if cursor else None,
                board=self._board,
            ).model_dump_json()
        )
        granted = await self._receive(line, self._times.opening)
        if not isinstance(granted, AuthOk):
            raise _Gone
        if cursor is None or not granted.recovered:
            # Messages that come meanwhile wait in the line; those that the list already holds are skipped below.
            cursor = await on_resync()
        elif cursor.epoch != granted.epoch:
            raise _Gone
        self._cursor = cursor
        live()
        # The list was shown as well; of what is on its way the server has yet to hear.
        await self._acknowledge(line, min(cursor.after, granted.top))
        await self._follow(line, cursor, on_notification, on_resync)

    async def _follow(
        self, line: ClientConnection, cursor: Cursor, on_notification: OnNotification, on_resync: OnResync
    ) -> None:
        """Until the line ends. ``promised`` is a heartbeat's top that is ahead of what has come."""
        clock = asyncio.get_running_loop().time
        promised, promised_at = cursor.after, clock()
        while True:
            behind = promised > cursor.after
            wait = max(0.01, promised_at + self._times.gap_grace - clock()) if behind else self._times.silence
            try:
                message = await self._receive(line, wait)
            except TimeoutError:
                if not behind:
                    raise
                cursor = await on_resync()
                self._cursor = cursor
                # What never came was shown by the list; the server may be told of no more than it has promised.
                await self._acknowledge(line, min(cursor.after, promised))
                promised = cursor.after
                continue
            if isinstance(message, Notification):
                if message.id > cursor.after:
                    cursor = Cursor(cursor.epoch, message.id)
                    self._cursor = cursor
                    on_notification(message)
                await self._acknowledge(line, message.id)
            elif isinstance(message, Heartbeat):
                await line.send(Pong(at=message.at).model_dump_json())
                if message.top > promised:
                    promised, promised_at = message.top, clock()

    async def _acknowledge(self, line: ClientConnection, id_: int) -> None:
        if self._acknowledges and id_ > 0:
            await line.send(Ack(id=id_).model_dump_json())

    @staticmethod
    async def _receive(line: ClientConnection, seconds: float) -> AuthOk | Notification | Heartbeat:
        """The next message that this kiosk knows; a newer server's others are passed over. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                raw = await line.recv()
                try:
                    return server_message.validate_json(raw)
                except ValidationError:
                    logger.warning("message of an unknown kind passed over", size=len(raw))


def _meaning_of(closed: ConnectionClosed) -> StreamEnd | None:
    code = closed.rcvd.code if closed.rcvd is not None else None
    if code == CloseCode.TOKEN_EXPIRED:
        return StreamEnd.TOKEN_EXPIRED
    if code in {CloseCode.UNAUTHENTICATED, CloseCode.FORBIDDEN}:
        return StreamEnd.REFUSED
    return None
