"""Where an utterance begins and ends, the level, the resampler, and the listener around them."""

from __future__ import annotations

import asyncio
import math
from array import array
from itertools import pairwise

import pytest

from kiosk.audio.interfaces import FRAME_BYTES, FRAME_SECONDS
from kiosk.audio.listener import Listener
from kiosk.audio.resampler import Resampler
from kiosk.audio.speaker import read_wav
from kiosk.audio.voice_activity import Endpointer, EndpointRules, Phase, as_wav, level_of
from kiosk.errors import KioskError, LocalCode
from tests.fakes.sound_devices import SILENCE, SPEECH, FakeDetector, FakeInput


def frames(seconds: float, kind: bytes) -> list[bytes]:
    return [kind] * round(seconds / FRAME_SECONDS)


def fed(*pieces: list[bytes], rules: EndpointRules | None = None) -> Endpointer:
    endpointer = Endpointer(FakeDetector(), rules)
    for piece in pieces:
        for frame in piece:
            endpointer.feed(frame)
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
    assert fed(frames(0.5, SPEECH)).finish() is Phase.ENDED


def test_level() -> None:
    assert level_of(SILENCE) == 0.0
    assert level_of(b"") == 0.0
    assert level_of(array("h", [32767, -32767] * 256).tobytes()) == 1.0
    quiet, loud = (level_of(array("h", [size, -size] * 256).tobytes()) for size in (300, 3000))
    assert 0 < quiet < loud < 1


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (44_100, 2), (32_000, 1)])
def test_resampled_sound_keeps_its_pitch_and_length_in_any_pieces(rate: int, channels: int) -> None:
    hertz, seconds = 1_000, 1.0
    tone = array("h")
    for at in range(round(rate * seconds)):
        tone.extend([round(10_000 * math.sin(2 * math.pi * hertz * at / rate))] * channels)
    resampler = Resampler(rate, channels)
    raw, out, at = tone.tobytes(), b"", 0
    size = 700 * channels * 2
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


async def test_the_listener_closes_the_microphone_before_it_answers() -> None:
    microphone = FakeInput([*frames(0.2, SILENCE), *frames(1.0, SPEECH), *frames(1.0, SILENCE)])
    levels: list[float] = []
    opened: list[bool] = []
    listener = Listener(microphone, FakeDetector)
    utterance = await listener.listen(lambda: opened.append(microphone.open_now), levels.append)
    assert read_wav(utterance.wav).seconds > 1.5
    assert 0.7 <= utterance.quiet_seconds < 0.8
    assert opened == [True]
    assert not microphone.open_now
    assert len(levels) > 30


@pytest.mark.parametrize(
    ("microphone", "code"),
    [
        (FakeInput([], refuse=KioskError(LocalCode.NO_MICROPHONE)), LocalCode.NO_MICROPHONE),
        (FakeInput(frames(0.5, SPEECH), then=KioskError(LocalCode.MICROPHONE_LOST)), LocalCode.MICROPHONE_LOST),
        (FakeInput(frames(7.0, SILENCE)), LocalCode.SPEECH_NOT_HEARD),
    ],
)
async def test_the_listener_fails(microphone: FakeInput, code: LocalCode) -> None:
    with pytest.raises(KioskError) as raised:
        await Listener(microphone, FakeDetector).listen(lambda: None, lambda _: None)
    assert raised.value.code is code
    assert not microphone.open_now


async def test_cancelled_listening_closes_the_microphone() -> None:
    microphone = FakeInput(frames(0.1, SILENCE))
    opened = asyncio.Event()
    listening = asyncio.create_task(Listener(microphone, FakeDetector).listen(opened.set, lambda _: None))
    await opened.wait()
    assert microphone.open_now
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert not microphone.open_now
