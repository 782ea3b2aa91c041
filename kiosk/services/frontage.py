"""Frontage: what a kiosk follows whoever stands before it: order numbers, sold-out marks, help that is coming."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, LiveMessages
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared.auth import UserType
from shared.messages import Notification, Topic
from shared.orders import OrderStatus

logger = structlog.get_logger(__name__)

KEPT_ANSWERS = 50
WAIT_SECONDS = 30.0
PAUSE_SECONDS = 2.0
"""Between two tries."""

_COOKING = frozenset({OrderStatus.RECEIVED.value, OrderStatus.PREPARING.value})


@dataclass(frozen=True, slots=True)
class FrontSnapshot:
    """Order numbers, the longest waiting first. ``answered``: ids of help calls that somebody goes to, the latest last.

    ``live``: the numbers are followed; else they are as they were and not to be shown.
    """

    preparing: tuple[int, ...] = ()
    ready: tuple[int, ...] = ()
    answered: tuple[str, ...] = ()
    live: bool = False


class Frontage(Observable[FrontSnapshot]):
    """A line of the kiosk's own, beside the customer's: it is there on the attract screen, and before the first touch
    of a cart. It is a guest's, who may see numbers and marks and nothing of anybody."""

    def __init__(
        self,
        backend: Backend,
        link: BackendLink,
        live: LiveMessages,
        *,
        also: Callable[[Notification], None],
        missed: Callable[[], None],
    ) -> None:
        """``live`` asks for the board of numbers; ``also`` gets every notification (``Shop.heard``), and ``missed`` is
        called whenever some may not have come (``Shop.reload``)."""
        super().__init__(FrontSnapshot())
        self._backend = backend
        self._link = link
        self._live = live
        self._also = also
        self._missed = missed
        self._scope = TaskScope("frontage")

    def open(self) -> None:
        """Follow the shop until ``close``."""
        self._scope.start(self._follow(), "follow", group="follow")

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()

    async def _follow(self) -> None:
        while True:
            try:
                await self._link.wait_up(WAIT_SECONDS)
                known = await self._backend.guest()
            except KioskError as error:
                logger.info("the kiosk's own line waits", code=error.code.value)
            else:
                credentials = Credentials(known.user_id, UserType.CUSTOMER, known.token)
                # It comes back when the token has run out or is not known any more (another database).
                await self._live.run(credentials, self._heard, self._show_connection, self._read)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _read(self) -> Cursor:
        board = await self._backend.board()
        self._publish(replace(self.snapshot, preparing=board.preparing, ready=board.ready))
        self._missed()
        return Cursor(board.epoch, board.top)

    def _show_connection(self, state: ConnectionState) -> None:
        self._publish(replace(self.snapshot, live=state is ConnectionState.LIVE))

    def _heard(self, notification: Notification) -> None:
        data, now = notification.data, self.snapshot
        if notification.topic is Topic.BOARD_CHANGED:
            number, status = data.get("order_number"), data.get("status")
            if isinstance(number, int):
                self._publish(_moved(now, number, status))
        elif notification.topic is Topic.HELP_ANSWERED:
            self._publish(replace(now, answered=(*now.answered, str(data.get("help_id")))[-KEPT_ANSWERS:]))
        self._also(notification)


def _moved(now: FrontSnapshot, number: int, status: object) -> FrontSnapshot:
    preparing = tuple(other for other in now.preparing if other != number)
    ready = tuple(other for other in now.ready if other != number)
    if status in _COOKING:
        # Taken back, it stands where it stood, and the newest is last.
        preparing = now.preparing if number in now.preparing else (*preparing, number)
    elif status == OrderStatus.READY.value:
        ready = (*ready, number)
    return replace(now, preparing=preparing, ready=ready)
