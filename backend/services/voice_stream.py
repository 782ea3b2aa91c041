"""The voice stream of one kiosk: turns over a line, heard ahead, answered, and spoken clip by clip.

It orders what the services of the three voice calls do, and doubles nothing of them. At most one turn is being spoken
into and two wait for their answers; a newer one takes their place.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from backend.domain.opener import opener
from backend.domain.utterance import Look
from backend.errors import Refusal
from backend.external.interfaces import SpeechStream
from backend.services.gemini_service import GeminiService
from backend.services.openai_audio_service import OpenAIAudioService
from backend.services.opening import Decided, Openable
from backend.services.thinking_ahead import Thought
from backend.services.voice_ear import Ahead, Capture, Ear, Mind
from backend.services.voice_figures import TurnLog
from backend.services.voice_stream_turn import HEAR, Thinking, TurnHost, VoiceTurn, Wire
from backend.tasks import TaskScope
from shared.voice_stream import (
    Answer,
    Cancel,
    End,
    Open,
    Pause,
    Played,
    Ready,
    Resume,
    Say,
    Stop,
    StreamProblem,
    StreamRequest,
    TurnBegins,
)

UNANSWERED = 2
KEPT_TURNS = 4
"""Turns whose playing may still be told of."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Malformed(Exception):
    """The kiosk said what nobody says: the line is closed."""


@dataclass(frozen=True, slots=True)
class StreamServices:
    conversations: GeminiService
    audio: OpenAIAudioService
    turns: TurnLog
    local_first: bool = True


class VoiceStream(TurnHost, Mind):
    """``orderer``: to whom orders belong; ``opening`` has been checked. ``close`` is idempotent."""

    def __init__(self, wire: Wire, services: StreamServices, opening: Open, orderer: str | None) -> None:
        self._wire = wire
        self._services = services
        self._opening = opening
        self._orderer = orderer
        self._session_id = opening.session_id or secrets.token_urlsafe(24)
        self._tasks = TaskScope("voice stream")
        language = opening.language.partition("-")[0].lower() if opening.language else None
        self._ear = Ear(wire, self._tasks, services.audio.transcribe_audio, self, language)
        self._capture: Capture | None = None
        self._turns: dict[int, VoiceTurn] = {}
        self._last = 0
        self._opener = ""

    async def begin(self) -> None:
        """Raises ConnectionError."""
        languages = self._services.audio.heard_languages
        await self._wire.send(Ready(session_id=self._session_id, languages=languages))
        # The first sentence would else be the first that reads this conversation and asks the rules about it.
        self._tasks.start(self._ear.look("네"), "warm")

    async def sound(self, number: int, pcm: bytes) -> None:
        """Frames of the turn that is being spoken; of one that is over they are passed over.

        Raises:
            Malformed: no turn has begun.
            ConnectionError
        """
        if self._last == 0:
            raise Malformed("sound: no turn has begun")
        if self._capture is not None:
            try:
                self._capture.add(number, pcm)
            except Refusal as refusal:
                await self._give_up(refusal)

    async def take(self, request: StreamRequest) -> None:
        """Raises Malformed, ConnectionError."""
        match request:
            case TurnBegins():
                self._check_number(request.turn)
                self._drop_capture()
                if await self._may(request.turn):
                    self._capture = Capture(self._ear, request.turn, self._all_answered)
            case Pause() | Resume() | End():
                await self._go_on(request)
            case Say():
                await self._say(request)
            case Stop() | Played():
                self._played(request)
            case Cancel():
                await self._cancel(request)

    async def close(self) -> None:
        self._drop_capture()
        await self._tasks.close()
        for turn in self._turns.values():
            turn.record(None)
        self._turns.clear()

    async def _say(self, request: Say) -> None:
        self._check_number(request.turn)
        self._drop_capture()
        for turn in [turn for turn in self._turns.values() if not turn.answered]:
            await turn.cancel()
        if await self._may(request.turn):
            await self._begin(VoiceTurn(self, request.turn, quiet_ms=0), lambda turn: turn.typed(request.text))

    async def _cancel(self, request: Cancel) -> None:
        if self._capture is not None and self._capture.number == request.turn:
            self._drop_capture()
        elif (turn := self._turns.pop(request.turn, None)) is not None:
            await turn.cancel()

    # -- what is heard -----------------------------------------------------------------------------------------------

    async def _go_on(self, request: Pause | Resume | End) -> None:
        capture = self._capture
        if capture is None or capture.number != request.turn:
            return
        try:
            match request:
                case Pause():
                    capture.pause(request.frames)
                case Resume():
                    capture.resume()
                case End():
                    await self._end(capture, request)
        except Refusal as refusal:
            await self._give_up(refusal)

    async def _give_up(self, refusal: Refusal) -> None:
        if (capture := self._capture) is not None:
            self._drop_capture()
            await self._tell_problem(capture.number, refusal, HEAR)

    async def _end(self, capture: Capture, request: End) -> None:
        pcm, ahead = capture.end(request.frames)
        self._capture = None
        turn = VoiceTurn(self, request.turn, request.quiet_ms)
        await self._begin(turn, lambda turn: self._spoken(turn, pcm, ahead))

    async def _spoken(self, turn: VoiceTurn, pcm: bytes, ahead: Ahead | None) -> None:
        async def hear() -> str:
            return await self._ear.heard(turn.number, pcm, turn.elapsed, ahead) if pcm else ""

        try:
            await turn.spoken(hear, *((ahead.thinking, ahead.openable) if ahead is not None else (None,)))
        finally:
            if ahead is not None:
                ahead.drop()

    def _drop_capture(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.resume()

    # -- turns -------------------------------------------------------------------------------------------------------

    def _check_number(self, number: int) -> None:
        if number <= self._last:
            raise Malformed("turn: numbers rise")
        self._last = number

    def _all_answered(self) -> bool:
        return all(turn.answered for turn in self._turns.values())

    async def _may(self, turn: int) -> bool:
        try:
            self._wire.may()
        except Refusal as refusal:
            await self._tell_problem(turn, refusal, HEAR)
            return False
        return True

    async def _begin(self, turn: VoiceTurn, work: Callable[[VoiceTurn], Coroutine[Any, Any, None]]) -> None:
        waiting = [each for each in self._turns.values() if not each.answered]
        for old in waiting[: max(0, len(waiting) + 1 - UNANSWERED)]:
            await old.cancel()
        self._turns[turn.number] = turn
        while len(self._turns) > KEPT_TURNS:
            oldest = self._turns.pop(min(self._turns))
            oldest.silence()
            oldest.record(None)
        turn.task = self._tasks.start(turn.run(work(turn)), f"turn {turn.number}")

    def silence_before(self, number: int) -> None:
        """Somebody really spoke: no older answer is spoken on."""
        for turn in self._turns.values():
            if turn.number < number:
                turn.silence()

    def _played(self, request: Stop | Played) -> None:
        turn = self._turns.get(request.turn)
        if turn is None:
            return
        if isinstance(request, Stop):
            turn.silence()
        if turn.answered:
            del self._turns[request.turn]
            turn.record(request.waited_ms)
            self._tasks.start(self._remember(turn, request.played_ms), "remember")

    async def _remember(self, turn: VoiceTurn, played_ms: int) -> None:
        """Let the conversation know what of the answer was said."""
        said = turn.said(played_ms)
        if said == turn.answer:
            return
        try:
            await self._services.conversations.shorten_answer(self._session_id, turn.answer, said)
        except Exception as error:  # noqa: BLE001 - the order is not touched by it
            log.warning("answer_not_shortened", kind=type(error).__name__)

    async def _tell_problem(self, turn: int | None, error: Exception, step: str) -> None:
        await self._wire.send(StreamProblem(turn=turn, problem=self._wire.problem(error, step)))

    # -- for turns ---------------------------------------------------------------------------------------------------

    async def answer(self, turn: VoiceTurn, transcript: str, ahead: Thinking | None, openable: Openable) -> Answer:
        analysis = await self._services.conversations.analyze_voice_input(
            transcript,
            self._opening.user_id,
            self._session_id,
            orderer=self._orderer,
            elapsed=turn.elapsed,
            local_first=self._services.local_first,
            ahead=ahead,
            openable=openable,
        )
        return Answer(turn=turn.number, analysis=analysis)

    async def look_at(self, transcript: str) -> Look:
        return await self._services.conversations.look_at(transcript, self._session_id)

    async def think_ahead(self, transcript: str, elapsed: float, openable: Openable) -> Thought:
        return await self._services.conversations.think_ahead(
            transcript,
            self._opening.user_id,
            self._session_id,
            orderer=self._orderer,
            elapsed=elapsed,
            local_first=self._services.local_first,
            openable=openable,
        )

    def opener(self, decided: Decided) -> str:
        """Not the one before, where there are others."""
        self._opener = opener(decided.kind, decided.language, self._opener)
        return self._opener

    async def kept(self, text: str) -> SpeechStream | None:
        return await self._services.audio.kept_speech(text, self._opening.voice.value, "wav")

    async def speak(self, text: str, elapsed: float) -> SpeechStream:
        return await self._services.audio.stream_speech(text, self._opening.voice.value, "wav", elapsed=elapsed)

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        return self._tasks.start(work, name)

    @property
    def wire(self) -> Wire:
        return self._wire

    @property
    def log(self) -> TurnLog:
        return self._services.turns

    async def tell_problem(self, turn: int, error: Exception, step: str) -> None:
        await self._tell_problem(turn, error, step)
