"""A receipt printer on a real TCP port: reads ESC/POS, answers about its paper, and keeps what is on it as pictures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from PIL import Image, ImageChops


@dataclass
class TcpPrinter:
    """``talks``: answers questions about itself. ``paper``, ``closed``: has paper, has its cover closed.

    ``deaf``: takes the call and reads nothing. ``swallows``: reads all and prints nothing, as one that lost its power.
    ``slips``: what was cut off, mode ``1``. ``strange``: bytes that it knows no meaning of.
    """

    port: int = 0
    talks: bool = True
    paper: bool = True
    closed: bool = True
    deaf: bool = False
    swallows: bool = False
    slips: list[Image.Image] = field(default_factory=list)
    strange: bytes = b""
    calls: int = 0
    called: asyncio.Event = field(default_factory=asyncio.Event)
    _strips: list[Image.Image] = field(default_factory=list)

    @property
    def device(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        self.called.set()
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while not self.deaf:
                    await self._command(reader, writer)
                await asyncio.get_running_loop().create_future()
        finally:
            writer.close()

    async def _command(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(1)
        second = await reader.readexactly(1) if first in b"\x10\x1b\x1d" else b""
        match first + second:
            case b"\x1b@":
                self._strips.clear()
            case b"\x10\x04":
                await self._answer(writer, self._status((await reader.readexactly(1))[0]))
            case b"\x1dr":
                await reader.readexactly(1)
                if not self.swallows:
                    await self._answer(writer, 0x00 if self.paper else 0x0C)
            case b"\x1dv":
                self._strips.append(await self._raster(reader))
            case b"\x1bd":
                await reader.readexactly(1)
            case b"\x1dV":
                await reader.readexactly(1)
                self._cut()
            case other:
                self.strange += other

    def _status(self, about: int) -> int:
        if about == 4:
            return 0x12 if self.paper else 0x72
        return 0x12 if self.closed else 0x16

    async def _answer(self, writer: asyncio.StreamWriter, byte: int) -> None:
        if self.talks:
            writer.write(bytes((byte,)))
            await writer.drain()

    async def _raster(self, reader: asyncio.StreamReader) -> Image.Image:
        _, _, across_low, across_high, down_low, down_high = await reader.readexactly(6)
        across, down = across_low + 256 * across_high, down_low + 256 * down_high
        dots = Image.frombytes("1", (across * 8, down), await reader.readexactly(across * down))
        return ImageChops.invert(dots)  # a set bit is a black dot

    def _cut(self) -> None:
        if self.swallows or not self._strips:
            return
        slip = Image.new("1", (self._strips[0].width, sum(strip.height for strip in self._strips)))
        top = 0
        for strip in self._strips:
            slip.paste(strip, (0, top))
            top += strip.height
        self.slips.append(slip)
        self._strips.clear()


@asynccontextmanager
async def tcp_printer() -> AsyncIterator[TcpPrinter]:
    """A printer that is switched on; leaving the context switches it off."""
    printer = TcpPrinter()
    talking: set[asyncio.Task[None]] = set()

    def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(printer.serve(reader, writer))
        talking.add(task)
        task.add_done_callback(talking.discard)

    server = await asyncio.start_server(answered, "127.0.0.1", 0)
    printer.port = server.sockets[0].getsockname()[1]
    try:
        yield printer
    finally:
        server.close()
        for task in list(talking):
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
