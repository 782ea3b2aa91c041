"""Serving one connection alone: its greeting, what it has missed, and its end. At the log's end the pump takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from backend.database.interface import Database, DatabaseError
from backend.services.live_connection import LiveConnection, TooSlow
from backend.services.live_pump import RETRY_SECONDS, LivePump, Tally
from backend.services.notification_feed import FeedItem, NotificationFeed
from shared.messages import CloseCode

CLOSE_SECONDS = 1.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SignedOut(Exception):
    """The token that the connection was made with is no longer valid."""


class Resync(Exception):
    """What comes next has been forgotten: the client has to read the whole state anew."""


class CatchUp:
    """``clock`` answers aware UTC times."""

    def __init__(
        self, database: Database, feed: NotificationFeed, pump: LivePump, tally: Tally, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._feed = feed
        self._pump = pump
        self._tally = tally
        self._clock = clock

    async def serve(self, connection: LiveConnection, hello: str | None = None) -> None:
        """Until ``connection`` follows, or has ended. What goes wrong closes its socket and never raises."""
        try:
            if hello is not None:
                await connection.send(hello)
                self._pump.has_beaten(connection)
            await self._follow(connection)
        except Resync:
            await end(connection, CloseCode.RESYNC, "resync")
        except SignedOut:
            await end(connection, CloseCode.TOKEN_EXPIRED, "signed out")
        except TooSlow:
            log.warning("live_too_slow", user_type=connection.person.user_type, cursor=connection.cursor)
        except ConnectionError:
            connection.socket.abort()
        finally:
            connection.catching_up = None

    async def _follow(self, connection: LiveConnection) -> None:
        while not connection.expired(self._clock()):
            if self._pump.beat_is_due(connection):
                self._pump.has_beaten(connection)
                await connection.send(self._pump.heartbeat(connection))
            elif self._pump.follow(connection):
                return
            elif not await self._send_news(connection):
                # The log cannot be read, or does not hold what it was said to hold: do not spin.
                await asyncio.sleep(RETRY_SECONDS)
        await end(connection, CloseCode.TOKEN_EXPIRED, "token expired")

    async def _send_news(self, connection: LiveConnection) -> bool:
        """Send one page; answers whether there was one."""
        try:
            page = await self._feed.after(connection.cursor)
            if page and page[0].id != connection.cursor + 1:
                raise Resync
            for item in page:
                over = item.ends_session and await self._signed_out(item, connection)
                if (text := connection.text_for(item)) is not None:
                    # First, for the answer may come before the next line runs.
                    self._tally.count(item, connection)
                    await connection.send(text)
                if over:
                    raise SignedOut
                connection.cursor = item.id
        except DatabaseError as error:
            log.warning("live_log_unreadable", reason=type(error).__name__)
            return False
        return bool(page)

    async def _signed_out(self, item: FeedItem, connection: LiveConnection) -> bool:
        """Asked of the database: the item may be an old one, sent again to a new sign-in."""
        if item.audience != connection.person.user_id or not connection.token_digest:
            return False
        async with self._database.read() as db:
            return await db.tokens.get(connection.token_digest) is None


async def end(connection: LiveConnection, code: CloseCode, reason: str) -> None:
    """Close in order, and cut what does not close in ``CLOSE_SECONDS``."""
    connection.ending = True
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await connection.socket.close(code, reason)
    connection.socket.abort()
