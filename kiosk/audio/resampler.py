"""Any rate to 16 kHz mono, in pieces, for microphones that do not offer it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kiosk.audio.interfaces import SAMPLE_RATE

_TAPS = 63
_CUTOFF_HZ = 7_200.0


class Resampler:
    """Low-pass (windowed sinc, 7.2 kHz), then linear interpolation; state goes on from piece to piece.

    Linear interpolation is enough here: after the low-pass the input is at least 2.7 times oversampled.
    """

    def __init__(self, rate: int, channels: int) -> None:
        """``rate`` in Hz, above 16,000; ``channels`` are averaged."""
        self._channels = channels
        self._step = rate / SAMPLE_RATE
        self._next = 0.0
        middle = np.arange(_TAPS) - (_TAPS - 1) / 2
        taps = np.sinc(2 * _CUTOFF_HZ / rate * middle) * np.hamming(_TAPS)
        self._taps: npt.NDArray[np.float64] = taps / taps.sum()
        self._history: npt.NDArray[np.float64] = np.zeros(_TAPS - 1)
        self._last = np.zeros(1)

    def feed(self, pcm: bytes) -> bytes:
        """Interleaved s16 in, mono s16 at 16 kHz out; the output lags by about 1 ms."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
        mono = samples.reshape(-1, self._channels).mean(axis=1)
        if not mono.size:
            return b""
        joined = np.concatenate((self._history, mono))
        self._history = joined[-(_TAPS - 1) :]
        # One sample of the last piece stays in front, so that a place between two pieces can be interpolated.
        smooth = np.concatenate((self._last, np.convolve(joined, self._taps, mode="valid")))
        self._last = smooth[-1:]
        end = smooth.size - 1
        count = max(0, int(np.ceil((end - self._next) / self._step)))
        places = self._next + self._step * np.arange(count)
        self._next = self._next + self._step * count - end
        wanted = np.interp(places, np.arange(smooth.size), smooth)
        return bytes(np.clip(np.rint(wanted), -32768, 32767).astype("<i2").tobytes())
