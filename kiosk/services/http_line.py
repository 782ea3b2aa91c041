"""HttpLine: a turn as three calls, each with the whole of what it is about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kiosk.api.backend import Backend
from kiosk.audio.interfaces import FRAME_BYTES
from kiosk.audio.voice_activity import as_wav
from kiosk.errors import KioskError, LocalCode
from kiosk.services.line import Elapsed, Line, LineTurn, Recorded, Told, Words
from shared import limits
from shared.problems import ProblemCode
from shared.voice import AudioFormat, VoiceAnalysisResponse

Converse = Callable[[str, Elapsed], Awaitable[VoiceAnalysisResponse]]


class HttpLine(Line):
    """Where the stream is refused, or not there."""

    def __init__(self, backend: Backend, converse: Converse) -> None:
        """``converse``: ``OrderSession.converse``."""
        self._backend = backend
        self._converse = converse
        self.language: str | None = None
        """What is spoken into the microphone, from the next turn on; None: detect."""

    @property
    def hears_ahead(self) -> bool:
        return False

    def turn(self, before_ms: int, on_words: Callable[[Words], None]) -> LineTurn:  # noqa: ARG002 -- for streams
        return _Spoken(self._backend, self._converse, self.language)

    def say(self, text: str) -> LineTurn:
        return _Typed(self._backend, self._converse, text)


class _Turn(LineTurn):
    def __init__(self, backend: Backend, converse: Converse) -> None:
        self._backend = backend
        self._converse = converse
        self._answer = ""
        self._known = asyncio.Event()
        self._elapsed: Elapsed | None = None

    def sound(self, pcm: bytes) -> None:
        pass

    def pause(self, frames: int) -> None:
        pass

    def resume(self) -> None:
        pass

    def cancel(self) -> None:
        pass

    def stopped(self, played_ms: int, waited_ms: int | None) -> None:
        pass

    def played(self, played_ms: int, waited_ms: int | None) -> None:
        pass

    async def speech(self) -> Recorded | None:
        await self._known.wait()
        return await spoken(self._backend, self._answer, self._elapsed)

    async def _answered(self, sentence: str, elapsed: Elapsed) -> VoiceAnalysisResponse:
        self._elapsed = elapsed
        analysis = await self._converse(sentence, elapsed)
        self._answer = analysis.response
        self._known.set()
        return analysis


class _Typed(_Turn):
    def __init__(self, backend: Backend, converse: Converse, text: str) -> None:
        super().__init__(backend, converse)
        self._text = text

    async def answer(
        self,
        frames: int,  # noqa: ARG002 -- a typed sentence has none
        elapsed: Elapsed,
        told: Told,
    ) -> VoiceAnalysisResponse:
        told.heard(self._text)
        return await self._answered(self._text, elapsed)


class _Spoken(_Turn):
    def __init__(self, backend: Backend, converse: Converse, language: str | None) -> None:
        super().__init__(backend, converse)
        self._language = language
        self._sound = bytearray()

    def sound(self, pcm: bytes) -> None:
        self._sound += pcm

    def cancel(self) -> None:
        self._sound.clear()

    async def answer(self, frames: int, elapsed: Elapsed, told: Told) -> VoiceAnalysisResponse:
        wav = as_wav(bytes(self._sound[: frames * FRAME_BYTES]))
        heard = (await self._heard(wav, elapsed)).strip()[: limits.MAX_TRANSCRIPT_CHARS]
        if not heard:
            raise KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True)
        told.heard(heard)
        return await self._answered(heard, elapsed)

    async def _heard(self, wav: bytes, elapsed: Elapsed) -> str:
        try:
            return (await self._backend.transcribe(wav, self._language, elapsed=elapsed())).transcript
        except KioskError as error:
            if error.code is ProblemCode.ENGINE_UNAVAILABLE:
                raise KioskError(LocalCode.HEARING_UNAVAILABLE, retryable=error.retryable) from error
            raise


async def spoken(backend: Backend, text: str, elapsed: Elapsed | None = None) -> Recorded | None:
    """``text`` as sound. Raises KioskError.

    Asked for once more at once where the backend then answers with its next engine: the line was cut in mid-answer, or
    the engine could not. Speech changes nothing in the shop, so that is safe.
    """
    if not text:
        return None
    words = text[: limits.MAX_SPEECH_CHARS]
    try:
        return Recorded(await backend.speak(words, AudioFormat.WAV, elapsed=elapsed() if elapsed else None))
    except KioskError as error:
        unable = error.code is ProblemCode.ENGINE_UNAVAILABLE and error.retryable
        if not unable and error.code is not LocalCode.BACKEND_UNREACHABLE:
            raise
    return Recorded(await backend.speak(words, AudioFormat.WAV, elapsed=elapsed() if elapsed else None))
