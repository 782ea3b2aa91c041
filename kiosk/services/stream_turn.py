"""StreamTurn: one sentence and its answer over the voice stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from kiosk.api.voice_stream import VoiceStream
from kiosk.audio.interfaces import FRAME_BYTES
from kiosk.errors import KioskError, LocalCode
from kiosk.services.line import Elapsed, LineTurn, Streamed, Told, Words
from kiosk.services.line import Speech as Sound
from kiosk.services.order_session import OrderSession
from shared.problems import Problem, ProblemCode
from shared.voice import VoiceAnalysisResponse
from shared.voice_stream import (
    MAX_FRAMES_AT_ONCE,
    MAX_TURN_FRAMES,
    Answer,
    Cancel,
    Caption,
    Done,
    End,
    Hearing,
    Pause,
    Played,
    Resume,
    Say,
    Speech,
    Spoken,
    Stop,
    StreamProblem,
    StreamReply,
)

ANSWER_SECONDS: Final = 60.0
"""Behind hearing and understanding the backend has its own machine: its answer is never missed."""
SOUND_SECONDS: Final = 40.0
MAX_CHUNKS: Final = 1_000
"""Chunks that wait: 3 minutes of them. The backend sends 2 s ahead; more is no answer."""


class StreamTurn(LineTurn):
    """See ``LineTurn``. Where the line is cut before the utterance's end, ``spare`` has all of it and goes on."""

    def __init__(
        self,
        stream: VoiceStream,
        order: OrderSession,
        number: int,
        *,
        spare: LineTurn,
        on_words: Callable[[Words], None],
        over: Callable[[int], None],
        text: str | None,
    ) -> None:
        """``over(number)``: nothing more is expected of it. ``text``: typed, not spoken."""
        self.number = number
        self._over = over
        self._stream = stream
        self._order = order
        self._spare = spare
        self._on_words = on_words
        self._text = text
        self._frames = 0
        self._cut = self._spared = False
        self._told: Told | None = None
        self._caption: list[str] = []
        self._answered = asyncio.Event()
        self._analysis: VoiceAnalysisResponse | None = None
        self._problem: KioskError | None = None
        self._sound: asyncio.Queue[bytes | KioskError | None] = asyncio.Queue(MAX_CHUNKS)
        self._form: Speech | None = None
        self._sound_known = asyncio.Event()
        self._next_chunk = 0

    # -- what the kiosk does -----------------------------------------------------------------------------------------

    def sound(self, pcm: bytes) -> None:
        self._spare.sound(pcm)
        for at in range(0, len(pcm), MAX_FRAMES_AT_ONCE * FRAME_BYTES):
            piece = pcm[at : at + MAX_FRAMES_AT_ONCE * FRAME_BYTES]
            if not self._cut and self._frames + len(piece) // FRAME_BYTES <= MAX_TURN_FRAMES:
                self._stream.send_sound(self._frames, piece)
                self._frames += len(piece) // FRAME_BYTES

    def pause(self, frames: int) -> None:
        self._send(Pause(turn=self.number, frames=frames))

    def resume(self) -> None:
        self._send(Resume(turn=self.number))

    def cancel(self) -> None:
        self._spare.cancel()
        self._send(Cancel(turn=self.number))
        self._over(self.number)

    def stopped(self, played_ms: int, waited_ms: int | None) -> None:
        self._send(Stop(turn=self.number, played_ms=played_ms, waited_ms=waited_ms))
        self._over(self.number)

    def played(self, played_ms: int, waited_ms: int | None) -> None:
        self._send(Played(turn=self.number, played_ms=played_ms, waited_ms=waited_ms))
        self._over(self.number)

    async def answer(self, frames: int, elapsed: Elapsed, told: Told) -> VoiceAnalysisResponse:
        if self._cut:
            self._spared = True
            self._sound_known.set()
            return await self._spare.answer(frames, elapsed, told)
        self._told = told
        if self._text is not None:
            told.heard(self._text)

        async def ask(_session_id: str) -> VoiceAnalysisResponse:
            if self._text is not None:
                self._send(Say(turn=self.number, text=self._text))
            else:
                quiet_ms = min(600_000, round(1000 * elapsed()))
                self._send(End(turn=self.number, frames=min(frames, self._frames), quiet_ms=quiet_ms))
            return await self._awaited()

        return await self._order.converse_by(ask)

    async def speech(self) -> Sound | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS + SOUND_SECONDS):
                await self._sound_known.wait()
        except TimeoutError:
            raise KioskError(LocalCode.TIMED_OUT, retryable=True) from None
        if self._spared:
            return await self._spare.speech()
        if self._form is None:
            if self._problem is not None:
                raise self._problem
            return None
        return Streamed(self._form.rate, self._form.channels, self._chunks())

    # -- what the backend tells --------------------------------------------------------------------------------------

    def told(self, reply: StreamReply) -> None:
        """About this turn."""
        match reply:
            case Hearing(final=True):
                if reply.transcript and self._told is not None:
                    self._told.heard(reply.transcript)
            case Hearing():
                self._on_words(Words(reply.frames, reply.transcript, reply.complete, reply.hanging))
            case Caption() if self._told is not None and self._analysis is None:
                self._caption.append(reply.text)
                self._told.caption(" ".join(self._caption))
            case Answer():
                self._analysis = reply.analysis
                self._answered.set()
            case Speech() if self._form is None:
                self._form = reply
                self._sound_known.set()
            case Spoken() | Done():
                self._end_sound(None)
            case StreamProblem():
                self._fail(_error_of(reply.problem))
            case _:
                pass

    def sounded(self, number: int, pcm: bytes) -> None:
        """A chunk of it. What is out of order breaks the sound off."""
        if number != self._next_chunk or self._sound.full():
            self._end_sound(KioskError(LocalCode.BAD_ANSWER))
            return
        self._next_chunk += 1
        self._sound.put_nowait(pcm)

    def lost(self) -> None:
        """The line is gone."""
        self._cut = True
        self._fail(KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True))

    def _send(self, message: Pause | Resume | Cancel | Stop | Played | Say | End) -> None:
        if not self._cut:
            self._stream.send(message)

    async def _awaited(self) -> VoiceAnalysisResponse:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._answered.wait()
        except TimeoutError:
            self.cancel()
            raise KioskError(LocalCode.TIMED_OUT, retryable=True) from None
        if self._analysis is not None:
            return self._analysis
        raise self._problem or KioskError(ProblemCode.INTERNAL)

    async def _chunks(self) -> AsyncIterator[bytes]:
        while (item := await self._sound.get()) is not None:
            if isinstance(item, KioskError):
                raise item
            yield item

    def _fail(self, error: KioskError) -> None:
        self._problem = error
        self._over(self.number)
        self._answered.set()
        self._end_sound(error)

    def _end_sound(self, error: KioskError | None) -> None:
        if self._sound.full():
            self._sound.get_nowait()
        self._sound.put_nowait(error)
        self._sound_known.set()


def _error_of(problem: Problem) -> KioskError:
    if problem.code is ProblemCode.ENGINE_UNAVAILABLE and problem.params.get("step") == "hear":
        return KioskError(LocalCode.HEARING_UNAVAILABLE, retryable=problem.retryable)
    if problem.code is ProblemCode.SILENCE:
        return KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
    return KioskError(problem.code, retryable=problem.retryable, params=problem.params)
