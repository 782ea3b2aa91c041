"""One live connection: a socket, whose it is, and how far into the log it has been served."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backend.domain.people import Caller
from backend.services.notification_feed import FeedItem

SEND_SECONDS = 10.0
"""A screen that reads nothing for so long is not there any more."""


class Socket(Protocol):
    """What a connection needs of a WebSocket. The router adapts aiohttp's; tests have their own."""

    async def send_text(self, text: str) -> None:
        """Return when the text has left for the network.

        Raises:
            ConnectionError: the other side is gone.
        """
        ...

    def send_ready(self, frame: bytes) -> bool:
        """Hand a ``text_frame`` to the network without waiting.

        False, and nothing was sent: the line is going, or what was sent before still waits to leave.
        """
        ...

    async def close(self, code: int, reason: str) -> None:
        """Close in order; may wait for the other side."""
        ...

    def abort(self) -> None:
        """Cut the line at once. This also ends a ``send_text`` that is stuck."""
        ...


class TooSlow(ConnectionError):
    """The other side did not read for ``send_seconds``."""


@dataclass(slots=True, eq=False)
class LiveConnection:
    """``cursor``: everything up to this id has been looked at. ``told``: the last id that was sent or promised;
    ``joined_at``: the log's top when it came.

    ``expires_at`` is when the token ends, or None. ``board``: a customer's who also follows everybody's numbers.
    ``beat_at`` is when the next heartbeat is due, on the event loop's clock. ``catching_up``: the task that serves it
    alone, while the pump does not.
    """

    id: str
    person: Caller
    socket: Socket
    device_id: str
    cursor: int
    told: int
    expires_at: datetime | None = None
    token_digest: str = ""
    joined_at: int = 0
    send_seconds: float = SEND_SECONDS
    board: bool = False
    acknowledged: int = 0
    ending: bool = False
    beat_at: float = 0.0
    following: bool = False
    catching_up: asyncio.Task[Any] | None = None

    def acknowledge(self, id_: int) -> bool:
        """Remember how far the other side says it has come; False when it cannot have come so far."""
        if id_ > max(self.told, self.cursor):
            return False
        self.acknowledged = max(self.acknowledged, id_)
        return True

    def text_for(self, item: FeedItem) -> str | None:
        """What is sent of ``item``: to staff everything, to customers what concerns them, and numbers if wanted."""
        if self.person.is_staff or item.concerns(self.person.user_id):
            return item.text
        return item.board if self.board else None

    def expired(self, now: datetime) -> bool:
        """Whether the token has ended by ``now``."""
        return self.expires_at is not None and self.expires_at <= now

    async def send(self, text: str) -> None:
        """Send within ``send_seconds``. A cut line is the only way out of a send that is stuck, so it is cut.

        Raises:
            ConnectionError: the line is gone; TooSlow when it was this method that cut it.
        """
        try:
            async with asyncio.timeout(self.send_seconds):
                await self.socket.send_text(text)
        except TimeoutError as error:
            self.socket.abort()
            raise TooSlow from error
