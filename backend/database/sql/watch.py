"""The nudge between backends on one PostgreSQL, on top of the poll (``poll.py``), which alone is enough.

A connection of its own listens for NOTIFY and sends one after commits, at most one in ``COALESCE_SECONDS``: inside the
order's own transaction NOTIFY costs a third of the throughput (DESIGN, "Delivery").
"""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import structlog

from backend.database.sql.engines import COMMAND_SECONDS, CONNECT_SECONDS, Engines
from backend.database.sql.news import News
from backend.tasks import TaskScope

COALESCE_SECONDS = 0.02
HEALTH_SECONDS = 15.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CHANNEL = "mallo_log"
_SQLALCHEMYS_OWN = frozenset({"prepared_statement_cache_size", "prepared_statement_name_func", "async_creator_fn"})
"""What a URL may say to SQLAlchemy's adapter and asyncpg itself does not know."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LogWatch:
    """Listens and tells until closed."""

    def __init__(self, engines: Engines, news: News) -> None:
        self._engines = engines
        self._news = news
        self._tasks = TaskScope("log-watch")

    def start(self) -> None:
        """Begin to listen and tell."""
        self._tasks.start(self._listen_and_tell(), "listen")

    async def _listen_and_tell(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = asyncio.get_running_loop().time()
            reason = "closed"
            try:
                await self._one_connection()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                reason = type(error).__name__
            # Nothing is lost: the poll goes on. Only the nudge is gone for a while.
            _log.warning("log_listener_lost", reason=reason)
            lasted = asyncio.get_running_loop().time() - began
            # A server that is coming back has enough to do.
            pause = FIRST_PAUSE_SECONDS if lasted > LONGEST_PAUSE_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)
            await asyncio.sleep(pause)

    async def _one_connection(self) -> None:
        _, arguments = self._engines.writer.dialect.create_connect_args(self._engines.url)
        known = {name: value for name, value in arguments.items() if name not in _SQLALCHEMYS_OWN}
        connection = await asyncpg.connect(**known, timeout=CONNECT_SECONDS, command_timeout=COMMAND_SECONDS)
        try:
            await connection.add_listener(CHANNEL, self._heard)
            connection.add_termination_listener(lambda _: self._news.nudge())
            told = 0
            while not connection.is_closed():
                if (top := self._news.committed_here) > told:
                    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, str(top))
                    told = top
                    await asyncio.sleep(COALESCE_SECONDS)
                else:
                    await self._news.wait(self._news.top, HEALTH_SECONDS)
        finally:
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        if payload.isdecimal():
            self._news.note(int(payload))

    async def close(self) -> None:
        await self._tasks.close()
