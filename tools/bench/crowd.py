"""Many WebSocket clients in one event loop that cost next to nothing: they count bytes and read no frame."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

PONG_SECONDS = 5.0
PONG = b"\x8a\x80" + bytes(4)


class Client(asyncio.Protocol):
    """``told`` is called with the time when ``awaited`` further bytes have come."""

    def __init__(self, request: bytes, told: Callable[[float], None]) -> None:
        self._request = request
        self._told = told
        self._head = b""
        self.upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self.received = 0
        self.awaited = 0
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self.upgraded.done():
            self._head += data
            if b"\r\n\r\n" in self._head:
                self.received = len(self._head.partition(b"\r\n\r\n")[2])
                self.upgraded.set_result(None)
            return
        self.received += len(data)
        if self.awaited and self.received >= self.awaited:
            self.awaited = 0
            self._told(time.monotonic())

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.upgraded.done():
            self.upgraded.set_exception(exc or ConnectionError("closed"))


class Crowd:
    """Clients of one path. ``message`` is what each says first."""

    def __init__(self, host: str, port: int, path: str, message: Mapping[str, object] | None = None) -> None:
        self._host, self._port, self._path = host, port, path
        self._message = message
        self.clients: list[Client] = []
        self._times: list[float] = []
        self._all = asyncio.Event()
        self._expected = 0
        self._ponged_at = time.monotonic()

    async def come(self, count: int, at_once: int = 50) -> None:
        """Until ``count`` more are connected and, where they said something, answered."""
        for start in range(0, count, at_once):
            self.stay()
            await asyncio.gather(*(self._connect() for _ in range(min(at_once, count - start))))
            # Before the next come: a shop's windows do not all sign in at one moment either.
            await self._answered()

    async def _answered(self) -> None:
        if self._message is None:
            return
        async with asyncio.timeout(60):
            while not all(client.received for client in self.clients):
                self.stay()
                await asyncio.sleep(0.01)

    async def _connect(self) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            f"GET {self._path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        loop = asyncio.get_running_loop()
        _, client = await loop.create_connection(lambda: Client(request, self._came), self._host, self._port)
        await client.upgraded
        if self._message is not None and client.transport is not None:
            client.transport.write(_masked(json.dumps(self._message).encode()))
        self.clients.append(client)

    def expect(self, size: int) -> None:
        """From now on each waits for ``size`` bytes."""
        self._times.clear()
        self._all.clear()
        self._expected = len(self.clients)
        for client in self.clients:
            client.awaited = client.received + size

    def stall(self) -> None:
        """They stay connected and read nothing more."""
        for client in self.clients:
            if client.transport is not None:
                client.transport.pause_reading()

    def stay(self) -> None:
        """Pong where the last time was some seconds ago: to be called now and then, outside of what is measured."""
        if time.monotonic() - self._ponged_at > PONG_SECONDS:
            self.pong()

    def pong(self) -> None:
        """They read no frames, so they answer no pings: a pong that nobody asked for says that they are there."""
        self._ponged_at = time.monotonic()
        for client in self.clients:
            if client.transport is not None:
                client.transport.write(PONG)

    async def all_told(self) -> list[float]:
        """When each had them, on the machine's monotonic clock."""
        async with asyncio.timeout(60):
            await self._all.wait()
        return self._times

    def _came(self, at: float) -> None:
        self._times.append(at)
        if len(self._times) == self._expected:
            self._all.set()

    @property
    def gone(self) -> int:
        """How many the server has let go."""
        return sum(client.closed for client in self.clients)

    def leave(self) -> None:
        for client in self.clients:
            if client.transport is not None:
                with suppress(OSError):
                    client.transport.abort()
        self.clients.clear()


def _masked(text: bytes) -> bytes:
    mask = os.urandom(4)
    body = bytes(byte ^ mask[at % 4] for at, byte in enumerate(text))
    length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + len(text).to_bytes(2, "big")
    return b"\x81" + length + mask + body
