"""FakeLiveMessages: the live line in a test's hand."""

from __future__ import annotations

import asyncio

from kiosk.api.event_stream import (
    ConnectionState,
    Credentials,
    Cursor,
    LiveMessages,
    OnNotification,
    OnResync,
    OnState,
    StreamEnd,
)
from shared.messages import Notification


class FakeLiveMessages(LiveMessages):
    """Reads the whole state once, is live, and hands out what ``send`` is given until ``end``."""

    def __init__(self) -> None:
        self.credentials: list[Credentials] = []
        self.cursors: list[Cursor] = []
        self.live = asyncio.Event()
        self._heard: OnNotification | None = None
        self._state: OnState | None = None
        self._resync: OnResync | None = None
        self._end: asyncio.Future[StreamEnd] | None = None

    async def run(
        self, credentials: Credentials, on_notification: OnNotification, on_state: OnState, on_resync: OnResync
    ) -> StreamEnd:
        self.credentials.append(credentials)
        self._heard, self._state, self._resync = on_notification, on_state, on_resync
        self._end = asyncio.get_running_loop().create_future()
        on_state(ConnectionState.CONNECTING)
        self.cursors.append(await on_resync())
        on_state(ConnectionState.LIVE)
        self.live.set()
        end = await self._end
        on_state(ConnectionState.REFUSED)
        return end

    def send(self, notification: Notification) -> None:
        assert self._heard is not None
        self._heard(notification)

    async def break_and_return(self) -> None:
        """The line was away, and something may have been missed."""
        assert self._state is not None
        assert self._resync is not None
        self._state(ConnectionState.LOST)
        self.cursors.append(await self._resync())
        self._state(ConnectionState.LIVE)

    def end(self, reason: StreamEnd) -> None:
        assert self._end is not None
        self._end.set_result(reason)
