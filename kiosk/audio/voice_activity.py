"""Endpointing: where in the sound an utterance begins and ends."""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.audio.interfaces import FRAME_SECONDS, SAMPLE_RATE, SpeechDetector


@dataclass(frozen=True, slots=True)
class EndpointRules:
    """Seconds and probabilities.

    ``begin_after`` of speech in a row is an utterance and not a click; ``end_after`` of silence ends it.
    ``patience``: so long nobody speaks. ``pre_roll``: kept from before the beginning, since a soft first sound
    is recognised late. Between the two probabilities the last verdict stands.
    """

    speech: float = 0.5
    silence: float = 0.35
    begin_after: float = 0.09
    end_after: float = 0.7
    pre_roll: float = 0.3
    patience: float = 6.0
    longest: float = 20.0


class Phase(Enum):
    """``nobody`` and ``ended`` are final. ``ended`` also when the longest utterance is reached."""

    WAITING = auto()
    SPEAKING = auto()
    ENDED = auto()
    NOBODY = auto()


class Endpointer:
    """Fed frame by frame; no clock: the sound itself is the time."""

    def __init__(self, detector: SpeechDetector, rules: EndpointRules | None = None) -> None:
        self._detector = detector
        self._rules = rules or EndpointRules()
        self._phase = Phase.WAITING
        self._before: deque[bytes] = deque(maxlen=_frames(self._rules.pre_roll + self._rules.begin_after))
        self._kept: list[bytes] = []
        self._heard = self._run = self._quiet = 0
        self._voiced = False
        detector.reset()

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def quiet_seconds(self) -> float:
        """How long nothing has been said since the last speech."""
        return self._quiet * FRAME_SECONDS

    def feed(self, frame: bytes) -> Phase:
        """One frame of ``FRAME_BYTES``."""
        if self._phase in {Phase.ENDED, Phase.NOBODY}:
            return self._phase
        probability = self._detector.probability(frame)
        if probability >= self._rules.speech:
            self._voiced = True
        elif probability < self._rules.silence:
            self._voiced = False
        self._heard += 1
        if self._phase is Phase.WAITING:
            self._wait(frame)
        else:
            self._speak(frame)
        return self._phase

    def finish(self) -> Phase:
        """The customer pressed: what was said so far is the utterance."""
        if self._phase is Phase.WAITING:
            self._phase = Phase.NOBODY
        elif self._phase is Phase.SPEAKING:
            self._phase = Phase.ENDED
        return self._phase

    def utterance(self) -> bytes:
        """What was said so far, as s16 at 16 kHz, with pre-roll; empty without speech."""
        return b"".join(self._kept)

    def _wait(self, frame: bytes) -> None:
        self._before.append(frame)
        self._run = self._run + 1 if self._voiced else 0
        if self._run >= _frames(self._rules.begin_after):
            self._phase = Phase.SPEAKING
            self._kept = list(self._before)
            self._before.clear()
        elif self._heard >= _frames(self._rules.patience):
            self._phase = Phase.NOBODY

    def _speak(self, frame: bytes) -> None:
        self._kept.append(frame)
        self._quiet = 0 if self._voiced else self._quiet + 1
        if self._quiet >= _frames(self._rules.end_after) or len(self._kept) >= _frames(self._rules.longest):
            self._phase = Phase.ENDED


def level_of(frame: bytes) -> float:
    """Loudness for the meter, 0 to 1: -50 dBFS and below is 0, -10 dBFS and above is 1."""
    samples = array("h", frame)
    if not samples:
        return 0.0
    power = sum(sample * sample for sample in samples) / len(samples)
    decibels = 10 * math.log10(power / 32768**2) if power else -100.0
    return max(0.0, min(1.0, (decibels + 50) / 40))


def as_wav(pcm: bytes) -> bytes:
    """s16 mono at 16 kHz with a WAV header, in memory."""
    target = io.BytesIO()
    with wave.open(target, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(pcm)
    return target.getvalue()


def _frames(seconds: float) -> int:
    return max(1, math.ceil(seconds / FRAME_SECONDS))
