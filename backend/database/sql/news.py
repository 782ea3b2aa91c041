"""Telling those who wait that the log has grown. A wake-up carries nothing: it only says "look"."""

from __future__ import annotations

import asyncio


class News:
    """How far the log is known to reach, and who waits for more. Belongs to one event loop."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._committed_here = 0
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def top(self) -> int:
        """The highest id that is known to be committed."""
        return self._top

    @property
    def committed_here(self) -> int:
        """The highest id that this process has committed itself."""
        return self._committed_here

    def note(self, top: int, *, committed_here: bool = False) -> None:
        """The log reaches ``top``: wake everybody when that is new."""
        if committed_here:
            self._committed_here = max(self._committed_here, top)
        if top > self._top:
            self._top = top
            self.nudge()

    def nudge(self) -> None:
        """Wake everybody once: something may have been committed."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seen: int, seconds: float) -> None:
        """Return at once when the log is known to reach past ``seen``, else at a wake-up or after ``seconds``."""
        if self._top > seen:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait((future,), timeout=seconds)
        finally:
            self._waiting.discard(future)
