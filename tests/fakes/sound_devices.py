"""Ears, mouths and detectors that do what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from kiosk.audio.front_end import level_of
from kiosk.audio.interfaces import FRAME_BYTES, Canceller, Heard, SoundInput, SoundOutput, SpeechDetector
from kiosk.audio.listener import Ear, Utterance
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


class FakeInput(SoundInput):
    """Delivers ``frames``, then fails with ``then`` or waits for ever. ``open_now`` tells whether it records."""

    def __init__(
        self, frames: Iterable[bytes], then: KioskError | None = None, refuse: KioskError | None = None
    ) -> None:
        self._frames = tuple(frames)
        self._then = then
        self._refuse = refuse
        self.open_now = False
        self.opened = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncIterator[Heard]]:
        if self._refuse is not None:
            raise self._refuse
        self.open_now = True
        self.opened += 1
        try:
            yield self._deliver()
        finally:
            self.open_now = False

    async def _deliver(self) -> AsyncIterator[Heard]:
        for frame in self._frames:
            yield heard(frame)
        if self._then is not None:
            raise self._then
        await asyncio.Event().wait()


class FakeEar(Ear):
    """Hears ``wav``, which ends in ``quiet_seconds`` of silence, when ``speak`` or ``finish`` is called, or fails with
    ``error``."""

    def __init__(self, wav: bytes = b"RIFF") -> None:
        self.wav = wav
        self.quiet_seconds = 0.0
        self.error: KioskError | None = None
        self.listening = False
        self.times = 0
        self._said = asyncio.Event()

    async def listen(self, on_open: Callable[[], None], on_level: Callable[[float], None]) -> Utterance:
        self.times += 1
        self._said.clear()
        self.listening = True
        try:
            if self.error is not None:
                raise self.error
            on_open()
            on_level(0.5)
            await self._said.wait()
        finally:
            self.listening = False
        return Utterance(self.wav, self.quiet_seconds)

    def speak(self) -> None:
        self._said.set()

    def finish(self) -> None:
        self._said.set()


class WholeOutput(SoundOutput):
    """What is the same for every double: a stream is played as one sound, a pause is only noted."""

    paused = False
    form = (0, 0)
    played_ms = 0
    left_ms = 0

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
