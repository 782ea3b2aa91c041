"""FrontEnd: what a microphone delivers -> frames without echo, with how loud and how likely speech they are."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np

from kiosk.audio.double_talk import DoubleTalk, EchoLikeness, EchoRest
from kiosk.audio.far_end import FarEnd
from kiosk.audio.interfaces import (
    FRAME_BYTES,
    SAMPLE_RATE,
    STEP_BYTES,
    STEP_SAMPLES,
    WINDOW_BYTES,
    Canceller,
    Heard,
    Played,
    SpeechDetector,
)
from kiosk.audio.time_line import TimeLine

SILENCE_DBFS = -100.0
CLIPPED_AT = 32_700
CLIPPED_SHARE = 0.02
"""Of a frame's samples."""
LIKELY, MAYBE = 0.5, 0.3
OVER_ECHO_WINDOWS = 5
"""0.16 s: so long after somebody was heard to be louder than the echo their softer sounds are theirs too."""


class FrontEnd:
    """No clock, no I/O: sound comes in pieces of any size with the time at which it came. One thread.

    Without a canceller nothing is heard while the kiosk speaks (half duplex): its own voice would be taken for the
    customer's.
    """

    def __init__(
        self, detector: SpeechDetector, canceller: Canceller | None = None, over_echo: SpeechDetector | None = None
    ) -> None:
        """``over_echo``: a second detector, for what is louder than the loudspeaker's echo: while both speak, the
        canceller takes half of the customer's first syllables with the echo."""
        self._detector = detector
        self._canceller = canceller
        self._over_echo = over_echo
        self._double_talk = DoubleTalk()
        self._delay_ms = 0
        self._rest = EchoRest()
        self.reopened()

    def reopened(self) -> None:
        """The microphone was shut: nothing of before belongs to what comes, but what was learnt of the echo's way."""
        self._detector.reset()
        if self._over_echo is not None:
            self._over_echo.reset()
        self._far = FarEnd()
        self._likeness = EchoLikeness()
        self._raw = self._clean = b""
        self._window = self._raw_window = self._far_window = b""
        self._uncleaned = b""
        self._over = False
        self._since_over = OVER_ECHO_WINDOWS
        self._speech = 0.0
        self._line = TimeLine()
        self._dead = True
        self._clipped = 0

    def latencies(self, seconds_in: float, seconds_out: float) -> None:
        """Of the streams of both devices: a hint at where the echo is."""
        self._delay_ms = round(1000 * max(0.0, seconds_in + seconds_out))

    def played(self, source: Hashable, block: Played) -> None:
        """Blocks of one ``source`` come in order."""
        self._far.played(source, block)

    def feed(self, pcm: bytes, at: float) -> list[Heard]:
        """Mono s16 at 16 kHz whose last sample came at ``at``: all frames that are whole by now."""
        self._raw += pcm
        end = self._line.end_of(len(pcm) / 2 / SAMPLE_RATE, at) - len(self._raw) / 2 / SAMPLE_RATE
        frames = []
        while len(self._raw) >= STEP_BYTES:
            step, self._raw = self._raw[:STEP_BYTES], self._raw[STEP_BYTES:]
            end += STEP_SAMPLES / SAMPLE_RATE
            self._step(step, self._far.take(end, STEP_SAMPLES))
            if len(self._clean) >= FRAME_BYTES:
                frames.append(self._frame())
        return frames

    def _step(self, near: bytes, far: bytes) -> None:
        sound = np.abs(np.frombuffer(near, dtype="<i2").astype(np.int32))
        self._dead = self._dead and not sound.any()
        self._clipped += int((sound >= CLIPPED_AT).sum())
        clean = near if self._canceller is None else self._canceller.clean(near, far, self._delay_ms)
        self._clean += clean
        self._uncleaned += near
        self._window += clean
        self._raw_window += near
        self._far_window += far
        if len(self._window) >= WINDOW_BYTES:
            window, self._window = self._window[:WINDOW_BYTES], self._window[WINDOW_BYTES:]
            before, self._raw_window = self._raw_window[:WINDOW_BYTES], self._raw_window[WINDOW_BYTES:]
            played, self._far_window = self._far_window[:WINDOW_BYTES], self._far_window[WINDOW_BYTES:]
            self._speech, self._over = self._detector.probability(window), False
            self._likeness.played(played)
            if self._far.audible and self._canceller is not None:
                self._judge_over_echo(before, window, played)

    def _judge_over_echo(self, before: bytes, after: bytes, played: bytes) -> None:
        near, far = level_of(before), level_of(played)
        if self._rest.feed(near, level_of(after)):
            self._speech = 0.0
        louder = self._double_talk.feed(near, far)
        self._since_over += 1
        if (self._speech >= MAYBE or louder) and self._likeness.is_in(before, shaken=self._far.shaken):
            self._speech = 0.0
            return
        if self._over_echo is not None and (louder or self._since_over <= OVER_ECHO_WINDOWS):
            speech = self._over_echo.probability(before)
            if louder and speech >= LIKELY:
                self._since_over = 0
            if speech > self._speech:
                self._speech, self._over = speech, True

    def _frame(self) -> Heard:
        pcm, self._clean = self._clean[:FRAME_BYTES], self._clean[FRAME_BYTES:]
        before, self._uncleaned = self._uncleaned[:FRAME_BYTES], self._uncleaned[FRAME_BYTES:]
        dead, self._dead = self._dead, True
        clipped, self._clipped = self._clipped > CLIPPED_SHARE * FRAME_BYTES / 2, 0
        echo = self._far.audible
        deaf = echo and self._canceller is None
        # What the canceller took of a customer who is louder than the echo counts as theirs.
        level = level_of(before if self._over else pcm)
        return Heard(pcm, 0.0 if deaf else self._speech, level, echo, dead, clipped)


def level_of(pcm: bytes) -> float:
    """dBFS of s16 samples, -100 to 0."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    power = float(np.mean(samples**2)) if samples.size else 0.0
    return max(SILENCE_DBFS, 10 * math.log10(power / 32_768**2)) if power else SILENCE_DBFS
