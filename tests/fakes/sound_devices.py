"""Ears, mouths and detectors that do what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from kiosk.audio.front_end import level_of
from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SECONDS, Canceller, Heard, SoundInput, SoundOutput, SpeechDetector
from kiosk.errors import KioskError

SPEECH = b"\x10\x10" * (FRAME_BYTES // 2)
SILENCE = bytes(FRAME_BYTES)


class FakeDetector(SpeechDetector):
    """A window is speech when it is not all zeros."""

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, window: bytes) -> float:
        return 0.95 if any(window) else 0.02

    def reset(self) -> None:
        self.resets += 1


class FakeCanceller(Canceller):
    """Takes the loudspeaker away sample by sample, as if the room added nothing."""

    def __init__(self) -> None:
        self.far = b""
        self.delay_ms = 0

    def clean(self, near: bytes, far: bytes, delay_ms: int) -> bytes:
        self.far += far
        self.delay_ms = delay_ms
        return bytes(a ^ b if a == b else a for a, b in zip(near, far, strict=True))


def heard(pcm: bytes, **more: bool) -> Heard:
    """A frame as the front end gives it: speech when it is not all zeros."""
    return Heard(pcm, 0.95 if any(pcm) else 0.02, level_of(pcm), **more)


class FakeMicrophone(SoundInput):
    """A microphone into which a test speaks. ``trouble``: refused on opening. Whoever opens it speaks for
    ``at_once`` s right away."""

    def __init__(self, at_once: float = 0.0) -> None:
        self.trouble: KioskError | None = None
        self.open_now = False
        self.times = 0
        self._at_once = at_once
        self._frames: asyncio.Queue[Heard | KioskError] = asyncio.Queue()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncIterator[Heard]]:
        self.times += 1
        if self.trouble is not None:
            raise self.trouble
        self._frames = asyncio.Queue()
        self.open_now = True
        self.hear(SILENCE, 0.1)
        self.hear(SPEECH, self._at_once)
        try:
            yield self._deliver()
        finally:
            self.open_now = False

    def hear(self, frame: bytes, seconds: float) -> None:
        """``frame`` again and again, for so long."""
        for _ in range(round(seconds / FRAME_SECONDS)):
            self._frames.put_nowait(heard(frame))

    def give(self, frames: Iterable[Heard]) -> None:
        """These, as a front end made them."""
        for frame in frames:
            self._frames.put_nowait(frame)

    def speak(self, seconds: float = 1.0) -> None:
        """And fall silent for a second."""
        self.hear(SPEECH, seconds)
        self.hear(SILENCE, 1.0)

    async def empty(self) -> None:
        """All of it was listened to."""
        while not self._frames.empty():  # noqa: ASYNC110 -- a queue that nobody joins
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.02)

    def fail(self, error: KioskError) -> None:
        """The device goes away."""
        self._frames.put_nowait(error)

    async def _deliver(self) -> AsyncIterator[Heard]:
        while True:
            item = await self._frames.get()
            if isinstance(item, KioskError):
                raise item
            yield item
            await asyncio.sleep(0)


class WholeOutput(SoundOutput):
    """What is the same for every double: a stream is played as one sound, a pause is only noted."""

    paused = False
    form = (0, 0)
    played_ms = 0
    left_ms = 60_000
    begun_at: float | None = None

    async def play_stream(self, chunks: AsyncIterator[bytes], rate: int, channels: int = 1) -> None:
        self.form = (rate, channels)
        await self.play(b"".join([chunk async for chunk in chunks]))

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False


class FakeOutput(WholeOutput):
    """Plays until ``over`` or ``stop``."""

    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.playing = False
        self.error: KioskError | None = None
        self.at_once = True
        self._done = asyncio.Event()

    async def play(self, wav: bytes) -> None:
        if self.error is not None:
            raise self.error
        self.played.append(wav)
        if self.at_once:
            return
        self._done.clear()
        self.playing = True
        try:
            await self._done.wait()
        finally:
            self.playing = False

    def over(self) -> None:
        self._done.set()

    def stop(self) -> None:
        self._done.set()
