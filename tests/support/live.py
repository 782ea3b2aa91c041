"""A client of the live line for tests: real WebSocket, typed messages."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from shared import paths
from shared.messages import AuthOk, Heartbeat, Notification, server_message

PATIENCE = 10.0


@dataclass
class LiveClient:
    """``hello`` is the ``auth_ok``."""

    socket: ClientConnection
    hello: AuthOk

    async def next(self) -> Notification:
        """The next notification; heartbeats on the way are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = server_message.validate_json(await self.socket.recv())
                if isinstance(message, Notification):
                    return message

    async def heartbeat(self) -> Heartbeat:
        """The next heartbeat; notifications on the way are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = server_message.validate_json(await self.socket.recv())
                if isinstance(message, Heartbeat):
                    return message

    async def take(self, count: int) -> list[Notification]:
        return [await self.next() for _ in range(count)]

    async def nothing_more(self) -> bool:
        """Whether nothing is on its way: the answer to a ping comes after all that was sent before it."""
        async with asyncio.timeout(PATIENCE):
            await (await self.socket.ping())
        try:
            async with asyncio.timeout(0.05):
                await self.next()
        except TimeoutError:
            return True
        return False


def ws_url(base_url: str) -> str:
    return base_url.replace("http", "ws", 1) + paths.WS


def auth_message(user_id: str, token: str, user_type: str = "customer", **more: Any) -> dict[str, Any]:
    return {"type": "auth", "user_id": user_id, "user_type": user_type, "token": token, "device_id": "test", **more}


def upgrade(headers: Mapping[str, str]) -> bytes:
    """The request for a WebSocket as it goes over the wire, for tests that speak to the bare socket."""
    lines = [
        f"GET {paths.WS} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        "\r\n",
    ]
    return "\r\n".join(lines).encode()


def masked(text: bytes) -> bytes:
    """One text frame of a client; ``text`` has 126 to 65,535 bytes."""
    mask = os.urandom(4)
    head = bytes([0x81, 0x80 | 126]) + len(text).to_bytes(2, "big")
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(text))


@asynccontextmanager
async def live(
    base_url: str, user_id: str, token: str, user_type: str = "customer", **more: Any
) -> AsyncIterator[LiveClient]:
    """A connection that has been let in; ``after`` and ``epoch`` may be given."""
    # Without a limit to what waits unread: at the limit the client stops reading, and closing waits 10 s in vain.
    async with connect(ws_url(base_url), proxy=None, max_queue=None) as socket:
        await socket.send(json.dumps(auth_message(user_id, token, user_type, **more)))
        async with asyncio.timeout(PATIENCE):
            hello = server_message.validate_json(await socket.recv())
        assert isinstance(hello, AuthOk)
        yield LiveClient(socket, hello)
