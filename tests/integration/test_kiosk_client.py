"""The kiosk's client against the real backend, and against servers that are not one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.settings import Settings
from kiosk.api.client import BackendClient, ClientTimes
from kiosk.api.link import BackendLink
from kiosk.audio.speaker import read_wav
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from shared.auth import UserType
from shared.orders import OrderDraft, OrderItemDraft, OrderPatch, OrderStatus, Service
from shared.problems import ProblemCode
from shared.voice import SessionOrderUpdate, Stage
from tests.support.backend import BackendProcess
from tests.support.bad_server import bad_server

FRENCH = OrderItemDraft(menu_code="french", style="grand", quantity=2, customization={"steak": 2})
DRAFT = OrderDraft(items=(FRENCH,), service=Service.TO_GO)
KEY = "kiosk-test-key-0001"
SESSION = "kiosk-test-session-1"


@pytest.fixture
async def client(backend: BackendProcess) -> AsyncIterator[BackendClient]:
    client = BackendClient(BackendLink(backend.base_url), "kiosk-test")
    yield client
    await client.close()


async def _code(call: object) -> KioskErrorCode:
    with pytest.raises(KioskError) as raised:
        await call  # type: ignore[misc] # any awaitable
    return raised.value.code


async def test_what_needs_no_name(client: BackendClient) -> None:
    assert (await client.health()).database
    menu = await client.menu()
    assert [m.code for m in menu.menus][:2] == ["french", "english"]
    await client.events()
    picture = await client.content(menu.menus[4].image)
    assert picture[:4] in {b"\x89PNG", b"RIFF", b"\xff\xd8\xff\xe0"}
    assert await _code(client.content("http://elsewhere/x")) is LocalCode.BAD_ANSWER


async def test_a_guest_orders_once_however_often_it_is_sent(client: BackendClient) -> None:
    assert await _code(client.place(DRAFT, KEY)) is ProblemCode.UNAUTHENTICATED
    guest = await client.guest()
    client.sign_in(guest.token)
    quote = await client.quote(DRAFT)
    order = await client.place(DRAFT, KEY)
    assert (order.payable, order.service) == (quote.payable, Service.TO_GO)
    assert await client.place(DRAFT, KEY) == order
    other = OrderDraft(items=(FRENCH.model_copy(update={"quantity": 1}),))
    assert await _code(client.place(other, KEY)) is ProblemCode.IDEMPOTENCY_KEY_REUSED
    mine = await client.orders(open_only=False)
    assert [o.id for o in mine.orders] == [order.id]
    assert await client.order(order.id) == order
    client.sign_out()
    assert await _code(client.order(order.id)) is ProblemCode.UNAUTHENTICATED


async def test_the_staff_change_it(client: BackendClient, backend: BackendProcess) -> None:
    client.sign_in((await client.guest()).token)
    order = await client.place(DRAFT, KEY)
    assert await _code(client.change_order(order.id, OrderPatch(version=1, status=OrderStatus.READY))) is (
        ProblemCode.FORBIDDEN
    )
    staff = backend.first_run()["staff"]
    assert await _code(client.login(staff["user_id"], "000000")) is ProblemCode.WRONG_CREDENTIALS
    assert await _code(client.login(staff["user_id"], "1")) is ProblemCode.INVALID_REQUEST
    known = await client.login(staff["user_id"], staff["pin"])
    assert known.user_type is UserType.STAFF
    client.sign_in(known.token)
    changed = await client.change_order(
        order.id, OrderPatch(version=order.version, status=OrderStatus.PREPARING, assigned_to=known.user_id)
    )
    assert (changed.status, changed.assigned_to) == (OrderStatus.PREPARING, known.user_id)
    stale = OrderPatch(version=order.version, status=OrderStatus.READY)
    assert await _code(client.change_order(order.id, stale)) is ProblemCode.CONFLICT


async def test_a_conversation(client: BackendClient) -> None:
    client.sign_in((await client.guest()).token)
    answer = await client.put_session_order(SESSION, SessionOrderUpdate(items=(FRENCH,)))
    assert answer.order_state.items[0].quantity == 2
    analysis = await client.analyze("치즈 케이크 하나도 주세요", SESSION)
    assert [i.menu_code for i in analysis.order_state.items] == ["french", "cheese"]
    assert analysis.state is Stage.STYLE_SELECTION
    await client.end_session(SESSION)
    await client.end_session(SESSION)
    assert await _code(client.analyze("", SESSION)) is ProblemCode.INVALID_REQUEST
    assert await _code(client.analyze("가" * 1_001, SESSION)) is ProblemCode.INVALID_REQUEST


async def test_speech(client: BackendClient) -> None:
    speech = read_wav(await client.speak("안녕하세요"))
    assert 0.3 < speech.seconds < 5
    assert await _code(client.transcribe(b"not audio at all")) is ProblemCode.NOT_AUDIO
    assert await _code(client.speak("")) is ProblemCode.INVALID_REQUEST


async def test_what_engines_cost_is_the_managers_to_know(client: BackendClient, backend: BackendProcess) -> None:
    client.sign_in((await client.guest()).token)
    assert await _code(client.usage()) is ProblemCode.FORBIDDEN
    manager = backend.first_run()["manager"]
    client.sign_in((await client.login(manager["user_id"], manager["pin"])).token)
    used = await client.usage()
    assert (used.currency, used.rows, (used.last - used.first).days) == ("USD", (), 29)


async def test_a_call_for_help(client: BackendClient) -> None:
    client.sign_in((await client.guest()).token)
    assert (await client.help("menu")).help_id


async def test_the_backend_dies_and_comes_back_elsewhere(backend: BackendProcess) -> None:
    link = BackendLink(backend.base_url)
    client = BackendClient(link, "kiosk-test")
    try:
        await client.health()
        backend.kill()
        assert await _code(client.health()) is LocalCode.BACKEND_UNREACHABLE
        link.down()
        assert await _code(client.health()) is LocalCode.BACKEND_UNREACHABLE
        backend.restart()
        link.up(backend.base_url)
        assert (await client.health()).database
    finally:
        await client.close()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, LocalCode.TIMED_OUT),
        (b"", LocalCode.BACKEND_UNREACHABLE),
        (b"what?\r\n\r\n", LocalCode.BACKEND_UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", LocalCode.BACKEND_UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", LocalCode.BAD_ANSWER),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\xff[[", LocalCode.BAD_ANSWER),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", LocalCode.BACKEND_UNREACHABLE),
        (b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", LocalCode.BAD_ANSWER),
    ],
)
async def test_servers_that_are_not_ours(answer: bytes | None, code: LocalCode) -> None:
    async with bad_server(answer) as url:
        client = BackendClient(BackendLink(url), "kiosk-test", ClientTimes(quick=0.5))
        try:
            assert await _code(client.menu()) is code
        finally:
            await client.close()


async def test_signing_in_waits_for_a_backend_that_is_still_coming(backend: BackendProcess) -> None:
    """A person who is quick to type the PIN is not told that there is no connection while the backend starts."""
    link = BackendLink()
    client = BackendClient(link, "desk-test")
    staff = backend.first_run()["staff"]
    try:
        signing_in = asyncio.gather(client.login(staff["user_id"], staff["pin"]))
        await asyncio.sleep(0)
        assert not signing_in.done()
        link.up(backend.base_url)
        assert (await signing_in)[0].user_id == staff["user_id"]
    finally:
        await client.close()


async def test_a_sentence_said_while_the_backend_is_coming_is_understood(backend: BackendProcess) -> None:
    link = BackendLink()
    client = BackendClient(link, "kiosk-test")
    try:
        waiting = asyncio.gather(client.guest(), client.analyze("프렌치 디너 하나", "s" * 24))
        await asyncio.sleep(0)
        assert not waiting.done()
        link.up(backend.base_url)
        _, analysis = await waiting
        assert [item.menu_code for item in analysis.order_state.items] == ["french"]
    finally:
        await client.close()


async def test_signing_in_gives_up_on_a_backend_that_does_not_come() -> None:
    client = BackendClient(BackendLink(), "desk-test", ClientTimes(coming=0.05))
    try:
        assert await _code(client.login("staff-1", "000000")) is LocalCode.BACKEND_UNREACHABLE
    finally:
        await client.close()


@asynccontextmanager
async def _listening_server(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Its base URL, and the heads of the requests that it answered with ``answer``."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heads
    finally:
        server.close()
        await server.wait_closed()


async def test_calls_of_a_turn_tell_how_long_the_customer_has_waited() -> None:
    sound = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nRIFF"
    async with _listening_server(sound) as (url, heads):
        client = BackendClient(BackendLink(url), "kiosk-test")
        assert await client.speak("네", elapsed=1.23456) == b"RIFF"
        await _code(client.transcribe(b"RIFF", "ko", elapsed=0.0))
        await _code(client.analyze("네", SESSION, elapsed=12_345.0))
        await client.speak("네")
        await client.close()
    told = [head.partition(b"Turn-Elapsed: ")[2].partition(b"\r\n")[0] for head in heads]
    assert told == [b"1.235", b"0.000", b"600.000", b""]


async def test_the_backend_reads_what_is_told_of_the_turn(client: BackendClient) -> None:
    client.sign_in((await client.guest()).token)
    assert (await client.analyze("치즈 케이크 하나 주세요", SESSION, elapsed=3.2)).order_state.items
    assert read_wav(await client.speak("안녕하세요", elapsed=4.0)).seconds > 0.3
    assert await _code(client.transcribe(b"not audio at all", elapsed=1e9)) is ProblemCode.NOT_AUDIO


async def test_speech_that_breaks_off_in_mid_transfer_is_no_answer() -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nRIFF\r\n"
    async with _listening_server(cut) as (url, heads):
        client = BackendClient(BackendLink(url), "kiosk-test")
        assert await _code(client.speak("네")) is LocalCode.BACKEND_UNREACHABLE
        await client.close()
    assert len(heads) == 1


def test_the_kiosk_waits_longer_than_the_backend_may_take() -> None:
    times, turn = ClientTimes(), Settings.model_fields["turn_seconds"].default
    # What each chain of ``backend.engine_room`` leaves to the engine of its own machine, after the vendors' turn.
    assert times.hear > turn + 25
    assert times.understand > turn + 5
    assert times.speak > turn + 15
