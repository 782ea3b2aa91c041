"""VoiceTurn: one utterance from the press of the button to the spoken answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import structlog

from kiosk.api.backend import Backend
from kiosk.audio.interfaces import SoundOutput
from kiosk.audio.listener import Ear
from kiosk.errors import KioskError, LocalCode
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared import limits
from shared.problems import ProblemCode
from shared.voice import AudioFormat, Intent, MenuSuggestion, VoiceAnalysisResponse

logger = structlog.get_logger(__name__)

Converse = Callable[[str], Awaitable[VoiceAnalysisResponse]]


class VoiceState(StrEnum):
    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class VoiceSnapshot:
    """``ready``: the microphone records (it takes a moment to open); only while listening.
    ``level``: loudness of the microphone, 0 to 1, while listening.

    ``transcript``: what was heard or typed last. ``caption``: what is or was answered, shown while and after
    it is spoken. ``chips``: likely choices when the answer is unsure; saying a chip's name picks it.
    ``error``: why the last turn failed or was silent (no_speaker: the caption stands all the same).
    ``turn`` counts finished answers, so that a view can tell a new one with the same words.
    """

    state: VoiceState = VoiceState.IDLE
    ready: bool = False
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

    def __init__(
        self, backend: Backend, converse: Converse, ear: Ear, output: SoundOutput, language: str | None = None
    ) -> None:
        """``converse``: ``OrderSession.converse``. ``language``: what is spoken into the microphone, None: detect."""
        super().__init__(VoiceSnapshot())
        self._backend = backend
        self._converse = converse
        self._ear = ear
        self._output = output
        self._language = language
        self._scope = TaskScope("voice", self._failed_unexpectedly)
        self._silence_told = False

    @property
    def busy(self) -> bool:
        """An utterance or an answer is under way."""
        return self.snapshot.state is not VoiceState.IDLE

    def set_language(self, language: str | None) -> None:
        """From the next utterance on."""
        self._language = language

    def press(self) -> None:
        """The voice button. idle: listen. listening: stop and send what was said. speaking: barge in and listen.
        thinking: nothing."""
        match self.snapshot.state:
            case VoiceState.IDLE | VoiceState.SPEAKING:
                self._output.stop()
                self._begin(VoiceState.LISTENING, self._spoken_turn())
            case VoiceState.LISTENING:
                self._ear.finish()
            case VoiceState.THINKING:
                pass

    def say(self, text: str) -> None:
        """A typed (or corrected) sentence, 1 to 1,000 characters; skips the microphone.

        It takes the place of whatever is going on: an utterance that is still being thought about does not count.
        """
        sentence = text.strip()[: limits.MAX_TRANSCRIPT_CHARS]
        if sentence:
            self._output.stop()
            self._begin(VoiceState.THINKING, self._answer(sentence))

    def repeat(self) -> None:
        """Speak the last caption again."""
        if self.snapshot.caption:
            self.announce(self.snapshot.caption)

    def announce(self, text: str) -> None:
        """Speak ``text`` as the kiosk's own words (idle question, voice guide) and caption it.

        Never over a customer who is speaking or waiting for an answer.
        """
        if text and self.snapshot.state in {VoiceState.IDLE, VoiceState.SPEAKING}:
            self._output.stop()
            self._begin(VoiceState.SPEAKING, self._speak(text), caption=text)

    def hush(self) -> None:
        """Stop speaking within 300 ms; the caption stays."""
        if self.snapshot.state is VoiceState.SPEAKING:
            self.cancel()

    def cancel(self) -> None:
        """Drop whatever is going on, back to idle."""
        self._output.stop()
        self._scope.cancel("turn")
        self._publish(replace(self.snapshot, state=VoiceState.IDLE, ready=False, level=0.0))

    def forget_words(self) -> None:
        """Stop speaking and drop caption, choices and error (another language was chosen); a turn under way goes on."""
        self.hush()
        self._publish(replace(self.snapshot, caption="", chips=(), questions=(), error=None))

    def reset(self) -> None:
        """``cancel``, and forget transcript, caption, chips and error (end of the session)."""
        self.cancel()
        self._silence_told = False
        self._publish(VoiceSnapshot(turn=self.snapshot.turn))

    async def close(self) -> None:
        """Idempotent."""
        self._output.stop()
        await self._scope.close()

    def _begin(self, state: VoiceState, turn: Coroutine[Any, Any, None], caption: str | None = None) -> None:
        now = self.snapshot
        said = now.caption if caption is None else caption
        self._publish(replace(now, state=state, ready=False, level=0.0, caption=said, error=None))
        self._scope.start(self._guarded(turn), "turn", group="turn")

    async def _guarded(self, turn: Coroutine[Any, Any, None]) -> None:
        try:
            await turn
            error = None
        except KioskError as failure:
            error = self._worth_telling(failure)
        finally:
            turn.close()
        self._publish(replace(self.snapshot, state=VoiceState.IDLE, ready=False, level=0.0, error=error))

    async def _spoken_turn(self) -> None:
        wav = await self._ear.listen(
            lambda: self._publish(replace(self.snapshot, ready=True)),
            lambda level: self._publish(replace(self.snapshot, level=level)),
        )
        self._publish(replace(self.snapshot, state=VoiceState.THINKING, ready=False, level=0.0))
        heard = (await self._backend.transcribe(wav, self._language)).transcript.strip()
        if not heard:
            raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
        await self._answer(heard[: limits.MAX_TRANSCRIPT_CHARS])

    async def _answer(self, sentence: str) -> None:
        self._publish(replace(self.snapshot, transcript=sentence, chips=(), questions=()))
        analysis = await self._converse(sentence)
        now = self.snapshot
        self._publish(
            replace(
                now,
                state=VoiceState.SPEAKING,
                caption=analysis.response,
                chips=analysis.alternatives,
                questions=analysis.additional_questions,
                intent=analysis.intent,
                confidence=analysis.confidence,
                turn=now.turn + 1,
            )
        )
        await self._speak(analysis.response)

    async def _speak(self, text: str) -> None:
        if not text:
            return
        speech = await self._backend.speak(text[: limits.MAX_SPEECH_CHARS], AudioFormat.WAV)
        await self._output.play(speech)

    def _worth_telling(self, error: KioskError) -> KioskError | None:
        """That there is no loudspeaker is told once a customer: the captions go on."""
        if error.code is not LocalCode.NO_SPEAKER:
            return error
        told, self._silence_told = self._silence_told, True
        return None if told else error

    def _failed_unexpectedly(self, name: str, error: Exception) -> None:
        logger.error("voice turn failed", task=name, exc_info=error)
        failure = KioskError(ProblemCode.INTERNAL, retryable=True)
        self._publish(replace(self.snapshot, state=VoiceState.IDLE, ready=False, level=0.0, error=failure))
