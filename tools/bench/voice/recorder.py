"""What was to be heard on the stage, of customer and kiosk on one clock: when one ended, and the other began."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from kiosk.audio.interfaces import SAMPLE_RATE
from tools.sound_scenes import Sound
from tools.sound_stage import SoundStage

_FRAME = 4
_PIECE = SAMPLE_RATE // 50 * _FRAME
_AUDIBLE = 100
"""Of 32,768. The loudspeaker's side of the stage is silent but for what the kiosk says."""
_LOOK_SECONDS = 0.01
_TAIL = SAMPLE_RATE // 2
_LIKE = 0.6
"""Of the energy that was played."""


class Recorder:
    """Samples are numbered from the beginning; all is in memory, 64 kB a second."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._begun_at = float("inf")

    @property
    def now(self) -> int:
        """The sample that comes next."""
        return len(self._data) // _FRAME

    def at(self, sample: int) -> float:
        """When it was played, in s of ``time.monotonic()``; late by what the recorder needs, about 20 ms at most."""
        return self._begun_at + sample / SAMPLE_RATE

    def add(self, piece: bytes) -> None:
        """In the recorder's thread."""
        self._data += piece
        # The piece that was least late on its way tells best when the recording began.
        self._begun_at = min(self._begun_at, time.monotonic() - self.now / SAMPLE_RATE)

    def customer(self, begin: int, end: int | None = None) -> Sound:
        """What went to the microphone."""
        return self._samples(begin, end)[:, 0]

    def kiosk(self, begin: int, end: int | None = None) -> Sound:
        """What came from the loudspeaker."""
        return self._samples(begin, end)[:, 1]

    def end_of(self, sound: Sound, begin: int) -> int:
        """The sample behind the last one of ``sound``, played once since ``begin``, whatever noise it was played in.

        Raises:
            LookupError: its last half second is not there as it was played: this machine could not keep up.
        """
        last = sound[-_TAIL:]
        heard = self.customer(begin)
        if heard.size < last.size:
            raise LookupError("the recording is shorter than the sentence")
        size = 1 << (heard.size + last.size).bit_length()
        product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(last, size))
        likeness = np.fft.irfft(product, size)[: heard.size - last.size + 1]
        place = int(np.argmax(likeness))
        if likeness[place] < _LIKE * float(np.dot(last, last)):
            raise LookupError("the end of the sentence is not in the recording")
        return begin + place + last.size

    def first_sound(self, begin: int, end: int | None = None) -> int | None:
        """The first sample from ``begin`` on that can be heard of the kiosk."""
        loud = np.flatnonzero(np.abs(self.kiosk(begin, end)) > _AUDIBLE)
        return begin + int(loud[0]) if loud.size else None

    def last_sound(self, begin: int, end: int | None = None) -> int | None:
        """The last one."""
        loud = np.flatnonzero(np.abs(self.kiosk(begin, end)) > _AUDIBLE)
        return begin + int(loud[-1]) if loud.size else None

    def loud_ms(self, begin: int, end: int | None = None) -> float:
        """How much can be heard of the kiosk, in pieces of 10 ms."""
        size = SAMPLE_RATE // 100
        heard = np.abs(self.kiosk(begin, end))
        return 10.0 * int((heard[: heard.size // size * size].reshape(-1, size).max(axis=1) > _AUDIBLE).sum())

    async def sound(self, begin: int, seconds: float) -> int | None:
        """``first_sound``, waited for."""
        give_up_at = time.monotonic() + seconds
        while (first := self.first_sound(begin)) is None and time.monotonic() < give_up_at:  # noqa: ASYNC110 -- a thread
            await asyncio.sleep(_LOOK_SECONDS)
        return first

    async def quiet(self, seconds: float, limit: float = 30.0) -> None:
        """Until the kiosk has been silent for so long.

        Raises:
            TimeoutError: it never is.
        """
        give_up_at = time.monotonic() + limit
        while self.first_sound(max(0, self.now - round(seconds * SAMPLE_RATE))) is not None:
            if time.monotonic() > give_up_at:
                raise TimeoutError("the kiosk does not fall silent")
            await asyncio.sleep(_LOOK_SECONDS)

    def _samples(self, begin: int, end: int | None) -> Sound:
        stop = self.now if end is None else min(end, self.now)
        # A copy: the buffer cannot grow while a view of it is held.
        piece = bytes(self._data[begin * _FRAME : max(begin, stop) * _FRAME])
        return np.frombuffer(piece, dtype="<i2").astype(np.float64).reshape(-1, 2)


@contextmanager
def recording(stage: SoundStage) -> Iterator[Recorder]:
    """From now on, until the context ends. ``stage`` has one clock.

    Raises:
        RuntimeError: nothing is recorded.
    """
    recorder, process = Recorder(), stage.both_ears()
    thread = threading.Thread(target=_listen, args=(process.stdout, recorder), daemon=True)
    thread.start()
    try:
        give_up_at = time.monotonic() + 10.0
        while recorder.now < SAMPLE_RATE // 2:
            if time.monotonic() > give_up_at:
                raise RuntimeError("the recorder records nothing")
            time.sleep(_LOOK_SECONDS)
        yield recorder
    finally:
        process.terminate()
        process.wait(5)
        thread.join(5)
        if process.stdout is not None:
            process.stdout.close()


def _listen(source: object, recorder: Recorder) -> None:
    read = source.read  # type: ignore[attr-defined] # a pipe
    rest = b""
    while piece := read(_PIECE):
        whole = rest + piece
        cut = len(whole) // _FRAME * _FRAME
        recorder.add(whole[:cut])
        rest = whole[cut:]
