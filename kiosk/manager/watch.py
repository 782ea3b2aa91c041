"""Watch: keeps an eye on the backend for whoever is signed in as its manager."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from kiosk.api.backend import Backend
from kiosk.api.event_stream import Credentials, Cursor, LiveMessages
from kiosk.errors import KioskError
from kiosk.tasks import TaskScope
from shared.auth import LoginResponse
from shared.health import HealthResponse, WebSocketStats
from shared.messages import Notification, Topic
from shared.usage import UsageResponse

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WatchTimes:
    """Seconds between two looks at health and connections, and between two at what the engines cost."""

    look: float = 5.0
    usage: float = 180.0


class Watch:
    """Looks every few seconds, and at once when the backend tells live that an engine changed.

    Such a message is only the nudge: ``GET /api/health`` is the truth, also where several replicas serve one shop.
    """

    def __init__(
        self,
        backend: Backend,
        live: LiveMessages,
        times: WatchTimes,
        *,
        on_look: Callable[[HealthResponse, WebSocketStats], None],
        on_usage: Callable[[UsageResponse], None],
        on_error: Callable[[KioskError], None],
    ) -> None:
        """``on_error``: a look that failed. What the engines cost is then simply not known."""
        self._backend = backend
        self._live = live
        self._times = times
        self._on_look = on_look
        self._on_usage = on_usage
        self._on_error = on_error
        self._scope = TaskScope("manager watch")

    def begin(self, known: LoginResponse) -> None:
        """From now on, signed in as ``known``."""
        self._look_now()
        self._scope.start(self._count(), "usage", group="usage")
        self._scope.start(self._follow(known), "follow", group="follow")

    def end(self) -> None:
        for group in ("follow", "usage", "look"):
            self._scope.cancel(group)

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()

    def _look_now(self) -> None:
        self._scope.start(self._look(), "look", group="look")

    async def _look(self) -> None:
        while True:
            try:
                health = await self._backend.health()
                stats = await self._backend.websocket_stats()
            except KioskError as error:
                logger.info("not looked", code=error.code.value)
                self._on_error(error)
            else:
                self._on_look(health, stats)
            await asyncio.sleep(self._times.look)

    async def _count(self) -> None:
        while True:
            try:
                self._on_usage(await self._backend.usage())
            except KioskError as error:
                logger.info("usage not read", code=error.code.value)
            await asyncio.sleep(self._times.usage)

    async def _follow(self, known: LoginResponse) -> None:
        """A line that is refused for good is not made again: the next look says why."""
        credentials = Credentials(known.user_id, known.user_type, known.token)
        await self._live.run(credentials, self._heard, lambda _state: None, self._read)

    async def _read(self) -> Cursor:
        """Something may have been missed. The list of orders is what tells where the log stands."""
        listed = await self._backend.orders(open_only=True)
        self._look_now()
        return Cursor(listed.epoch, listed.top)

    def _heard(self, notification: Notification) -> None:
        if notification.topic is Topic.ENGINE_CHANGED:
            self._look_now()
