"""TaskScope: the only place in the kiosk that creates tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

import structlog

CANCEL_AGAIN_SECONDS: Final = 2.0
"""Longer than it takes to say goodbye in order: a second cancellation would break that off."""

logger = structlog.get_logger(__name__)

ErrorCallback = Callable[[str, Exception], None]


class TaskScope:
    """Owns the tasks of one object: they end with it, and an exception in one is never lost.

    ``start`` is a plain function, so that Qt slots can call it; there is no ``asyncSlot``.
    """

    def __init__(
        self, owner: str, on_error: ErrorCallback | None = None, cancel_again: float = CANCEL_AGAIN_SECONDS
    ) -> None:
        """``on_error(name, exception)`` is called on the loop; without it the exception is logged.

        ``cancel_again``: seconds after which ``close`` cancels again what goes on.
        """
        self._owner = owner
        self._cancel_again = cancel_again
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._groups: dict[str, asyncio.Task[Any]] = {}
        self._closed = False

    def start(self, coro: Coroutine[Any, Any, Any], name: str, group: str | None = None) -> None:
        """Run ``coro``. A running task of the same ``group`` is cancelled first. After ``close`` nothing starts."""
        if self._closed:
            coro.close()
            return
        if group is not None:
            self.cancel(group)
        task = asyncio.get_running_loop().create_task(coro, name=f"{self._owner}.{name}")
        self._tasks.add(task)
        if group is not None:
            self._groups[group] = task
        task.add_done_callback(lambda done: self._finished(done, name))

    def cancel(self, group: str) -> None:
        """Cancel the running task of ``group``, if there is one."""
        task = self._groups.pop(group, None)
        if task is not None:
            task.cancel()

    def move(self, group: str, to: str) -> None:
        """The running task of ``group`` goes on as that of ``to``, beside whatever ran there."""
        task = self._groups.pop(group, None)
        if task is not None:
            self._groups[to] = task

    def running(self, group: str) -> bool:
        return group in self._groups

    async def settled(self) -> None:
        """Wait until no task is left, those included that others start meanwhile."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """Cancel everything and wait for it. Idempotent; not to be called from a task of this scope."""
        self._closed = True
        while self._tasks:
            # Once is not enough: in Python 3.11 wait_for swallows a cancellation that comes together with its
            # result, and a task that runs in a circle would be waited for without end.
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(set(self._tasks), timeout=self._cancel_again)

    def _finished(self, task: asyncio.Task[Any], name: str) -> None:
        self._tasks.discard(task)
        self._groups = {group: running for group, running in self._groups.items() if running is not task}
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if self._on_error is not None and isinstance(error, Exception):
            self._on_error(name, error)
        else:
            logger.error("task failed", owner=self._owner, task=name, exc_info=error)
