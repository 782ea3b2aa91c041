"""Playback: one sound on its way to the loudspeaker, handed out as the device asks for it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import numpy as np

from kiosk.audio.resampler import Resampler
from kiosk.errors import KioskError, LocalCode

LONGEST_SECONDS = 180.0
"""No answer is longer. More is refused: what comes from outside has an end."""
LOOK_SECONDS = 0.25


class Playback:
    """``run``, ``stop``, ``pause`` and ``resume`` belong to the loop, ``pull`` to PortAudio's thread. What comes late
    is bridged by silence, which does not count as played."""

    def __init__(self, rate: int, channels: int) -> None:
        self.rate = rate
        self.channels = channels
        self.latency = 0.0
        """Seconds from handing a block over to its being heard."""
        self._loop = asyncio.get_running_loop()
        self._resampler: Resampler | None = None
        self._data = bytearray()
        self._at = 0
        self._whole = self._paused = self._stopped = False
        self._ended = asyncio.Event()
        self._limit: asyncio.Timeout | None = None
        self._asked = time.monotonic()
        self._begun_at: float | None = None

    def convert(self, resampler: Resampler, rate: int, channels: int) -> None:
        """The device takes another rate. Before ``run``."""
        self._resampler, self.rate, self.channels = resampler, rate, channels

    async def run(self, chunks: AsyncIterator[bytes], stuck_seconds: float, tail_seconds: float) -> None:
        """Play ``chunks`` (interleaved s16) to their end and for ``tail_seconds`` more, or until ``stop``.

        Raises:
            TimeoutError: the device asked for nothing for ``stuck_seconds``.
            KioskError: what ``chunks`` raises; bad_answer: more than ``LONGEST_SECONDS``.
        """
        if self._stopped:
            return
        self._asked = time.monotonic()
        try:
            async with asyncio.timeout(None) as limit:
                self._limit = limit
                self._look(stuck_seconds)
                async for chunk in chunks:
                    self._add(chunk)
                self._whole = True
                await self._ended.wait()
                await asyncio.sleep(tail_seconds)
        except TimeoutError:
            if not self._stopped:
                raise
        finally:
            self._limit = None

    def stop(self) -> None:
        """From the next block on there is silence; ``run`` comes back. Idempotent."""
        self._stopped = True
        self._end_now()

    def pause(self) -> None:
        """Silence from the next block on; nothing is lost."""
        self._paused = True

    def resume(self) -> None:
        """On from where ``pause`` came."""
        self._paused = False

    @property
    def played_ms(self) -> int:
        """What was heard of it: handed over, less what the device still holds."""
        ago = time.monotonic() - self._asked
        held = 0.0 if self._paused else max(0.0, self.latency - ago)
        return max(0, round(1000 * (self._seconds(self._at) - held)))

    @property
    def ready_ms(self) -> int:
        """What is there and was not handed over yet."""
        return round(1000 * self._seconds(len(self._data) - self._at))

    @property
    def left_ms(self) -> int:
        """The same, and a minute more while it is still being made."""
        return self.ready_ms + (0 if self._whole else 60_000)

    @property
    def begun_at(self) -> float | None:
        """When its first sample was heard, on the monotonic clock."""
        return self._begun_at

    def pull(self, count: int) -> tuple[bytes, bool]:
        """``count`` samples of each channel, and whether there will be more."""
        self._asked = time.monotonic()
        size = count * 2 * self.channels
        if self._stopped or self._paused:
            return bytes(size), not self._stopped
        end = self._whole  # before the length is looked at: nothing is added after it
        ready = len(self._data) - self._at
        take = min(size, ready - ready % (2 * self.channels))
        piece = bytes(self._data[self._at : self._at + take])
        self._at += take
        if take and self._begun_at is None:
            self._begun_at = self._asked + self.latency
        if end and ready <= size:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits
                self._loop.call_soon_threadsafe(self._ended.set)
            return piece + bytes(size - take), False
        return piece + bytes(size - take), True

    def _add(self, pcm: bytes) -> None:
        if self._resampler is not None:
            mono = np.frombuffer(self._resampler.feed(pcm), dtype="<i2")
            pcm = np.repeat(mono, self.channels).tobytes()
        if self._seconds(len(self._data) + len(pcm)) > LONGEST_SECONDS:
            raise KioskError(LocalCode.BAD_ANSWER)
        self._data += pcm

    def _look(self, stuck_seconds: float) -> None:
        if self._limit is None:
            return
        if time.monotonic() - self._asked > stuck_seconds:
            self._end_now()
        else:
            self._loop.call_later(LOOK_SECONDS, self._look, stuck_seconds)

    def _end_now(self) -> None:
        if self._limit is not None:
            self._limit.reschedule(self._loop.time())

    def _seconds(self, size: int) -> float:
        return size / (2 * self.channels * self.rate)
