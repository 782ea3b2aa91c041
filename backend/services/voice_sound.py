"""An answer's sound on its way: clip by clip from the engines, in small chunks, no further ahead than is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from backend.domain.said_aloud import Clip
from backend.external import wav_stream
from backend.external.interfaces import EngineBadResponse, EngineError, SpeechStream
from backend.tasks import TaskScope
from shared.voice_stream import AHEAD_MS, CHUNK_MS, FIRST_CHUNK_MS, milliseconds_of

Speak = Callable[[str], Awaitable[SpeechStream]]
WAITING_PIECES = 256
LONGEST_HEADER = 4_096
ATTEMPTS = 3
"""Two vendors and this machine."""


class SoundOut(Protocol):
    """Where the sound goes."""

    async def clip(self, index: int, text: str, rate: int) -> None: ...
    async def sound(self, pcm: bytes) -> None: ...


@dataclass(slots=True)
class Speaking:
    """One answer's sound. ``clips`` grows with what was sent of each; ``first_at`` is when the first was there."""

    speak: Speak
    clips: list[Clip] = field(default_factory=list)
    sent_ms: float = 0.0
    rate: int = 0
    first_at: float | None = None

    async def run(self, out: SoundOut, texts: Sequence[str]) -> None:
        """Send all of them, after those of the run before; the clip that comes next is made meanwhile.

        Raises:
            EngineError: no engine could speak on.
            ConnectionError: nobody is there any more.
        """
        async with _Fetching(self.speak) as fetching:
            coming: asyncio.Queue[_Piece] | None = None
            for index, text in enumerate(texts):
                now, coming = coming if coming is not None else fetching.begin(text), None
                following = texts[index + 1] if index + 1 < len(texts) else None
                for attempt in range(1, ATTEMPTS + 1):
                    try:
                        coming = await self._clip(out, text, now, fetching, following)
                        break
                    except EngineError:
                        if attempt == ATTEMPTS:
                            raise
                        # It broke off: the next engine says this piece again, from its beginning.
                        now, following = fetching.begin(text), None

    async def _clip(
        self,
        out: SoundOut,
        text: str,
        pieces: asyncio.Queue[_Piece],
        fetching: _Fetching,
        following: str | None,
    ) -> asyncio.Queue[_Piece] | None:
        """Answers the clip that was begun meanwhile."""
        begun: asyncio.Queue[_Piece] | None = None
        before = self.sent_ms
        resampler: _Resampler | None = None
        rest = b""
        told = whole = broke_off = False
        try:
            while (piece := await pieces.get()) is not None:
                if isinstance(piece, EngineError):
                    broke_off = True
                    raise piece
                rate, pcm = piece
                if not self.rate:
                    self.rate = rate
                if rate != self.rate:
                    resampler = resampler or _Resampler(rate, self.rate)
                    pcm = resampler.feed(pcm)
                if begun is None and following is not None:
                    begun = fetching.begin(following)
                if not told:
                    self.first_at = self.first_at or asyncio.get_running_loop().time()
                    await out.clip(len(self.clips), text, self.rate)
                    told = True
                rest = await self._send(out, rest + pcm)
            if rest:
                await self._send(out, rest, last=True)
            whole = True
        finally:
            # What broke off is said again: these words count where they are whole.
            if told:
                self.clips.append(Clip(text if whole or not broke_off else "", self.sent_ms - before))
        return begun

    async def _send(self, out: SoundOut, pcm: bytes, *, last: bool = False) -> bytes:
        """Send whole chunks; answers what is left."""
        while pcm:
            size = self.rate * (CHUNK_MS if self.sent_ms else FIRST_CHUNK_MS) // 1000 * wav_stream.BYTES_PER_SAMPLE
            # The very first chunk goes as soon as it is there; later ones in the size in which they come, up to 200 ms.
            chunk = pcm[:size]
            if len(chunk) % wav_stream.BYTES_PER_SAMPLE:
                chunk = chunk[:-1]
            if not chunk or (not self.sent_ms and len(chunk) < size and not last):
                return pcm
            await self._pace()
            await out.sound(chunk)
            self.sent_ms += milliseconds_of(len(chunk), self.rate)
            pcm = pcm[len(chunk) :]
        return b""

    async def _pace(self) -> None:
        if self.first_at is None:
            return
        played = (asyncio.get_running_loop().time() - self.first_at) * 1000
        if (ahead := self.sent_ms - played - AHEAD_MS) > 0:
            await asyncio.sleep(ahead / 1000)


_Piece = tuple[int, bytes] | EngineError | None


class _Fetching:
    """Reads engines' speech into short queues; leaving it lets go of what was not read."""

    def __init__(self, speak: Speak) -> None:
        self._speak = speak
        self._tasks = TaskScope("speech")

    async def __aenter__(self) -> _Fetching:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tasks.close()

    def begin(self, text: str) -> asyncio.Queue[_Piece]:
        queue: asyncio.Queue[_Piece] = asyncio.Queue(WAITING_PIECES)
        self._tasks.start(self._fetch(text, queue), "fetch")
        return queue

    async def _fetch(self, text: str, queue: asyncio.Queue[_Piece]) -> None:
        try:
            stream = await self._speak(text)
            async with aclosing(samples_of(stream.chunks)) as pieces:
                async for piece in pieces:
                    await queue.put(piece)
        except EngineError as error:
            await queue.put(error)
        else:
            await queue.put(None)


async def samples_of(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[tuple[int, bytes], None]:
    """Rate and samples of a WAV that is still being made; whole samples only.

    Raises:
        EngineBadResponse: it is no mono WAV of 16 bit.
    """
    head, rate, rest = b"", 0, b""
    async with aclosing(chunks):
        async for chunk in chunks:
            if not rate:
                head += chunk
                found = wav_stream.read_header(head)
                if found is None:
                    if len(head) > LONGEST_HEADER:
                        raise EngineBadResponse("speech without a header")
                    continue
                if (found.channels, found.bits) != (1, 16):
                    raise EngineBadResponse("speech that is not mono of 16 bit")
                rate, rest = found.rate, head[found.start : found.start + found.size]
            else:
                rest += chunk
            if whole := len(rest) - len(rest) % wav_stream.BYTES_PER_SAMPLE:
                yield rate, rest[:whole]
                rest = rest[whole:]
    if not rate:
        raise EngineBadResponse("speech without sound")


class _Resampler:
    """Straight lines between samples: for the rare clip of another engine within one answer."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._step = rate / wanted
        self._at = 0.0
        self._last = np.zeros(0, dtype=np.float32)

    def feed(self, pcm: bytes) -> bytes:
        samples = np.concatenate([self._last, np.frombuffer(pcm, dtype="<i2").astype(np.float32)])
        if len(samples) < 2:
            self._last = samples
            return b""
        places = np.arange(self._at, len(samples) - 1, self._step)
        made = np.interp(places, np.arange(len(samples)), samples)
        end = self._at + len(places) * self._step
        kept = len(samples) - 1
        self._last, self._at = samples[kept:], end - kept
        return bytes(made.round().astype("<i2").tobytes())
