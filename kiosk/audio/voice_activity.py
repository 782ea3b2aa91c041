"""Endpointing: where in the sound an utterance begins, pauses and ends."""

from __future__ import annotations

import io
import math
import wave
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.audio.interfaces import FRAME_SECONDS, SAMPLE_RATE

WITHIN_WORDS_SECONDS = 0.2


class Wait(Enum):
    """How long a silence ends the utterance, by what the words so far look like."""

    SHORT = auto()
    """A whole order or answer."""
    KNOWN = auto()
    """Words that may be whole or not."""
    MIDDLE = auto()
    """Nobody knows (yet), or a part of an order."""
    LONG = auto()
    """A hanging particle or a filler: the customer looks for words."""


@dataclass(frozen=True, slots=True)
class EndpointRules:
    """Seconds.

    ``begin_after`` of speech (nearly) in a row is an utterance and not a click; ``pause_after`` of silence is worth
    hearing what was said so far; ``short``, ``known``, ``middle`` and ``long`` end it. ``patience``: so long nobody
    speaks; None: for ever. ``pre_roll``: kept from before the beginning, since a soft first sound is recognised late.
    """

    begin_after: float = 0.09
    pause_after: float = 0.1
    short: float = 0.25
    known: float = 0.55
    middle: float = 0.7
    long: float = 0.8
    pre_roll: float = 0.3
    patience: float | None = 6.0
    longest: float = 20.0


class Phase(Enum):
    """``nobody`` and ``ended`` are final. ``ended`` also when the longest utterance is reached."""

    WAITING = auto()
    SPEAKING = auto()
    PAUSED = auto()
    ENDED = auto()
    NOBODY = auto()


FINAL = frozenset({Phase.ENDED, Phase.NOBODY})
WITHIN = frozenset({Phase.SPEAKING, Phase.PAUSED})
"""The customer's turn: begun and not ended."""


class Endpointer:
    """One utterance. Fed frame by frame; no clock: the sound itself is the time."""

    def __init__(self, rules: EndpointRules | None = None) -> None:
        self._rules = rules or EndpointRules()
        self._phase = Phase.WAITING
        self._before: deque[bytes] = deque(maxlen=_frames(self._rules.pre_roll + self._rules.begin_after))
        self._kept: list[bytes] = []
        self._heard = self._quiet = self._voiced = 0
        self._run = 0.0
        self._wait = Wait.MIDDLE

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def quiet_seconds(self) -> float:
        """How long nothing has been said since the last speech."""
        return self._quiet * FRAME_SECONDS

    @property
    def voiced_seconds(self) -> float:
        """How much of the utterance is voice."""
        return self._voiced * FRAME_SECONDS

    @property
    def frames(self) -> list[bytes]:
        """Of what was said so far, with pre-roll; none without speech. The list grows: it is not a copy."""
        return self._kept

    def feed(self, frame: bytes, *, voiced: bool, masked: bool = False) -> Phase:
        """One frame of ``FRAME_BYTES``; ``voiced``: the customer speaks in it. ``masked``: or may, where it is not: the
        kiosk's own voice is louder."""
        if self._phase in FINAL:
            return self._phase
        self._heard += 1
        if self._phase is Phase.WAITING:
            self._await(frame, 1.0 if voiced else -0.25 if masked else -1.0)
        else:
            self._speak(frame, voiced=voiced)
        return self._phase

    def expect(self, wait: Wait) -> None:
        """What was heard before this pause says how long to wait; the next frame may end it. Void once the customer
        goes on."""
        if self._phase is Phase.PAUSED:
            self._wait = wait

    def finish(self) -> Phase:
        """The customer pressed: what was said so far is the utterance."""
        if self._phase is Phase.WAITING:
            self._phase = Phase.NOBODY
        elif self._phase in WITHIN:
            self._phase = Phase.ENDED
        return self._phase

    def utterance(self) -> bytes:
        """What was said so far, as s16 at 16 kHz, with pre-roll; empty without speech."""
        return b"".join(self._kept)

    def _await(self, frame: bytes, sign: float) -> None:
        self._before.append(frame)
        # One unvoiced frame takes one voiced back: a stop consonant is no new beginning, a row of clicks is none.
        self._run = max(0.0, self._run + sign)
        if self._run >= _frames(self._rules.begin_after):
            self._phase = Phase.SPEAKING
            self._voiced = round(self._run)
            self._kept = list(self._before)
            self._before.clear()
        elif self._rules.patience is not None and self._heard >= _frames(self._rules.patience):
            self._phase = Phase.NOBODY

    def _speak(self, frame: bytes, *, voiced: bool) -> None:
        self._kept.append(frame)
        if voiced:
            # A stop consonant or a soft syllable between two loud ones is voice too.
            bridged = self._quiet if self._quiet <= _frames(WITHIN_WORDS_SECONDS) else 0
            self._voiced += 1 + bridged
            self._quiet = 0
            self._wait = Wait.MIDDLE
            self._phase = Phase.SPEAKING
        else:
            self._quiet += 1
            if self._quiet >= _frames(self._rules.pause_after):
                self._phase = Phase.PAUSED
        if self._quiet >= _frames(self._patience()) or len(self._kept) >= _frames(self._rules.longest):
            self._phase = Phase.ENDED

    def _patience(self) -> float:
        rules = self._rules
        waits = {Wait.SHORT: rules.short, Wait.KNOWN: rules.known, Wait.MIDDLE: rules.middle, Wait.LONG: rules.long}
        return waits[self._wait]


def meter(level: float) -> float:
    """Loudness for the eye, 0 to 1: -50 dBFS and below is 0, -10 dBFS and above is 1."""
    return max(0.0, min(1.0, (level + 50) / 40))


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
    return max(1, math.ceil(round(seconds / FRAME_SECONDS, 6)))
