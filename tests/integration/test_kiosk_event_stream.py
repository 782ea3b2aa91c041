"""Live messages over a line that breaks: each one once, in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, EventStream, StreamEnd, StreamTimes
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, LocalCode
from kiosk.tasks import TaskScope
from shared.auth import UserType
from shared.messages import CloseCode, Notification, Topic
from shared.orders import OrderDraft, OrderItemDraft
from tests.support.backend import BackendProcess
from tests.support.waiting import until

FAST = StreamTimes(first_backoff=0.01, longest_backoff=0.05, silence=0.6, gap_grace=0.1, opening=2.0)
DRAFT = OrderDraft(items=(OrderItemDraft(menu_code="french", style="simple", quantity=1),))
SOMEBODY = Credentials("staff-1", UserType.STAFF, "token")
AT = "2026-11-23T03:00:00Z"


class Screen:
    """What a window would see. ``base`` is what the last list held."""

    def __init__(self, resync: Callable[[], Awaitable[Cursor]]) -> None:
        self.states: list[ConnectionState] = []
        self.heard: list[Notification] = []
        self.resyncs = 0
        self.end: StreamEnd | None = None
        self._resync = resync

    async def run(self, stream: EventStream, credentials: Credentials) -> None:
        self.end = await stream.run(credentials, self.heard.append, self.states.append, self.resync)

    async def resync(self) -> Cursor:
        self.resyncs += 1
        return await self._resync()

    def state(self) -> ConnectionState | None:
        return self.states[-1] if self.states else None


@pytest.fixture
async def scope() -> AsyncIterator[TaskScope]:
    scope = TaskScope("test")
    yield scope
    await scope.close()


async def test_no_order_is_lost_or_doubled_over_three_kills(backend: BackendProcess, scope: TaskScope) -> None:
    link = BackendLink(backend.base_url)
    staff_client, guest_client = BackendClient(link, "desk"), BackendClient(link, "kiosk")
    staff = backend.first_run()["staff"]
    known = await staff_client.login(staff["user_id"], staff["pin"])
    staff_client.sign_in(known.token)
    guest_client.sign_in((await guest_client.guest()).token)
    seen: dict[str, int] = {}

    async def read_list() -> Cursor:
        listed = await staff_client.orders()
        for order in listed.orders:
            seen.setdefault(order.id, 0)
        return Cursor(listed.epoch, listed.top)

    screen = Screen(read_list)
    credentials = Credentials(known.user_id, known.user_type, known.token)
    scope.start(screen.run(EventStream(link, "desk", FAST), credentials), "screen")
    await until(lambda: screen.state() is ConnectionState.LIVE)
    placed: list[str] = []
    for life in range(4):
        for number in range(5):
            order = await guest_client.place(DRAFT, f"key-{life}-{number}-{'x' * 8}")
            placed.append(order.id)
        if life == 3:
            break
        backend.kill()
        link.down()
        await until(lambda: screen.state() is ConnectionState.LOST)
        backend.restart()
        link.up(backend.base_url)
        await until(lambda: screen.state() is ConnectionState.LIVE)
    await until(lambda: set(_created(screen)) == set(placed))
    assert _created(screen) == placed
    assert screen.resyncs == 1
    ids = [n.id for n in screen.heard]
    assert ids == sorted(set(ids))
    await staff_client.close()
    await guest_client.close()


def _created(screen: Screen) -> list[str]:
    orders: list[Any] = [n.data["order"] for n in screen.heard if n.topic is Topic.ORDER_CREATED]
    return [str(order["id"]) for order in orders]


async def test_a_token_that_is_refused(backend: BackendProcess) -> None:
    screen = Screen(_nothing)
    stream = EventStream(BackendLink(backend.base_url), "desk", FAST)
    async with asyncio.timeout(10):
        await screen.run(stream, SOMEBODY)
    assert screen.end is StreamEnd.REFUSED
    assert screen.state() is ConnectionState.REFUSED


async def _nothing() -> Cursor:
    return Cursor("e", 0)


# Against a server in the test's hand.

Script = Callable[["Server", ServerConnection], Awaitable[None]]


class Server:
    """One script a connection, the last one for all that follow."""

    def __init__(self, *scripts: Script) -> None:
        self.scripts = list(scripts)
        self.auths: list[dict[str, Any]] = []
        self.acks: list[int] = []
        self.pongs = 0

    async def __call__(self, line: ServerConnection) -> None:
        self.auths.append(json.loads(await line.recv()))
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        await script(self, line)
        try:
            async for raw in line:
                message = json.loads(raw)
                if message["type"] == "ack":
                    self.acks.append(message["id"])
                else:
                    self.pongs += 1
        except ConnectionClosed:
            return

    async def tell(self, line: ServerConnection, **message: Any) -> None:
        await line.send(json.dumps(message))

    async def grant(self, line: ServerConnection, *, top: int = 0, recovered: bool = True, epoch: str = "e") -> None:
        await self.tell(line, type="auth_ok", connection_id="c", epoch=epoch, top=top, recovered=recovered)

    async def news(self, line: ServerConnection, *ids: int) -> None:
        for number in ids:
            await self.tell(line, type="notification", id=number, topic="order.created", at=AT, data={})

    async def beat(self, line: ServerConnection, top: int) -> None:
        await self.tell(line, type="heartbeat", at=AT, top=top)


@asynccontextmanager
async def _served(server: Server) -> AsyncIterator[BackendLink]:
    async with serve(server, "127.0.0.1", 0) as running:
        port = next(iter(running.sockets)).getsockname()[1]
        yield BackendLink(f"http://127.0.0.1:{port}")


async def _screen(server: Server, link: BackendLink, scope: TaskScope, *tops: int) -> Screen:
    positions = iter(tops)

    async def resync() -> Cursor:
        return Cursor("e", next(positions))

    screen = Screen(resync)
    scope.start(screen.run(EventStream(link, "desk", FAST), SOMEBODY), "screen")
    return screen


async def test_what_the_list_holds_already_is_not_told_again(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line, top=3)
        await server.news(line, 4, 5, 6)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 5)
        await until(lambda: server.acks == [3, 4, 5, 6])
        assert [n.id for n in screen.heard] == [6]
        await scope.close()


async def test_a_window_that_shows_no_orders_acknowledges_none(scope: TaskScope) -> None:
    """A manager's: else an order that no cook sees would raise no alarm."""

    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line, top=3)
        await server.news(line, 4)
        await server.beat(line, 4)

    server = Server(script)
    async with _served(server) as link:

        async def resync() -> Cursor:
            return Cursor("e", 3)

        stream = EventStream(link, "office", FAST, acknowledges=False)
        scope.start(Screen(resync).run(stream, SOMEBODY), "screen")
        await until(lambda: server.pongs == 1)
        assert server.acks == []
        await scope.close()


async def test_it_goes_on_where_it_was(scope: TaskScope) -> None:
    async def first(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await server.news(line, 1, 2)
        await line.close(CloseCode.RESTART)

    async def then(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await server.news(line, 2, 3)

    server = Server(first, then)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0)
        await until(lambda: len(screen.heard) == 3)
        assert [n.id for n in screen.heard] == [1, 2, 3]
        assert [a["epoch"] for a in server.auths] == [None, "e"]
        # The line may have been gone before the second one was read; it is then sent again.
        assert server.auths[1]["after"] in {1, 2}
        assert screen.resyncs == 1
        await scope.close()


async def test_what_cannot_be_recovered_is_read_anew(scope: TaskScope) -> None:
    async def first(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await line.close(CloseCode.RESYNC)

    async def then(server: Server, line: ServerConnection) -> None:
        await server.grant(line, recovered=False, epoch="other", top=40)
        await server.news(line, 41)

    server = Server(first, then)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0, 40)
        await until(lambda: [n.id for n in screen.heard] == [41])
        assert screen.resyncs == 2
        await scope.close()


async def test_a_heartbeat_that_is_ahead_tells_of_a_gap(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await server.news(line, 1)
        await server.beat(line, 7)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0, 7)
        await until(lambda: screen.resyncs == 2)
        await until(lambda: server.acks == [1, 7])  # the list has shown what never came
        assert server.pongs == 1
        assert len(server.auths) == 1
        await scope.close()


async def test_a_heartbeat_that_only_overtook_its_message_does_not(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await server.beat(line, 1)
        await server.news(line, 1)
        await server.beat(line, 1)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0)
        await until(lambda: server.pongs == 2 and server.acks == [1])
        assert screen.resyncs == 1
        await scope.close()


async def test_a_line_without_a_heartbeat_is_dead(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0)
        await until(lambda: len(server.auths) >= 2)
        assert ConnectionState.LOST in screen.states
        await scope.close()


async def test_messages_of_a_newer_server_are_passed_over(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await line.send("{")
        await server.tell(line, type="of_next_year")
        await server.news(line, 1)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0)
        await until(lambda: [n.id for n in screen.heard] == [1])
        await scope.close()


@pytest.mark.parametrize(
    ("code", "end"),
    [
        (CloseCode.TOKEN_EXPIRED, StreamEnd.TOKEN_EXPIRED),
        (CloseCode.UNAUTHENTICATED, StreamEnd.REFUSED),
        (CloseCode.FORBIDDEN, StreamEnd.REFUSED),
    ],
)
async def test_codes_that_end_it(scope: TaskScope, code: CloseCode, end: StreamEnd) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await line.close(code)

    server = Server(script)
    async with _served(server) as link:
        screen = await _screen(server, link, scope, 0)
        await until(lambda: screen.end is end)
        assert screen.state() is ConnectionState.REFUSED
        assert len(server.auths) == 1


async def test_a_list_that_cannot_be_read_is_tried_again(scope: TaskScope) -> None:
    async def script(server: Server, line: ServerConnection) -> None:
        await server.grant(line)
        await server.news(line, 1)

    answers: Iterator[KioskError | Cursor] = iter([KioskError(LocalCode.TIMED_OUT, retryable=True), Cursor("e", 0)])

    async def resync() -> Cursor:
        answer = next(answers)
        if isinstance(answer, KioskError):
            raise answer
        return answer

    server = Server(script)
    async with _served(server) as link:
        screen = Screen(resync)
        scope.start(screen.run(EventStream(link, "desk", FAST), SOMEBODY), "screen")
        await until(lambda: [n.id for n in screen.heard] == [1])
        assert screen.resyncs == 2
        await scope.close()
