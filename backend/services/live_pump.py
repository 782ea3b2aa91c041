"""The pump: news and heartbeats go straight to every screen that waits at the log's end, in one loop.

Such a screen has no task: a wake-up for each of them costs four times what the message does. Who is behind, or whose
line still holds what was sent before, falls out and is served alone, from its own cursor; the pump waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from backend.database.interface import DatabaseError
from backend.services.live_connection import LiveConnection
from backend.services.notification_feed import FeedItem, NotificationFeed
from backend.services.text_frame import text_frame
from shared.messages import Heartbeat

RETRY_SECONDS = 1.0
LOOK_SECONDS = 15.0
QUICK_SECONDS = 0.002
MOST_HOLLOW = 20
LONGEST_TICK_SECONDS = 1.0
AT_ONCE = 100
"""Screens that are sent to before others of this process have their turn: about a millisecond's work."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Tally:
    """Notifications that left since the start; those ``replayed`` had waited for their client to come back."""

    sent: int = 0
    replayed: int = 0

    def count(self, item: FeedItem, connection: LiveConnection) -> None:
        """``item`` goes to ``connection``."""
        connection.told = item.id
        self.sent += 1
        self.replayed += item.id <= connection.joined_at


class LivePump:
    """``fallen`` is told who has to be served alone. A connection that follows is never behind ``cursor``."""

    def __init__(
        self,
        feed: NotificationFeed,
        clock: Callable[[], datetime],
        beat_seconds: float,
        tally: Tally,
        fallen: Callable[[LiveConnection], None],
    ) -> None:
        self._feed = feed
        self._clock = clock
        self._tick = min(LONGEST_TICK_SECONDS, beat_seconds / 5)
        # Looked at once a tick: no heartbeat is late.
        self._beat_seconds = beat_seconds - self._tick
        self._tally = tally
        self._fallen = fallen
        self._following: dict[LiveConnection, None] = {}
        self._cursor = 0

    def start_at(self, cursor: int) -> None:
        """What comes after ``cursor`` is news."""
        self._cursor = cursor

    def follow(self, connection: LiveConnection) -> bool:
        """From now on what comes goes to ``connection``; False when it is behind, and has to catch up first."""
        if connection.cursor < self._cursor:
            return False
        connection.following = True
        self._following[connection] = None
        return True

    def leave(self, connection: LiveConnection) -> None:
        """Nothing goes to ``connection`` any more."""
        connection.following = False
        self._following.pop(connection, None)

    def beat_is_due(self, connection: LiveConnection) -> bool:
        """Whether ``connection`` is to hear that the line lives."""
        return connection.beat_at <= asyncio.get_running_loop().time()

    def heartbeat(self, connection: LiveConnection) -> str:
        """What ``connection`` hears when nothing else comes; ``has_beaten`` when it was sent."""
        return Heartbeat(at=self._clock(), top=connection.told).model_dump_json()

    def has_beaten(self, connection: LiveConnection) -> None:
        """The next heartbeat is a whole pause away."""
        connection.beat_at = asyncio.get_running_loop().time() + self._beat_seconds

    def beat(self, connection: LiveConnection) -> None:
        """Send a heartbeat now; who is catching up gets it by and by."""
        connection.beat_at = 0.0
        if not connection.following:
            return
        if connection.socket.send_ready(text_frame(self.heartbeat(connection))):
            self.has_beaten(connection)
        else:
            self._fall_out(connection)

    async def run(self) -> None:
        """Pass on what comes, until cancelled."""
        loop = asyncio.get_running_loop()
        hollow = 0
        while True:
            try:
                page = await self._feed.after(self._cursor)
            except DatabaseError as error:
                log.warning("live_log_unreadable", reason=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            for item in page:
                await self._pass_on(item)
            if page:
                hollow = 0
                continue
            began = loop.time()
            await self._feed.wait(self._cursor, LOOK_SECONDS)
            hollow = hollow + 1 if loop.time() - began < QUICK_SECONDS else 0
            if hollow > MOST_HOLLOW:
                # Told of news that cannot be read, as after a fail-over that lost the last commits: do not spin.
                await asyncio.sleep(RETRY_SECONDS)

    async def keep_time(self) -> None:
        """Send heartbeats and let go of those whose token has ended, until cancelled."""
        while True:
            await asyncio.sleep(self._tick)
            now = self._clock()
            for number, connection in enumerate(tuple(self._following), 1):
                if not connection.following:
                    continue
                if connection.expired(now):
                    self._fall_out(connection)
                elif self.beat_is_due(connection):
                    self.beat(connection)
                if number % AT_ONCE == 0:
                    await asyncio.sleep(0)

    async def _pass_on(self, item: FeedItem) -> None:
        # First: who begins to follow from here on has this one already.
        self._cursor = item.id
        frames = {text: text_frame(text) for text in (item.text, item.board) if text is not None}
        for number, connection in enumerate(tuple(self._following), 1):
            if connection.following and connection.cursor < item.id:
                self._give(item, frames, connection)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _give(self, item: FeedItem, frames: Mapping[str, bytes], connection: LiveConnection) -> None:
        text = connection.text_for(item)
        ends = item.ends_session and item.audience == connection.person.user_id
        if ends or connection.cursor != item.id - 1:
            self._fall_out(connection)
        elif text is None:
            connection.cursor = item.id
        elif connection.socket.send_ready(frames[text]):
            connection.cursor = item.id
            self._tally.count(item, connection)
        else:
            self._fall_out(connection)

    def _fall_out(self, connection: LiveConnection) -> None:
        self.leave(connection)
        self._fallen(connection)
