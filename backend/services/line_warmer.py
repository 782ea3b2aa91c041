"""Keeps the lines to vendors open while somebody is there, so that the first sentence is as quick as the tenth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from backend.external.interfaces import EngineError
from backend.services.engine_watch import Served

EVERY_SECONDS = 45.0
"""Both vendors' adapters keep a connection that nobody uses for 60 s."""
LOOK_SECONDS = 0.25
"""A kiosk's line opens with the customer's first press: their first words take longer than this and a handshake."""
CALL_SECONDS = 10.0
LINES = 2
"""For each vendor: in a turn a voice may be asked while a model's reply, or the clip before, is still being read."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LineWarmer:
    """Asks each vendor in ``served`` for next to nothing (``Vendor.touch``): no tokens, nothing that is billed.

    ``anybody``: a kiosk or another window is connected; a shop that is closed asks nobody. A vendor whose engines are
    all shut is left alone.
    """

    def __init__(
        self,
        served: Sequence[Served],
        anybody: Callable[[], bool],
        *,
        every_seconds: float = EVERY_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._served = served
        self._anybody = anybody
        self._every_seconds = every_seconds
        self._look_seconds = look_seconds

    async def run(self) -> None:
        """Until cancelled. Who comes after a while without anybody finds the lines open a moment later."""
        loop = asyncio.get_running_loop()
        warm_until = loop.time()
        while True:
            if self._anybody() and loop.time() >= warm_until:
                warm_until = loop.time() + self._every_seconds
                await self.warm()
            await asyncio.sleep(self._look_seconds)

    async def warm(self) -> None:
        """Open the lines, or use them so that they stay open."""
        usable = [served for served in self._served if any(link.gate.is_open for link, _ in served.engines)]
        await asyncio.gather(*(self._touch(served) for served in usable for _ in range(LINES)))

    async def _touch(self, served: Served) -> None:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                await served.vendor.touch()
        except (EngineError, TimeoutError) as error:
            # Whether it works is found out by those who ask it something.
            log.info("line_not_warm", vendor=served.vendor.name, kind=type(error).__name__)
