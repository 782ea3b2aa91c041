"""Guest: who the customer is to the backend: a name for one session, its live messages, and its forgetting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from pydantic import ValidationError

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, LiveMessages
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.tasks import TaskScope
from shared.auth import GuestResponse, UserType
from shared.messages import Notification, Topic
from shared.orders import Order

logger = structlog.get_logger(__name__)

FORGET_TRIES = 20
FORGET_PAUSE_SECONDS = 15.0
GOODBYE_SECONDS = 1.0


class Guest:
    """Signed in on first need, followed from then on, gone with the customer."""

    def __init__(
        self,
        backend: Backend,
        link: BackendLink,
        live: LiveMessages,
        *,
        on_order: Callable[[Order], None],
        on_alarm: Callable[[str, int], None],
        on_connection: Callable[[ConnectionState], None],
        also: Callable[[Notification], None] | None,
    ) -> None:
        """``on_order`` gets every order of this guest whenever it changes; ``also`` every live message.

        ``on_alarm(order_id, level)``: the shop has not seen that order for long (``AlarmLevel``), or now it has.
        """
        self._backend = backend
        self._link = link
        self._live = live
        self._on_order = on_order
        self._on_alarm = on_alarm
        self._on_connection = on_connection
        self._also = also
        self._scope = TaskScope("guest")
        self._known: GuestResponse | None = None

    async def signed_in(self) -> str:
        """The token that is shown from now on. Raises KioskError."""
        if self._known is None:
            known = await self._backend.guest()
            self._known = known
            self._backend.sign_in(known.token)
            self._scope.start(self._follow(known), "follow", group="follow")
        return self._known.token

    def forget(self, session_id: str) -> None:
        """Have the conversation deleted, later if the backend is away. Without a name there is none."""
        if self._known is not None:
            self._scope.start(self._forget(session_id, self._known.token), "forget")

    def leave(self, session_id: str) -> None:
        """Nobody is here any more."""
        self.forget(session_id)
        self._known = None
        self._backend.sign_out()
        self._scope.cancel("follow")

    async def close(self, session_id: str) -> None:
        """Idempotent; says goodbye for at most a second."""
        await self._scope.close()
        known, self._known = self._known, None
        if known is None:
            return
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._backend.end_session(session_id, known.token)
        except (KioskError, TimeoutError):
            logger.info("conversation not deleted at the end; the backend drops it by age")

    async def _follow(self, known: GuestResponse) -> None:
        credentials = Credentials(known.user_id, UserType.CUSTOMER, known.token)
        await self._live.run(credentials, self._heard, self._on_connection, self._read_orders)

    async def _read_orders(self) -> Cursor:
        mine = await self._backend.orders(open_only=False)
        for order in mine.orders:
            self._on_order(order)
        return Cursor(mine.epoch, mine.top)

    def _heard(self, notification: Notification) -> None:
        told = notification.data.get("order")
        if isinstance(told, dict):
            try:
                self._on_order(Order.model_validate(told))
            except ValidationError:
                logger.warning("order in a live message not understood", topic=notification.topic.value)
        elif notification.topic is Topic.ORDER_ALARM:
            level = notification.data.get("level")
            self._on_alarm(str(notification.data.get("order_id")), level if isinstance(level, int) else 0)
        if self._also is not None:
            self._also(notification)

    async def _forget(self, session_id: str, token: str) -> None:
        for _ in range(FORGET_TRIES):
            try:
                await self._link.wait_up(FORGET_PAUSE_SECONDS)
                await self._backend.end_session(session_id, token)
            except KioskError as error:
                if not error.retryable:
                    return
                await asyncio.sleep(FORGET_PAUSE_SECONDS)
            else:
                return
