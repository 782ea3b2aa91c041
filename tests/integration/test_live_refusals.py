"""What the live line refuses, with the close code that says why; and screens that stall."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.database.sql.database import SqlDatabase
from shared import paths
from shared.limits import MAX_WS_MESSAGE_BYTES
from tests.support.live import auth_message, upgrade, ws_url
from tests.support.live_house import House, open_house
from tests.support.shop import GUEST, OTHER_GUEST, STAFF

SENDING = 0.3


@pytest.fixture
async def house(sqlite: SqlDatabase) -> AsyncIterator[House]:
    async with open_house(sqlite, send_seconds=SENDING) as made:
        yield made


async def _closed_after(house: House, *messages: str | bytes, first: dict[str, Any] | None = None) -> tuple[int, str]:
    """Code and reason with which the server closes; ``first`` is an auth message to be let in with."""
    async with connect(ws_url(house.url), proxy=None) as line:
        if first is not None:
            await line.send(json.dumps(first))
            await line.recv()
        for message in messages:
            await line.send(message)
        async with asyncio.timeout(10):
            await line.wait_closed()
        return line.close_code or 0, line.close_reason or ""


async def _auth(house: House, **changes: Any) -> dict[str, Any]:
    message = auth_message(GUEST.user_id, await house.token_for(GUEST))
    return {**message, **changes}


async def test_who_says_nothing_is_let_go(sqlite: SqlDatabase) -> None:
    async with open_house(sqlite, auth_seconds=0.05) as house:
        assert (await _closed_after(house))[0] == 4001


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"token": "nobody's"}, 4001, "token: unknown or expired"),
        ({"user_type": "staff"}, 4003, "user_type: the token says otherwise"),
        ({"user_id": "guest-2"}, 4003, "user_id: the token is another user's"),
        ({"user_type": "owner"}, 4400, "user_type: Input should be 'customer', 'staff' or 'manager'"),
        ({"after": -1}, 4400, "after: Input should be greater than or equal to 0"),
        ({"after": "1; DROP"}, 4400, "after: Input should be a valid integer, unable to parse string as an integer"),
        ({"device_id": ""}, 4400, "device_id: String should have at least 1 character"),
        ({"surprise": 1}, 4400, "surprise: Extra inputs are not permitted"),
        ({"type": "hello"}, 4400, "type: no message is called that"),
    ],
)
async def test_a_wrong_first_message(house: House, changes: dict[str, Any], code: int, reason: str) -> None:
    assert await _closed_after(house, json.dumps(await _auth(house, **changes))) == (code, reason)
    assert house.manager.stats().total == 0


async def test_an_expired_token(house: House) -> None:
    message = await _auth(house)
    house.shop.later(hours=13)
    assert (await _closed_after(house, json.dumps(message)))[0] == 4001


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", "{}", '{"type":', "[" * 10_000])
async def test_what_is_no_message(house: House, text: str) -> None:
    code, reason = await _closed_after(house, text)
    assert code == 4400
    assert reason.split(":")[0] in ("json", "type")


async def test_something_else_before_auth(house: House) -> None:
    assert (await _closed_after(house, '{"type":"ack","id":0}'))[0] == 4001


async def test_binary_is_not_spoken(house: House) -> None:
    assert (await _closed_after(house, b"\x00\x01"))[0] == 4400
    assert (await _closed_after(house, b"\x00", first=await _auth(house)))[0] == 4400


async def test_too_big(house: House) -> None:
    too_big = "x" * (MAX_WS_MESSAGE_BYTES + 1)
    assert (await _closed_after(house, too_big))[0] == 1009
    assert (await _closed_after(house, too_big, first=await _auth(house)))[0] == 1009
    await house.until_connected(0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"type":"ack","id":-1}', "id: Input should be greater than or equal to 0"),
        ('{"type":"ack","id":1}', "id: has not been sent yet"),
        ('{"type":"pong"}', "at: Field required"),
        ('{"type":"notification","id":1}', "type: no message is called that"),
        ("nonsense", "json: not well-formed"),
    ],
)
async def test_a_malformed_message_later(house: House, text: str, reason: str) -> None:
    assert await _closed_after(house, text, first=await _auth(house)) == (4400, reason)
    await house.until_connected(0)


async def test_auth_is_said_once(house: House) -> None:
    message = await _auth(house)
    assert (await _closed_after(house, json.dumps(message), first=message))[0] == 4400


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_pages_of_other_places_get_no_line(house: House, headers: dict[str, str]) -> None:
    reader, writer = await asyncio.open_connection(*_address(house))
    given = {"Host": house.url.removeprefix("http://"), **headers}
    writer.write(upgrade(given))
    assert (await reader.readline()).split()[1] == b"403"
    writer.close()
    await writer.wait_closed()


async def test_a_token_in_the_address_is_not_looked_at(house: House) -> None:
    token = await house.token_for(GUEST)
    async with connect(f"{ws_url(house.url)}?token={token}", proxy=None) as line:
        await line.send('{"type":"ack","id":0}')
        await line.wait_closed()
        assert line.close_code == 4001


async def test_a_plain_request_gets_a_problem(house: House) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with connect(ws_url(house.url).replace(paths.WS, paths.WS_STATS), proxy=None):
            pass
    assert caught.value.response.status_code == 401


async def test_a_screen_that_stalls_holds_back_nobody_and_is_cut(house: House) -> None:
    async with house.stalled_window(STAFF), house.window(OTHER_GUEST), house.window(STAFF) as staff:
        await house.until_connected(3)
        # More than all buffers on the way hold.
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(staff.take(100))
            for _ in range(100):
                await house.shout(200_000)
        assert [n.id for n in reading.result()] == list(range(1, 101))
        async with asyncio.timeout(10):
            await house.until_connected(2)


async def test_one_of_fifty_that_stalls_is_waited_for_by_nobody(sqlite: SqlDatabase) -> None:
    """Nor is it cut here before the others have everything: nobody's message depends on that."""
    async with open_house(sqlite, send_seconds=600) as house, AsyncExitStack() as stack:
        await stack.enter_async_context(house.stalled_window(STAFF))
        windows = [await stack.enter_async_context(house.window(STAFF)) for _ in range(49)]
        for number in range(1, 31):
            await house.shout(200_000)
            assert {(await window.next()).id for window in windows} == {number}
        assert house.manager.stats().total == 50
        (stalled,) = (one for one in house.manager.active_connections[STAFF.user_id] if one.cursor < 30)
        assert stalled.cursor > 0


async def test_stopping_closes_every_line_at_once_even_a_stalled_one(sqlite: SqlDatabase) -> None:
    async with asyncio.timeout(30), AsyncExitStack() as stalled:
        async with open_house(sqlite, send_seconds=60) as house:
            await stalled.enter_async_context(house.stalled_window(STAFF))
            first = await _auth(house)
            lines = [await connect(ws_url(house.url), proxy=None) for _ in range(20)]
            for line in lines:
                await line.send(json.dumps(first))
                await line.recv()
            for _ in range(60):
                await house.shout(200_000)
            began = asyncio.get_running_loop().time()
        took = asyncio.get_running_loop().time() - began
        for line in lines:
            await line.wait_closed()
    assert [line.close_code for line in lines] == [1012] * 20
    assert took < 5


def _address(house: House) -> tuple[str, int]:
    host, _, port = house.url.removeprefix("http://").partition(":")
    return host, int(port)
