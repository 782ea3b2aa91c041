"""From the customer's touch or words to the ticket at the counter and back, through the real backend."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import ConnectionState, EventStream, StreamTimes
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, LocalCode
from kiosk.services.http_line import HttpLine
from kiosk.services.order_session import OrderSession, OrderTimes
from kiosk.services.shop import Shop
from kiosk.services.staff_board import StaffBoard
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.orders import OrderItemDraft, OrderStatus
from shared.problems import ProblemCode
from shared.voice import Stage
from tests.fakes.sound_devices import FakeMicrophone, FakeOutput
from tests.support.backend import BackendProcess
from tests.support.waiting import until

FRENCH = OrderItemDraft(menu_code="french", style="grand", quantity=1, customization={"steak": 2})
QUICK = StreamTimes(first_backoff=0.02, longest_backoff=0.2)


@dataclass
class Place:
    """A customer's kiosk and the counter, both on one backend."""

    link: BackendLink
    order: OrderSession
    voice: Talk
    output: FakeOutput
    board: StaffBoard
    shop: Shop
    customer: BackendClient

    def tickets(self) -> list[int]:
        return [order.order_number for order in self.board.snapshot.orders]

    def status(self) -> OrderStatus | None:
        placed = self.order.snapshot.placed
        return placed.status if placed is not None else None

    async def say(self, sentence: str) -> str:
        self.voice.say(sentence)
        await until(lambda: self.voice.snapshot.state is VoiceState.IDLE)
        assert self.voice.snapshot.error is None
        return self.voice.snapshot.caption


@asynccontextmanager
async def opened(backend: BackendProcess) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        link = BackendLink(backend.base_url)
        customer, desk = BackendClient(link, "kiosk-1"), BackendClient(link, "desk-1")
        stack.push_async_callback(customer.close)
        stack.push_async_callback(desk.close)
        shop = Shop(customer)
        stack.push_async_callback(shop.close)
        order = OrderSession(
            customer,
            link,
            EventStream(link, "kiosk-1", QUICK),
            new_id=lambda: secrets.token_urlsafe(24),
            now=lambda: datetime.now(UTC),
            also=shop.heard,
            times=OrderTimes(first_retry=0.05, longest_retry=0.5),
        )
        stack.push_async_callback(order.close)
        output = FakeOutput()
        line = HttpLine(customer, order.converse)
        voice = Talk(customer, lambda: line, FakeMicrophone(), output)
        stack.push_async_callback(voice.close)
        board = StaffBoard(desk, EventStream(link, "desk-1", QUICK))
        stack.push_async_callback(board.close)
        staff = backend.first_run()["staff"]
        board.sign_in(staff["user_id"], staff["pin"])
        await until(lambda: board.snapshot.connection is ConnectionState.LIVE)
        yield Place(link, order, voice, output, board, shop, customer)


@pytest.fixture
async def place(backend: BackendProcess) -> AsyncIterator[Place]:
    async with opened(backend) as place:
        yield place


async def test_by_touch_to_the_hand_over(place: Place) -> None:
    place.order.add(FRENCH)
    await until(lambda: place.order.snapshot.priced)
    # Grand +5,000, one steak more than the menu's.
    assert place.order.snapshot.total == 48_000 + 5_000 + 18_000
    place.order.place()
    await until(place.tickets)
    await until(lambda: place.order.snapshot.connection is ConnectionState.LIVE and place.status())
    ticket = place.board.snapshot.orders[0]
    assert place.board.snapshot.news == 1
    assert place.board.snapshot.unseen == {ticket.id}
    place.board.claim(ticket.id)
    await until(lambda: place.status() is OrderStatus.PREPARING)
    assert place.board.snapshot.orders[0].assigned_to == "staff-1"
    assert not place.board.snapshot.unseen
    await until(lambda: not place.board.snapshot.busy)
    place.board.ready(ticket.id)
    await until(lambda: place.status() is OrderStatus.READY)
    await until(lambda: not place.board.snapshot.busy)
    place.board.hand_over(ticket.id)
    await until(lambda: place.status() is OrderStatus.COMPLETED)
    assert not place.tickets()
    assert [order.id for order in place.board.snapshot.handed_over] == [ticket.id]


async def test_by_words_with_a_touch_in_between(place: Place) -> None:
    await place.say("프렌치 디너 그랜드 스타일로 하나 주세요")
    assert [line.draft.menu_code for line in place.order.snapshot.lines] == ["french"]
    place.order.set_quantity(0, 2)
    await until(lambda: place.order.snapshot.priced)
    assert place.order.snapshot.lines[0].draft.quantity == 2
    await place.say("치즈 케이크 심플 하나도 주세요")
    assert [(line.draft.menu_code, line.draft.quantity) for line in place.order.snapshot.lines] == [
        ("french", 2),
        ("cheese", 1),
    ]
    for _ in range(4):
        if place.order.snapshot.placed is not None:
            break
        ask = {Stage.CUSTOMIZATION: "아니요 그대로 주세요", Stage.CONFIRMATION: "네 맞아요 주문할게요"}
        await place.say(ask[place.order.snapshot.stage])
    await until(place.tickets)
    placed = place.order.snapshot.placed
    assert placed is not None
    assert placed.order_number == place.tickets()[0]
    assert placed.payable == place.board.snapshot.orders[0].payable
    assert len(place.output.played) >= 3


async def test_killed_in_the_middle_of_a_turn_the_cart_is_kept(backend: BackendProcess, place: Place) -> None:
    place.order.add(FRENCH)
    await until(lambda: place.order.snapshot.priced)
    backend.kill()
    place.voice.say("치즈 케이크 하나도 주세요")
    await until(lambda: place.voice.snapshot.state is VoiceState.IDLE)
    error = place.voice.snapshot.error
    assert error is not None
    assert error.code is LocalCode.BACKEND_UNREACHABLE
    place.link.down()
    place.order.set_quantity(0, 3)
    assert [line.draft.quantity for line in place.order.snapshot.lines] == [3]
    backend.restart()
    place.link.up(backend.base_url)
    await until(lambda: place.order.snapshot.priced)
    assert await place.say("치즈 케이크 심플로 하나도 주세요")
    assert [(line.draft.menu_code, line.draft.quantity) for line in place.order.snapshot.lines] == [
        ("french", 3),
        ("cheese", 1),
    ]


async def test_killed_while_the_order_is_placed_it_is_there_once(backend: BackendProcess, place: Place) -> None:
    place.order.add(FRENCH)
    await until(lambda: place.order.snapshot.priced)
    place.order.place()
    await asyncio.sleep(0)
    backend.kill()
    place.link.down()
    backend.restart()
    place.link.up(backend.base_url)
    await until(lambda: place.order.snapshot.placed)
    await until(place.tickets)
    mine = (await place.customer.orders(open_only=False)).orders
    assert len(mine) == 1
    assert place.tickets() == [mine[0].order_number]


async def test_a_session_that_ended_is_forgotten_by_the_backend(place: Place) -> None:
    await place.say("프렌치 디너 그랜드 하나 주세요")
    session_id = place.order.snapshot.session_id
    place.order.end()
    place.voice.reset()
    assert place.order.snapshot.lines == ()
    await place.say("안녕하세요")
    assert place.order.snapshot.session_id != session_id
    assert place.order.snapshot.lines == ()
    # Whoever comes next and guesses the id finds nothing of it.
    assert await _items_of(place.customer, session_id) == ()


async def _items_of(client: BackendClient, session_id: str) -> tuple[object, ...]:
    """What a conversation holds, as far as this guest may know."""
    try:
        return (await client.analyze("뭐 주문했었죠?", session_id)).order_state.items
    except KioskError as error:
        if error.code in {ProblemCode.FORBIDDEN, ProblemCode.NOT_FOUND}:
            return ()
        raise


async def test_sold_out_reaches_the_customer_who_is_choosing(backend: BackendProcess, place: Place) -> None:
    await place.shop.refresh()
    place.order.add(FRENCH)
    await until(lambda: place.order.snapshot.connection is ConnectionState.LIVE)
    desk = BackendClient(place.link, "desk-2")
    try:
        staff = backend.first_run()["staff"]
        desk.sign_in((await desk.login(staff["user_id"], staff["pin"])).token)
        await desk.set_sold_out("cheese", True)
    finally:
        await desk.close()
    await until(lambda: (menu := place.shop.snapshot.menu_of("cheese")) and menu.sold_out)
    place.order.add(OrderItemDraft(menu_code="cheese", style="simple", quantity=1))
    await until(lambda: place.order.snapshot.error)
    assert [line.draft.menu_code for line in place.order.snapshot.lines] == ["french"]
    error = place.order.snapshot.error
    assert error is not None
    assert error.code is ProblemCode.SOLD_OUT
