"""Where an utterance begins and ends, the level, and the resampler."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SECONDS
from kiosk.audio.resampler import Resampler
from kiosk.audio.speaker import read_wav
from kiosk.audio.voice_activity import Endpointer, EndpointRules, Phase, Wait, as_wav, meter
from kiosk.errors import KioskError, LocalCode
from tests.fakes.sound_devices import SILENCE, SPEECH


def frames(seconds: float, kind: bytes) -> list[bytes]:
    return [kind] * round(seconds / FRAME_SECONDS)


def fed(*pieces: list[bytes], rules: EndpointRules | None = None) -> Endpointer:
    endpointer = Endpointer(rules)
    for piece in pieces:
        for frame in piece:
            endpointer.feed(frame, voiced=any(frame))
    return endpointer


def test_an_utterance_has_its_pre_roll_and_ends_after_the_silence() -> None:
    endpointer = fed(frames(1.0, SILENCE), frames(1.0, SPEECH), frames(1.0, SILENCE))
    assert endpointer.phase is Phase.ENDED
    seconds = len(endpointer.utterance()) / FRAME_BYTES * FRAME_SECONDS
    assert seconds == pytest.approx(0.3 + 1.0 + 0.7, abs=0.1)


def test_a_pause_inside_a_sentence_does_not_end_it() -> None:
    endpointer = fed(frames(1.0, SPEECH), frames(0.5, SILENCE), frames(1.0, SPEECH))
    assert endpointer.phase is Phase.SPEAKING


def test_a_click_is_no_speech() -> None:
    endpointer = fed(frames(0.5, SILENCE), [SPEECH], frames(0.5, SILENCE))
    assert endpointer.phase is Phase.WAITING
    assert endpointer.utterance() == b""


def test_nobody_speaks_for_six_seconds() -> None:
    assert fed(frames(5.9, SILENCE)).phase is Phase.WAITING
    assert fed(frames(6.1, SILENCE)).phase is Phase.NOBODY


def test_no_utterance_is_longer_than_twenty_seconds() -> None:
    endpointer = fed(frames(30.0, SPEECH))
    assert endpointer.phase is Phase.ENDED
    assert len(endpointer.utterance()) / FRAME_BYTES * FRAME_SECONDS <= 20.1


def test_finish() -> None:
    assert fed(frames(0.5, SILENCE)).finish() is Phase.NOBODY
    assert fed(frames(0.5, SPEECH), frames(0.3, SILENCE)).finish() is Phase.ENDED
    assert fed(frames(0.5, SPEECH)).finish() is Phase.ENDED


def test_what_was_said_is_worth_hearing_after_a_tenth_of_a_second() -> None:
    assert fed(frames(1.0, SPEECH), frames(0.08, SILENCE)).phase is Phase.SPEAKING
    paused = fed(frames(1.0, SPEECH), frames(0.1, SILENCE))
    assert paused.phase is Phase.PAUSED
    assert paused.feed(SPEECH, voiced=True) is Phase.SPEAKING


@pytest.mark.parametrize(
    ("wait", "seconds"), [(Wait.SHORT, 0.25), (Wait.KNOWN, 0.55), (Wait.MIDDLE, 0.7), (Wait.LONG, 0.8)]
)
def test_the_wait_is_as_long_as_the_words_ask_for(wait: Wait, seconds: float) -> None:
    endpointer = fed(frames(1.0, SPEECH), frames(0.1, SILENCE))
    endpointer.expect(wait)
    while endpointer.feed(SILENCE, voiced=False) is not Phase.ENDED:
        assert endpointer.quiet_seconds < 1
    assert endpointer.quiet_seconds == pytest.approx(seconds, abs=FRAME_SECONDS)


def test_words_heard_late_end_the_turn_at_once() -> None:
    endpointer = fed(frames(1.0, SPEECH), frames(0.4, SILENCE))
    endpointer.expect(Wait.SHORT)
    assert endpointer.feed(SILENCE, voiced=False) is Phase.ENDED


def test_what_the_words_were_is_void_once_the_customer_goes_on() -> None:
    endpointer = fed(frames(1.0, SPEECH), frames(0.1, SILENCE))
    endpointer.expect(Wait.SHORT)
    endpointer.feed(SPEECH, voiced=True)
    endpointer.expect(Wait.SHORT)  # of the pause before: too late
    for frame in frames(0.5, SILENCE):
        endpointer.feed(frame, voiced=False)
    assert endpointer.phase is Phase.PAUSED


def test_a_row_of_clicks_is_no_speech() -> None:
    endpointer = fed(*([SPEECH, SILENCE] for _ in range(60)))
    assert endpointer.phase is Phase.WAITING


def test_how_much_of_it_is_voice() -> None:
    endpointer = fed(frames(0.5, SILENCE), frames(0.3, SPEECH), frames(0.3, SILENCE), frames(0.1, SPEECH))
    assert endpointer.voiced_seconds == pytest.approx(0.4)


def test_the_microphone_of_hands_free_talk_has_all_the_time() -> None:
    assert fed(frames(60.0, SILENCE), rules=EndpointRules(patience=None)).phase is Phase.WAITING


def test_meter() -> None:
    assert (meter(-100.0), meter(-30.0), meter(0.0)) == (0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    ("rate", "channels"), [(48_000, 1), (44_100, 2), (32_000, 1), (22_050, 1), (24_000, 2), (8_000, 1)]
)
def test_resampled_sound_keeps_its_pitch_and_length_in_any_pieces(rate: int, channels: int) -> None:
    hertz, seconds = 1_000, 1.0
    tone = array("h")
    for at in range(round(rate * seconds)):
        tone.extend([round(10_000 * math.sin(2 * math.pi * hertz * at / rate))] * channels)
    resampler = Resampler(rate, channels)
    raw, out, at = tone.tobytes(), b"", 0
    size = 700 * channels * 2 + 1  # cut within a sample
    while at < len(raw):
        out += resampler.feed(raw[at : at + size])
        at += size
    heard = array("h", out)
    assert len(heard) == pytest.approx(16_000 * seconds, abs=40)
    crossings = sum(1 for a, b in pairwise(heard) if a < 0 <= b)
    assert crossings == pytest.approx(hertz * seconds, abs=20)
    assert max(heard) == pytest.approx(10_000, rel=0.05)


def test_resampling_removes_what_would_fold_back() -> None:
    high = array("h", (round(10_000 * math.sin(2 * math.pi * 12_000 * at / 48_000)) for at in range(48_000)))
    heard = array("h", Resampler(48_000, 1).feed(high.tobytes()))
    assert max(map(abs, heard[200:-200])) < 200


def test_wav_there_and_back() -> None:
    assert read_wav(as_wav(SPEECH)).data == SPEECH
    with pytest.raises(KioskError) as raised:
        read_wav(b"not a wav at all")
    assert raised.value.code is LocalCode.BAD_ANSWER
