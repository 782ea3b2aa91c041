"""Sound made for tests and benches: customers by eSpeak NG, the shop's noise, and a room with a loudspeaker in it.

Everything is 16 kHz mono as numpy arrays in units of s16, and the same for the same seed.
"""

from __future__ import annotations

import functools
import io
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiosk.audio.interfaces import SAMPLE_RATE
from kiosk.audio.resampler import Resampler, as_pcm

Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of eSpeak NG: ``speed`` in words a minute, ``pitch`` 0 to 99."""

    voice: str
    speed: int
    pitch: int

    @property
    def sentences(self) -> Sequence[str]:
        return ENGLISH if self.voice.startswith("en") else KOREAN


SPEAKERS = (
    Speaker("ko", 150, 50),
    Speaker("ko+f3", 170, 55),
    Speaker("ko+m3", 130, 40),
    Speaker("ko+f2", 190, 60),
    Speaker("en-us", 150, 50),
    Speaker("en-gb+f4", 175, 60),
    Speaker("en-us+m7", 140, 45),
    Speaker("ko+m7", 160, 35),
)
KOREAN = (
    "딸기 생크림 케이크 두 개 주세요",
    "네",
    "프렌치 디너 하나랑 와인 하나 더요",
    "아니요 괜찮아요",
    "그랜드 스타일로 해 주세요",
    "초콜릿 케이크 하나 포장이요",
)
ENGLISH = (
    "two chocolate cakes grand style please",
    "yes",
    "one french dinner deluxe",
    "no thank you",
    "add two wines",
    "that's all",
)
LEVEL = -22.0
"""dBFS of a customer in front of the kiosk."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a scene, in seconds from its beginning: from the first to the last voiced sample."""

    begin: float
    end: float
    words: str


@functools.cache
def spoken(words: str, speaker: Speaker = SPEAKERS[0]) -> Sound:
    """``words`` without the silence around them."""
    command = ["espeak-ng", "-v", speaker.voice, "-s", str(speaker.speed), "-p", str(speaker.pitch), "--stdout", words]
    wav = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
    with wave.open(io.BytesIO(wav)) as reader:
        rate, pcm = reader.getframerate(), reader.readframes(reader.getnframes())
    sound = np.frombuffer(Resampler(rate, 1).feed(pcm), dtype="<i2").astype(np.float64)
    loud = np.flatnonzero(np.abs(sound) > 200)
    voice: Sound = sound[loud[0] : loud[-1] + 1]
    return voice


def at_level(sound: Sound, level: float) -> Sound:
    """``sound`` at ``level`` dBFS, measured where it is not silent."""
    active = sound[np.abs(sound) > np.abs(sound).max() / 300]
    scaled: Sound = sound * (32_768 * 10 ** (level / 20) / np.sqrt(np.mean(active**2)))
    return scaled


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * SAMPLE_RATE))


def customers(count: int, seed: int, level: float = LEVEL) -> tuple[Sound, list[Said]]:
    """``count`` sentences of changing voices with 1.6 to 2.4 s between them, after one second of nothing."""
    rng = np.random.default_rng(seed)
    pieces, said = [silence(1.0)], []
    at = len(pieces[0])
    for n in range(count):
        speaker = SPEAKERS[n % len(SPEAKERS)]
        words = speaker.sentences[n % len(speaker.sentences)]
        sound = at_level(spoken(words, speaker), level)
        said.append(Said(at / SAMPLE_RATE, (at + len(sound)) / SAMPLE_RATE, words))
        gap = silence(rng.uniform(1.6, 2.4))
        pieces += [sound, gap]
        at += len(sound) + len(gap)
    return np.concatenate(pieces), said


def hiss(samples: int, seed: int) -> Sound:
    """A quiet room, about -72 dBFS."""
    return np.random.default_rng(seed).standard_normal(samples) * 8


def babble(samples: int, seed: int, level: float) -> Sound:
    """Eight voices that never stop."""
    rng = np.random.default_rng(seed)
    total = np.zeros(samples)
    for speaker in SPEAKERS:
        talk = np.concatenate([spoken(str(words), speaker) for words in rng.permutation(speaker.sentences)])
        total += at_level(np.roll(np.resize(talk, samples), rng.integers(0, samples)), -20)
    scaled: Sound = total * (32_768 * 10 ** (level / 20) / total.std())
    return scaled


def neighbour(samples: int, level: float) -> Sound:
    """One voice in the background that never stops."""
    speaker = Speaker("en-us", 160, 50)
    return at_level(np.resize(np.concatenate([spoken(words, speaker) for words in ENGLISH]), samples), level)


def pink(samples: int, seed: int, level: float) -> Sound:
    """Noise with as much in every octave: a hood, a dishwasher."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(samples))
    octaves = np.sqrt(np.maximum(1.0, np.arange(spectrum.size)))
    noise = np.fft.irfft(spectrum / octaves, samples)
    scaled: Sound = noise * (32_768 * 10 ** (level / 20) / noise.std())
    return scaled


def cough(seed: int, level: float) -> Sound:
    """Two bursts of breath through an open throat: noise of 0.15 s that dies away, twice."""
    burst = np.diff(np.random.default_rng(seed).standard_normal(round(0.15 * SAMPLE_RATE) + 1))
    burst = np.convolve(burst, np.hanning(9), mode="same") * np.exp(-np.linspace(0, 5, burst.size))
    return at_level(np.concatenate([burst, silence(0.12), burst]), level)


def echoed(loudspeaker: Sound, delay_ms: float, loss_db: float, seed: int, reverberation: float = 0.35) -> Sound:
    """What a microphone gets of a loudspeaker: late, ``loss_db`` softer, with 0.3 s of a room that dies away by
    60 dB in ``reverberation`` s."""
    rng = np.random.default_rng(seed)
    times = np.arange(round(0.3 * SAMPLE_RATE)) / SAMPLE_RATE
    room = rng.standard_normal(times.size) * np.exp(-6.9 * times / reverberation) * 0.15
    room[0] = 1.0
    room *= 10 ** (-loss_db / 20) / np.sqrt((room**2).sum())
    size = 1 << (loudspeaker.size + room.size).bit_length()
    wet = np.fft.irfft(np.fft.rfft(loudspeaker, size) * np.fft.rfft(room, size), size)
    late = round(delay_ms / 1000 * SAMPLE_RATE)
    return np.concatenate([np.zeros(late), wet])[: loudspeaker.size]


def pcm(sound: Sound) -> bytes:
    """s16, little endian; cut off at full scale as a converter does."""
    return as_pcm(sound)
