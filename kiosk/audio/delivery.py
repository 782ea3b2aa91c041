"""How an answer is spoken to this customer: louder or more slowly than the voice came from its engine."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kiosk.audio.resampler import as_pcm

STEPS = 3
"""So often louder, or slower, may be asked for; more would only distort."""
LOUDER_EACH = 1.6
"""About 4 dB each time: a step that is clearly heard."""
SLOWER_EACH = 0.85
"""Of the speed before, each time."""
_FRAME_SECONDS = 0.04
_SEARCH_SECONDS = 0.01
_FULL_SCALE = 32_767.0

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Delivery:
    """``louder`` and ``slower``: how often that was asked for, up to ``STEPS``; below 0 quieter, and faster."""

    louder: int = 0
    slower: int = 0

    def raised(self) -> Delivery:
        return replace(self, louder=min(STEPS, self.louder + 1))

    def slowed(self) -> Delivery:
        return replace(self, slower=min(STEPS, self.slower + 1))

    def lowered(self) -> Delivery:
        return replace(self, louder=max(-STEPS, self.louder - 1))

    def hurried(self) -> Delivery:
        return replace(self, slower=max(-STEPS, self.slower - 1))

    def applied(self, wav: bytes) -> bytes:
        """``wav`` (PCM of 16 bit) as it is to be played. What is no such WAV comes back as it is: the speaker says so.

        Takes about 4 ms for a second of speech: an answer is not for the event loop.
        """
        if self == Delivery():
            return wav
        try:
            with wave.open(io.BytesIO(wav)) as reader:
                rate, channels, width = reader.getframerate(), reader.getnchannels(), reader.getsampwidth()
                pcm = reader.readframes(reader.getnframes())
        except (wave.Error, EOFError):
            return wav
        if width != 2 or not pcm:
            return wav
        stream = DeliveryStream(self, rate, channels)
        return _written(stream.feed(pcm) + stream.flush(), rate, channels)

    async def stream(self, chunks: AsyncIterator[bytes], rate: int, channels: int) -> AsyncIterator[bytes]:
        """The same for interleaved s16 that is still being made; about 60 ms of it are held back where it is slower."""
        if self == Delivery():
            async for chunk in chunks:
                yield chunk
            return
        stream = DeliveryStream(self, rate, channels)
        async for chunk in chunks:
            if changed := stream.feed(chunk):
                yield changed
        yield stream.flush()


class DeliveryStream:
    """One sound in pieces of any size."""

    def __init__(self, delivery: Delivery, rate: int, channels: int) -> None:
        self._gain = LOUDER_EACH**delivery.louder
        self._stretcher = _Stretcher(SLOWER_EACH**delivery.slower, rate, channels)
        self._width = 2 * channels
        self._cut = b""

    def feed(self, pcm: bytes) -> bytes:
        """Interleaved s16 in and out. A cut sample is finished by the next piece."""
        pcm = self._cut + pcm
        whole = len(pcm) // self._width * self._width
        self._cut = pcm[whole:]
        sound = np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float64).reshape(-1, self._width // 2)
        return as_pcm(_amplified(self._stretcher.feed(sound), self._gain))

    def flush(self) -> bytes:
        """What was held back, at the end."""
        return as_pcm(_amplified(self._stretcher.flush(), self._gain))


def _amplified(sound: Samples, gain: float) -> Samples:
    """Louder without the crackling of samples cut off: what would be too large is bent under full scale."""
    if gain <= 1.0:
        return sound * gain
    return np.tanh(sound / _FULL_SCALE * gain) * _FULL_SCALE


class _Stretcher:
    """Slower or faster at the same pitch: overlapped pieces, each taken where it fits best on the one before (WSOLA,
    Verhelst and Roelands 1993). Samples are rows of channels. Sound shorter than a piece stays as it is."""

    def __init__(self, speed: float, rate: int, channels: int) -> None:
        self._speed = speed
        self._hop = round(rate * _FRAME_SECONDS) // 2
        self._search = round(rate * _SEARCH_SECONDS)
        self._window = np.hanning(2 * self._hop + 1)[:-1, None]
        self._sound: Samples = np.zeros((0, channels))
        self._first = 0
        """Where in the whole the sound that is kept begins; ``_at``: where the piece begins that was taken last."""
        self._at = 0
        self._pieces = 0

    def feed(self, sound: Samples) -> Samples:
        if self._speed == 1.0:
            return sound
        self._sound = np.concatenate((self._sound, sound))
        made = []
        while self._first + len(self._sound) >= max(self._at, self._middle + self._search) + 2 * self._hop:
            made.append(self._next())
        return np.concatenate(made) if made else self._sound[:0]

    def flush(self) -> Samples:
        """Nothing fits behind the last piece: it goes on as it is."""
        begin = self._at + self._hop if self._pieces else 0
        return self._sound[max(0, begin - self._first) :]

    @property
    def _middle(self) -> int:
        """Where the next piece would begin if it need not fit."""
        return round(self._pieces * self._hop * self._speed)

    def _next(self) -> Samples:
        """The second half of the piece before, faded into the first half of the one that fits best; the very first half
        as it is."""
        hop = self._hop
        if not self._pieces:
            self._pieces = 1
            return self._part(0)
        before = self._part(self._at + hop)
        first = max(self._first, self._middle - self._search)
        around = self._sound[first - self._first : self._middle + self._search + hop - self._first].mean(axis=1)
        self._at = first + int(np.argmax(np.correlate(around, before.mean(axis=1), mode="valid")))
        made = before * self._window[hop:] + self._part(self._at) * self._window[:hop]
        self._pieces += 1
        kept = max(0, min(self._at, self._middle - 2 * self._search) - self._first)
        self._sound, self._first = self._sound[kept:], self._first + kept
        return made

    def _part(self, begin: int) -> Samples:
        return self._sound[begin - self._first : begin - self._first + self._hop]


def _written(pcm: bytes, rate: int, channels: int) -> bytes:
    whole = io.BytesIO()
    with wave.open(whole, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return whole.getvalue()
