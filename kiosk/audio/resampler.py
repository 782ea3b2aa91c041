"""Any rate to any other, in pieces: for microphones without 16 kHz, loudspeakers without the voice's rate, and the
reference of the echo canceller."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kiosk.audio.interfaces import SAMPLE_RATE

_HALF = 16
"""Input samples on each side of a place that its value is made of, at the same or a higher output rate."""
_PHASES = 256
_PASS = 0.9
"""Of the lower of the two Nyquist frequencies: 7.2 kHz at 16 kHz."""

Samples = npt.NDArray[np.float64]


class Resampler:
    """Windowed sinc in 256 phases; state goes on from piece to piece. Takes about 3 ms for a second of speech."""

    def __init__(self, rate: int, channels: int, wanted: int = SAMPLE_RATE) -> None:
        """``rate`` and ``wanted`` in Hz, above 0; ``channels`` (above 0) are averaged: the output is mono."""
        self._channels = channels
        self._step = rate / wanted
        half = max(1, round(_HALF * max(1.0, self._step)))
        self._taps = _kernel(half, _PASS * min(1.0, 1 / self._step))
        self._offsets = np.arange(-half + 1, half + 1)
        self._history: Samples = np.zeros(2 * half)
        self._half = half
        self._next = float(half)
        self._odd = b""

    def feed(self, pcm: bytes) -> bytes:
        """Interleaved s16 in, mono s16 out; the output lags by 16 samples of the lower rate. A cut sample is finished
        by the next piece."""
        pcm = self._odd + pcm
        whole = len(pcm) // (2 * self._channels) * 2 * self._channels
        self._odd = pcm[whole:]
        if not whole:
            return b""
        mono = np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float64).reshape(-1, self._channels).mean(axis=1)
        joined = np.concatenate((self._history, mono))
        count = max(0, int(np.ceil((joined.size - self._half - self._next) / self._step)))
        places = self._next + self._step * np.arange(count)
        self._next += self._step * count
        kept = min(joined.size, int(self._next) - self._half)
        self._history = joined[kept:]
        self._next -= kept
        if not count:
            return b""
        at = np.floor(places).astype(np.int64)
        phase = np.minimum(np.rint((places - at) * _PHASES).astype(np.int64), _PHASES)
        around = joined[at[:, None] + self._offsets[None, :]]
        return as_pcm(np.einsum("ij,ij->i", around, self._taps[phase]))


def as_pcm(sound: Samples) -> bytes:
    """s16, little endian; what is too large is cut off."""
    return bytes(np.clip(np.rint(sound), -32_768, 32_767).astype("<i2").tobytes())


def _kernel(half: int, cutoff: float) -> Samples:
    """One row a phase; row ``p`` gives the value ``p / _PHASES`` behind a sample. ``cutoff`` of the input's Nyquist."""
    fractions = np.arange(_PHASES + 1)[:, None] / _PHASES
    distance = np.arange(-half + 1, half + 1)[None, :] - fractions
    taps = np.sinc(cutoff * distance) * np.cos(np.pi * distance / (2 * half + 1)) ** 2
    kernel: Samples = taps / taps.sum(axis=1, keepdims=True)
    return kernel
