"""From the microphone's blocks to clean frames: echo, halves of a block, clipping, a dead device, no canceller."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.audio.far_end import FarEnd
from kiosk.audio.front_end import FrontEnd, level_of
from kiosk.audio.interfaces import FRAME_BYTES, SAMPLE_RATE, Heard, Played
from kiosk.audio.room import Gate, Room
from kiosk.audio.silero import SileroDetector
from kiosk.audio.voice_activity import WITHIN, Endpointer, EndpointRules
from kiosk.audio.webrtc import WebRtcCanceller, new_canceller
from tests.fakes.sound_devices import FakeCanceller, FakeDetector
from tools.sound_scenes import SPEAKERS, Sound, at_level, echoed, hiss, pcm, silence, spoken

NOON = 1_000.0


def ramp(samples: int) -> bytes:
    return np.arange(1, samples + 1, dtype="<i2").tobytes()


def taken(far: FarEnd, seconds: float, begin: float = NOON) -> np.ndarray:
    steps = range(round(seconds * 100))
    return np.frombuffer(b"".join(far.take(begin + (n + 1) / 100, 160) for n in steps), dtype="<i2")


def test_the_reference_has_the_microphones_time() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    far.played("voice", Played(ramp(320), SAMPLE_RATE, 1, NOON + 0.01))
    sound = taken(far, 0.1)
    first = int(np.flatnonzero(sound)[0])
    assert abs(first - 160) < 40
    assert len(np.flatnonzero(sound)) == pytest.approx(320, abs=32)


def test_blocks_handed_out_in_a_hurry_are_one_sound() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    for n in range(3):
        far.played("voice", Played(pcm(np.full(640, 1000.0)), SAMPLE_RATE, 1, NOON + n / 1000))
    sound = taken(far, 0.2)
    assert len(np.flatnonzero(np.abs(sound) > 500)) == pytest.approx(3 * 640, abs=40)


def test_two_loudspeakers_at_once_are_added() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    for source in ("voice", "chime"):
        far.played(source, Played(pcm(np.full(3200, 1000.0)), SAMPLE_RATE, 1, NOON))
    assert int(np.median(taken(far, 0.15)[64:])) == 2000


def test_stereo_at_another_rate_is_as_long() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    for n in range(5):
        far.played("voice", Played(pcm(np.full(2 * 882, 900.0)), 22_050, 2, NOON + n * 0.04))
    assert len(np.flatnonzero(np.abs(taken(far, 0.4)) > 450)) == pytest.approx(0.2 * SAMPLE_RATE, abs=40)


def test_what_is_handed_out_for_minutes_ahead_takes_no_room() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    for n in range(200):
        far.played("voice", Played(ramp(16_000), SAMPLE_RATE, 1, NOON + n / 1000))
    assert taken(far, 1.0).size == SAMPLE_RATE


def test_a_microphone_that_was_gone_for_a_while_gets_nothing_old() -> None:
    far = FarEnd()
    taken(far, 0.1, NOON - 0.1)
    far.played("voice", Played(pcm(np.full(1600, 1000.0)), SAMPLE_RATE, 1, NOON))
    assert not taken(far, 0.1, NOON + 3.0).any()
    assert not taken(far, 4.0, NOON + 3.1).any()


def blocks(sound: Sound, samples: int = 160) -> Iterator[tuple[bytes, float]]:
    whole = pcm(sound)
    for at in range(0, len(sound) - samples + 1, samples):
        yield whole[2 * at : 2 * (at + samples)], NOON + (at + samples) / SAMPLE_RATE


def through(front: FrontEnd, near: Sound, far: Sound | None = None) -> list[Heard]:
    """As at a kiosk: the loudspeaker is handed 40 ms at a time, the microphone gives 10."""
    heard = []
    for n, (block, at) in enumerate(blocks(near)):
        if far is not None and n % 4 == 0:
            front.played("voice", Played(pcm(far[n * 160 : n * 160 + 640]), SAMPLE_RATE, 1, at - 0.01))
        heard += front.feed(block, at)
    return heard


def test_frames_are_whole_and_in_order_whatever_the_blocks() -> None:
    whole = ramp(3_000)
    for size in (2, 320, 333 * 2, 2_048, len(whole)):
        front = FrontEnd(FakeDetector())
        frames = []
        for at in range(0, len(whole), size):
            frames += front.feed(whole[at : at + size], NOON + at / 2 / SAMPLE_RATE)
        assert b"".join(frame.pcm for frame in frames) == whole[: len(frames) * FRAME_BYTES]
        assert len(frames) == 9


def test_a_dead_and_an_overdriven_microphone_are_noticed() -> None:
    zeros = through(FrontEnd(FakeDetector()), silence(0.5))
    assert all(frame.dead for frame in zeros)
    assert zeros[0].level == -100
    loud = through(FrontEnd(FakeDetector()), at_level(spoken("네 맞아요"), 6.0))
    assert sum(frame.clipped for frame in loud) > len(loud) / 4
    fair = through(FrontEnd(FakeDetector()), at_level(spoken("네 맞아요"), -22.0) + hiss(len(spoken("네 맞아요")), 1))
    assert not any(frame.clipped or frame.dead for frame in fair)


def test_level() -> None:
    assert level_of(b"") == level_of(bytes(640)) == -100
    assert level_of(pcm(np.full(320, 32_767.0))) == pytest.approx(0, abs=0.1)
    assert level_of(pcm(np.full(320, 327.67))) == pytest.approx(-40, abs=0.1)


def test_without_a_canceller_nothing_is_heard_while_the_kiosk_speaks() -> None:
    front = FrontEnd(FakeDetector())
    speech = np.full(3 * SAMPLE_RATE, 3_000.0)
    far = np.concatenate([silence(1.0), speech[:SAMPLE_RATE], silence(1.0)])
    heard = through(front, speech, far)
    said = [frame.speech > 0.5 for frame in heard]
    assert all(said[5:45])
    assert not any(said[60:100])
    assert all(said[-20:])


def test_a_platform_without_the_library_goes_on_without(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "livekit"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "livekit", None)
    assert new_canceller() is None


def test_the_canceller_gets_as_much_of_both_sides_and_the_delay() -> None:
    canceller = FakeCanceller()
    front = FrontEnd(FakeDetector(), canceller)
    front.latencies(0.03, 0.05)
    through(front, silence(1.0), np.full(SAMPLE_RATE, 500.0))
    assert canceller.delay_ms == 80
    assert len(canceller.far) == 2 * SAMPLE_RATE


ANSWER = "딸기 생크림 케이크 두 개를 담았어요. 더 필요하신 것이 있으신가요? 없으시면 결제를 도와드릴게요."
PATHS = [(60, 0.0, 1), (90, 6.0, 2), (150, 12.0, 3), (200, 20.0, 4), (120, -6.0, 5), (250, 3.0, 6)]
"""Delay in ms, loss in dB, room."""


def answers(count: int) -> Sound:
    answer = at_level(spoken(ANSWER, SPEAKERS[1]), -20.0)
    return np.concatenate([silence(0.5), *(piece for _ in range(count) for piece in (answer, silence(1.0)))])


def turns(heard: list[Heard], gate: Gate) -> list[float]:
    """When a customer's turn began."""
    begun: list[float] = []
    endpointer = Endpointer(EndpointRules(patience=None))
    for n, frame in enumerate(heard):
        within = endpointer.phase in WITHIN
        voiced = gate.voiced(frame, in_turn=within)
        phase = endpointer.feed(frame.pcm, voiced=voiced, masked=frame.echo)
        if phase in WITHIN and not within:
            begun.append(n * 0.02)
        if phase not in WITHIN and within:
            endpointer = Endpointer(EndpointRules(patience=None))
    return begun


@pytest.mark.parametrize(("delay_ms", "loss_db", "room"), PATHS)
def test_the_kiosk_does_not_answer_itself(delay_ms: float, loss_db: float, room: int) -> None:
    far = answers(2)
    near = echoed(far, delay_ms, loss_db, room) + hiss(len(far), room)
    heard = through(FrontEnd(SileroDetector(), WebRtcCanceller(), SileroDetector()), near, far)
    assert turns(heard, Gate(Room())) == []


@pytest.mark.parametrize(("delay_ms", "loss_db", "room"), PATHS[:4])
def test_a_customer_is_heard_over_the_kiosks_own_voice(delay_ms: float, loss_db: float, room: int) -> None:
    far = answers(2)
    begin = 9.0
    sentence = at_level(spoken("아니요 치즈 케이크로 바꿔 주세요", SPEAKERS[2]), -22.0)
    near = echoed(far, delay_ms, loss_db, room) + hiss(len(far), room)
    near[round(begin * SAMPLE_RATE) :][: len(sentence)] += sentence
    heard = through(FrontEnd(SileroDetector(), WebRtcCanceller(), SileroDetector()), near, far)
    begun = turns(heard, Gate(Room()))
    assert begun
    assert begin < begun[0] < begin + 0.3
