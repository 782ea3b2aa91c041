"""The voice stream of one kiosk: turns over a line, heard ahead, answered, and spoken clip by clip.

It orders what the services of the three voice calls do, and doubles nothing of them. At most one turn is being spoken
into and two wait for their answers; a newer one takes their place.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog

from backend.errors import Refusal
from backend.external import wav_stream
from backend.external.interfaces import SpeechStream
from backend.services.gemini_service import GeminiService
from backend.services.openai_audio_service import OpenAIAudioService
from backend.services.voice_figures import TurnLog
from backend.services.voice_stream_turn import HEAR, TurnHost, VoiceTurn, Wire
from backend.tasks import TaskScope
from backend.timing import gathered
from shared.problems import ProblemCode
from shared.voice import Transcription
from shared.voice_stream import (
    FRAME_BYTES,
    MAX_PAUSES,
    MAX_TURN_FRAMES,
    RATE,
    Answer,
    Cancel,
    End,
    Hearing,
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
    frames_in,
)

WAV = "audio/wav"
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


class VoiceStream(TurnHost):
    """``orderer``: to whom orders belong; ``opening`` has been checked. ``close`` is idempotent."""

    def __init__(self, wire: Wire, services: StreamServices, opening: Open, orderer: str | None) -> None:
        self._wire = wire
        self._services = services
        self._opening = opening
        self._orderer = orderer
        self._session_id = opening.session_id or secrets.token_urlsafe(24)
        self._language = opening.language.partition("-")[0].lower() if opening.language else None
        self._tasks = TaskScope("voice stream")
        self._capture: _Capture | None = None
        self._turns: dict[int, VoiceTurn] = {}
        self._last = 0

    async def begin(self) -> None:
        """Raises ConnectionError."""
        languages = self._services.audio.heard_languages
        await self._wire.send(Ready(session_id=self._session_id, languages=languages))

    async def sound(self, number: int, pcm: bytes) -> None:
        """Frames of the turn that is being spoken; of one that is over they are passed over.

        Raises:
            Malformed: no turn has begun.
            ConnectionError
        """
        if self._last == 0:
            raise Malformed("sound: no turn has begun")
        capture = self._capture
        if capture is None:
            return
        if number != capture.frames:
            await self._give_up(capture, Refusal(ProblemCode.INVALID_REQUEST, field="sound", reason="gap"))
        elif capture.frames + frames_in(pcm) > MAX_TURN_FRAMES:
            await self._give_up(capture, Refusal(ProblemCode.PAYLOAD_TOO_LARGE, field="sound"))
        else:
            capture.pcm += pcm

    async def take(self, request: StreamRequest) -> None:
        """Raises Malformed, ConnectionError."""
        match request:
            case TurnBegins():
                self._check_number(request.turn)
                self._drop_capture()
                if await self._may(request.turn):
                    self._capture = _Capture(request.turn)
            case Pause():
                await self._pause(request)
            case Resume():
                if self._capture is not None and self._capture.number == request.turn:
                    self._capture.forget_hearing()
            case End():
                await self._end(request)
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

    async def _pause(self, request: Pause) -> None:
        capture = self._capture
        if capture is None or capture.number != request.turn or capture.pauses >= MAX_PAUSES:
            return
        if request.frames > capture.frames:
            await self._give_up(capture, Refusal(ProblemCode.INVALID_REQUEST, field="frames", reason="gap"))
            return
        if request.frames == 0:
            return
        try:
            self._wire.may()
        except Refusal:
            return  # what is not heard ahead is heard at the end
        capture.pauses += 1
        capture.forget_hearing()
        capture.heard_frames = request.frames
        capture.hearing = self._tasks.start(self._hear(capture.first(request.frames), 0.0), "hear")
        capture.telling = self._tasks.start(self._tell_ahead(capture, request.frames), "hear ahead")

    async def _hear(self, pcm: bytes, elapsed: float) -> Transcription | Exception:
        with gathered():
            try:
                wav = wav_stream.header(RATE, len(pcm)) + pcm
                return await self._services.audio.transcribe_audio(
                    wav, "turn.wav", WAV, self._language, elapsed=elapsed
                )
            except Exception as error:  # noqa: BLE001 - told where it is waited for, or heard anew
                return error

    async def _tell_ahead(self, capture: _Capture, frames: int) -> None:
        if capture.hearing is None:
            return
        heard = await asyncio.shield(capture.hearing)
        if isinstance(heard, Transcription) and self._capture is capture and capture.heard_frames == frames:
            with suppress(ConnectionError):
                await self._tell_heard(capture.number, frames, heard, final=False)

    async def _tell_heard(self, turn: int, frames: int, heard: Transcription, *, final: bool) -> None:
        message = Hearing(
            turn=turn,
            frames=frames,
            transcript=heard.transcript,
            final=final,
            language=heard.language,
            confidence=heard.confidence,
        )
        if not final:
            try:
                look = await self._services.conversations.look_at(heard.transcript, self._session_id)
            except Exception as error:  # noqa: BLE001 - only a hint
                log.info("look_failed", kind=type(error).__name__)
            else:
                message = message.model_copy(update={"complete": look.complete, "hanging": look.hanging})
        await self._wire.send(message)

    async def _end(self, request: End) -> None:
        capture = self._capture
        if capture is None or capture.number != request.turn:
            return
        if request.frames > capture.frames:
            await self._give_up(capture, Refusal(ProblemCode.INVALID_REQUEST, field="frames", reason="gap"))
            return
        self._capture = None
        if capture.telling is not None:
            capture.telling.cancel()
        hearing = capture.hearing if capture.heard_frames == request.frames else None
        if hearing is None:
            capture.forget_hearing()
        pcm = capture.first(request.frames)
        turn = VoiceTurn(self, request.turn, request.quiet_ms)
        await self._begin(turn, lambda turn: turn.spoken(pcm, hearing))

    async def _give_up(self, capture: _Capture, refusal: Refusal) -> None:
        self._drop_capture()
        await self._tell_problem(capture.number, refusal, HEAR)

    def _drop_capture(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.forget_hearing()

    # -- turns -------------------------------------------------------------------------------------------------------

    def _check_number(self, number: int) -> None:
        if number <= self._last:
            raise Malformed("turn: numbers rise")
        self._last = number

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
        if said == turn.caption:
            return
        try:
            await self._services.conversations.shorten_answer(self._session_id, turn.caption, said)
        except Exception as error:  # noqa: BLE001 - the order is not touched by it
            log.warning("answer_not_shortened", kind=type(error).__name__)

    async def _tell_problem(self, turn: int | None, error: Exception, step: str) -> None:
        await self._wire.send(StreamProblem(turn=turn, problem=self._wire.problem(error, step)))

    # -- for turns ---------------------------------------------------------------------------------------------------

    async def heard(self, turn: VoiceTurn, pcm: bytes, ahead: asyncio.Task[Any] | None) -> str:
        """What was said, told to the kiosk. Raises what the services raise."""
        heard = await asyncio.shield(ahead) if ahead is not None else None
        if not isinstance(heard, Transcription):
            heard = await self._hear(pcm, turn.elapsed)
        if isinstance(heard, Exception):
            raise heard
        await self._tell_heard(turn.number, frames_in(pcm), heard, final=True)
        return heard.transcript.strip()

    async def answer(self, turn: VoiceTurn, transcript: str) -> Answer:
        analysis = await self._services.conversations.analyze_voice_input(
            transcript,
            self._opening.user_id,
            self._session_id,
            orderer=self._orderer,
            elapsed=turn.elapsed,
            local_first=self._services.local_first,
        )
        return Answer(turn=turn.number, analysis=analysis)

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


class _Capture:
    """A turn that is being spoken."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pcm = bytearray()
        self.pauses = 0
        self.heard_frames = 0
        self.hearing: asyncio.Task[Any] | None = None
        self.telling: asyncio.Task[Any] | None = None

    @property
    def frames(self) -> int:
        return len(self.pcm) // FRAME_BYTES

    def first(self, frames: int) -> bytes:
        return bytes(self.pcm[: frames * FRAME_BYTES])

    def forget_hearing(self) -> None:
        for task in (self.telling, self.hearing):
            if task is not None:
                task.cancel()
        self.hearing = self.telling = None
        self.heard_frames = 0
