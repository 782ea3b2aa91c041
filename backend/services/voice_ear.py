"""What is heard on the voice stream: frames of a turn as they come, heard and thought about ahead in each pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from backend.domain.utterance import Look
from backend.errors import Refusal
from backend.external import wav_stream
from backend.services.opening import Openable
from backend.services.thinking_ahead import Thought
from backend.services.voice_stream_turn import Wire
from backend.tasks import TaskScope
from backend.timing import gathered
from shared.problems import ProblemCode
from shared.voice import Transcription
from shared.voice_stream import FRAME_BYTES, MAX_PAUSES, MAX_TURN_FRAMES, RATE, Hearing, frames_in

WAV = "audio/wav"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Mind(Protocol):
    """The conversation of this line, asked about words that may not be all yet. Both raise what the services raise."""

    async def look_at(self, transcript: str) -> Look: ...
    async def think_ahead(self, transcript: str, elapsed: float, openable: Openable) -> Thought: ...


class Transcribe(Protocol):
    async def __call__(
        self, audio_bytes: bytes, filename: str, mime_type: str, language: str | None, *, elapsed: float
    ) -> Transcription: ...


@dataclass(slots=True)
class Ahead:
    """What was begun in a pause: ``hearing`` of the first ``frames`` frames, ``thinking`` about their words.

    The one ends with a Transcription or an exception, the other with a Thought or None.
    """

    frames: int
    hearing: asyncio.Task[Any] | None
    telling: asyncio.Task[Any] | None = None
    thinking: asyncio.Task[Any] | None = None
    openable: Openable | None = None
    """What may be said while it is thought about."""

    def drop(self) -> None:
        for task in (self.telling, self.hearing, self.thinking):
            if task is not None:
                task.cancel()


class Ear:
    """Hears for one line. ``language`` as for ``transcribe``."""

    def __init__(self, wire: Wire, tasks: TaskScope, transcribe: Transcribe, mind: Mind, language: str | None) -> None:
        self.wire = wire
        self._tasks = tasks
        self._transcribe = transcribe
        self._mind = mind
        self._language = language

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        return self._tasks.start(work, name)

    async def heard(self, turn: int, pcm: bytes, elapsed: float, ahead: Ahead | None) -> str:
        """What was said in all of ``pcm``, told to the kiosk; what was heard ahead is not heard again.

        Raises:
            ConnectionError, and what ``transcribe`` raises.
        """
        heard = await asyncio.shield(ahead.hearing) if ahead is not None and ahead.hearing is not None else None
        if not isinstance(heard, Transcription):
            heard = await self.hear(pcm, elapsed)
        if isinstance(heard, Exception):
            raise heard
        await self.tell(turn, frames_in(pcm), heard, None)
        return heard.transcript.strip()

    async def hear(self, pcm: bytes, elapsed: float) -> Transcription | Exception:
        with gathered():
            try:
                wav = wav_stream.header(RATE, len(pcm)) + pcm
                return await self._transcribe(wav, "turn.wav", WAV, self._language, elapsed=elapsed)
            except Exception as error:  # noqa: BLE001 - told where it is waited for, or heard anew
                return error

    async def look(self, transcript: str) -> Look:
        try:
            return await self._mind.look_at(transcript)
        except Exception as error:  # noqa: BLE001 - only a hint
            log.info("look_failed", kind=type(error).__name__)
            return Look(None, hanging=False)

    async def think(self, transcript: str, elapsed: float, openable: Openable) -> Thought | None:
        try:
            return await self._mind.think_ahead(transcript, elapsed, openable)
        except Exception as error:  # noqa: BLE001 - what is not thought ahead is thought at the end
            log.info("not_thought_ahead", kind=type(error).__name__)
            return None

    async def tell(self, turn: int, frames: int, heard: Transcription, look: Look | None) -> None:
        """``look`` None: this is what will be answered."""
        await self.wire.send(
            Hearing(
                turn=turn,
                frames=frames,
                transcript=heard.transcript,
                final=look is None,
                language=heard.language,
                confidence=heard.confidence,
                complete=look.complete if look else None,
                hanging=look.hanging if look else False,
            )
        )


class Capture:
    """A turn that is being spoken. ``free``: no older turn waits for its answer, which would change what words mean."""

    def __init__(self, ear: Ear, number: int, free: Callable[[], bool]) -> None:
        self.number = number
        self._ear = ear
        self._free = free
        self._pcm = bytearray()
        self._pauses = 0
        self._thought = False
        self._ahead: Ahead | None = None

    def add(self, number: int, pcm: bytes) -> None:
        """Raises Refusal: invalid_request, frames are missing; payload_too_large."""
        if number != self._frames:
            raise Refusal(ProblemCode.INVALID_REQUEST, field="sound", reason="gap")
        if self._frames + frames_in(pcm) > MAX_TURN_FRAMES:
            raise Refusal(ProblemCode.PAYLOAD_TOO_LARGE, field="sound")
        self._pcm += pcm

    def pause(self, frames: int) -> None:
        """Hear the first ``frames`` frames now, within the rate.

        Raises Refusal: invalid_request, there are not so many.
        """
        pcm = self._first(frames)
        if not pcm or self._pauses >= MAX_PAUSES or not self._may():
            return  # what is not heard ahead is heard at the end
        self._pauses += 1
        self.resume()
        ahead = self._ahead = Ahead(frames, self._ear.start(self._ear.hear(pcm, 0.0), "hear"))
        ahead.telling = self._ear.start(self._tell(ahead, asyncio.get_running_loop().time()), "hear ahead")

    def resume(self) -> None:
        """That was not all: what the pause began is dropped."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.drop()

    def end(self, frames: int) -> tuple[bytes, Ahead | None]:
        """The utterance, and what was begun of just that.

        Raises Refusal: invalid_request, there are not so many frames.
        """
        pcm = self._first(frames)
        if self._ahead is None or self._ahead.frames != frames:
            self.resume()
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.telling is not None:
            ahead.telling.cancel()
        return pcm, ahead

    async def _tell(self, ahead: Ahead, began: float) -> None:
        if ahead.hearing is None:
            return
        heard = await asyncio.shield(ahead.hearing)
        if not isinstance(heard, Transcription):
            return
        look = await self._ear.look(heard.transcript)
        if look.ends and not self._thought and self._free() and self._may():
            # One a turn: a model that is asked costs money, also where the customer goes on.
            self._thought = True
            waited = asyncio.get_running_loop().time() - began
            openable = ahead.openable = Openable()
            thinking = self._ear.think(heard.transcript.strip(), waited, openable)
            ahead.thinking = self._ear.start(thinking, "think ahead")
        with suppress(ConnectionError):
            await self._ear.tell(self.number, ahead.frames, heard, look)

    def _may(self) -> bool:
        try:
            self._ear.wire.may()
        except Refusal:
            return False
        return True

    @property
    def _frames(self) -> int:
        return len(self._pcm) // FRAME_BYTES

    def _first(self, frames: int) -> bytes:
        if frames > self._frames:
            raise Refusal(ProblemCode.INVALID_REQUEST, field="frames", reason="gap")
        return bytes(self._pcm[: frames * FRAME_BYTES])
