"""TaskScope: the tasks of one object in the backend end with it, and an exception in one is never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

CANCEL_AGAIN_SECONDS = 0.2

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class TaskScope:
    """Starts, reports and cancels tasks for ``owner``."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(self, coro: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        """Run ``coro``; after ``close`` nothing starts, and None comes back."""
        if self._closed:
            coro.close()
            return None
        task = asyncio.get_running_loop().create_task(coro, name=f"{self._owner}.{name}")
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def close(self) -> None:
        """Cancel everything and wait for it. May be called twice; not from a task of this scope."""
        self._closed = True
        while self._tasks:
            # Once is not enough: a library may swallow the cancellation (SQLAlchemy does while it gives up a
            # connection), and a task that runs in a circle would be waited for without end.
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(set(self._tasks), timeout=CANCEL_AGAIN_SECONDS)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_failed", owner=self._owner, task=task.get_name(), exc_info=error)
