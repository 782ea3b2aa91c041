"""The live line over real WebSockets, on both databases: everything once, in order, to whom it concerns."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from backend.database.interface import Outgoing
from backend.database.sql.database import SqlDatabase
from backend.domain.people import Caller
from backend.services.people_service import PeopleService
from shared import paths
from shared.messages import Notification, Topic
from shared.orders import Order, OrderPatch, OrderStatus
from tests.support.live_house import House, open_house
from tests.support.shop import GUEST, MANAGER, OTHER_GUEST, OTHER_STAFF, STAFF, item
from tests.support.waiting import until

BEAT = 0.05


@pytest.fixture
async def house(database: SqlDatabase) -> AsyncIterator[House]:
    async with open_house(database) as made:
        yield made


async def test_an_order_reaches_staff_and_its_customer_and_nobody_else(house: House) -> None:
    async with (
        house.window(STAFF) as staff,
        house.window(MANAGER) as manager,
        house.window(GUEST) as customer,
        house.window(OTHER_GUEST) as stranger,
    ):
        order = await house.order(GUEST)
        for window in (staff, manager, customer):
            notification = await window.next()
            assert (notification.topic, notification.id) == (Topic.ORDER_CREATED, 1)
            assert Order.model_validate(notification.data["order"]) == order
        assert await stranger.nothing_more()


async def test_the_customer_follows_their_order(house: House) -> None:
    async with house.window(GUEST) as customer:
        order = await house.order(GUEST)
        await house.shop.orders.change(order.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
        assert [n.topic for n in await customer.take(3)] == [
            Topic.ORDER_CREATED,
            Topic.ORDER_ASSIGNED,
            Topic.ORDER_STATUS,
        ]


async def test_what_is_sold_out_reaches_everybody(house: House) -> None:
    async with house.window(STAFF) as staff, house.window(GUEST) as customer:
        async with house.shop.database.write() as db:
            await house.shop.catalogue.set_sold_out(db, "cheese", True)
            await db.commit()
        for window in (staff, customer):
            notification = await window.next()
            assert notification.topic is Topic.CATALOGUE_CHANGED
            assert notification.data == {"code": "cheese", "sold_out": True}


async def test_a_call_for_help_reaches_staff_alone(house: House) -> None:
    async with house.window(STAFF) as staff, house.window(GUEST) as customer, httpx.AsyncClient() as client:
        answer = await client.post(house.url + paths.HELP, json={"device_id": "kiosk-1", "screen": "cart"})
        assert answer.status_code == 201
        notification = await staff.next()
        assert notification.topic is Topic.HELP_REQUESTED
        said: dict[str, object] = {"device_id": "kiosk-1", "screen": "cart", "mode": None, "cart": []}
        assert notification.data == {**answer.json(), **said}
        assert await customer.nothing_more()


async def test_who_answers_a_call_is_told_to_the_kiosk_at_once(house: House) -> None:
    cart = [item(quantity=2, customization={"wine": 2}, cake=None)]
    asked = {"device_id": "kiosk-1", "screen": "cart", "mode": "voice", "cart": cart}
    tokens = {person: {"Authorization": f"Bearer {await house.token_for(person)}"} for person in (STAFF, OTHER_STAFF)}
    async with (
        house.window(STAFF) as staff,
        house.window(GUEST) as kiosk,
        httpx.AsyncClient(base_url=house.url) as http,
    ):
        help_id = (await http.post(paths.HELP, json=asked)).json()["help_id"]
        assert (await staff.next()).data == {**asked, "help_id": help_id}
        (waiting,) = (await http.get(paths.HELP, headers=tokens[STAFF])).json()["calls"]
        assert {**asked, "help_id": help_id, "escalated": False} == {k: v for k, v in waiting.items() if k != "at"}

        where = paths.HELP_ANSWER.format(help_id=help_id)
        assert [(await http.post(where, headers=tokens[STAFF])).status_code for _ in range(2)] == [204, 204]
        late = await http.post(where, headers=tokens[OTHER_STAFF])
        assert (late.status_code, late.json()["params"]["changed_by"]) == (409, "staff-1")
        told = await kiosk.next()
        assert (told.topic, told.data["help_id"], told.data["by"]) == (Topic.HELP_ANSWERED, help_id, "staff-1")
        assert (await http.get(paths.HELP, headers=tokens[STAFF])).json() == {"calls": []}
        assert await kiosk.nothing_more(), "told once"
        nowhere = await http.post(paths.HELP_ANSWER.format(help_id="nothing"), headers=tokens[STAFF])
        assert nowhere.status_code == 404


async def test_a_kiosk_that_watches_the_numbers_gets_them_and_no_more(house: House) -> None:
    await house.order(OTHER_GUEST)
    async with house.window(GUEST, board=True) as kiosk, httpx.AsyncClient(base_url=house.url) as http:
        board = (await http.get(paths.BOARD)).json()
        assert (board["preparing"], board["ready"], board["top"]) == ([1], [], kiosk.hello.top)
        theirs = await house.order(OTHER_GUEST)
        await house.shop.orders.change(theirs.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
        mine = await house.order(GUEST)
        told = await kiosk.take(3)
    assert [(n.topic.value, n.data) for n in told[:2]] == [
        ("board.changed", {"order_number": 2, "status": "received"}),
        ("board.changed", {"order_number": 2, "status": "preparing"}),
    ]
    assert Order.model_validate(told[2].data["order"]) == mine
    async with house.window(GUEST, board=True, after=told[0].id, epoch=board["epoch"]) as kiosk:
        assert kiosk.hello.recovered
        assert [n.id for n in await kiosk.take(2)] == [n.id for n in told[1:]]


async def test_several_windows_of_one_user_each_get_everything(house: House) -> None:
    async with house.window(STAFF) as first, house.window(STAFF) as second:
        assert first.hello.connection_id != second.hello.connection_id
        assert len(house.manager.active_connections[STAFF.user_id]) == 2
        await house.order()
        assert (await first.next()).id == (await second.next()).id == 1
        await second.socket.close()
        await house.until_connected(1)
        await house.order()
        assert (await first.next()).id == 2


async def test_messages_of_the_contract_are_kept_for_who_is_away(house: House) -> None:
    async with house.window(GUEST) as customer:
        epoch = customer.hello.epoch
    message = {"topic": "order.status", "data": {"note": "ready"}}
    await house.manager.send_to_user(GUEST.user_id, message)
    await house.manager.broadcast_to_staff({"topic": "engine.changed", "data": {}})
    async with house.window(GUEST, after=0, epoch=epoch) as customer:
        assert (await customer.next()).data == {"note": "ready"}
        assert await customer.nothing_more()
    async with house.window(STAFF, after=0, epoch=epoch) as staff:
        assert [n.id for n in await staff.take(2)] == [1, 2]
    with pytest.raises(ValueError, match="made_up"):
        await house.manager.broadcast_to_staff({"topic": "made_up", "data": {}})


async def test_a_screen_that_comes_and_goes_gets_each_once_in_order(house: House) -> None:
    """Reconnecting at random while orders are being placed: no gap, no double."""
    total = 40
    seen: list[Notification] = []
    dice = random.Random(7)  # noqa: S311 - a repeatable test

    async def follow() -> None:
        after, epoch = 0, ""
        async with house.window(STAFF) as staff:
            epoch = staff.hello.epoch
        while len(seen) < total:
            async with house.window(STAFF, after=after, epoch=epoch) as staff:
                assert staff.hello.recovered
                for _ in range(min(dice.randint(1, 7), total - len(seen))):
                    seen.append(await staff.next())
                    after = seen[-1].id

    async def place() -> None:
        for _ in range(total // 4):
            await house.order()
            await asyncio.sleep(0)

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(follow())
        for _ in range(4):
            tasks.create_task(place())
    assert [n.id for n in seen] == list(range(1, total + 1))


async def test_a_long_absence_is_made_up_for_in_pages(house: House) -> None:
    async with house.window(STAFF) as staff:
        epoch = staff.hello.epoch
    async with house.shop.database.write() as db:
        for _ in range(350):
            db.notify(Outgoing("help.requested"))
        await db.commit()
    async with house.window(STAFF, after=0, epoch=epoch) as staff:
        assert (staff.hello.recovered, staff.hello.top) == (True, 350)
        assert [n.id for n in await staff.take(350)] == list(range(1, 351))


async def test_a_cursor_that_means_nothing_here_is_not_recovered(house: House) -> None:
    async with house.window(STAFF) as staff:
        epoch = staff.hello.epoch
        assert not staff.hello.recovered
    await house.order()
    for after, shown in ((0, "another"), (2, epoch), (None, epoch), (0, None)):
        async with house.window(STAFF, after=after, epoch=shown) as staff:
            assert (staff.hello.recovered, staff.hello.top) == (False, 1)
            assert await staff.nothing_more(), "the list has it already"
    async with house.window(STAFF, after=1, epoch=epoch) as staff:
        assert staff.hello.recovered


async def test_a_cursor_before_what_is_kept_is_not_recovered(house: House) -> None:
    for _ in range(3):
        await house.order()
    async with house.shop.database.write() as db:
        await db.log.delete_before(datetime.now(UTC) + timedelta(hours=1))
        await db.commit()
        epoch = await db.log.epoch()
    async with house.window(STAFF, after=1, epoch=epoch) as staff:
        assert not staff.hello.recovered
    async with house.window(STAFF, after=2, epoch=epoch) as staff:
        assert staff.hello.recovered
        assert (await staff.next()).id == 3


async def test_the_list_and_the_line_meet_without_a_gap(house: House) -> None:
    """The way in for a new screen: connect, fetch the list, go on from its top."""
    await house.order()
    async with house.window(STAFF) as staff:
        await house.order()
        listed = await house.shop.orders.list_open(STAFF)
        await house.order()
        assert staff.hello.epoch == listed.epoch
        coming = [n.id for n in await staff.take(2)]
    assert len(listed.orders) == listed.top == 2
    assert [id_ for id_ in coming if id_ > listed.top] == [3]


async def test_heartbeats_tell_the_top(database: SqlDatabase) -> None:
    async with open_house(database, heartbeat_seconds=BEAT) as house:
        await house.order(GUEST)
        async with house.window(STAFF) as staff, house.window(OTHER_GUEST) as stranger:
            assert (await staff.heartbeat()).top == 1
            assert (await stranger.heartbeat()).top == 0
            await house.order(OTHER_GUEST)
            await stranger.next()
            assert (await stranger.heartbeat()).top == 2
            await staff.socket.send('{"type":"ack","id":2}')
            await staff.socket.send('{"type":"pong","at":"2026-03-02T09:30:00Z"}')
            (window,) = house.manager.active_connections[STAFF.user_id]
            while window.acknowledged != 2:
                await staff.heartbeat()


async def test_a_heartbeat_at_will(house: House) -> None:
    async with house.window(STAFF) as first, house.window(STAFF) as second:
        await house.manager.send_heartbeat(STAFF.user_id)
        await house.manager.send_heartbeat("nobody")
        assert (await first.heartbeat()).top == (await second.heartbeat()).top == 0


async def test_the_line_ends_with_the_token(database: SqlDatabase) -> None:
    async with open_house(database, heartbeat_seconds=BEAT) as house, house.window(GUEST) as customer:
        house.shop.later(hours=13)
        with pytest.raises(ConnectionClosed):
            await customer.take(1)
        assert customer.socket.close_code == 4010
        await house.until_connected(0)


async def test_disconnecting_a_user_cuts_all_their_windows(house: House) -> None:
    async with house.window(GUEST) as first, house.window(GUEST) as second, house.window(STAFF):
        await house.manager.disconnect(GUEST.user_id)
        for window in (first, second):
            with pytest.raises(ConnectionClosed):
                await window.next()
        assert list(house.manager.active_connections) == [STAFF.user_id]


async def test_stats_count_by_user_type_for_managers(house: House) -> None:
    async with house.window(STAFF), house.window(STAFF), house.window(GUEST), httpx.AsyncClient() as client:
        answers = {
            person.user_type: await client.get(
                house.url + paths.WS_STATS, headers={"Authorization": f"Bearer {await house.token_for(person)}"}
            )
            for person in (GUEST, STAFF, MANAGER)
        }
    assert [answers[kind].status_code for kind in ("customer", "staff", "manager")] == [403, 403, 200]
    told = answers["manager"].json()
    assert (told["connections"], told["total"]) == ({"customer": 1, "staff": 2, "manager": 0}, 3)


async def test_stats_tell_what_nobody_has_seen_and_what_was_sent(house: House) -> None:
    manager = {"Authorization": f"Bearer {await house.token_for(MANAGER)}"}
    async with httpx.AsyncClient(base_url=house.url, headers=manager) as http:
        async with house.window(STAFF) as staff:
            first = await house.order()
            await staff.next()
            stats = (await http.get(paths.WS_STATS)).json()
            assert (stats["unseen"], stats["sent"], stats["replayed"]) == (1, 1, 0)
            async with house.shop.database.read() as db:
                at = (await db.log.after(0, 1))[0].at
            assert datetime.fromisoformat(stats["oldest_unseen_at"]) == at
            await staff.socket.send('{"type":"ack","id":1}')
            await until(lambda: house.acknowledgements.waiting)
            await house.acknowledgements.flush()
            epoch = staff.hello.epoch
        second = await house.order()
        async with house.window(STAFF, after=1, epoch=epoch) as staff:
            await staff.next()
            stats = (await http.get(paths.WS_STATS)).json()
        assert (stats["unseen"], stats["sent"], stats["replayed"], stats["replicas"]) == (1, 2, 1, 1)
    listed = await house.shop.orders.list_open(STAFF)
    assert {order.id for order in listed.orders} == {first.id, second.id}
    assert listed.unseen == (second.id,)


async def test_a_changed_pin_closes_that_users_windows_at_once_and_no_others(house: House) -> None:
    people = PeopleService(house.shop.database, house.shop.clock)
    await people.add("cook", "staff", "cook")
    cook = Caller("cook", "staff")
    async with house.window(STAFF) as other, house.window(cook) as first, house.window(cook) as second:
        epoch = other.hello.epoch
        await people.reset_pin("cook")
        for window in (first, second):
            assert (await window.next()).topic is Topic.SESSION_ENDED
            with pytest.raises(ConnectionClosed):
                await window.next()
            assert (window.socket.close_code, window.socket.close_reason) == (4010, "signed out")
        assert (await other.next()).topic is Topic.SESSION_ENDED
        assert await other.nothing_more()
    async with house.window(cook, after=0, epoch=epoch) as again:
        assert (await again.next()).topic is Topic.SESSION_ENDED, "an old one ends no new session"
        await house.order()
        assert (await again.next()).topic is Topic.ORDER_CREATED
