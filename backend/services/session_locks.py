"""One turn at a time in each conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class SessionLocks:
    """A lock a session, which is forgotten when nobody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, session_id: str) -> AsyncIterator[None]:
        """Wait for the turns of this session that came before."""
        lock, waiting = self._locks.get(session_id, (asyncio.Lock(), 0))
        self._locks[session_id] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(session_id)
            if waiting > 1:
                self._locks[session_id] = lock, waiting - 1
