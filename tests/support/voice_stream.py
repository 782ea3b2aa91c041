"""A customer on the voice stream, by hand: what the kiosk sends, and what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from shared import paths
from shared.voice_stream import (
    FRAME_BYTES,
    Done,
    End,
    Open,
    Pause,
    Ready,
    StreamReply,
    TurnBegins,
    pack_sound,
    stream_reply,
    unpack_sound,
)

PATIENCE = 20.0
M = TypeVar("M", bound=BaseModel)


@dataclass
class Customer:
    """``replies`` is all that was told; ``sounds`` all sound chunks, in order."""

    line: ClientConnection
    replies: list[StreamReply] = field(default_factory=list)
    sounds: list[tuple[int, bytes]] = field(default_factory=list)
    sent: int = 0

    async def send(self, *messages: BaseModel) -> None:
        for message in messages:
            await self.line.send(message.model_dump_json())

    async def begin(self, turn: int) -> None:
        self.sent = 0
        await self.send(TurnBegins(turn=turn))

    async def frames(self, pcm: bytes, at_once: int = 15) -> None:
        """All whole frames of ``pcm``."""
        size = at_once * FRAME_BYTES
        pcm = pcm[: len(pcm) // FRAME_BYTES * FRAME_BYTES]
        for at in range(0, len(pcm), size):
            await self.line.send(pack_sound(self.sent, pcm[at : at + size]))
            self.sent += len(pcm[at : at + size]) // FRAME_BYTES

    async def speak(self, turn: int, pcm: bytes, *, pause: bool = True) -> None:
        """A whole utterance."""
        await self.begin(turn)
        await self.frames(pcm)
        if pause:
            await self.send(Pause(turn=turn, frames=self.sent))
        await self.send(End(turn=turn, frames=self.sent, quiet_ms=250))

    async def until(self, kind: type[M], **fields: Any) -> M:
        """The next message of ``kind`` with such fields."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self.line.recv()
                if isinstance(message, bytes):
                    self.sounds.append(unpack_sound(message))
                    continue
                reply = stream_reply.validate_json(message)
                self.replies.append(reply)
                if isinstance(reply, kind) and all(getattr(reply, name) == value for name, value in fields.items()):
                    return reply

    async def done(self, turn: int) -> Done:
        return await self.until(Done, turn=turn)

    async def closed(self) -> int | None:
        """The close code, once it is closed."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.line.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None

    def of(self, kind: type[M]) -> list[M]:
        return [reply for reply in self.replies if isinstance(reply, kind)]


@asynccontextmanager
async def customer(url: str, opening: Open | None = None, **options: Any) -> AsyncIterator[Customer]:
    address = "ws" + url.removeprefix("http") + paths.VOICE_STREAM
    async with connect(address, proxy=None, compression=None, **options) as line:
        here = Customer(line)
        await here.send(opening or Open(session_id="s" * 20))
        await here.until(Ready)
        yield here
