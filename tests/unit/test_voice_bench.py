"""The ruler of ``make bench-voice``: a recording in which it is known where everything is."""

from __future__ import annotations

import numpy as np
import pytest

from shared.voice_stream import Span
from tools.bench.voice.recorder import Recorder
from tools.bench.voice.report import Spans, in_ms, p95, span_table, table
from tools.sound_scenes import Sound, pcm

RATE = 16_000
RNG = np.random.default_rng(7)
SENTENCE: Sound = np.convolve(RNG.standard_normal(RATE), np.hanning(5), mode="same") * 1500


def recorder(customer: Sound, kiosk: Sound) -> Recorder:
    both = np.stack([customer, kiosk], axis=1).ravel()
    made = Recorder()
    made.add(pcm(both[: RATE * 2]))
    made.add(pcm(both[RATE * 2 :]))
    return made


def padded(sound: Sound, begin: int, size: int) -> Sound:
    whole = np.zeros(size)
    whole[begin : begin + sound.size] = sound
    return whole


@pytest.mark.parametrize("noise", [0.0, 400.0, 1500.0])
def test_where_a_sentence_ended_is_found_in_noise_and_to_the_sample(noise: float) -> None:
    customer = padded(SENTENCE, 5_000, 3 * RATE) + RNG.standard_normal(3 * RATE) * noise
    assert recorder(customer, np.zeros(3 * RATE)).end_of(SENTENCE, 100) == 5_000 + RATE


def test_a_sentence_with_a_hole_in_its_end_is_none() -> None:
    customer = padded(SENTENCE, 5_000, 3 * RATE)
    customer[5_000 + RATE - 4_000 : 5_000 + RATE] = 0.0
    with pytest.raises(LookupError):
        recorder(customer, np.zeros(3 * RATE)).end_of(SENTENCE, 0)


def test_the_first_and_the_last_of_the_kiosks_sound() -> None:
    heard = recorder(np.zeros(RATE * 2), padded(np.full(1_000, 3_000.0), 9_000, RATE * 2))
    assert heard.now == RATE * 2
    assert (heard.first_sound(0), heard.first_sound(9_500), heard.first_sound(10_000)) == (9_000, 9_500, None)
    assert (heard.last_sound(0), heard.last_sound(0, 9_100), heard.last_sound(0, 8_000)) == (9_999, 9_099, None)


def test_a_goal_is_missed_by_the_median_and_by_a_turn_that_failed() -> None:
    assert in_ms("a", "", "", 200, [100, 150, 900]).met
    assert not in_ms("a", "", "", 149, [100, 150, 900]).met
    assert not in_ms("a", "", "", 200, [100, 150], failed=1).met
    assert not in_ms("a", "", "", 200, [], failed=2).met
    assert p95([1.0] * 19 + [5.0]) == 1.0
    assert "| MISSED |" in table([in_ms("a", "1", "2", 10, [11.0])])
    assert "+12 ms" in table([in_ms("a", "1", "2", 50, [12.0], sign="+")])


def test_spans_of_a_row_without_turns_are_left_out() -> None:
    turn = dict.fromkeys(Span, 10.0)
    assert span_table([Spans("none"), Spans("some", [turn])]).count("\n") == 2
