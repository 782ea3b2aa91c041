"""FarEnd: what the loudspeaker was given, on the microphone's own line of time."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import numpy.typing as npt

from kiosk.audio.interfaces import SAMPLE_RATE, Played
from kiosk.audio.resampler import Resampler
from kiosk.audio.time_line import TimeLine

KEPT_SECONDS = 4.0
"""So much may have been handed out ahead of what the microphone delivered, and so much is remembered."""
JOINED_SECONDS = 0.5
"""Blocks handed out at most so late are one sound: a thread was busy, the device went on."""
FOLLOWED_SECONDS = 0.004
"""Where the time of either device moved by more, the reference moves with it: an echo before its reference cannot be
taken out at all."""
LEAD_SECONDS = 0.015
"""So much before it is heard, where the device holds twice as much, a reference is laid: both devices tell their time
to a few ms only, and an echo that seems to come before its reference cannot be taken out at all."""
SHAKEN_SECONDS = 0.4
"""So long after a sound began, or its device ran empty, a canceller has still to find its way."""
AUDIBLE_SECONDS = 0.3
"""So long after the last sound an echo of it may come back from the room."""


class FarEnd:
    """A ring of 16 kHz samples by the time just before they are heard, where the device tells that, or else at which
    they were handed to it; several sounds at once are added.

    One thread. Times are in seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._size = round(KEPT_SECONDS * SAMPLE_RATE)
        self._ring: npt.NDArray[np.float64] = np.zeros(self._size)
        self._sources: dict[Hashable, _Source] = {}
        self._taken: int | None = None
        self._loud_until = -self._size
        self._shaken_until = -self._size

    def played(self, source: Hashable, block: Played) -> None:
        """Blocks of one ``source`` come in order."""
        known = self._sources.get(source)
        now = _place(block.at if block.heard_at is None else block.heard_at)
        if known is None or not known.goes_on(block, now):
            known = _Source(block, now)
            self._sources = {name: one for name, one in self._sources.items() if one.next > now - self._size}
            self._sources[source] = known
        before = known.next
        sound, begin = known.taken(block)
        if begin != before or known.new:
            known.new = False
            self._shaken_until = max(self._shaken_until, begin + round(SHAKEN_SECONDS * SAMPLE_RATE))
        if self._taken is not None:
            # What comes too late, or too far ahead, is no reference for anything.
            skip = max(0, self._taken - begin)
            sound, begin = sound[skip : skip + max(0, self._taken + self._size - begin - skip)], begin + skip
        else:
            sound = sound[: self._size]
        if sound.size:
            self._ring[np.arange(begin, begin + sound.size) % self._size] += sound
            if np.abs(sound).max() > 1:
                self._loud_until = max(self._loud_until, begin + sound.size)

    def take(self, at: float, samples: int) -> bytes:
        """What was played in the ``samples`` before ``at``. Each place is given once."""
        place = _place(at) - samples
        if self._taken is None or abs(place - self._taken) > FOLLOWED_SECONDS * SAMPLE_RATE:
            self._skip_to(place)
        begin = self._taken if self._taken is not None else place
        places = np.arange(begin, begin + samples) % self._size
        sound = self._ring[places]
        self._ring[places] = 0.0
        self._taken = begin + samples
        return bytes(np.clip(np.rint(sound), -32_768, 32_767).astype("<i2").tobytes())

    @property
    def audible(self) -> bool:
        """Something was to be heard just before what was taken last, or is."""
        return self._taken is not None and self._loud_until + AUDIBLE_SECONDS * SAMPLE_RATE > self._taken

    @property
    def shaken(self) -> bool:
        """What was taken last is from the beginning of a sound, or from just behind a gap in it."""
        return self._taken is not None and self._shaken_until > self._taken

    def _skip_to(self, place: int) -> None:
        if self._taken is not None and place > self._taken:
            gone = np.arange(self._taken, min(place, self._taken + self._size)) % self._size
            self._ring[gone] = 0.0
        self._taken = place


class _Source:
    def __init__(self, block: Played, begin: int) -> None:
        self._form = (block.rate, block.channels)
        self._resampler = Resampler(block.rate, block.channels)
        self._line = TimeLine(ahead=True)
        self._lead: float | None = None
        """Seconds; None: its device has told no moment yet."""
        self.new = True
        self.next = begin

    def taken(self, block: Played) -> tuple[npt.NDArray[np.float64], int]:
        """The block at 16 kHz, and its place. Where the device had to wait for it, it is heard later."""
        moved = self._late(block)
        told = block.heard_at is not None
        if (abs(moved) if told else moved) > FOLLOWED_SECONDS * SAMPLE_RATE:
            self.next += moved
        sound = np.frombuffer(self._resampler.feed(block.pcm), dtype="<i2").astype(np.float64)
        begin = self.next
        self.next += sound.size
        return sound, begin

    def _late(self, block: Played) -> int:
        """Samples, after the place where the block before it ended."""
        if block.heard_at is not None:
            if self._lead is None:
                self._lead = min(LEAD_SECONDS, max(0.0, block.heard_at - block.at) / 2)
            return _place(block.heard_at - self._lead) - self.next
        if self._lead is not None:  # for once it does not tell: it has run empty
            return _place(block.at) - self.next
        end = self._line.end_of(block.seconds, block.at + block.seconds)
        return _place(end - block.seconds) - self.next

    def goes_on(self, block: Played, now: int) -> bool:
        ahead = self.next - now
        late, early = -JOINED_SECONDS * SAMPLE_RATE, KEPT_SECONDS / 2 * SAMPLE_RATE
        return self._form == (block.rate, block.channels) and late <= ahead <= early


def _place(at: float) -> int:
    return round(at * SAMPLE_RATE)
