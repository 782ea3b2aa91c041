"""One turn on the voice stream, from the end of the utterance to the end of its answer's sound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from backend.domain.said_aloud import clips_of, said_of
from backend.errors import Refusal
from backend.external.interfaces import EngineError, SpeechStream
from backend.services.speech_warmer import fixed_sentences
from backend.services.thinking_ahead import Thought
from backend.services.voice_figures import TurnLog
from backend.services.voice_sound import Speaking
from backend.timing import gathered
from shared.limits import MAX_SPEECH_CHARS
from shared.problems import Problem, ProblemCode
from shared.voice_stream import Answer, Caption, Done, Span, Speech, Spoken, StreamReply

HEAR, UNDERSTAND, SPEAK = "hear", "understand", "speak"
Thinking = Awaitable[Thought | None]
_FIXED = frozenset(fixed_sentences())


class Wire(Protocol):
    """The line. ``problem`` makes an error ready for a client."""

    async def send(self, message: StreamReply) -> None: ...
    async def send_sound(self, number: int, pcm: bytes) -> None: ...
    def problem(self, error: Exception, step: str) -> Problem: ...
    def may(self) -> None:
        """One more call is within the rate. Raises Refusal: rate_limited."""
        ...


class TurnHost(Protocol):
    """What a turn asks of its stream. The calls raise what the services raise."""

    @property
    def wire(self) -> Wire: ...
    @property
    def log(self) -> TurnLog: ...
    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None: ...
    def silence_before(self, number: int) -> None: ...
    async def answer(self, turn: VoiceTurn, transcript: str, ahead: Thinking | None) -> Answer: ...
    async def speak(self, text: str, elapsed: float) -> SpeechStream: ...
    async def tell_problem(self, turn: int, error: Exception, step: str) -> None: ...


class VoiceTurn:
    """One utterance, from its end to the end of its answer's sound."""

    def __init__(self, stream: TurnHost, number: int, quiet_ms: int) -> None:
        self.number = number
        self.task: asyncio.Task[Any] | None = None
        self.caption = ""
        self.answered = False
        self._stream = stream
        self._loop = asyncio.get_running_loop()
        self._mark = self._began = self._loop.time()
        self._quiet = quiet_ms / 1000
        self._spans: dict[Span, float] = {Span.ENDPOINTING: float(quiet_ms)}
        self._local = False
        self._silenced = self._recorded = False
        self._speaking: Speaking | None = None
        self._sounding: asyncio.Task[Any] | None = None
        self._chunks = 0
        self._step = HEAR

    @property
    def elapsed(self) -> float:
        """Seconds since the last voiced sample."""
        return self._quiet + self._loop.time() - self._began

    async def run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            with gathered():
                await work
        except ConnectionError:
            return
        except Exception as error:  # noqa: BLE001 - the kiosk is told, whatever it was
            try:
                await self._stream.tell_problem(self.number, error, self._step)
                await self._done()
            except ConnectionError:
                return
        finally:
            work.close()

    async def spoken(self, hear: Callable[[], Awaitable[str]], ahead: Thinking | None) -> None:
        """``ahead``: what is thought already of the words that ``hear`` comes to."""
        self._passed(Span.UPLOAD)
        transcript = await hear()
        self._passed(Span.STT)
        if not transcript:
            raise Refusal(ProblemCode.SILENCE)
        await self._answer(transcript, ahead)

    async def typed(self, text: str) -> None:
        await self._answer(text)

    async def _answer(self, transcript: str, ahead: Thinking | None = None) -> None:
        self._stream.silence_before(self.number)
        self._step = UNDERSTAND
        answer = await self._stream.answer(self, transcript, ahead)
        self.caption = answer.analysis.response
        self.answered = True
        self._local = answer.analysis.analysis.get("model") == "rules"
        self._passed(Span.UNDERSTANDING)
        await self._stream.wire.send(answer)
        self._step = SPEAK
        texts = clips_of(self.caption[:MAX_SPEECH_CHARS], _FIXED)
        if texts and not self._silenced:
            self._speaking = Speaking(texts, lambda text: self._stream.speak(text, self.elapsed))
            self._sounding = self._stream.start(self._sound_out(self._speaking), f"sound {self.number}")
            if self._sounding is not None:
                await asyncio.wait({self._sounding})
                failure = None if self._sounding.cancelled() else self._sounding.result()
                if failure is not None:
                    raise failure
            await self._stream.wire.send(Spoken(turn=self.number, ms=round(self._speaking.sent_ms)))
        await self._done()

    async def _sound_out(self, speaking: Speaking) -> Exception | None:
        try:
            await speaking.run(self)
        except (EngineError, ConnectionError) as error:
            return error
        return None

    async def clip(self, index: int, text: str, rate: int) -> None:
        if index == 0:
            self._passed(Span.TTS)
        await self._stream.wire.send(Caption(turn=self.number, clip=index, text=text))
        await self._stream.wire.send(Speech(turn=self.number, clip=index, rate=rate))

    async def sound(self, pcm: bytes) -> None:
        await self._stream.wire.send_sound(self._chunks, pcm)
        if self._chunks == 0:
            self._passed(Span.OUTPUT)
        self._chunks += 1

    def silence(self) -> None:
        self._silenced = True
        if self._sounding is not None:
            self._sounding.cancel()

    async def cancel(self) -> None:
        self.silence()
        if self.task is not None and not self.answered:
            self.task.cancel()
            await asyncio.wait({self.task}, timeout=1.0)

    def said(self, played_ms: float) -> str:
        clips = self._speaking.clips if self._speaking is not None else []
        return said_of(clips, played_ms, self.caption)

    def record(self, waited_ms: int | None) -> None:
        """Once; a turn without sound in its answer counts what it had."""
        if self._recorded or not self.answered:
            return
        self._recorded = True
        spans = dict(self._spans)
        if waited_ms is not None and self._chunks:
            before = sum(ms for span, ms in spans.items() if span is not Span.OUTPUT)
            spans[Span.OUTPUT] = max(spans.get(Span.OUTPUT, 0.0), waited_ms - before)
        self._stream.log.record(spans, local=self._local)

    async def _done(self) -> None:
        spans = {span: round(ms, 1) for span, ms in self._spans.items()}
        await self._stream.wire.send(Done(turn=self.number, spans=spans, local=self._local))

    def _passed(self, span: Span) -> None:
        now = self._loop.time()
        self._spans[span] = (now - self._mark) * 1000
        self._mark = now
