"""A backend's end of the voice stream over a real WebSocket, by hand: it says what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import BaseModel
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from shared.voice_stream import Open, Ready, StreamRequest, pack_sound, stream_opening, stream_request, unpack_frames
from tests.support.waiting import until


class StreamBackend:
    """``refuse``: this close code instead of an answer. ``requests``: what came on all lines; ``sound``: the frames."""

    def __init__(self) -> None:
        self.base_url = ""
        self.refuse: int | None = None
        self.openings: list[Open] = []
        self.requests: list[Open | StreamRequest] = []
        self.sound: list[tuple[int, bytes]] = []
        self._line: ServerConnection | None = None
        self.reads = asyncio.Event()
        self.reads.set()

    def of(self, kind: type[BaseModel]) -> list[BaseModel]:
        return [request for request in self.requests if isinstance(request, kind)]

    async def got(self, kind: type[BaseModel], count: int = 1) -> BaseModel:
        await until(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[-1]

    async def tell(self, *replies: BaseModel) -> None:
        assert self._line is not None
        for reply in replies:
            await self._line.send(reply.model_dump_json())

    async def tell_raw(self, text: str) -> None:
        assert self._line is not None
        await self._line.send(text)

    async def sounds(self, first: int, *chunks: bytes) -> None:
        assert self._line is not None
        for number, chunk in enumerate(chunks, first):
            await self._line.send(pack_sound(number, chunk))

    def cut(self) -> None:
        """The line is gone without a goodbye."""
        assert self._line is not None
        self._line.transport.abort()

    async def _serve(self, line: ServerConnection) -> None:
        try:
            opening = stream_opening.validate_json(await line.recv())
            self.openings.append(opening)
            if self.refuse is not None:
                await line.close(self.refuse)
                return
            await line.send(Ready(session_id=opening.session_id or "made-up", languages=("ko",)).model_dump_json())
            self._line = line
            await self.reads.wait()
            async for message in line:
                if isinstance(message, bytes):
                    self.sound.append(unpack_frames(message))
                else:
                    self.requests.append(stream_request.validate_json(message))
        except ConnectionClosed:
            return


@asynccontextmanager
async def stream_backend() -> AsyncIterator[StreamBackend]:
    backend = StreamBackend()
    async with serve(backend._serve, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        backend.base_url = f"http://127.0.0.1:{port}"
        yield backend
