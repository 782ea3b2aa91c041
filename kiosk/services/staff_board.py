"""StaffBoard: the live list of orders for kitchen and counter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import structlog
from pydantic import ValidationError

from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, LiveMessages
from kiosk.errors import KioskError
from kiosk.services import help_calls, paper_news
from kiosk.services.help_calls import HelpCall
from kiosk.services.observable import Observable
from kiosk.services.paper_news import ABOUT_PAPER, PaperNews
from kiosk.tasks import TaskScope
from shared import paths
from shared.auth import LoginResponse, StaffMember, UserType
from shared.messages import Notification, Topic
from shared.orders import Order, OrderPatch, OrderStatus
from shared.problems import ProblemCode

logger = structlog.get_logger(__name__)

KEPT_HANDED_OVER = 10
HELP_PARAM = "help_id"
"""In an error's params: it is about that help call."""

OPEN = frozenset({OrderStatus.RECEIVED, OrderStatus.PREPARING, OrderStatus.READY})
_FORWARD = {
    OrderStatus.RECEIVED: OrderStatus.PREPARING,
    OrderStatus.PREPARING: OrderStatus.READY,
    OrderStatus.READY: OrderStatus.COMPLETED,
}
_ABOUT_HELP = frozenset({Topic.HELP_REQUESTED, Topic.HELP_ANSWERED, Topic.HELP_ESCALATED})
_BACK = {after: before for before, after in _FORWARD.items()}


@dataclass(frozen=True, slots=True)
class BoardSnapshot:
    """``user_id`` None: nobody is signed in. ``orders``: the open ones, oldest first.

    ``unseen``: ids of orders that nobody at this screen has acknowledged yet. ``news`` counts new orders and
    ``help_news`` help calls since signing in: a change is what a sound is played for.
    ``busy``: ids with a change on its way. ``error``: of the last action, ``error_order``: the id that it was about.
    ``handed_over``: completed orders that can be recalled, the latest first, at most 10.
    ``people``: whom a manager may give orders to. ``given``: ids of orders that somebody gave to this person and that
    nobody at this screen has acknowledged yet; ``given_news`` counts them since signing in.
    ``paper``: what was last heard of the receipt printer.
    ``marking``: menu codes whose sold-out mark is on its way; ``answering``: help calls whose answer is.
    """

    user_id: str | None = None
    user_type: UserType | None = None
    signing_in: bool = False
    orders: tuple[Order, ...] = ()
    unseen: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    help_calls: tuple[HelpCall, ...] = ()
    connection: ConnectionState = ConnectionState.CONNECTING
    news: int = 0
    help_news: int = 0
    error: KioskError | None = None
    error_order: str | None = None
    handed_over: tuple[Order, ...] = ()
    marking: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    paper: PaperNews | None = None
    people: tuple[StaffMember, ...] = ()
    given: frozenset[str] = frozenset()
    given_news: int = 0

    def with_status(self, status: OrderStatus) -> tuple[Order, ...]:
        """One column, oldest first."""
        return tuple(order for order in self.orders if order.status is status)


class StaffBoard(Observable[BoardSnapshot]):
    """One member of staff at one screen. What others do arrives as live messages and shows at once."""

    def __init__(
        self, backend: Backend, live: LiveMessages, also: Callable[[Notification], None] | None = None
    ) -> None:
        """``also`` gets every notification too (e.g. ``Shop.heard``)."""
        super().__init__(BoardSnapshot())
        self._backend = backend
        self._live = live
        self._also = also
        self._scope = TaskScope("board", self._unexpected)

    def sign_in(self, user_id: str, pin: str) -> None:
        """See ``signing_in``, ``user_id``, ``error`` (wrong_credentials, locked_out, forbidden for a customer)."""
        self._publish(replace(self.snapshot, signing_in=True, error=None, error_order=None))
        self._scope.start(self._sign_in(user_id, pin), "sign in", group="sign in")

    def sign_out(self) -> None:
        """The board is empty afterwards."""
        self._scope.cancel("sign in")
        self._scope.cancel("follow")
        self._scope.cancel("people")
        self._backend.sign_out()
        self._publish(BoardSnapshot())

    def claim(self, order_id: str) -> None:
        """received -> preparing, assigned to who is signed in."""
        self._step(order_id, OrderStatus.RECEIVED, OrderStatus.PREPARING)

    def ready(self, order_id: str) -> None:
        """preparing -> ready."""
        self._step(order_id, OrderStatus.PREPARING, OrderStatus.READY)

    def hand_over(self, order_id: str) -> None:
        """ready -> completed; it leaves the board."""
        self._step(order_id, OrderStatus.READY, OrderStatus.COMPLETED)

    def bump(self, order_id: str) -> None:
        """The next step of the three above."""
        order = self._find(order_id)
        if order is not None and order.status in _FORWARD:
            self._move(order, _FORWARD[order.status])

    def cancel(self, order_id: str) -> None:
        """received or preparing -> cancelled."""
        order = self._find(order_id)
        if order is not None and order.status in {OrderStatus.RECEIVED, OrderStatus.PREPARING}:
            self._move(order, OrderStatus.CANCELLED)

    def recall(self, order_id: str) -> None:
        """One step back: preparing -> received (nobody's), ready -> preparing, completed -> ready."""
        order = self._find(order_id)
        if order is not None and order.status in _BACK:
            self._move(order, _BACK[order.status])

    def assign(self, order_id: str, user_id: str) -> None:
        """A manager gives an open order to ``user_id``; one that nobody has begun stays where it is."""
        order = self._find(order_id)
        if order is not None and order.status in OPEN and order.assigned_to != user_id:
            self._change(order, OrderPatch(version=order.version, assigned_to=user_id))

    def seen(self, order_id: str) -> None:
        now = self.snapshot
        self._publish(replace(now, unseen=now.unseen - {order_id}, given=now.given - {order_id}))

    def set_done(self, order_id: str, done: Iterable[int]) -> None:
        """Which items of an order that is being prepared are made, by index."""
        order = self._find(order_id)
        if order is not None and order.status is OrderStatus.PREPARING:
            self._change(order, OrderPatch(version=order.version, done=tuple(sorted(set(done)))))

    def answer_help(self, help_id: str) -> None:
        """I am going: the call leaves every board, and the kiosk says that somebody comes."""
        now = self.snapshot
        if help_id not in now.answering:
            self._publish(replace(now, answering=now.answering | {help_id}, error=None, error_order=None))
            self._scope.start(self._answer(help_id), "answer", group=f"help {help_id}")

    def mark_sold_out(self, code: str, sold_out: bool) -> None:
        """Take a menu off sale or put it back; every window hears of it by ``catalogue.changed``."""
        if code not in self.snapshot.marking:
            self._publish(replace(self.snapshot, marking=self.snapshot.marking | {code}, error=None, error_order=None))
            self._scope.start(self._mark(code, sold_out), "mark", group=f"menu {code}")

    def clear_error(self) -> None:
        self._publish(replace(self.snapshot, error=None, error_order=None))

    def picture(self, order_id: str, index: int, came: Callable[[bytes], None]) -> None:
        """``came`` gets one item of an order as its customer saw it, encoded; never, when it cannot be had."""
        self._scope.start(self._picture(order_id, index, came), "picture")

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()

    async def _sign_in(self, user_id: str, pin: str) -> None:
        try:
            known = await self._backend.login(user_id, pin)
        except KioskError as error:
            self._publish(replace(self.snapshot, signing_in=False, error=error))
            return
        if known.user_type is UserType.CUSTOMER:
            self._publish(replace(self.snapshot, signing_in=False, error=KioskError(ProblemCode.FORBIDDEN)))
            return
        self._backend.sign_in(known.token)
        self._publish(BoardSnapshot(user_id=known.user_id, user_type=known.user_type))
        self._scope.start(self._follow(known), "follow", group="follow")
        if known.user_type is UserType.MANAGER:
            self._scope.start(self._read_people(), "people", group="people")

    async def _read_people(self) -> None:
        try:
            people = (await self._backend.staff()).people
        except KioskError as error:
            logger.info("staff not read", code=error.code.value)
            return
        self._publish(replace(self.snapshot, people=people))

    async def _follow(self, known: LoginResponse) -> None:
        credentials = Credentials(known.user_id, known.user_type, known.token)
        await self._live.run(credentials, self._heard, self._show_connection, self._read_orders)
        # The token has run out or was taken back: whoever stands here signs in again.
        self._backend.sign_out()
        self._publish(BoardSnapshot(error=KioskError(ProblemCode.UNAUTHENTICATED)))

    async def _read_orders(self) -> Cursor:
        listed = await self._backend.orders(open_only=True)
        # After the orders: what is told of a call from ``top`` on is then told of one that is known.
        waiting = tuple(help_calls.call_of(call) for call in (await self._backend.help_calls()).calls)
        before = {order.id for order in self.snapshot.orders}
        known = self.snapshot.connection is not ConnectionState.CONNECTING
        new = [o.id for o in listed.orders if o.id not in before and o.status is OrderStatus.RECEIVED]
        still_there = {order.id for order in listed.orders}
        now = self.snapshot
        called = {call.help_id for call in now.help_calls}
        missed = sum(call.help_id not in called for call in waiting)
        self._publish(
            replace(
                now,
                orders=_sorted(listed.orders),
                help_calls=waiting,
                help_news=now.help_news + missed,
                unseen=(now.unseen & still_there) | frozenset(new),
                given=now.given & still_there,
                # Those that stood there before anybody signed in make no noise; those that came in the gap do.
                news=now.news + (len(new) if known else 0),
            )
        )
        return Cursor(listed.epoch, listed.top)

    def _show_connection(self, state: ConnectionState) -> None:
        self._publish(replace(self.snapshot, connection=state))

    def _heard(self, notification: Notification) -> None:
        data = notification.data
        told = data.get("order")
        if isinstance(told, dict):
            try:
                order = Order.model_validate(told)
                self._take(order, created=notification.topic is Topic.ORDER_CREATED)
                if notification.topic is Topic.ORDER_ASSIGNED:
                    self._take_gift(order, notification.data.get("by"))
            except ValidationError:
                logger.warning("order in a live message not understood", topic=notification.topic.value)
        elif notification.topic in _ABOUT_HELP:
            self._take_help(notification)
        elif notification.topic in ABOUT_PAPER and (paper := paper_news.told_of(notification)) is not None:
            self._publish(replace(self.snapshot, paper=paper))
        if self._also is not None:
            self._also(notification)

    def _take_help(self, notification: Notification) -> None:
        now, help_id = self.snapshot, str(notification.data.get("help_id"))
        if notification.topic is Topic.HELP_ANSWERED:
            self._publish(replace(now, help_calls=help_calls.without(now.help_calls, help_id)))
        elif notification.topic is Topic.HELP_ESCALATED:
            self._publish(replace(now, help_calls=help_calls.escalated(now.help_calls, help_id)))
        elif (call := help_calls.told_of(notification)) is not None:
            calls = help_calls.with_call(now.help_calls, call)
            self._publish(replace(now, help_calls=calls, help_news=now.help_news + len(calls) - len(now.help_calls)))

    def _take(self, order: Order, *, created: bool = False) -> None:
        """An order as somebody changed it; an older version than what stands here is passed over."""
        now = self.snapshot
        known = self._find(order.id)
        if known is not None and known.version > order.version:
            return
        others = [o for o in now.orders if o.id != order.id]
        handed = tuple(o for o in now.handed_over if o.id != order.id)
        if order.status is OrderStatus.COMPLETED:
            handed = (order, *handed)[:KEPT_HANDED_OVER]
        unseen = now.unseen | {order.id} if created else now.unseen
        if order.status is not OrderStatus.RECEIVED:
            unseen -= {order.id}
        self._publish(
            replace(
                now,
                orders=_sorted([*others, order] if order.status in OPEN else others),
                handed_over=handed,
                unseen=unseen,
                news=now.news + (1 if created and known is None else 0),
            )
        )

    def _take_gift(self, order: Order, by: object) -> None:
        """Given to somebody else after all, it is no news here any more."""
        now = self.snapshot
        mine = order.assigned_to == now.user_id and by != now.user_id
        self._publish(
            replace(
                now,
                given=now.given | {order.id} if mine else now.given - {order.id},
                given_news=now.given_news + (1 if mine and order.id not in now.given else 0),
            )
        )

    def _find(self, order_id: str) -> Order | None:
        everything = (*self.snapshot.orders, *self.snapshot.handed_over)
        return next((order for order in everything if order.id == order_id), None)

    def _step(self, order_id: str, before: OrderStatus, after: OrderStatus) -> None:
        order = self._find(order_id)
        if order is not None and order.status is before:
            self._move(order, after)

    def _move(self, order: Order, status: OrderStatus) -> None:
        patch = OrderPatch(version=order.version, status=status)
        if status is OrderStatus.PREPARING and order.assigned_to is None:
            patch = OrderPatch(version=order.version, status=status, assigned_to=self.snapshot.user_id)
        self._change(order, patch)

    def _change(self, order: Order, patch: OrderPatch) -> None:
        if order.id in self.snapshot.busy:
            return
        now = self.snapshot
        self._publish(replace(now, busy=now.busy | {order.id}, error=None, error_order=None))
        self._scope.start(self._send_change(order, patch), "change", group=f"order {order.id}")

    async def _send_change(self, order: Order, patch: OrderPatch) -> None:
        try:
            self._take(await self._backend.change_order(order.id, patch))
            self._publish(replace(self.snapshot, busy=self.snapshot.busy - {order.id}))
        except KioskError as error:
            await self._read_again(order.id)
            now = self.snapshot
            self._publish(replace(now, busy=now.busy - {order.id}, error=error, error_order=order.id))

    async def _picture(self, order_id: str, index: int, came: Callable[[bytes], None]) -> None:
        try:
            content = await self._backend.content(paths.ORDER_PICTURE.format(order_id=order_id, index=index))
        except KioskError as error:
            logger.info("picture of a cake did not come", code=error.code.value)
            return
        came(content)

    async def _mark(self, code: str, sold_out: bool) -> None:
        try:
            await self._backend.set_sold_out(code, sold_out)
            error = None
        except KioskError as refused:
            error = refused
        now = self.snapshot
        self._publish(replace(now, marking=now.marking - {code}, error=error or now.error))

    async def _answer(self, help_id: str) -> None:
        error = None
        try:
            await self._backend.answer_help(help_id)
        except KioskError as refused:
            error = KioskError(
                refused.code, retryable=refused.retryable, params={**refused.params, HELP_PARAM: help_id}
            )
        now = self.snapshot
        # Somebody else goes already, or it is long over: then too it is no call any more.
        over = error is None or error.code in (ProblemCode.CONFLICT, ProblemCode.NOT_FOUND)
        calls = help_calls.without(now.help_calls, help_id) if over else now.help_calls
        self._publish(replace(now, help_calls=calls, answering=now.answering - {help_id}, error=error or now.error))

    async def _read_again(self, order_id: str) -> None:
        """After a refusal (somebody was quicker) or an unknown outcome: how it really stands."""
        try:
            self._take(await self._backend.order(order_id))
        except KioskError as error:
            logger.info("order not read again", code=error.code.value)

    def _unexpected(self, name: str, error: Exception) -> None:
        logger.error("board task failed", task=name, exc_info=error)
        failure = KioskError(ProblemCode.INTERNAL, retryable=True)
        self._publish(
            replace(
                self.snapshot,
                signing_in=False,
                busy=frozenset(),
                marking=frozenset(),
                answering=frozenset(),
                error=failure,
            )
        )


def _sorted(orders: Iterable[Order]) -> tuple[Order, ...]:
    return tuple(sorted(orders, key=lambda order: (order.placed_at, order.order_number)))
