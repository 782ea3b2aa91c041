"""Hearing of what other processes commit to a shared PostgreSQL.

Each second the log's top is read: that alone is enough and always right. On top of it a connection of its own listens
for NOTIFY and sends one after commits, at most one in ``COALESCE_SECONDS``: inside the order's own transaction NOTIFY
costs a third of the throughput (DESIGN, "Delivery").
"""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from backend.database.sql.engines import COMMAND_SECONDS, CONNECT_SECONDS, Engines
from backend.database.sql.news import News
from backend.database.sql.tables import log_counter

POLL_SECONDS = 1.0
COALESCE_SECONDS = 0.02
HEALTH_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 30.0
CHANNEL = "mallo_log"

_log = structlog.get_logger(__name__)


class LogWatch:
    """Keeps ``news`` up to date until closed."""

    def __init__(self, engines: Engines, news: News) -> None:
        self._engines = engines
        self._news = news
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to poll, listen and tell."""
        self._tasks = [
            asyncio.create_task(self._poll(), name="log-watch: poll"),
            asyncio.create_task(self._listen_and_tell(), name="log-watch: listen"),
        ]

    async def _poll(self) -> None:
        reachable = True
        while True:
            try:
                async with self._engines.reader.connect() as connection:
                    self._news.note((await connection.execute(select(log_counter.c.top))).scalar_one())
                reachable = True
            except (SQLAlchemyError, OSError) as error:
                if reachable:
                    _log.warning("log_poll_failed", reason=type(error).__name__)
                reachable = False
            await asyncio.sleep(POLL_SECONDS)

    async def _listen_and_tell(self) -> None:
        pause = POLL_SECONDS
        while True:
            try:
                await self._one_connection()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                # Nothing is lost: the poll goes on. Only the nudge is gone for a while.
                _log.warning("log_listener_lost", reason=type(error).__name__)
            await asyncio.sleep(pause)
            # A lost connection is not urgent, and a server that is coming back has enough to do.
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _one_connection(self) -> None:
        _, arguments = self._engines.writer.dialect.create_connect_args(self._engines.url)
        connection = await asyncpg.connect(**arguments, timeout=CONNECT_SECONDS, command_timeout=COMMAND_SECONDS)
        try:
            await connection.add_listener(CHANNEL, self._heard)
            told = self._news.committed_here
            while True:
                await self._news.wait(self._news.top, HEALTH_SECONDS)
                if (top := self._news.committed_here) > told:
                    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, str(top))
                    told = top
                    await asyncio.sleep(COALESCE_SECONDS)
                elif connection.is_closed():
                    return
        finally:
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        if payload.isdecimal():
            self._news.note(int(payload))

    async def close(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
