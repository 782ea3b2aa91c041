"""VoiceTurn: one utterance from the press of the button to the spoken answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from shared.voice import Intent, MenuSuggestion


class VoiceState(StrEnum):
    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class VoiceSnapshot:
    """``level``: loudness of the microphone, 0 to 1, while listening.

    ``transcript``: what was heard or typed last. ``caption``: what is or was answered, shown while and after
    it is spoken. ``chips``: likely choices when the answer is unsure; saying a chip's name picks it.
    ``error``: why the last turn failed or was silent (no_speaker: the caption stands all the same).
    ``turn`` counts finished answers, so that a view can tell a new one with the same words.
    """

    state: VoiceState = VoiceState.IDLE
    level: float = 0.0
    transcript: str = ""
    caption: str = ""
    chips: tuple[MenuSuggestion, ...] = ()
    questions: tuple[str, ...] = ()
    intent: Intent | None = None
    confidence: float = 1.0
    error: KioskError | None = None
    turn: int = 0


class VoiceTurn(Observable[VoiceSnapshot]):
    """Every failure ends in ``idle`` with an ``error``; the cart is never touched by it."""

    def press(self) -> None:
        """The voice button. idle: listen. listening: stop and send what was said. speaking: barge in and listen.
        thinking: nothing."""

    def say(self, text: str) -> None:
        """A typed (or corrected) sentence, 1 to 1,000 characters; skips the microphone."""

    def repeat(self) -> None:
        """Speak the last caption again."""

    def announce(self, text: str) -> None:
        """Speak ``text`` as the kiosk's own words (idle question, voice guide) and caption it."""

    def hush(self) -> None:
        """Stop speaking within 300 ms; the caption stays."""

    def cancel(self) -> None:
        """Drop whatever is going on, back to idle."""

    def reset(self) -> None:
        """``cancel``, and forget transcript, caption, chips and error (end of the session)."""

    async def close(self) -> None: ...
