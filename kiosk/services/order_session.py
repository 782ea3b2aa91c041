"""OrderSession: one customer's order from the first touch to the wiped screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import structlog

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, LiveMessages
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, LocalCode
from kiosk.services import cart
from kiosk.services.cart import OrderLine
from kiosk.services.guest import Guest
from kiosk.services.observable import Observable
from kiosk.services.order_snapshot import OrderSnapshot, OrderTimes, first_sight_of
from kiosk.services.placement import Placement
from kiosk.tasks import TaskScope
from shared.messages import AlarmLevel, Notification
from shared.orders import Order, OrderDraft, OrderItemDraft, OrderStatus, Service
from shared.problems import ProblemCode
from shared.voice import (
    OrderState,
    SessionOrderUpdate,
    Stage,
    VoiceAnalysisResponse,
)

__all__ = ["OrderLine", "OrderSession", "OrderSnapshot", "OrderTimes"]

logger = structlog.get_logger(__name__)
Result = TypeVar("Result")


class OrderSession(Observable[OrderSnapshot]):
    """The cart lives here and is shared with the conversation (PUT /api/voice/sessions/{id}/order).

    Every change shows at once and is kept while the backend is away; it is sent when the backend is back.
    A placed order is never doubled: the same idempotency key is used until the answer is known.
    """

    def __init__(
        self,
        backend: Backend,
        link: BackendLink,
        live: LiveMessages,
        *,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        also: Callable[[Notification], None] | None = None,
        times: OrderTimes | None = None,
    ) -> None:
        """``new_id`` makes session ids and idempotency keys (16 to 64 of ``[A-Za-z0-9_-]``).

        ``also`` gets every live message too (e.g. ``Shop.heard``).
        """
        super().__init__(OrderSnapshot(new_id()))
        self._backend = backend
        self._link = link
        self._new_id = new_id
        self._now = now
        self._times = times or OrderTimes()
        self._scope = TaskScope("order", self._unexpected)
        self._guest = Guest(
            backend,
            link,
            live,
            on_order=self._follow_order,
            on_alarm=self._show_alarm,
            on_connection=self._show_connection,
            also=also,
        )
        # One exchange about the order at a time: a cart on its way and an utterance must not overtake each other.
        self._exchange = asyncio.Lock()
        self._revision = self._sent = 0
        self._syncing = False
        self._accepted: cart.Lines = ()
        self._history: list[cart.Lines] = []
        self._meanwhile: list[cart.Edit] | None = None
        self._placement = Placement(backend, new_id)

    # -- by touch ---------------------------------------------------------------------------------------------------

    def add(self, draft: OrderItemDraft) -> None:
        """A further line; the same draft again raises the quantity of its line, up to 20."""
        self._edit(cart.add(draft))

    def replace(self, index: int, draft: OrderItemDraft) -> None:
        """Lines are named by their place in ``snapshot.lines``; one that is not there is no error."""
        self._edit_line(index, lambda key: cart.replace_line(key, draft))

    def remove(self, index: int) -> None:
        self._edit_line(index, cart.remove)

    def set_quantity(self, index: int, quantity: int) -> None:
        """Clamped to 1..20."""
        self._edit_line(index, lambda key: cart.set_quantity(key, quantity))

    def set_service(self, service: Service) -> None:
        if service is self.snapshot.service or self.snapshot.placing:
            return
        self._publish(replace(self.snapshot, service=service))
        self._changed()

    def undo(self) -> None:
        """Take back the last change made by touch; nothing to take back is no error."""
        if self._history and not self.snapshot.placing:
            before = self._history.pop()
            self._apply(cart.put_back(before))

    def clear_error(self) -> None:
        self._publish(replace(self.snapshot, error=None))

    def place(self) -> None:
        """Place the order; see ``placing``, ``placed``, ``error``. While one is on its way: does nothing."""
        now = self.snapshot
        if now.placing:
            return
        if not now.lines:
            self._publish(replace(now, error=KioskError(ProblemCode.EMPTY_ORDER)))
            return
        if not all(line.complete for line in now.lines):
            self._publish(replace(now, error=KioskError(LocalCode.STYLE_NOT_CHOSEN)))
            return
        self._publish(replace(now, placing=True, error=None))
        self._scope.start(self._place(), "place", group="place")

    def end(self) -> None:
        """Wipe all and begin a new session. The old conversation is deleted on the backend, later if it is away."""
        self._scope.cancel("sync")
        self._scope.cancel("place")
        self._syncing = False
        self._guest.leave(self.snapshot.session_id)
        self._forget_cart()
        self._placement.reset()
        self._meanwhile = None
        self._publish(OrderSnapshot(self._new_id()))

    # -- by voice ---------------------------------------------------------------------------------------------------

    async def signed_in(self) -> tuple[str, str]:
        """The session and the token of whoever is here. Raises KioskError."""
        async with self._exchange:
            token = await self._guest.signed_in()
            return self.snapshot.session_id, token

    async def converse(self, transcript: str, elapsed: Callable[[], float] | None = None) -> VoiceAnalysisResponse:
        """One spoken or typed sentence; ``elapsed()``: seconds since the customer stopped speaking. See
        ``converse_by``."""

        async def ask(session_id: str) -> VoiceAnalysisResponse:
            waited = elapsed() if elapsed is not None else None
            return await self._backend.analyze(transcript, session_id, elapsed=waited)

        return await self.converse_by(ask)

    async def converse_by(self, ask: Callable[[str], Awaitable[VoiceAnalysisResponse]]) -> VoiceAnalysisResponse:
        """One sentence by whatever way: the cart is sent first, what was understood is adopted.

        ``ask(session_id)`` brings the sentence to the backend and its answer back; it raises KioskError.
        Touches made meanwhile are put on top of it. If the outcome is unknown, it is looked up whether the order
        was placed all the same. Raises KioskError; the cart is then as it was.
        """
        async with self._exchange:
            session_id = self.snapshot.session_id
            try:
                return await self._as_guest(lambda: self._analyze(ask))
            except (KioskError, asyncio.CancelledError) as error:
                # What the conversation made of it may be unknown. The next exchange then asks whether it was
                # placed; if not, the cart that is shown here is sent anew and counts.
                unknown = not isinstance(error, KioskError) or error.outcome_unknown
                if unknown and session_id == self.snapshot.session_id:
                    self._placement.doubt()
                    self._changed(error if isinstance(error, KioskError) else None)
                raise

    async def _analyze(self, ask: Callable[[str], Awaitable[VoiceAnalysisResponse]]) -> VoiceAnalysisResponse:
        await self._send_cart()
        session_id = self.snapshot.session_id
        self._meanwhile = []
        try:
            analysis = await ask(session_id)
        finally:
            meanwhile, self._meanwhile = self._meanwhile or [], None
        if session_id == self.snapshot.session_id:
            self._take(analysis, meanwhile)
        return analysis

    def _take(self, analysis: VoiceAnalysisResponse, meanwhile: list[cart.Edit]) -> None:
        state = analysis.order_state
        self._history.clear()
        if state.order_id is not None and state.order_number is not None:
            self._placed(first_sight_of(state, state.order_id, state.order_number, self._now()))
            return
        lines = cart.adopt(self.snapshot.lines, state.items)
        self._adopt(lines, state, analysis.state)
        if meanwhile:
            for edit in meanwhile:
                lines = edit(lines)
            self._publish(replace(self.snapshot, lines=lines))
            self._changed()

    # -- the shared cart --------------------------------------------------------------------------------------------

    def _edit_line(self, index: int, edit_of: Callable[[int], cart.Edit]) -> None:
        if 0 <= index < len(self.snapshot.lines):
            self._edit(edit_of(self.snapshot.lines[index].key))

    def _edit(self, edit: cart.Edit) -> None:
        if self.snapshot.placing:
            return
        before = cart.settled(self.snapshot.lines)
        if edit(before) != before:
            self._history = [*self._history[-19:], before]
            self._apply(edit)

    def _apply(self, edit: cart.Edit) -> None:
        if self._meanwhile is not None:
            self._meanwhile.append(edit)
        self._publish(replace(self.snapshot, lines=edit(cart.settled(self.snapshot.lines)), current=None))
        self._changed()

    def _changed(self, error: KioskError | None = None) -> None:
        self._revision += 1
        self._publish(replace(self.snapshot, priced=False, error=error, can_undo=bool(self._history)))
        self._start_sync()

    def _start_sync(self) -> None:
        if not self._syncing and self._dirty:
            self._syncing = True
            self._scope.start(self._sync(), "sync", group="sync")

    @property
    def _dirty(self) -> bool:
        return self._sent != self._revision

    async def _sync(self) -> None:
        """Send the cart until the backend holds what is shown here."""
        pause = self._times.first_retry
        while self._dirty:
            try:
                async with self._exchange:
                    await self._as_guest(self._send_cart)
            except KioskError as error:
                if not error.retryable:
                    self._turn_back(error)
                    break
                self._publish(replace(self.snapshot, error=error))
                await self._wait_for_backend(pause)
                pause = min(self._times.longest_retry, pause * 2)
        self._syncing = False

    async def _send_cart(self) -> None:
        if not self._dirty:
            return
        placed = await self._placement.settle()
        if placed is not None:
            self._placed(placed)
            return
        revision, sent = self._revision, self.snapshot
        update = SessionOrderUpdate(items=cart.drafts(sent.lines), service=sent.service)
        answer = await self._backend.put_session_order(sent.session_id, update)
        if sent.session_id != self.snapshot.session_id:
            return
        self._sent = revision
        if revision == self._revision:
            self._adopt(cart.priced(self.snapshot.lines, answer.order_state.items), answer.order_state, answer.state)

    def _adopt(self, lines: cart.Lines, state: OrderState, stage: Stage) -> None:
        """The backend's word: these lines, these figures."""
        self._accepted = lines
        self._publish(
            replace(
                self.snapshot,
                lines=lines,
                service=state.service,
                total=state.total,
                discount=state.discount,
                payable=state.payable,
                discounts=state.discounts,
                priced=not self._dirty,
                stage=stage,
                current=state.current,
                can_undo=bool(self._history),
                error=None,
            )
        )

    def _turn_back(self, error: KioskError) -> None:
        """The backend refuses the cart as it is: back to the last one that it took."""
        self._sent = self._revision
        self._history.clear()
        lines = cart.settled(self._accepted)
        self._publish(replace(self.snapshot, lines=lines, priced=True, can_undo=False, error=error))

    # -- placing ----------------------------------------------------------------------------------------------------

    async def _place(self) -> None:
        now = self.snapshot
        draft = OrderDraft(items=cart.drafts(now.lines), service=now.service)
        clock = asyncio.get_running_loop().time
        deadline, pause = clock() + self._times.place, self._times.first_retry
        while True:
            try:
                async with self._exchange:
                    self._placed(await self._as_guest(lambda: self._placement.once(draft)))
            except KioskError as error:
                left = deadline - clock()
                if not error.retryable or left <= 0:
                    self._publish(replace(self.snapshot, placing=False, error=error))
                    self._start_sync()
                    return
                await self._wait_for_backend(min(pause, left))
                pause = min(self._times.longest_retry, pause * 2)
            else:
                return

    def _placed(self, order: Order) -> None:
        """Show it; cart and conversation begin anew, so that nothing said now changes what was placed."""
        self._guest.forget(self.snapshot.session_id)
        self._placement.know(order.id)
        self._forget_cart()
        connection = self.snapshot.connection
        self._publish(
            OrderSnapshot(
                self._new_id(), stage=Stage.COMPLETED, service=order.service, placed=order, connection=connection
            )
        )
        self._scope.start(self._read_placed(order.id), "read placed", group="read placed")

    def _forget_cart(self) -> None:
        self._history.clear()
        self._accepted = ()
        self._sent = self._revision

    async def _read_placed(self, order_id: str) -> None:
        try:
            self._follow_order(await self._backend.order(order_id))
        except KioskError as error:
            logger.info("placed order not read yet", code=error.code.value)

    def _follow_order(self, order: Order) -> None:
        placed = self.snapshot.placed
        if placed is not None and order.id == placed.id and order.version >= placed.version:
            unseen = self.snapshot.unseen and order.status is OrderStatus.RECEIVED
            self._publish(replace(self.snapshot, placed=order, unseen=unseen))

    def _show_alarm(self, order_id: str, level: int) -> None:
        placed = self.snapshot.placed
        if placed is not None and placed.id == order_id:
            self._publish(replace(self.snapshot, unseen=level >= AlarmLevel.CUSTOMER))

    def _show_connection(self, state: ConnectionState) -> None:
        self._publish(replace(self.snapshot, connection=state))

    # -- the rest ---------------------------------------------------------------------------------------------------

    async def _as_guest(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do ``work`` signed in. A token that is no longer known (another database): once more as somebody new."""
        session_id = self.snapshot.session_id
        await self._guest.signed_in()
        try:
            return await work()
        except KioskError as error:
            gone = session_id != self.snapshot.session_id
            if gone or error.code is not ProblemCode.UNAUTHENTICATED:
                raise
        self._guest.leave(self.snapshot.session_id)
        self._publish(replace(self.snapshot, session_id=self._new_id()))
        self._revision += 1
        await self._guest.signed_in()
        return await work()

    async def _wait_for_backend(self, pause: float) -> None:
        """At least ``pause`` s, and until the backend is up if it is not."""
        await asyncio.sleep(pause)
        try:
            await self._link.wait_up(self._times.longest_retry)
        except KioskError:
            return

    def _unexpected(self, name: str, error: Exception) -> None:
        logger.error("order task failed", task=name, exc_info=error)
        self._syncing = False
        self._publish(replace(self.snapshot, placing=False, error=KioskError(ProblemCode.INTERNAL, retryable=True)))

    async def close(self) -> None:
        """Idempotent. The conversation is deleted if the backend answers within a second."""
        await self._scope.close()
        await self._guest.close(self.snapshot.session_id)
