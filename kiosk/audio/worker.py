"""One thread of its own for a library that must not be called from two, or that may hang."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class WorkerThread:
    """Runs calls one after another. A daemon thread: a sound driver that hangs does not keep the kiosk from ending."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, job: Callable[[], Result], seconds: float) -> Result:
        """The result of ``job()``, or its exception.

        Raises:
            TimeoutError: after ``seconds``. The thread is then given up, and the next call gets a new one.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()

        def deliver(result: Result | None, error: BaseException | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]  # one queue for results of all types

        def work() -> None:
            result, failure = None, None
            try:
                result = job()
            except BaseException as error:  # noqa: BLE001 -- handed to the caller
                failure = error
            try:
                loop.call_soon_threadsafe(deliver, result, failure)
            except RuntimeError:
                return  # the loop has ended meanwhile: nobody waits

        self._ensure_thread()
        self._jobs.put(work)
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(future)
        except TimeoutError:
            self.close()
            raise

    def close(self) -> None:
        """The thread ends after what it was given. Idempotent; a later ``run`` begins a new one."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread = None
            self._jobs = queue.SimpleQueue()

    def _ensure_thread(self) -> None:
        if self._thread is None:
            jobs = self._jobs
            self._thread = threading.Thread(target=_serve, args=(jobs,), name=self._name, daemon=True)
            self._thread.start()


def _serve(jobs: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()
