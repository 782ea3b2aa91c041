"""Hearing of what other processes commit: the log's top is read twice a second.

That alone is enough and always right: other backends on one PostgreSQL, and on SQLite commands beside the backend
(``python -m backend users reset-pin``).
"""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from backend.database.sql.engines import Engines
from backend.database.sql.news import News
from backend.database.sql.tables import log_counter
from backend.tasks import TaskScope

POLL_SECONDS = 0.5

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LogPoll:
    """Keeps ``news`` up to date until closed."""

    def __init__(self, engines: Engines, news: News) -> None:
        self._engines = engines
        self._news = news
        self._tasks = TaskScope("log-poll")

    def start(self) -> None:
        """Begin."""
        self._tasks.start(self._poll(), "poll")

    async def _poll(self) -> None:
        reachable = True
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                async with self._engines.reader.connect() as connection:
                    self._news.note((await connection.execute(select(log_counter.c.top))).scalar_one())
                reachable = True
            except (SQLAlchemyError, OSError) as error:
                if reachable:
                    _log.warning("log_poll_failed", reason=type(error).__name__)
                reachable = False

    async def close(self) -> None:
        await self._tasks.close()
