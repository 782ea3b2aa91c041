"""VoiceTurn: one utterance from the press of the button to the spoken answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import structlog

from kiosk.api.backend import Backend
from kiosk.audio.delivery import Delivery
from kiosk.audio.interfaces import SoundOutput
from kiosk.audio.listener import Ear
from kiosk.errors import KioskError, KioskErrorCode, LocalCode
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared import limits
from shared.problems import ProblemCode
from shared.voice import AudioFormat, Intent, MenuSuggestion, VoiceAnalysisResponse

logger = structlog.get_logger(__name__)

Elapsed = Callable[[], float]
"""Seconds since the customer stopped speaking, or sent what they typed."""
Converse = Callable[[str, Elapsed], Awaitable[VoiceAnalysisResponse]]


SILENT: frozenset[KioskErrorCode] = frozenset({LocalCode.NO_SPEAKER, LocalCode.NOT_SPOKEN})
"""The answer was not heard and can be read: nothing that a customer has to do anything about."""


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
    ``error``: why the last turn failed; hearing_unavailable: no engine hears now. After no_speaker and not_spoken the
    caption stands all the same.
    ``larger``: the last answer is to a customer who wants larger letters; ``staff_called``: it called somebody.
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
    larger: bool = False
    staff_called: bool = False
    turn: int = 0


class Wish(StrEnum):
    """What of ``analysis.controls`` is for the kiosk itself."""

    LOUDER = "louder"
    QUIETER = "quieter"
    SLOWER = "slower"
    FASTER = "faster"
    LARGER = "larger"


_SPOKEN: tuple[tuple[Wish, Callable[[Delivery], Delivery]], ...] = (
    (Wish.LOUDER, Delivery.raised),
    (Wish.QUIETER, Delivery.lowered),
    (Wish.SLOWER, Delivery.slowed),
    (Wish.FASTER, Delivery.hurried),
)


def _wishes(analysis: VoiceAnalysisResponse) -> frozenset[str]:
    controls = analysis.analysis.get("controls")
    return frozenset(str(control) for control in controls) if isinstance(controls, list) else frozenset()


class VoiceTurn(Observable[VoiceSnapshot]):
    """Every failure ends in ``idle`` with an ``error``; the cart is never touched by it."""

    def __init__(
        self,
        backend: Backend,
        converse: Converse,
        ear: Ear,
        output: SoundOutput,
        language: str | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``converse``: ``OrderSession.converse``. ``language``: what is spoken into the microphone, None: detect.

        ``clock``: monotonic, in seconds.
        """
        super().__init__(VoiceSnapshot())
        self._backend = backend
        self._converse = converse
        self._ear = ear
        self._output = output
        self._language = language
        self._clock = clock
        self._scope = TaskScope("voice", self._failed_unexpectedly)
        self._silence_told = False
        self._delivery = Delivery()

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
            self._begin(VoiceState.THINKING, self._answer(sentence, self._since(self._clock())))

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
        """``cancel``, and forget transcript, caption, chips, error and how loud and slow (end of the session)."""
        self.cancel()
        self._delivery = Delivery()
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
        utterance = await self._ear.listen(
            lambda: self._publish(replace(self.snapshot, ready=True)),
            lambda level: self._publish(replace(self.snapshot, level=level)),
        )
        elapsed = self._since(self._clock() - utterance.quiet_seconds)
        self._publish(replace(self.snapshot, state=VoiceState.THINKING, ready=False, level=0.0))
        heard = (await self._transcribed(utterance.wav, elapsed)).strip()
        if not heard:
            raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
        await self._answer(heard[: limits.MAX_TRANSCRIPT_CHARS], elapsed)

    async def _transcribed(self, wav: bytes, elapsed: Elapsed) -> str:
        try:
            return (await self._backend.transcribe(wav, self._language, elapsed=elapsed())).transcript
        except KioskError as error:
            if error.code is ProblemCode.ENGINE_UNAVAILABLE:
                raise KioskError(LocalCode.HEARING_UNAVAILABLE, retryable=error.retryable) from error
            raise

    async def _answer(self, sentence: str, elapsed: Elapsed) -> None:
        self._publish(replace(self.snapshot, transcript=sentence, chips=(), questions=()))
        analysis = await self._converse(sentence, elapsed)
        wishes = _wishes(analysis)
        for wish, change in _SPOKEN:
            if wish in wishes:
                self._delivery = change(self._delivery)
        now = self.snapshot
        self._publish(
            replace(
                now,
                larger=Wish.LARGER in wishes,
                staff_called=analysis.analysis.get("staff_called") is True,
                state=VoiceState.SPEAKING,
                caption=analysis.response,
                chips=analysis.alternatives,
                questions=analysis.additional_questions,
                intent=analysis.intent,
                confidence=analysis.confidence,
                turn=now.turn + 1,
            )
        )
        await self._speak(analysis.response, elapsed)

    async def _speak(self, text: str, elapsed: Elapsed | None = None) -> None:
        """Raises KioskError no_speaker, not_spoken."""
        if not text:
            return
        try:
            wav = await self._speech(text[: limits.MAX_SPEECH_CHARS], elapsed)
            await self._output.play(
                await asyncio.to_thread(self._delivery.applied, wav) if self._changed_voice else wav
            )
        except KioskError as error:
            if error.code is LocalCode.NO_SPEAKER:
                raise
            logger.info("answer not spoken", code=error.code.value)
            raise KioskError(LocalCode.NOT_SPOKEN) from error

    @property
    def _changed_voice(self) -> bool:
        return self._delivery != Delivery()

    async def _speech(self, text: str, elapsed: Elapsed | None) -> bytes:
        """Asked for once more at once where the backend then answers with its next engine: the line was cut in
        mid-answer, or the engine could not. Speech changes nothing in the shop, so that is safe.
        """
        try:
            return await self._backend.speak(text, AudioFormat.WAV, elapsed=elapsed() if elapsed else None)
        except KioskError as error:
            unable = error.code is ProblemCode.ENGINE_UNAVAILABLE and error.retryable
            if not unable and error.code is not LocalCode.BACKEND_UNREACHABLE:
                raise
        return await self._backend.speak(text, AudioFormat.WAV, elapsed=elapsed() if elapsed else None)

    def _since(self, moment: float) -> Elapsed:
        return lambda: max(0.0, self._clock() - moment)

    def _worth_telling(self, error: KioskError) -> KioskError | None:
        """That nothing is heard of the answers is told once a customer: the captions go on."""
        if error.code not in SILENT:
            return error
        told, self._silence_told = self._silence_told, True
        return None if told else error

    def _failed_unexpectedly(self, name: str, error: Exception) -> None:
        logger.error("voice turn failed", task=name, exc_info=error)
        failure = KioskError(ProblemCode.INTERNAL, retryable=True)
        self._publish(replace(self.snapshot, state=VoiceState.IDLE, ready=False, level=0.0, error=failure))
