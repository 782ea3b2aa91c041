"""EventStream: live messages over one WebSocket, without losing or doubling one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.api.link import BackendLink
from shared.auth import UserType
from shared.messages import Notification


class ConnectionState(StrEnum):
    """``lost`` reconnects by itself; ``refused`` does not."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    REFUSED = "refused"


class StreamEnd(StrEnum):
    """Why ``run`` came back: ``token_expired``: sign in again; ``refused``: this token will never do."""

    TOKEN_EXPIRED = "token_expired"  # noqa: S105 -- a reason, not a token
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Credentials:
    user_id: str
    user_type: UserType
    token: str

    def __repr__(self) -> str:
        return f"Credentials({self.user_id!r}, {self.user_type.value})"


@dataclass(frozen=True, slots=True)
class Cursor:
    """``after``: id of the last notification seen, under ``epoch``."""

    epoch: str
    after: int


class LiveMessages(Protocol):
    """What services ask of the stream."""

    async def run(
        self,
        credentials: Credentials,
        on_notification: Callable[[Notification], None],
        on_state: Callable[[ConnectionState], None],
        on_resync: Callable[[], Awaitable[Cursor]],
    ) -> StreamEnd:
        """Stay connected until cancelled or refused.

        ``on_notification`` gets each one once, in the order of ids. ``on_resync`` is awaited on the first
        connection and whenever something may have been missed: it reads the whole state anew and answers
        the ``top`` and ``epoch`` up to which that state is complete. It may raise KioskError: tried again.
        """
        ...


class EventStream(LiveMessages):
    """Reconnects with full jitter, at most about 5 s apart, and at once when the backend moves."""

    def __init__(self, link: BackendLink, device_id: str) -> None: ...
