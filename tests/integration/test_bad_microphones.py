"""Microphones as shops have them, from PortAudio's blocks to the backend: one rate only, stereo, unplugged in the
middle of a sentence, set too loud, and left open in a noisy room."""

from __future__ import annotations

import io
import tracemalloc
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np
import pytest

from kiosk.audio.front_end import FrontEnd
from kiosk.audio.interfaces import FRAME_SAMPLES, SAMPLE_RATE, Heard
from kiosk.audio.microphone import Microphone
from kiosk.audio.overdrive import Overdrive
from kiosk.audio.resampler import Resampler
from kiosk.audio.room import Room
from kiosk.audio.silero import SileroDetector
from kiosk.audio.turn_watch import Change, TurnWatch
from kiosk.audio.voice_activity import EndpointRules
from kiosk.audio.webrtc import new_canceller
from kiosk.errors import LocalCode
from kiosk.services.http_line import HttpLine
from kiosk.services.line import Elapsed
from kiosk.services.talk import Talk
from kiosk.services.voice_snapshot import VoiceState
from shared.voice import Transcription, VoiceAnalysisResponse
from tests.fakes.flaky_backend import FlakyBackend
from tests.fakes.portaudio import FakeAudio, FakeDriver
from tests.fakes.sound_devices import FakeOutput
from tests.support.waiting import until
from tools.sound_scenes import SPEAKERS, Sound, at_level, babble, hiss, pcm, pink, silence, spoken

WORDS = "딸기 생크림 케이크 두 개 주세요"


class Listener(FlakyBackend):
    """Keeps what it was given to hear, as seconds and samples."""

    def __init__(self) -> None:
        super().__init__()
        self.recordings: list[Sound] = []

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        with wave.open(io.BytesIO(wav)) as reader:
            assert (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (SAMPLE_RATE, 1, 2)
            self.recordings.append(np.frombuffer(reader.readframes(reader.getnframes()), "<i2").astype(np.float64))
        return await super().transcribe(wav, language, elapsed=elapsed)


@dataclass
class Shop:
    audio: FakeAudio
    rate: int
    channels: int
    backend: Listener = field(default_factory=Listener)
    sentences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        microphone = Microphone(FakeDriver(self.audio), lambda: FrontEnd(SileroDetector(), new_canceller()))
        line = HttpLine(self.backend, self._converse)
        self.talk = Talk(self.backend, lambda: line, microphone, FakeOutput())

    async def _converse(self, sentence: str, elapsed: Elapsed) -> VoiceAnalysisResponse:
        self.sentences.append(sentence)
        return await self.backend.analyze(sentence, "session-0000000001", elapsed=elapsed())

    async def press(self) -> None:
        """The microphone is open: a device gives something from the first moment on."""
        times = len(self.audio.callbacks)
        self.talk.press()
        await until(lambda: len(self.audio.callbacks) > times)
        self.hear(hiss(SAMPLE_RATE // 5, 1))
        await until(lambda: self.talk.snapshot.ready)

    def hear(self, sound: Sound) -> None:
        """As the device gives it, 20 ms at a time; what it cannot hold is cut off."""
        mono = np.frombuffer(Resampler(SAMPLE_RATE, 1, self.rate).feed(pcm(sound)), "<i2")
        block = self.rate // 50
        for at in range(0, mono.size, block):
            piece = np.repeat(mono[at : at + block], self.channels).tobytes()
            self.audio.callbacks[-1](piece, block, None, 0)


@asynccontextmanager
async def shop(rate: int, channels: int) -> AsyncIterator[Shop]:
    here = Shop(FakeAudio(rate, channels), rate, channels)
    here.backend.known_tokens.add("token")
    here.backend.sign_in("token")
    try:
        yield here
    finally:
        await here.talk.close()


def sentence(level: float = -22.0) -> Sound:
    sound = np.concatenate([silence(0.4), at_level(spoken(WORDS, SPEAKERS[0]), level), silence(1.0)])
    return sound + hiss(sound.size, 3)


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (48_000, 1), (48_000, 2), (44_100, 2)])
async def test_a_sentence_into_a_device_that_knows_one_rate_only(rate: int, channels: int) -> None:
    async with shop(rate, channels) as here:
        await here.press()
        here.hear(sentence())
        await until(lambda: here.talk.snapshot.turn == 1)
        (heard,) = here.backend.recordings
        said = spoken(WORDS, SPEAKERS[0])
        assert len(said) < len(heard) < len(said) + 1.2 * SAMPLE_RATE
        assert not here.talk.snapshot.overdriven


async def test_the_device_vanishes_in_mid_sentence_and_returns() -> None:
    async with shop(48_000, 2) as here:
        await here.press()
        here.hear(sentence()[: round(1.2 * SAMPLE_RATE)])
        await until(lambda: here.talk.busy)
        await until(lambda: here.talk.snapshot.state is VoiceState.IDLE)  # nothing comes any more
        error = here.talk.snapshot.error
        assert error is not None
        assert error.code is LocalCode.MICROPHONE_LOST
        assert here.sentences == []
        await here.press()
        here.hear(sentence())
        await until(lambda: here.talk.snapshot.turn == 1)
        assert here.talk.snapshot.error is None
        assert len(here.backend.recordings) == 1


async def test_a_microphone_that_is_set_too_loud_is_noticed_and_the_customer_is_heard_all_the_same() -> None:
    async with shop(16_000, 1) as here:
        await here.press()
        for turn in (1, 2):
            here.hear(sentence(level=6.0))
            await until(lambda turn=turn: here.talk.snapshot.turn == turn)  # type: ignore[misc]  # binds turn
        assert here.talk.snapshot.overdriven
        here.talk.reset()
        assert not here.talk.snapshot.overdriven


def test_a_shout_is_no_overdriven_microphone() -> None:
    overdrive = Overdrive()
    assert not any(overdrive.feed(clipped=n < 20) for n in range(400))
    assert not any(overdrive.feed(clipped=n % 5 == 0) for n in range(400))
    assert any(overdrive.feed(clipped=n % 3 == 0) for n in range(200))


@pytest.mark.parametrize("noise", ["babble", "pink", "hiss"])
def test_in_ten_minutes_of_noise_every_turn_ends_and_nothing_grows(noise: str) -> None:
    """20 s through the real front end, over and over: what decides about turns sees ten minutes of it."""
    samples = 20 * SAMPLE_RATE
    sound = {"babble": babble(samples, 1, -25.0), "pink": pink(samples, 1, -20.0), "hiss": hiss(samples, 1)}[noise]
    front = FrontEnd(SileroDetector(), new_canceller())
    frames: list[Heard] = []
    for at in range(0, samples, FRAME_SAMPLES):
        frames += front.feed(pcm(sound[at : at + FRAME_SAMPLES]), (at + FRAME_SAMPLES) / SAMPLE_RATE)
    rules = EndpointRules(patience=None)
    watch = TurnWatch(Room(), rules)
    longest = length = ended = 0
    held: list[int] = []
    tracemalloc.start()
    try:
        for n in range(30 * len(frames)):
            change = watch.feed(frames[n % len(frames)])
            length = length + 1 if watch.speaking else 0
            longest = max(longest, length)
            if change is Change.ENDED:
                ended += 1
                watch.again()
            if n % (10 * len(frames)) == len(frames):
                watch.again()
                held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert longest * 0.02 <= rules.longest
    assert max(held) - held[0] < 200_000, "bytes"
    if noise == "hiss":
        assert ended == 0
