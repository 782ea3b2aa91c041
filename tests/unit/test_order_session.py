"""One customer's order over a line that fails: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import count

import pytest
from pydantic import JsonValue

from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from kiosk.services.order_session import OrderSession, OrderTimes
from shared.messages import AlarmLevel, Notification, Topic
from shared.orders import Order, OrderItem, OrderItemDraft, OrderStatus, Service
from shared.problems import ProblemCode
from shared.voice import OrderState, Stage
from tests.fakes.flaky_backend import NOON, PRICE, FlakyBackend, unreachable
from tests.fakes.live_line import FakeLiveMessages
from tests.support.waiting import until

FRENCH = OrderItemDraft(menu_code="french", style="simple", quantity=1)
CHEESE = OrderItemDraft(menu_code="cheese", style="grand", quantity=2)


class Kiosk:
    def __init__(self) -> None:
        self.backend = FlakyBackend()
        self.link = BackendLink("http://127.0.0.1:1")
        self.live = FakeLiveMessages()
        self.heard: list[Notification] = []
        ids = count(1)
        self.order = OrderSession(
            self.backend,
            self.link,
            self.live,
            new_id=lambda: f"id-{next(ids):016d}",
            now=lambda: NOON,
            also=self.heard.append,
            times=OrderTimes(first_retry=0.001, longest_retry=0.01, place=5.0),
        )

    def now(self) -> tuple[tuple[str, int], ...]:
        return tuple((line.draft.menu_code, line.draft.quantity) for line in self.order.snapshot.lines)

    def error(self) -> KioskErrorCode | None:
        error = self.order.snapshot.error
        return error.code if error is not None else None

    @property
    def orders(self) -> int:
        """How many the shop has."""
        return sum(map(len, self.backend.orders_of.values()))

    async def settled(self) -> None:
        await until(lambda: self.order.snapshot.priced and not self.order.snapshot.placing)


@pytest.fixture
async def kiosk() -> AsyncIterator[Kiosk]:
    kiosk = Kiosk()
    yield kiosk
    await kiosk.order.close()


def _items(*drafts: OrderItemDraft) -> tuple[OrderItem, ...]:
    return tuple(OrderItem(**d.model_dump(), unit_price=PRICE, line_price=PRICE * d.quantity) for d in drafts)


def _state(*drafts: OrderItemDraft) -> OrderState:
    total = sum(PRICE * d.quantity for d in drafts)
    return OrderState(items=_items(*drafts), total=total, payable=total)


async def test_a_touch_shows_at_once_and_is_priced_by_the_backend(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    assert kiosk.now() == (("french", 1),)
    assert not kiosk.order.snapshot.priced
    await kiosk.settled()
    assert kiosk.order.snapshot.payable == PRICE
    assert kiosk.order.snapshot.lines[0].line_price == PRICE


async def test_quick_touches_end_in_the_last_state(kiosk: Kiosk) -> None:
    gate = kiosk.backend.hold("put_session_order")
    kiosk.order.add(FRENCH)
    await until(lambda: "put_session_order" in kiosk.backend.calls)
    kiosk.order.add(CHEESE)
    kiosk.order.set_quantity(0, 3)
    kiosk.order.set_service(Service.TO_GO)
    gate.set()
    await kiosk.settled()
    assert kiosk.now() == (("french", 3), ("cheese", 2))
    session = kiosk.backend.sessions[kiosk.order.snapshot.session_id]
    assert [(i.menu_code, i.quantity) for i in session.items] == [("french", 3), ("cheese", 2)]
    assert session.service is Service.TO_GO
    assert kiosk.order.snapshot.payable == 5 * PRICE


async def test_the_cart_is_kept_while_the_backend_is_away_and_sent_when_it_is_back(kiosk: Kiosk) -> None:
    kiosk.link.down()
    kiosk.backend.fail_next("guest", *(unreachable() for _ in range(3)))
    kiosk.order.add(FRENCH)
    await until(lambda: kiosk.error() is LocalCode.BACKEND_UNREACHABLE)
    assert kiosk.now() == (("french", 1),)
    kiosk.order.add(CHEESE)
    kiosk.link.up("http://127.0.0.1:2")
    await kiosk.settled()
    assert kiosk.error() is None
    assert kiosk.now() == (("french", 1), ("cheese", 2))


async def test_a_cart_that_is_refused_goes_back_to_the_last_one_that_was_taken(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.backend.fail_next("put_session_order", KioskError(ProblemCode.SOLD_OUT, params={"menu": "cheese"}))
    kiosk.order.add(CHEESE)
    await kiosk.settled()
    assert kiosk.now() == (("french", 1),)
    assert kiosk.error() is ProblemCode.SOLD_OUT


async def test_undo_takes_back_the_last_touch(kiosk: Kiosk) -> None:
    kiosk.order.undo()
    kiosk.order.add(FRENCH)
    kiosk.order.add(CHEESE)
    kiosk.order.remove(0)
    kiosk.order.undo()
    await kiosk.settled()
    assert kiosk.now() == (("french", 1), ("cheese", 2))
    kiosk.order.undo()
    kiosk.order.undo()
    await kiosk.settled()
    assert not kiosk.now()
    assert not kiosk.order.snapshot.can_undo


async def test_place_by_touch(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    kiosk.order.place()
    assert kiosk.order.snapshot.placing
    kiosk.order.place()
    kiosk.order.add(CHEESE)
    await until(lambda: kiosk.order.snapshot.placed)
    placed = kiosk.order.snapshot.placed
    assert placed is not None
    assert [i.menu_code for i in placed.items] == ["french"]
    assert kiosk.now() == ()
    assert kiosk.backend.calls.count("place") == 1


@pytest.mark.parametrize("losses", [1, 3])
async def test_place_goes_on_with_the_same_key_when_the_answer_is_lost(kiosk: Kiosk, losses: int) -> None:
    kiosk.order.add(FRENCH)
    kiosk.backend.lose_answer("place")
    kiosk.backend.fail_next("place", *(unreachable() for _ in range(losses - 1)))
    kiosk.order.place()
    await until(lambda: kiosk.order.snapshot.placed)
    assert len(kiosk.backend.keys) == 1
    assert kiosk.orders == 1


async def test_place_that_is_given_up_says_so_and_is_looked_up_before_another(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    # It went through, its answer was lost, and then the line is away for longer than anybody waits.
    kiosk.backend.lose_answer("place")
    kiosk.backend.fail_next("put_session_order", KioskError(ProblemCode.SOLD_OUT))
    kiosk.order._times = OrderTimes(first_retry=0.001, longest_retry=0.002, place=0.0)
    kiosk.order.place()
    await until(lambda: kiosk.error() is LocalCode.BACKEND_UNREACHABLE)
    assert kiosk.now() == (("french", 1),)
    kiosk.order._times = OrderTimes(first_retry=0.001, longest_retry=0.002, place=5.0)
    kiosk.order.set_quantity(0, 2)
    kiosk.order.place()
    await until(lambda: kiosk.order.snapshot.placed)
    assert kiosk.orders == 1
    assert kiosk.order.snapshot.placed == kiosk.backend.mine[0]


async def test_an_empty_cart_and_a_missing_style_are_not_sent(kiosk: Kiosk) -> None:
    kiosk.order.place()
    assert kiosk.error() is ProblemCode.EMPTY_ORDER
    incomplete = _items(FRENCH)[0].model_copy(update={"style": ""})
    kiosk.backend.understand = lambda _sentence, _state: OrderState(items=(incomplete,))
    await kiosk.order.converse("프렌치 디너")
    kiosk.order.place()
    assert kiosk.error() is LocalCode.STYLE_NOT_CHOSEN
    assert kiosk.backend.calls.count("place") == 0


async def test_what_was_said_changes_the_order_and_lights_up(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.backend.understand = lambda _sentence, _state_before: _state(FRENCH, CHEESE)
    await kiosk.order.converse("치즈 케이크 두 개도 주세요")
    assert [(line.draft.menu_code, line.fresh) for line in kiosk.order.snapshot.lines] == [
        ("french", False),
        ("cheese", True),
    ]
    assert kiosk.order.snapshot.stage is Stage.CUSTOMIZATION
    assert kiosk.order.snapshot.payable == 3 * PRICE


async def test_an_utterance_goes_after_the_cart_that_is_still_on_its_way(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    seen: list[int] = []

    def understand(_sentence: str, state: OrderState) -> OrderState:
        seen.append(len(state.items))
        return state

    kiosk.backend.understand = understand
    await kiosk.order.converse("그리고요")
    assert seen == [1]


async def test_touches_made_while_it_thinks_are_put_on_top(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.backend.understand = lambda _sentence, _state_before: _state(FRENCH, CHEESE)
    gate = kiosk.backend.hold("analyze")
    talking = asyncio.create_task(kiosk.order.converse("치즈 케이크 두 개"))
    await until(lambda: "analyze" in kiosk.backend.calls)
    kiosk.order.set_quantity(0, 5)
    gate.set()
    await talking
    await kiosk.settled()
    assert kiosk.now() == (("french", 5), ("cheese", 2))
    assert [i.quantity for i in kiosk.backend.sessions[kiosk.order.snapshot.session_id].items] == [5, 2]


async def test_placed_by_voice_is_shown_at_once_and_followed(kiosk: Kiosk) -> None:
    def understand(_sentence: str, _state_before: OrderState) -> OrderState:
        order = kiosk.backend.book((FRENCH,))
        return _state(FRENCH).model_copy(update={"order_id": order.id, "order_number": order.order_number})

    kiosk.backend.understand = understand
    session_id = kiosk.order.snapshot.session_id
    await kiosk.order.converse("네 주문할게요")
    placed = kiosk.order.snapshot.placed
    assert placed is not None
    assert placed.order_number == 1
    await until(lambda: kiosk.order.snapshot.placed and kiosk.order.snapshot.placed.version == 1)
    await kiosk.live.live.wait()
    _tell(kiosk, kiosk.backend.mine[0].model_copy(update={"status": OrderStatus.PREPARING, "version": 2}))
    assert kiosk.order.snapshot.placed is not None
    assert kiosk.order.snapshot.placed.status is OrderStatus.PREPARING
    _tell(kiosk, kiosk.backend.mine[0])
    assert kiosk.order.snapshot.placed.status is OrderStatus.PREPARING
    await until(lambda: any(ended == session_id for ended, _ in kiosk.backend.ended))
    assert len(kiosk.heard) == 2


def _tell(kiosk: Kiosk, order: Order) -> None:
    data: dict[str, JsonValue] = {"order": order.model_dump(mode="json")}
    kiosk.live.send(Notification(id=order.version, topic=Topic.ORDER_STATUS, at=NOON, data=data))


async def test_an_order_that_the_kitchen_has_not_shown_for_a_minute_asks_for_a_word_until_it_has(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.order.place()
    await until(lambda: kiosk.order.snapshot.placed and kiosk.order.snapshot.placed.version == 1)
    await kiosk.live.live.wait()
    placed = kiosk.backend.mine[0]

    def alarm(order_id: str, level: AlarmLevel) -> bool:
        data: dict[str, JsonValue] = {"order_id": order_id, "order_number": 1, "level": int(level), "seconds": 60}
        kiosk.live.send(Notification(id=9, topic=Topic.ORDER_ALARM, at=NOON, data=data))
        return kiosk.order.snapshot.unseen

    assert not alarm("another", AlarmLevel.CUSTOMER)
    assert alarm(placed.id, AlarmLevel.CUSTOMER)
    assert not alarm(placed.id, AlarmLevel.OVER)
    assert alarm(placed.id, AlarmLevel.CUSTOMER)
    _tell(kiosk, placed.model_copy(update={"status": OrderStatus.PREPARING, "version": 2}))
    assert not kiosk.order.snapshot.unseen


async def test_a_turn_whose_answer_is_lost_after_it_placed_the_order_is_found_out(kiosk: Kiosk) -> None:
    def understand(_sentence: str, _state_before: OrderState) -> OrderState:
        order = kiosk.backend.book((FRENCH,))
        return _state(FRENCH).model_copy(update={"order_id": order.id, "order_number": order.order_number})

    kiosk.order.add(FRENCH)
    kiosk.backend.understand = understand
    kiosk.backend.lose_answer("analyze")
    with pytest.raises(KioskError) as raised:
        await kiosk.order.converse("네 주문할게요")
    assert raised.value.code is LocalCode.BACKEND_UNREACHABLE
    await until(lambda: kiosk.order.snapshot.placed)
    assert kiosk.orders == 1
    assert "place" not in kiosk.backend.calls


async def test_a_turn_that_fails_leaves_the_cart_and_the_conversation_alike(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.backend.understand = lambda _sentence, _state_before: _state(CHEESE)
    kiosk.backend.lose_answer("analyze")
    with pytest.raises(KioskError):
        await kiosk.order.converse("치즈로 바꿔 주세요")
    await kiosk.settled()
    assert kiosk.now() == (("french", 1),)
    session = kiosk.backend.sessions[kiosk.order.snapshot.session_id]
    assert [i.menu_code for i in session.items] == ["french"]


async def test_end_wipes_everything_and_the_conversation_is_deleted_later(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    session_id, token = kiosk.order.snapshot.session_id, kiosk.backend.token
    kiosk.order.end()
    assert kiosk.now() == ()
    assert kiosk.order.snapshot.session_id != session_id
    assert kiosk.backend.token is None
    await until(lambda: kiosk.backend.ended)
    assert kiosk.backend.ended == [(session_id, token)]
    kiosk.order.add(CHEESE)
    await kiosk.settled()
    assert kiosk.backend.token != token


async def test_end_in_the_middle_of_everything(kiosk: Kiosk) -> None:
    gate = kiosk.backend.hold("analyze")
    talking = asyncio.create_task(kiosk.order.converse("프렌치 디너 하나"))
    await until(lambda: "analyze" in kiosk.backend.calls)
    kiosk.backend.understand = lambda _sentence, _state_before: _state(FRENCH)
    kiosk.order.end()
    gate.set()
    with pytest.raises(KioskError):
        await talking
    assert kiosk.now() == ()
    assert kiosk.order.snapshot.stage is Stage.GREETING


async def test_another_database_behind_the_same_address(kiosk: Kiosk) -> None:
    kiosk.order.add(FRENCH)
    await kiosk.settled()
    kiosk.backend.forget_tokens()
    kiosk.order.add(CHEESE)
    await kiosk.settled()
    assert kiosk.now() == (("french", 1), ("cheese", 2))
    kiosk.order.place()
    await until(lambda: kiosk.order.snapshot.placed)
