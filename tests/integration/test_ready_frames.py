"""What the live line relies on in aiohttp: a WebSocket without compression puts the bytes of ``text_frame`` on its
transport, at once and whole, so that a frame made ready once may be written beside ``send_str``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from backend.routers.websocket_router import AiohttpSocket
from backend.services.text_frame import text_frame
from backend.web.server import bind, serving
from shared import paths
from tests.support.live import PATIENCE, upgrade

Talk = Callable[[web.WebSocketResponse, AiohttpSocket], Awaitable[None]]


@asynccontextmanager
async def _line(talk: Talk) -> AsyncIterator[asyncio.StreamReader]:
    """What comes to a client after the handshake with a server that says ``talk``."""

    async def handle(request: web.Request) -> web.WebSocketResponse:
        websocket = web.WebSocketResponse(compress=False, timeout=0.1)
        await websocket.prepare(request)
        await talk(websocket, AiohttpSocket(websocket, request.transport))
        return websocket

    app = web.Application()
    app.add_routes([web.get(paths.WS, handle)])
    with bind("127.0.0.1", 0) as listener:
        async with serving(app, listener, PATIENCE) as url:
            host, _, port = url.removeprefix("http://").partition(":")
            reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 20)
            writer.write(upgrade({"Host": f"{host}:{port}"}))
            await reader.readuntil(b"\r\n\r\n")
            yield reader
            writer.close()
            await writer.wait_closed()


async def test_ready_frames_and_others_come_in_the_order_they_were_sent() -> None:
    texts = ["first", "x" * 300, "가" * 30_000, "", "last"]

    async def talk(websocket: web.WebSocketResponse, socket: AiohttpSocket) -> None:
        for text in texts:
            await websocket.send_str(text)
            while not socket.send_ready(text_frame(text)):  # noqa: ASYNC110 - a line has no event for it
                await asyncio.sleep(0)

    expected = b"".join(text_frame(text) * 2 for text in texts)
    async with asyncio.timeout(PATIENCE), _line(talk) as reader:
        assert await reader.readexactly(len(expected)) == expected


async def test_nothing_is_sent_ready_while_something_waits_or_after_the_end() -> None:
    said: list[bool] = []
    done = asyncio.Event()

    async def talk(websocket: web.WebSocketResponse, socket: AiohttpSocket) -> None:
        # More than the kernel takes from one who is not reading yet.
        said.append(socket.send_ready(text_frame("x" * 32_000_000)))
        said.append(socket.send_ready(text_frame("too early")))
        while not socket.send_ready(text_frame("then")):  # noqa: ASYNC110 - a line has no event for it
            await asyncio.sleep(0)
        await websocket.close()
        said.append(socket.send_ready(text_frame("too late")))
        done.set()

    async with asyncio.timeout(PATIENCE), _line(talk) as reader:
        expected = text_frame("x" * 32_000_000) + text_frame("then")
        assert await reader.readexactly(len(expected)) == expected
        await done.wait()
    assert said == [True, False, False]
