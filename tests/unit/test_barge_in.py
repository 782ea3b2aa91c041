"""What a sound does to the kiosk's own words: first by its figures, then with real sound through the real canceller."""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import numpy as np
import pytest

from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_SAMPLES, SAMPLE_RATE, Heard, Played, SoundInput
from kiosk.audio.room import Room
from kiosk.audio.silero import SileroDetector
from kiosk.audio.voice_activity import EndpointRules
from kiosk.audio.webrtc import WebRtcCanceller
from kiosk.services.barge_in import LONGEST_SECONDS, Interruption, Verdict, is_back_channel, judged
from kiosk.services.http_line import HttpLine
from kiosk.services.line import Line
from kiosk.services.open_ear import OpenEar
from shared.voice import VoiceAnalysisResponse
from tests.fakes.flaky_backend import FlakyBackend
from tools.sound_scenes import SPEAKERS, Sound, at_level, babble, cough, echoed, hiss, pcm, silence, spoken

SHORT = Interruption(0.3, ended=True, words=None, hears_ahead=True, left_ms=5_000, seconds=0.6)


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (SHORT, Verdict.WAIT),
        (replace(SHORT, hears_ahead=False), Verdict.GO_ON),
        (replace(SHORT, hears_ahead=False, left_ms=900), Verdict.STOP),
        (replace(SHORT, hears_ahead=False, ended=False), Verdict.WAIT),
        (replace(SHORT, words="네네"), Verdict.GO_ON),
        (replace(SHORT, words="네", left_ms=900), Verdict.STOP),
        (replace(SHORT, words="아니요"), Verdict.STOP),
        (replace(SHORT, words="아니요", ended=False), Verdict.WAIT),
        (replace(SHORT, words=""), Verdict.GO_ON),
        (replace(SHORT, words=" ... "), Verdict.GO_ON),
        (replace(SHORT, seconds=LONGEST_SECONDS), Verdict.GO_ON),
        (replace(SHORT, voiced_seconds=0.8, ended=False), Verdict.STOP),
        (replace(SHORT, voiced_seconds=0.8, words="네네네네"), Verdict.GO_ON),
    ],
)
def test_verdicts(one: Interruption, verdict: Verdict) -> None:
    assert judged(one) is verdict


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("네네", True),
        ("음...", True),
        ("네, 네.", True),
        ("Uh-huh", True),
        ("네 맞아요", False),
        ("아니", False),
        ("", False),
    ],
)
def test_back_channels(words: str, is_one: bool) -> None:
    assert is_back_channel(words) is is_one


class Scene(SoundInput):
    """A customer and a room as a microphone hears them, with what comes back of the loudspeaker; that is silent while
    ``kiosk`` is held."""

    def __init__(self, near: Sound, far: Sound, echo: Sound, kiosk: Kiosk) -> None:
        self._near, self._far, self._echo = near, far.copy(), echo.copy()
        self._kiosk = kiosk
        self._front = FrontEnd(SileroDetector(), WebRtcCanceller(), SileroDetector())

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncIterator[Heard]]:
        yield self._deliver()

    async def _deliver(self) -> AsyncIterator[Heard]:
        for n in range(len(self._near) // FRAME_SAMPLES):
            begin, end = n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES
            if self._kiosk.held:
                self._far[end : end + FRAME_SAMPLES] = 0
                self._echo[end + STILL_PLAYED : end + STILL_PLAYED + FRAME_SAMPLES] = 0
            self._front.played("voice", Played(pcm(self._far[begin:end]), SAMPLE_RATE, 1, end / SAMPLE_RATE))
            for heard in self._front.feed(pcm(self._near[begin:end] + self._echo[begin:end]), end / SAMPLE_RATE):
                self._kiosk.now = end / SAMPLE_RATE
                yield heard


class Kiosk:
    """Answers what was ordered, and speaks until it gives way. ``events``: what the ear did, by the second of the
    scene."""

    left_ms = 60_000

    def __init__(self) -> None:
        self.taken = self.held = False
        self.now = 0.0
        self.events: list[tuple[str, float]] = []

    def opened(self) -> None:
        pass

    def loud(self, _level: float) -> None:
        pass

    def overdriven(self) -> None:
        self._note("overdriven")

    def pausing(self, *, pausing: bool) -> None:
        pass

    def hearing(self, words: str) -> None:
        pass

    def hold(self) -> None:
        self.held = True
        self._note("hold")

    def go_on(self) -> None:
        self.held = False
        self._note("go on")

    def give_way(self) -> None:
        self.taken = False
        self._note("give way")

    def said(self, *_what: object) -> None:
        self.taken = True
        self._note("said")

    def of(self, kind: str) -> list[float]:
        return [at for name, at in self.events if name == kind]

    def _note(self, kind: str) -> None:
        self.events.append((kind, self.now))


def line() -> Line:
    """Hears nothing ahead; nobody asks it anything else here."""

    async def converse(*_sentence: object) -> VoiceAnalysisResponse:
        raise AssertionError("nothing is said to the backend here")

    return HttpLine(FlakyBackend(), converse)


INTERRUPTED = 9.0
STILL_PLAYED = 4_800
"""Samples that are still in the device and in the room when the kiosk falls silent: 0.3 s."""
ANSWER = "딸기 생크림 케이크 두 개를 담았어요. 더 필요하신 것이 있으신가요? 없으시면 결제를 도와드릴게요."


async def happened(sound: Sound | None, seed: int, room: Sound | None = None) -> Kiosk:
    """The customer has ordered and the kiosk answers; ``sound`` comes at ``INTERRUPTED`` s into it."""
    order = at_level(spoken("프렌치 디너 하나 주세요", SPEAKERS[seed % len(SPEAKERS)]), -22.0)
    answer = at_level(spoken(ANSWER, SPEAKERS[1]), -20.0)
    far = np.concatenate([silence(4.0), answer, silence(0.3), answer, silence(2.0)])
    near = hiss(len(far), seed)
    near[SAMPLE_RATE // 2 :][: len(order)] += order
    if sound is not None:
        near[round(INTERRUPTED * SAMPLE_RATE) :][: len(sound)] += sound
    if room is not None:
        near += room
    kiosk = Kiosk()
    echo = echoed(far, 60 + 30 * seed, 3.0 * seed, seed)
    await OpenEar(Scene(near, far, echo, kiosk), line, kiosk, Room(), EndpointRules(patience=None)).run()
    return kiosk


@pytest.mark.parametrize("seed", range(1, 5))
async def test_the_kiosk_does_not_interrupt_itself(seed: int) -> None:
    kiosk = await happened(None, seed)
    assert [name for name, _ in kiosk.events] == ["said"]


async def test_a_customer_stops_it_within_300_ms_and_is_answered() -> None:
    after = []
    for n, speaker in enumerate(SPEAKERS):
        words = "no wait make it two" if speaker.voice.startswith("en") else "아니요 치즈 케이크로 바꿔 주세요"
        kiosk = await happened(at_level(spoken(words, speaker), -22.0), 1 + n % 5)
        assert kiosk.of("give way"), speaker
        assert len(kiosk.of("said")) == 2
        after.append(kiosk.of("hold")[0] - INTERRUPTED)
    assert min(after) > 0
    assert statistics.median(after) <= 0.2
    assert sum(late > 0.3 for late in after) <= 1, "a first syllable that the kiosk itself is louder than"


@pytest.mark.parametrize("words", ["네네", "음"])
@pytest.mark.parametrize("seed", range(1, 4))
async def test_a_listeners_yes_does_not_or_it_goes_on_within_2_s(words: str, seed: int) -> None:
    kiosk = await happened(at_level(spoken(words, SPEAKERS[seed]), -22.0), seed)
    assert not kiosk.of("give way")
    assert all(back - held < 2.0 for held, back in zip(kiosk.of("hold"), kiosk.of("go on"), strict=True))


@pytest.mark.parametrize("level", [-20.0, -12.0])
@pytest.mark.parametrize("seed", range(1, 4))
async def test_a_cough_does_not_or_it_goes_on_within_2_s(seed: int, level: float) -> None:
    kiosk = await happened(cough(seed, level), seed)
    assert not kiosk.of("give way")
    assert all(back - held < 2.0 for held, back in zip(kiosk.of("hold"), kiosk.of("go on"), strict=True))


@pytest.mark.parametrize("below", [10, 15, 20])
async def test_the_room_does_not(below: float) -> None:
    samples = round(4.0 * SAMPLE_RATE) + 2 * len(spoken(ANSWER, SPEAKERS[1])) + round(2.3 * SAMPLE_RATE)
    kiosk = await happened(None, 2, babble(samples, 7, -22.0 - below))
    assert not kiosk.of("give way")
    assert len(kiosk.of("said")) == 1
