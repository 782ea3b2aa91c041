"""Wait on conditions, never on time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

LONG = 20.0


async def until(condition: Callable[[], object], seconds: float = LONG) -> None:
    """Until ``condition()`` is true; fails after ``seconds``, which is a bound and not a wait."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 -- any condition, not one that tells of itself
            await asyncio.sleep(0.002)
