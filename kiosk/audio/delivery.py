"""How an answer is spoken to this customer: louder or more slowly than the voice came from its engine."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

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
        sound = np.frombuffer(pcm, dtype="<i2").astype(np.float64).reshape(-1, channels)
        slow = np.stack([_stretched(sound[:, n], SLOWER_EACH**self.slower, rate) for n in range(channels)], axis=1)
        return _written(_amplified(slow, LOUDER_EACH**self.louder), rate)


def _amplified(sound: Samples, gain: float) -> Samples:
    """Louder without the crackling of samples cut off: what would be too large is bent under full scale."""
    if gain <= 1.0:
        return sound * gain
    return np.tanh(sound / _FULL_SCALE * gain) * _FULL_SCALE


def _stretched(sound: Samples, speed: float, rate: int) -> Samples:
    """Slower at the same pitch: overlapped pieces, each taken where it fits best on the one before (WSOLA, Verhelst
    and Roelands 1993). Sound shorter than a piece stays as it is."""
    frame, search = round(rate * _FRAME_SECONDS), round(rate * _SEARCH_SECONDS)
    hop = frame // 2
    if speed == 1.0 or len(sound) < frame + hop + 2 * search:
        return sound
    window = np.hanning(2 * hop + 1)[:-1]
    pieces = int((len(sound) - 2 * hop - hop - search) / (hop * speed))
    out = np.zeros((pieces + 2) * hop)
    at = 0
    for n in range(pieces):
        out[n * hop : n * hop + 2 * hop] += sound[at : at + 2 * hop] * window
        wanted = sound[at + hop : at + 2 * hop]
        middle = round((n + 1) * hop * speed)
        first = max(0, middle - search)
        around = sound[first : min(len(sound) - hop, middle + search) + hop]
        if len(around) < hop or middle + 2 * hop > len(sound):
            break
        at = min(first + int(np.argmax(np.correlate(around, wanted, mode="valid"))), len(sound) - 2 * hop)
    out[:hop] /= np.maximum(window[:hop], 0.1)
    return out


def _written(sound: Samples, rate: int) -> bytes:
    whole = io.BytesIO()
    with wave.open(whole, "wb") as writer:
        writer.setnchannels(sound.shape[1])
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(np.clip(np.rint(sound), -32_768, 32_767).astype("<i2").tobytes())
    return whole.getvalue()
