"""FakeStaffBoard and what stands around it: the staff window without a backend, for views and for big numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer

from kiosk.api.event_stream import ConnectionState
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.services.bundle import StaffServices
from kiosk.services.help_calls import HelpCall
from kiosk.services.observable import Observable
from kiosk.services.shop import Shop, ShopSnapshot
from kiosk.services.sound_board import SoundBoard
from kiosk.services.staff_board import BoardSnapshot, StaffBoard
from kiosk.settings import KioskSettings
from shared.auth import StaffMember, UserType
from shared.orders import Order, OrderItemDraft, OrderStatus
from shared.problems import ProblemCode
from tests.support.kitchen import NOON, shop_menu

NEXT = {
    OrderStatus.RECEIVED: OrderStatus.PREPARING,
    OrderStatus.PREPARING: OrderStatus.READY,
    OrderStatus.READY: OrderStatus.COMPLETED,
}
BACK = {after: before for before, after in NEXT.items()}
OPEN = frozenset(NEXT)


class FakeClock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeStaffBoard(StaffBoard):
    """The real board's interface over a dictionary of orders; changes happen at once unless ``slow``."""

    def __init__(self, pin: str = "123456", shop: FakeShop | None = None) -> None:
        Observable.__init__(self, BoardSnapshot())
        self.shop = shop
        self.pictures: bytes | None = None
        self.looked_at: list[tuple[str, int]] = []
        self.pin = pin
        self.slow = False
        self.refuse_with: KioskError | None = None
        self.asked: list[tuple[str, str]] = []

    # What a test does to the world.

    def set(self, **changes: object) -> None:
        self._publish(replace(self.snapshot, **changes))  # type: ignore[arg-type] # fields by name

    def enter(self, user_id: str = "staff-1") -> None:
        self.set(
            user_id=user_id,
            user_type=UserType.STAFF,
            signing_in=False,
            connection=ConnectionState.LIVE,
            error=None,
        )

    def manage(self) -> None:
        """A manager signs in, and may give orders to three."""
        self.enter("manager")
        people = (("manager", "매니저"), ("staff-1", "직원 1"), ("staff-2", "민지"))
        kinds = (UserType.MANAGER, UserType.STAFF, UserType.STAFF)
        self.set(
            user_type=UserType.MANAGER,
            people=tuple(
                StaffMember(user_id=user_id, name=name, user_type=kind)
                for (user_id, name), kind in zip(people, kinds, strict=True)
            ),
        )

    def give(self, order_id: str) -> None:
        """Somebody gave it to who is here."""
        now = self.snapshot
        orders = (o.model_copy(update={"assigned_to": now.user_id}) if o.id == order_id else o for o in now.orders)
        self.set(orders=tuple(orders), given=now.given | {order_id}, given_news=now.given_news + 1)

    def lose(self) -> None:
        self.set(connection=ConnectionState.LOST)

    def hold(self, *orders: Order) -> None:
        """The orders that were there before."""
        self.set(orders=orders)

    def arrive(self, *orders: Order) -> None:
        """New orders that nobody has seen."""
        now = self.snapshot
        self.set(
            orders=(*now.orders, *orders),
            unseen=now.unseen | {order.id for order in orders},
            news=now.news + len(orders),
        )

    def call_help(
        self,
        help_id: str,
        device: str = "kiosk-1",
        screen: str = "cart",
        *,
        at: datetime = NOON,
        mode: str = "",
        cart: tuple[OrderItemDraft, ...] = (),
    ) -> None:
        now = self.snapshot
        call = HelpCall(help_id, device, screen, at, mode, cart)
        self.set(help_calls=(*now.help_calls, call), help_news=now.help_news + 1)

    # The interface.

    def sign_in(self, user_id: str, pin: str) -> None:
        self.asked.append(("sign_in", user_id))
        if self.refuse_with is not None:
            self.set(error=self.refuse_with)
        elif pin != self.pin:
            self.set(error=KioskError(ProblemCode.WRONG_CREDENTIALS))
        else:
            self.enter(user_id)

    def sign_out(self) -> None:
        self._publish(BoardSnapshot())

    def claim(self, order_id: str) -> None:
        self._to("claim", order_id, OrderStatus.PREPARING)

    def ready(self, order_id: str) -> None:
        self._to("ready", order_id, OrderStatus.READY)

    def hand_over(self, order_id: str) -> None:
        self._to("hand_over", order_id, OrderStatus.COMPLETED)

    def bump(self, order_id: str) -> None:
        self._to("bump", order_id, NEXT[self._order(order_id).status])

    def cancel(self, order_id: str) -> None:
        self._to("cancel", order_id, OrderStatus.CANCELLED)

    def recall(self, order_id: str) -> None:
        self._to("recall", order_id, BACK[self._order(order_id).status])

    def seen(self, order_id: str) -> None:
        self.asked.append(("seen", order_id))
        self.set(unseen=self.snapshot.unseen - {order_id}, given=self.snapshot.given - {order_id})

    def assign(self, order_id: str, user_id: str) -> None:
        self.asked.append((f"assign {user_id}", order_id))
        if self.refuse_with is not None:
            self.set(error=self.refuse_with, error_order=order_id)
            return
        changed = (
            o.model_copy(update={"assigned_to": user_id}) if o.id == order_id else o for o in self.snapshot.orders
        )
        self.set(orders=tuple(changed))

    def answer_help(self, help_id: str) -> None:
        self.asked.append(("answer_help", help_id))
        self.set(help_calls=tuple(call for call in self.snapshot.help_calls if call.help_id != help_id))

    def set_done(self, order_id: str, done: Iterable[int]) -> None:
        made = tuple(sorted(done))
        self.asked.append(("done " + " ".join(map(str, made)), order_id))
        if self.refuse_with is not None:
            self.set(error=self.refuse_with, error_order=order_id)
            return
        orders = (o.model_copy(update={"done": made}) if o.id == order_id else o for o in self.snapshot.orders)
        self.set(orders=tuple(orders))

    def mark_sold_out(self, code: str, sold_out: bool) -> None:
        self.asked.append(("sold out" if sold_out else "on sale", code))
        if self.refuse_with is not None:
            self.set(error=self.refuse_with)
        elif self.slow:
            self.set(marking=self.snapshot.marking | {code})
        elif self.shop is not None:
            self.shop.mark(code, sold_out)

    def clear_error(self) -> None:
        self.set(error=None, error_order=None)

    def picture(self, order_id: str, index: int, came: Callable[[bytes], None]) -> None:
        self.looked_at.append((order_id, index))
        picture = self.pictures
        if picture is not None:
            QTimer.singleShot(0, lambda: came(picture))  # later, as over the network

    async def close(self) -> None:
        return None

    def _order(self, order_id: str) -> Order:
        return next(o for o in (*self.snapshot.orders, *self.snapshot.handed_over) if o.id == order_id)

    def _to(self, action: str, order_id: str, status: OrderStatus) -> None:
        self.asked.append((action, order_id))
        if self.refuse_with is not None:
            self.set(error=self.refuse_with, error_order=order_id)
            return
        if self.slow:
            self.set(busy=self.snapshot.busy | {order_id})
            return
        owner = self.snapshot.user_id if status is OrderStatus.PREPARING else self._order(order_id).assigned_to
        changed = self._order(order_id).model_copy(
            update={"status": status, "assigned_to": None if status is OrderStatus.RECEIVED else owner}
        )
        others = [order for order in self.snapshot.orders if order.id != order_id]
        handed = [order for order in self.snapshot.handed_over if order.id != order_id]
        if status in OPEN:
            others = sorted([*others, changed], key=lambda order: (order.placed_at, order.order_number))
        elif status is OrderStatus.COMPLETED:
            handed = [changed, *handed]
        self.set(orders=tuple(others), handed_over=tuple(handed), unseen=self.snapshot.unseen - {order_id})


class FakeShop(Shop):
    """The shop's own menu, read already."""

    def __init__(self) -> None:
        Observable.__init__(self, ShopSnapshot(menu=shop_menu()))

    def mark(self, code: str, sold_out: bool) -> None:
        """As ``catalogue.changed`` does."""
        menu = self.snapshot.menu
        assert menu is not None
        menus = tuple(m.model_copy(update={"sold_out": sold_out}) if m.code == code else m for m in menu.menus)
        self._publish(replace(self.snapshot, menu=menu.model_copy(update={"menus": menus})))

    async def close(self) -> None:
        return None


class FakeSounds(SoundBoard):
    """Remembers what was played."""

    def __init__(self) -> None:
        self.played: list[str] = []

    def play(self, name: str) -> None:
        self.played.append(name)

    async def close(self) -> None:
        return None


class FakeDesk:
    """Everything that a StaffModel is given, with handles for the test."""

    def __init__(self, settings: KioskSettings | None = None) -> None:
        self.shop = FakeShop()
        self.board = FakeStaffBoard(shop=self.shop)
        self.sounds = FakeSounds()
        self.link = BackendLink("http://127.0.0.1:1")
        self.clock = FakeClock()
        self.languages: list[str] = []
        self.services = StaffServices(
            settings=settings or KioskSettings.model_validate({}),
            link=self.link,
            shop=self.shop,
            board=self.board,
            sounds=self.sounds,
            set_language=self.languages.append,
        )
