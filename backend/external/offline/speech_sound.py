"""A recording made ready for the decoder: where speech is, its level, and the quiet around it. Samples are 16 kHz.

The decoder takes the mean of the whole recording from each frame of it, so much silence bends every sound. Measured
on short answers in three voices: 54 % right as recorded, 92 % with what ``ready`` does.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt
import pocketsphinx

from backend.external.offline.audio_codec import HEARING_RATE, MAX_SECONDS

_VAD_SECONDS = 0.03
_MIN_SPEECH_SECONDS = 0.18
_MAY_BE_SPEECH_SECONDS = 0.24
"""Measured with the loosest detector: rooms, hum and hiss up to -37 dB give 0.18 s at most (while it gets used to
them), "네", "응", "둘" and "no" at -34 to -39 dB give 0.30 s or more."""
_FRAME = HEARING_RATE // 100
_SPEECH_LEVEL = 2_000.0
_NOISE_LEVEL = 60.0
"""Under everything, 30 dB below speech: the model knows rooms, not the emptiness of a synthetic voice's pauses."""
_PAUSE_SECONDS = 0.03
_PAUSE_SHARE = 0.08
"""A longer sentence may have a longer pause at each end without bending the mean."""
_QUIETEST_SHARE = 0.02
_OVER_NOISE = 2.0
_FRAMES_BEFORE = 3
_FRAMES_AFTER = 4


def has_speech(pcm: bytes) -> bool:
    """Whether anybody spoke for 0.18 s or more."""
    return sum(_speaking(pcm, pocketsphinx.Vad.MEDIUM_STRICT)) * _VAD_SECONDS >= _MIN_SPEECH_SECONDS


def may_be_speech(pcm: bytes) -> bool:
    """Whether anybody may have spoken. Looser than ``has_speech``: a soft "응" is speech, and so is loud noise."""
    wanted = math.ceil(_MAY_BE_SPEECH_SECONDS / _VAD_SECONDS)
    # The rest is not looked at: in most recordings somebody speaks within the first half second.
    return sum(1 for _ in islice(filter(None, _frames(pcm, pocketsphinx.Vad.LOOSE)), wanted)) == wanted


def spoken_seconds(pcm: bytes) -> float:
    """From the first to the last sound that may be speech."""
    speaking = _speaking(pcm, pocketsphinx.Vad.LOOSE)
    if True not in speaking:
        return 0.0
    first, last = speaking.index(True), len(speaking) - 1 - speaking[::-1].index(True)
    return (last - first + 1) * _VAD_SECONDS


def _speaking(pcm: bytes, mode: int) -> list[bool]:
    return list(_frames(pcm, mode))


def _frames(pcm: bytes, mode: int) -> Iterator[bool]:
    """For each frame of ``_VAD_SECONDS`` whether it may be speech."""
    vad = pocketsphinx.Vad(mode=mode, sample_rate=HEARING_RATE, frame_length=_VAD_SECONDS)
    size = vad.frame_bytes
    return (vad.is_speech(pcm[at : at + size]) for at in range(0, len(pcm) - size + 1, size))


def ready(pcm: bytes) -> bytes:
    """``pcm`` without offset and without the quiet before and after, at one level, in a little room noise."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    samples = _spoken(samples - samples.mean())
    samples *= _SPEECH_LEVEL / max(1.0, float(np.sqrt(np.mean(samples**2))))
    pause = np.zeros(int(HEARING_RATE * _PAUSE_SECONDS + len(samples) * _PAUSE_SHARE))
    whole = np.concatenate((pause, samples, pause))
    whole += _NOISE_LEVEL * _noise()[: len(whole)]
    return np.clip(whole, -32_768, 32_767).astype("<i2").tobytes()


def _spoken(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """From just before the first to just after the last frame that is louder than what is quiet in this recording."""
    count = len(samples) // _FRAME
    if count <= _FRAMES_BEFORE:
        return samples
    levels = np.sqrt(np.mean(samples[: count * _FRAME].reshape(count, _FRAME) ** 2, axis=1))
    loudest = float(levels.max())
    # Where there is no quiet at all, the quietest tenth is speech too: it may not raise the bar by much.
    quiet = min(_OVER_NOISE * float(np.percentile(levels, 10)), 0.1 * loudest)
    loud = np.flatnonzero(levels > max(quiet, _QUIETEST_SHARE * loudest))
    if not len(loud):
        return samples
    return samples[max(0, int(loud[0]) - _FRAMES_BEFORE) * _FRAME : (int(loud[-1]) + _FRAMES_AFTER) * _FRAME]


@functools.cache
def _noise() -> npt.NDArray[np.float64]:
    """Of level 1, the same every time: what is heard twice is heard the same."""
    seconds = MAX_SECONDS * (1 + 2 * _PAUSE_SHARE) + 2 * _PAUSE_SECONDS + 1
    return np.random.default_rng(1).standard_normal(int(HEARING_RATE * seconds))
