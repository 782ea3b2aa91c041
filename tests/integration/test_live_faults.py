"""The live line when things break: full disks, clocks set back, silent crowds, restarts with many connected."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack

import httpx
from sqlalchemy import text

from backend.database.sql.database import SqlDatabase
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, EventStream
from kiosk.api.link import BackendLink
from kiosk.tasks import TaskScope
from shared import paths
from shared.auth import LoginResponse, UserType
from shared.messages import Topic
from shared.orders import IDEMPOTENCY_HEADER, OrderPatch, OrderStatus
from tests.support.backend import BackendProcess
from tests.support.live import auth_message, live
from tests.support.live_house import open_house
from tests.support.shop import GUEST, STAFF, item
from tests.support.waiting import until
from tools.bench.crowd import Crowd

MANY = 300
FEW = 10


async def _sign_in(backend: BackendProcess) -> LoginResponse:
    async with httpx.AsyncClient(base_url=backend.base_url) as client:
        answer = await client.post(paths.AUTH_LOGIN, json=backend.first_run()["staff"])
    return LoginResponse.model_validate_json(answer.content)


async def test_a_disk_that_is_full_at_the_commit_takes_no_order_and_tells_nobody(sqlite: SqlDatabase) -> None:
    async with open_house(sqlite) as house, httpx.AsyncClient(base_url=house.url) as http:
        headers = {"Authorization": f"Bearer {await house.token_for(GUEST)}", IDEMPOTENCY_HEADER: "key-00000001"}
        big = {"items": [item("custom", "simple", cake={"lettering": "가" * 20})] * 20}
        async with house.window(STAFF) as staff:
            await _set_room(sqlite, "(SELECT page_count FROM pragma_page_count())")
            refused = await http.post(paths.ORDERS, json=big, headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (507, "storage_full")
            assert await staff.nothing_more()
            await _set_room(sqlite, "1000000")
            placed = await http.post(paths.ORDERS, json=big, headers=headers)
            assert placed.status_code == 201, "the key was not used up"
            assert (await staff.next()).id == 1


async def _set_room(database: SqlDatabase, pages: str) -> None:
    async with database._engines.writer.connect() as connection:
        count = (await connection.execute(text(f"SELECT {pages}"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={count}"))


async def test_a_clock_that_is_set_back_reorders_nothing(sqlite: SqlDatabase) -> None:
    async with open_house(sqlite) as house, house.window(STAFF) as staff, house.window(GUEST) as customer:
        first = await house.order()
        house.shop.later(hours=-5)
        second = await house.order()
        await house.shop.orders.change(first.id, OrderPatch(version=1, status=OrderStatus.PREPARING), STAFF)
        for window in (staff, customer):
            assert [n.id for n in await window.take(4)] == [1, 2, 3, 4]
        assert (await house.shop.orders.get(second.id, GUEST)).order_number == 2


async def test_acknowledgements_out_of_order_never_go_back(sqlite: SqlDatabase) -> None:
    async with open_house(sqlite) as house, house.window(STAFF) as staff:
        for _ in range(3):
            await house.order()
        await staff.take(3)
        for id_ in (3, 1, 2):
            await staff.socket.send(f'{{"type":"ack","id":{id_}}}')
        assert await staff.nothing_more(), "still connected"
        (window,) = house.manager.active_connections[STAFF.user_id]
        assert window.acknowledged == 3


async def test_a_crowd_that_says_nothing_is_let_go_and_holds_back_nobody(sqlite: SqlDatabase) -> None:
    async with open_house(sqlite, auth_seconds=1.0) as house, house.window(STAFF) as staff:
        crowd = Crowd("127.0.0.1", int(house.url.rpartition(":")[2]), paths.WS)
        await crowd.come(MANY)
        await house.order()
        assert (await staff.next()).id == 1
        await until(lambda: crowd.gone == MANY)
        assert house.manager.stats().total == 1


async def test_what_nobody_was_there_for_waits_over_a_kill(backend: BackendProcess) -> None:
    known = await _sign_in(backend)
    async with live(backend.base_url, known.user_id, known.token, "staff") as staff:
        epoch = staff.hello.epoch
    async with httpx.AsyncClient(base_url=backend.base_url) as client:
        guest = (await client.post(paths.AUTH_GUEST, json={})).json()
        for number in range(0, MANY, FEW):
            answers = await asyncio.gather(
                *(
                    client.post(
                        paths.ORDERS,
                        json={"items": [item()]},
                        headers={"Authorization": f"Bearer {guest['token']}", IDEMPOTENCY_HEADER: f"key-{one:08}"},
                    )
                    for one in range(number, number + FEW)
                )
            )
            assert {answer.status_code for answer in answers} == {201}
    backend.kill()
    backend.restart()
    async with live(backend.base_url, known.user_id, known.token, "staff", after=0, epoch=epoch) as staff:
        told = [await staff.next()]
        while len([n for n in told if n.topic is Topic.ORDER_CREATED]) < MANY:
            told.append(await staff.next())
    # On a slow machine the alarm of orders that no window has shown comes in between.
    assert [n.id for n in told] == list(range(1, len(told) + 1))


async def test_a_stop_with_many_connected_is_quick_and_everybody_comes_back(backend: BackendProcess) -> None:
    known = await _sign_in(backend)
    crowd = Crowd("127.0.0.1", backend.port, paths.WS, dict(auth_message(known.user_id, known.token, "staff")))
    states: dict[int, ConnectionState] = {}
    async with AsyncExitStack() as stack:
        scope = TaskScope("screens")
        stack.push_async_callback(scope.close)
        stack.callback(crowd.leave)
        await crowd.come(MANY)
        for number in range(FEW):
            _follow(scope, backend, known, number, states)
        await until(lambda: list(states.values()) == [ConnectionState.LIVE] * FEW)
        began = time.monotonic()
        code = await asyncio.to_thread(backend.stop, signal.SIGTERM)
        took = time.monotonic() - began
        assert code == 0
        # Two seconds on a machine that has nothing else to do; aiohttp as it comes took two minutes.
        assert took < 8
        await until(lambda: crowd.gone == MANY)
        await until(lambda: ConnectionState.LIVE not in states.values())
        backend.restart()
        await until(lambda: list(states.values()) == [ConnectionState.LIVE] * FEW)


def _follow(
    scope: TaskScope, backend: BackendProcess, known: LoginResponse, number: int, states: dict[int, ConnectionState]
) -> None:
    async def resync() -> Cursor:
        return Cursor("", 0)

    def take(state: ConnectionState) -> None:
        states[number] = state

    stream = EventStream(BackendLink(backend.base_url), f"desk-{number}")
    credentials = Credentials(known.user_id, UserType.STAFF, known.token)
    scope.start(stream.run(credentials, lambda _: None, take, resync), f"screen {number}")
