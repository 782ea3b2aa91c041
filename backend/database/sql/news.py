"""Telling those who wait that the log has grown. A wake-up carries nothing: it only says "look".

What this process itself has just committed is kept for who looks: reading it back takes longer than sending it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend.database.interface import NotificationRecord

FRESH = 100


class News:
    """How far the log is known to reach, and who waits for more. Belongs to one event loop."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._committed_here = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._fresh: dict[int, NotificationRecord] = {}

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

    def note_committed(self, records: Sequence[NotificationRecord]) -> None:
        """This process has committed ``records``, one or more: as ``note``."""
        self._fresh.update((record.id, record) for record in records)
        while len(self._fresh) > FRESH:
            del self._fresh[next(iter(self._fresh))]
        self.note(records[-1].id, committed_here=True)

    def fresh_after(self, cursor: int) -> Sequence[NotificationRecord]:
        """What was committed here right after ``cursor``; nothing where another's comes first, or it is long ago."""
        page: list[NotificationRecord] = []
        while (record := self._fresh.get(cursor + 1 + len(page))) is not None:
            page.append(record)
        return page

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
