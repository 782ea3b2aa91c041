"""HTTP by hand, for what no client would send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """``headers`` by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes

    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json", self
        read: dict[str, Any] = json.loads(self.body)
        return read


@dataclass
class RawConnection:
    """One TCP connection to the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    host: str

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def request(self, line: str, headers: dict[str, str] | None = None, body: bytes = b"") -> RawAnswer:
        """``line`` is method and target; ``Host`` is ours unless ``headers`` has another."""
        await self.send(self.head(line, headers) + body)
        return await self.answer()

    def head(self, line: str, headers: dict[str, str] | None = None) -> bytes:
        every = {"Host": self.host, **(headers or {})}
        lines = [f"{line} HTTP/1.1", *(f"{name}: {value}" for name, value in every.items() if value)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    async def answer(self) -> RawAnswer:
        async with asyncio.timeout(PATIENCE):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return RawAnswer(int(first.split()[1]), headers, body)

    async def closed_by_server(self) -> bool:
        """Wait for the end of the connection; False when it stays open for ``PATIENCE``."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self.reader.read(65536):
                    pass
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        return True


@asynccontextmanager
async def raw_connection(base_url: str) -> AsyncIterator[RawConnection]:
    host = base_url.removeprefix("http://")
    name, _, port = host.rpartition(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    try:
        yield RawConnection(reader, writer, host)
    finally:
        writer.transport.abort()
