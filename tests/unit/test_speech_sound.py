"""A recording made ready for the decoder."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from backend.external.offline.audio_codec import HEARING_RATE
from backend.external.offline.speech_sound import has_speech, ready, spoken_seconds

SECOND = HEARING_RATE


def _hum(seconds: float, level: float) -> npt.NDArray[np.float64]:
    wave: npt.NDArray[np.float64] = np.sin(np.arange(int(SECOND * seconds)) * math.tau * 200 / SECOND)
    return level * wave


def _pcm(samples: npt.NDArray[np.float64]) -> bytes:
    return samples.astype("<i2").tobytes()


def _samples(pcm: bytes) -> npt.NDArray[np.float64]:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float64)


@pytest.mark.parametrize("level", [300, 3_000, 30_000])
def test_every_level_becomes_the_same(level: float) -> None:
    middle = _samples(ready(_pcm(_hum(1, level))))[SECOND // 4 : SECOND // 2]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(2_000, rel=0.1)


@pytest.mark.parametrize("silence", [0.0, 0.3, 5.0])
def test_silence_around_makes_no_difference(silence: float) -> None:
    quiet = np.zeros(int(SECOND * silence))
    bare = ready(_pcm(_hum(1, 4_000)))
    around = ready(_pcm(np.concatenate((quiet, _hum(1, 4_000), quiet))))
    assert abs(len(around) - len(bare)) / 2 / SECOND < 0.1


def test_an_offset_is_taken_away() -> None:
    assert abs(_samples(ready(_pcm(_hum(1, 3_000) + 8_000))).mean()) < 20


@pytest.mark.parametrize("pcm", [b"", b"\0\0", bytes(2 * SECOND)])
def test_nothing_stays_nothing(pcm: bytes) -> None:
    assert not has_speech(pcm)
    assert spoken_seconds(pcm) == 0


def test_the_same_recording_is_made_ready_the_same_way() -> None:
    assert ready(_pcm(_hum(0.5, 900))) == ready(_pcm(_hum(0.5, 900)))


def test_the_loudest_samples_do_not_turn_over() -> None:
    click = _hum(2, 10)
    click[SECOND] = 32_000
    assert _samples(ready(_pcm(click))).max() <= 32_767
