"""One turn on the voice stream, from the end of the utterance to the end of its answer's sound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Protocol

from backend.domain.opener import opened
from backend.domain.said_aloud import INTERRUPTED, clips_of, said_of
from backend.errors import Refusal
from backend.external.interfaces import EngineError, SpeechStream
from backend.services.opening import Decided, Openable
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
    async def answer(self, turn: VoiceTurn, transcript: str, ahead: Thinking | None, openable: Openable) -> Answer: ...
    async def speak(self, text: str, elapsed: float) -> SpeechStream: ...
    async def kept(self, text: str) -> SpeechStream | None: ...
    def opener(self, decided: Decided) -> str: ...
    async def tell_problem(self, turn: int, error: Exception, step: str) -> None: ...


class VoiceTurn:
    """One utterance, from its end to the end of its answer's sound."""

    def __init__(self, stream: TurnHost, number: int, quiet_ms: int) -> None:
        self.number = number
        self.task: asyncio.Task[Any] | None = None
        self.caption = ""
        """All that is spoken."""
        self.answer = ""
        """The same without what was said before it was known."""
        self.opener = ""
        self.answered = False
        self._stream = stream
        self._loop = asyncio.get_running_loop()
        self._mark = self._began = self._loop.time()
        self._quiet = quiet_ms / 1000
        self._spans: dict[Span, float] = {Span.ENDPOINTING: float(quiet_ms)}
        self._local = False
        self._silenced = self._recorded = False
        self._speaking = Speaking(self._speak)
        self._kept: SpeechStream | None = None
        self._sentence_ms: float | None = None
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

    async def spoken(
        self, hear: Callable[[], Awaitable[str]], ahead: Thinking | None, openable: Openable | None = None
    ) -> None:
        """``ahead``: what is thought already of the words that ``hear`` comes to; ``openable``: what may be said."""
        self._passed(Span.UPLOAD)
        transcript = await hear()
        self._passed(Span.STT)
        if not transcript:
            raise Refusal(ProblemCode.SILENCE)
        await self._answer(transcript, ahead, openable)

    async def typed(self, text: str) -> None:
        await self._answer(text)

    async def _answer(self, transcript: str, ahead: Thinking | None = None, openable: Openable | None = None) -> None:
        self._stream.silence_before(self.number)
        self._step = UNDERSTAND
        openable = openable or Openable()
        self._sounding = self._stream.start(self._open(openable), f"opener {self.number}")
        try:
            answer = await self._stream.answer(self, transcript, ahead, openable)
        finally:
            openable.close()
        if self._sounding is not None:
            await asyncio.wait({self._sounding})
        self.answer = answer.analysis.response
        self.caption = opened(self.opener, self.answer) if self.opener else self.answer
        self.answered = True
        self._local = answer.analysis.analysis.get("model") == "rules"
        if not self.opener:
            self._passed(Span.UNDERSTANDING)
        await self._stream.wire.send(_saying(answer, self.caption))
        self._step = SPEAK
        texts = clips_of(self.caption[len(self.opener) : MAX_SPEECH_CHARS], _FIXED)
        if texts and not self._silenced:
            self._sounding = self._stream.start(self._sound_out(texts), f"sound {self.number}")
            if self._sounding is not None:
                await asyncio.wait({self._sounding})
                failure = None if self._sounding.cancelled() else self._sounding.result()
                if failure is not None:
                    raise failure
            await self._stream.wire.send(Spoken(turn=self.number, ms=round(self._speaking.sent_ms)))
        await self._done()

    async def _open(self, openable: Openable) -> None:
        """Say at once, out of what is kept, that somebody was heard: where a model takes its time, and only there."""
        decided = await openable.known()
        if decided is None:
            return
        words = self._stream.opener(decided)
        kept = await self._stream.kept(words)
        if kept is None or self._silenced or openable.closed:
            return
        self._passed(Span.UNDERSTANDING)
        self.opener = words
        self._kept = kept
        await self._sound_out((words,))

    async def _speak(self, text: str) -> SpeechStream:
        kept, self._kept = self._kept, None
        return kept or await self._stream.speak(text, self.elapsed)

    async def _sound_out(self, texts: Sequence[str]) -> Exception | None:
        try:
            await self._speaking.run(self, texts)
        except (EngineError, ConnectionError) as error:
            return error
        return None

    async def clip(self, index: int, text: str, rate: int) -> None:
        if self._sentence_ms is None and text != self.opener:
            self._sentence_ms = 1000 * self.elapsed
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
        """Of ``answer``."""
        said = said_of(self._speaking.clips, played_ms, self.caption)
        if said == self.caption:
            return self.answer
        before = len(self.caption) - len(self.answer)
        return said if not before else said.removeprefix(self.opener).strip() or INTERRUPTED

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
        sentence = None if self._sentence_ms is None else round(self._sentence_ms, 1)
        opener = self._speaking.clips[0].ms if self.opener and self._speaking.clips else 0.0
        await self._stream.wire.send(
            Done(turn=self.number, spans=spans, local=self._local, opener_ms=round(opener, 1), sentence_ms=sentence)
        )

    def _passed(self, span: Span) -> None:
        now = self._loop.time()
        self._spans[span] = self._spans.get(span, 0.0) + (now - self._mark) * 1000
        self._mark = now


def _saying(answer: Answer, words: str) -> Answer:
    """The same answer, in the words that are really spoken."""
    if words == answer.analysis.response:
        return answer
    return answer.model_copy(update={"analysis": answer.analysis.model_copy(update={"response": words})})
