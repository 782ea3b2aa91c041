"""A TCP proxy in front of the backends, whose lines can be cut, held still and refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from random import Random

CHUNK = 65_536


class Proxy:
    """Made by ``proxy``. A new line goes to any of ``upstreams`` (ports on this machine) that takes it."""

    def __init__(self, upstreams: Sequence[int], dice: Random) -> None:
        self._upstreams = upstreams
        self._dice = dice
        self._lines: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._refuses = False
        self.port = 0

    def cut(self) -> int:
        """Every line ends without a goodbye; answers how many there were."""
        lines = list(self._lines)
        for line in lines:
            line.transport.abort()
        return len(lines)

    async def hold(self, seconds: float) -> None:
        """Lines stay open and nothing passes."""
        self._flowing.clear()
        await asyncio.sleep(seconds)
        self._flowing.set()

    async def refuse(self, seconds: float) -> None:
        """All lines are cut and new ones at once again."""
        self._refuses = True
        self.cut()
        await asyncio.sleep(seconds)
        self._refuses = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        upstream = None if self._refuses else await self._connect()
        if upstream is None:
            writer.transport.abort()
            return
        ends = (writer, upstream[1])
        self._lines.update(ends)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pass_on(reader, upstream[1]))
                tasks.create_task(self._pass_on(upstream[0], writer))
        finally:
            self._lines.difference_update(ends)
            for end in ends:
                end.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in self._dice.sample(list(self._upstreams), len(self._upstreams)):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        with suppress(OSError):
            writer.close()


@asynccontextmanager
async def proxy(upstreams: Sequence[int], dice: Random) -> AsyncIterator[Proxy]:
    """A proxy on a free port while the context lasts."""
    made = Proxy(upstreams, dice)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        made.cut()
