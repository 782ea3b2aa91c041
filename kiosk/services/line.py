"""The line to the backend as a conversation sees it: sound and words there, words and sound back.

``HttpLine`` makes three calls a turn. ``StreamLine`` is one WebSocket for all of them, which hears ahead.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from shared.voice import VoiceAnalysisResponse

Elapsed = Callable[[], float]
"""Seconds since the customer stopped speaking, or sent what they typed."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the first ``frames`` frames were heard as. ``complete``: a whole order or answer, by the look of it; None:
    nobody knows. ``hanging``: they end after a particle or a filler."""

    frames: int
    text: str
    complete: bool | None = None
    hanging: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A whole WAV."""

    wav: bytes


@dataclass(frozen=True, slots=True)
class Streamed:
    """Interleaved s16 that is still being made. ``chunks`` raises KioskError where it breaks off."""

    rate: int
    channels: int
    chunks: AsyncIterator[bytes]


Speech = Recorded | Streamed


class Told(Protocol):
    def heard(self, transcript: str) -> None:
        """What was said; not empty."""
        ...

    def caption(self, text: str) -> None:
        """The answer so far, where it is spoken before it is whole."""
        ...


class LineTurn(Protocol):
    """One sentence of the customer and the answer to it. What is not awaited comes back at once and never raises."""

    def sound(self, pcm: bytes) -> None:
        """Further whole frames."""
        ...

    def pause(self, frames: int) -> None:
        """A short silence after so many frames: they may be heard now."""
        ...

    def resume(self) -> None:
        """The customer went on."""
        ...

    def cancel(self) -> None:
        """It was nothing, or nobody wants the answer any more."""
        ...

    async def answer(self, frames: int, elapsed: Elapsed, told: Told) -> VoiceAnalysisResponse:
        """The utterance is its first ``frames`` frames; ``told`` hears of what is known before the whole answer is.

        Raises:
            KioskError: speech_not_heard, hearing_unavailable, and whatever the backend tells.
        """
        ...

    async def speech(self) -> Speech | None:
        """The answer's sound, once ``answer`` is awaited: it may begin before the answer is whole. None: there is none.

        Raises:
            KioskError: it cannot be spoken.
        """
        ...

    def stopped(self, played_ms: int, waited_ms: int | None) -> None:
        """The customer spoke into it: only so much was said."""
        ...

    def played(self, played_ms: int, waited_ms: int | None) -> None:
        """It was played to its end. ``waited_ms``: from the last voiced sample to the first that was played."""
        ...


class Line(Protocol):
    @property
    def hears_ahead(self) -> bool:
        """Whether ``on_words`` will be called in a pause."""
        ...

    def turn(self, before_ms: int, on_words: Callable[[Words], None]) -> LineTurn:
        """Somebody began to speak; ``before_ms`` of the first sound is from before that was noticed."""
        ...

    def say(self, text: str) -> LineTurn:
        """A typed or corrected sentence, 1 to 1,000 characters."""
        ...
