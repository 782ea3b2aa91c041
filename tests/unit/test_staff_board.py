"""The board at the counter over a line in the test's hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import JsonValue

from kiosk.api.event_stream import ConnectionState, StreamEnd
from kiosk.errors import KioskErrorCode
from kiosk.services.staff_board import StaffBoard
from shared.messages import Notification, Topic
from shared.orders import HelpCall, Order, OrderItemDraft, OrderStatus
from shared.problems import ProblemCode
from tests.fakes.flaky_backend import NOON, FlakyBackend, unreachable
from tests.fakes.live_line import FakeLiveMessages
from tests.support.waiting import until

FRENCH = OrderItemDraft(menu_code="french", style="simple", quantity=1)


class Counter:
    def __init__(self) -> None:
        self.backend = FlakyBackend()
        self.live = FakeLiveMessages()
        self.also: list[Notification] = []
        self.board = StaffBoard(self.backend, self.live, self.also.append)

    def order(self, status: OrderStatus = OrderStatus.RECEIVED) -> Order:
        """One that stands in the shop, without anybody having been told."""
        order = self.backend.book((FRENCH,)).model_copy(update={"status": status})
        self.backend.staff_orders[order.id] = order
        return order

    def tell(self, order: Order, topic: Topic = Topic.ORDER_CREATED) -> None:
        data: dict[str, JsonValue] = {"order": order.model_dump(mode="json")}
        self.live.send(Notification(id=1, topic=topic, at=NOON, data=data))

    async def enter(self) -> None:
        self.board.sign_in("staff-1", "123456")
        await self.live.live.wait()

    def shown(self) -> list[str]:
        return [order.id for order in self.board.snapshot.orders]

    def error(self) -> KioskErrorCode | None:
        error = self.board.snapshot.error
        return error.code if error is not None else None

    def news(self) -> int:
        return self.board.snapshot.news

    def unseen(self) -> frozenset[str]:
        return self.board.snapshot.unseen

    async def done(self) -> None:
        await until(lambda: not self.board.snapshot.busy)


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    counter = Counter()
    yield counter
    await counter.board.close()


async def test_a_wrong_pin_and_a_customer_do_not_get_in(counter: Counter) -> None:
    counter.board.sign_in("staff-1", "000000")
    await until(lambda: counter.error() is ProblemCode.WRONG_CREDENTIALS)
    counter.board.sign_in("member-1", "123456")
    await until(lambda: counter.error() is ProblemCode.FORBIDDEN)
    assert counter.board.snapshot.user_id is None
    assert not counter.board.snapshot.signing_in


async def test_what_stood_there_makes_no_noise_what_comes_does(counter: Counter) -> None:
    old = counter.order()
    await counter.enter()
    assert counter.shown() == [old.id]
    assert counter.news() == 0
    assert counter.unseen() == {old.id}
    new = counter.order()
    counter.tell(new)
    counter.tell(new)
    assert counter.shown() == [old.id, new.id]
    assert counter.news() == 1
    assert counter.unseen() == {old.id, new.id}
    counter.board.seen(new.id)
    assert counter.unseen() == {old.id}
    assert [n.topic for n in counter.also] == [Topic.ORDER_CREATED] * 2


async def test_what_came_while_the_line_was_away_makes_a_noise(counter: Counter) -> None:
    await counter.enter()
    missed = counter.order()
    await counter.live.break_and_return()
    assert counter.shown() == [missed.id]
    assert counter.news() == 1
    assert counter.board.snapshot.connection is ConnectionState.LIVE


async def test_the_life_of_a_ticket(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    counter.board.claim(order.id)
    counter.board.claim(order.id)
    assert counter.board.snapshot.busy == {order.id}
    await counter.done()
    ticket = counter.board.snapshot.with_status(OrderStatus.PREPARING)[0]
    assert (ticket.assigned_to, ticket.version) == ("staff-1", 2)
    assert not counter.unseen()
    counter.board.bump(order.id)
    await counter.done()
    counter.board.recall(order.id)
    await counter.done()
    assert counter.board.snapshot.orders[0].status is OrderStatus.PREPARING
    counter.board.ready(order.id)
    await counter.done()
    counter.board.hand_over(order.id)
    await counter.done()
    assert counter.shown() == []
    assert [o.id for o in counter.board.snapshot.handed_over] == [order.id]
    counter.board.recall(order.id)
    await counter.done()
    assert [o.status for o in counter.board.snapshot.orders] == [OrderStatus.READY]
    assert counter.backend.calls.count("change_order") == 6


async def test_a_step_that_does_not_fit_is_not_sent(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    counter.board.ready(order.id)
    counter.board.hand_over(order.id)
    counter.board.recall(order.id)
    counter.board.bump("unknown")
    assert "change_order" not in counter.backend.calls


async def test_somebody_was_quicker(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    theirs = order.model_copy(update={"status": OrderStatus.PREPARING, "assigned_to": "staff-2", "version": 2})
    counter.backend.staff_orders[order.id] = theirs
    counter.board.claim(order.id)
    await counter.done()
    assert counter.error() is ProblemCode.CONFLICT
    assert counter.board.snapshot.error_order == order.id
    assert counter.board.snapshot.orders[0].assigned_to == "staff-2"
    counter.board.clear_error()
    assert counter.error() is None


async def test_a_change_whose_answer_is_lost_is_looked_up(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    counter.backend.lose_answer("change_order")
    counter.board.claim(order.id)
    await counter.done()
    assert counter.error() is unreachable().code
    assert counter.board.snapshot.orders[0].status is OrderStatus.PREPARING


async def test_an_older_message_does_not_undo_a_newer_state(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    counter.board.claim(order.id)
    await counter.done()
    counter.tell(order, Topic.ORDER_STATUS)
    assert counter.board.snapshot.orders[0].status is OrderStatus.PREPARING


def _call(help_id: str) -> HelpCall:
    return HelpCall(help_id=help_id, device_id="kiosk-1", screen="cart", mode=None, cart=(), at=NOON, escalated=False)


def _asked(help_id: str, **more: JsonValue) -> Notification:
    data: dict[str, JsonValue] = {"help_id": help_id, "device_id": "kiosk-1", "screen": "menu", **more}
    return Notification(id=1, topic=Topic.HELP_REQUESTED, at=NOON, data=data)


async def test_a_call_for_help_comes_with_the_cart_and_is_answered_for_everybody(counter: Counter) -> None:
    await counter.enter()
    counter.backend.waiting = [_call("h1")]
    counter.live.send(_asked("h1", mode="voice", cart=[FRENCH.model_dump(mode="json")]))
    counter.live.send(_asked("h1", mode="voice", cart=[]))
    (call,) = counter.board.snapshot.help_calls
    assert (call.device_id, call.screen, call.at, call.mode, call.cart) == ("kiosk-1", "menu", NOON, "voice", (FRENCH,))
    assert counter.board.snapshot.help_news == 1
    counter.board.answer_help("h1")
    assert counter.board.snapshot.answering == {"h1"}
    await until(lambda: not counter.board.snapshot.answering)
    assert counter.board.snapshot.help_calls == ()
    assert counter.backend.waiting == []


@pytest.mark.parametrize(
    ("topic", "data", "paper"),
    [
        (Topic.PRINT_FAILED, {"kind": "kitchen", "trouble": "paper_out"}, (7, "paper_out")),
        (Topic.PRINT_FAILED, {"kind": "receipt", "trouble": "cover_open"}, (7, "cover_open")),
        (Topic.ORDER_PRINTED, {"kind": "kitchen"}, (7, "")),
        (Topic.ORDER_PRINTED, {"kind": "receipt"}, None),
    ],
)
async def test_what_the_receipt_printer_does_is_told(
    counter: Counter, topic: Topic, data: dict[str, JsonValue], paper: tuple[int, str] | None
) -> None:
    await counter.enter()
    counter.live.send(Notification(id=1, topic=topic, at=NOON, data={"order_number": 7, "tries": 1, **data}))
    told = counter.board.snapshot.paper
    assert (told and (told.number, told.trouble)) == paper


def _given(order: Order, by: str) -> Notification:
    data: dict[str, JsonValue] = {"order": order.model_dump(mode="json"), "by": by}
    return Notification(id=2, topic=Topic.ORDER_ASSIGNED, at=NOON, data=data)


async def test_an_order_that_a_manager_gave_me_is_news_until_it_is_seen(counter: Counter) -> None:
    await counter.enter()
    order = counter.order()
    mine = order.model_copy(update={"assigned_to": "staff-1", "version": 2})
    counter.live.send(_given(mine, "staff-1"))
    assert counter.board.snapshot.given == frozenset(), "I took it myself"
    counter.live.send(_given(mine, "manager"))
    counter.live.send(_given(mine, "manager"))
    assert (set(counter.board.snapshot.given), counter.board.snapshot.given_news) == ({order.id}, 1)
    counter.board.seen(order.id)
    assert counter.board.snapshot.given == frozenset()
    counter.live.send(_given(mine, "manager"))
    theirs = mine.model_copy(update={"assigned_to": "staff-2", "version": 3})
    counter.live.send(_given(theirs, "manager"))
    assert counter.board.snapshot.given == frozenset(), "somebody else's after all"


async def test_giving_says_to_whom_on_the_version_that_was_seen(counter: Counter) -> None:
    await counter.enter()
    order = counter.order()
    counter.tell(order)
    counter.board.assign(order.id, "staff-2")
    await counter.done()
    (stands,) = counter.board.snapshot.orders
    assert (stands.assigned_to, stands.status) == ("staff-2", OrderStatus.RECEIVED)
    counter.board.assign(order.id, "staff-2")
    assert not counter.board.snapshot.busy, "it is theirs already"


async def test_calls_that_stood_there_are_shown_and_those_answered_elsewhere_go(counter: Counter) -> None:
    counter.backend.waiting = [_call("h1"), _call("h2")]
    await counter.enter()
    assert [call.help_id for call in counter.board.snapshot.help_calls] == ["h1", "h2"]
    told: dict[str, JsonValue] = {"help_id": "h1", "by": "staff-2"}
    counter.live.send(Notification(id=2, topic=Topic.HELP_ESCALATED, at=NOON, data={"help_id": "h2"}))
    counter.live.send(Notification(id=3, topic=Topic.HELP_ANSWERED, at=NOON, data=told))
    assert [(call.help_id, call.escalated) for call in counter.board.snapshot.help_calls] == [("h2", True)]


async def test_who_answers_second_is_told_who_goes(counter: Counter) -> None:
    await counter.enter()
    counter.live.send(_asked("h1"))
    counter.board.answer_help("h1")
    await until(lambda: not counter.board.snapshot.answering)
    assert counter.error() is ProblemCode.CONFLICT
    error = counter.board.snapshot.error
    assert error is not None
    assert (error.params["changed_by"], error.params["help_id"]) == ("staff-2", "h1")
    assert counter.board.snapshot.help_calls == ()


async def test_an_answer_that_did_not_arrive_leaves_the_call_standing(counter: Counter) -> None:
    await counter.enter()
    counter.live.send(_asked("h1"))
    counter.backend.fail_next("answer_help", unreachable())
    counter.board.answer_help("h1")
    await until(lambda: not counter.board.snapshot.answering)
    assert counter.error() is unreachable().code
    assert len(counter.board.snapshot.help_calls) == 1


async def test_items_are_marked_as_made_while_they_are_prepared(counter: Counter) -> None:
    order = counter.order()
    await counter.enter()
    counter.board.set_done(order.id, [0])
    assert not counter.board.snapshot.busy  # nobody has taken it
    counter.board.claim(order.id)
    await counter.done()
    counter.board.set_done(order.id, [0])
    await counter.done()
    assert list(counter.board.snapshot.orders[0].done) == [0]
    counter.board.set_done(order.id, [])
    await counter.done()
    assert list(counter.board.snapshot.orders[0].done) == []


@pytest.mark.parametrize("end", list(StreamEnd))
async def test_a_token_that_ran_out_signs_out(counter: Counter, end: StreamEnd) -> None:
    counter.order()
    await counter.enter()
    counter.live.end(end)
    await until(lambda: counter.board.snapshot.user_id is None)
    assert counter.error() is ProblemCode.UNAUTHENTICATED
    assert counter.shown() == []
    assert counter.backend.token is None


async def test_sign_out_empties_the_board(counter: Counter) -> None:
    counter.order()
    await counter.enter()
    counter.board.sign_out()
    assert counter.shown() == []
    assert counter.board.snapshot.user_id is None
    assert counter.backend.token is None


async def test_a_message_that_holds_no_order_is_passed_over(counter: Counter) -> None:
    await counter.enter()
    counter.live.send(Notification(id=1, topic=Topic.ORDER_CREATED, at=NOON, data={"order": {"id": "x"}}))
    assert counter.shown() == []
