"""Hearing and speaking, whichever engine does it. The name is given by the contract; the engines are injected."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

import structlog

from backend.external.interfaces import EngineError, Heard, SpeechStream, SpeechToText, TextToSpeech
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Link
from backend.services.speech_cache import SpeechKey
from backend.timing import Step, note
from shared.limits import MAX_TRANSCRIPT_CHARS
from shared.voice import AUDIO_MIME, AudioFormat, Transcription

TURN_SECONDS = 6.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class KeptSpeech(Protocol):
    """Speech that was paid for once; see ``SpeechCache``."""

    async def get(self, key: SpeechKey) -> bytes | None: ...
    async def put(self, key: SpeechKey, audio: bytes) -> None: ...


class OpenAIAudioService:
    """Two chains of engines in order of wish; see ``EngineChain.ask`` for what they raise together.

    ``turn_seconds`` is what vendors have for a whole turn; ``elapsed`` says how much of it is gone already.
    """

    def __init__(
        self,
        stt: EngineChain[SpeechToText],
        tts: EngineChain[TextToSpeech],
        kept: KeptSpeech | None = None,
        *,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._stt = stt
        self._tts = tts
        self._kept = kept
        self._turn_seconds = turn_seconds

    async def transcribe_audio(
        self, audio_bytes: bytes, filename: str, mime_type: str, language: str | None, *, elapsed: float = 0.0
    ) -> Transcription:
        """What was said in a recording of at most 60 s; silence and noise give an empty transcript.

        Raises:
            NotAudio, LanguageNotServed, EngineError.
        """

        async def ask(engine: SpeechToText) -> Heard:
            return await engine.transcribe(audio_bytes, filename, mime_type, language)

        heard = await self._stt.ask(ask, self._turn_seconds - elapsed)
        return Transcription(
            transcript=heard.text[:MAX_TRANSCRIPT_CHARS],
            language=heard.language,
            engine=heard.info.engine,
            model=heard.info.model,
            confidence=min(1.0, max(0.0, heard.confidence)),
        )

    async def synthesize_speech(self, text: str, voice: str, audio_format: str) -> tuple[bytes, str]:
        """``text`` (1 to 1,000 characters) spoken, and the MIME type.

        Raises:
            EngineError.
        """
        spoken = await (await self.stream_speech(text, voice, audio_format)).read()
        return spoken.audio, spoken.mime_type

    async def stream_speech(self, text: str, voice: str, audio_format: str, *, elapsed: float = 0.0) -> SpeechStream:
        """The same while it is made. What was paid for before is not paid for again.

        Raises:
            EngineError: nothing was said. Reading on may raise it too: the speech broke off, and whoever asks again
                is answered by another engine.
        """
        if (kept := await self._find(text, voice, audio_format)) is not None:
            return kept
        answering: list[Link[TextToSpeech]] = []

        async def ask(engine: TextToSpeech) -> SpeechStream:
            answering[:] = [link for link in self._tts.links if link.engine is engine]
            return await engine.stream(text, voice, audio_format)

        stream = await self._tts.ask(ask, self._turn_seconds - elapsed)
        link = answering[0]
        if not link.remote or self._kept is None:
            return stream
        key = SpeechKey(stream.info.engine, stream.info.model, voice, audio_format, text)
        return SpeechStream(stream.mime_type, stream.info, self._keeping(self._kept, stream, link, key))

    async def _find(self, text: str, voice: str, audio_format: str) -> SpeechStream | None:
        """Kept speech of the first vendor that has some, also of one that does not answer now: the voice stays."""
        for link in self._tts.links:
            if not link.remote or self._kept is None:
                return None
            info = link.info
            audio = await self._kept.get(SpeechKey(info.engine, info.model, voice, audio_format, text))
            if audio is not None:
                note(Step("speak", 0.0, info.engine, info.model, "kept"))
                return SpeechStream.of(audio, AUDIO_MIME[AudioFormat(audio_format)], info)
        return None

    async def _keeping(
        self, kept: KeptSpeech, stream: SpeechStream, link: Link[TextToSpeech], key: SpeechKey
    ) -> AsyncGenerator[bytes, None]:
        pieces: list[bytes] = []
        try:
            async for piece in stream.chunks:
                pieces.append(piece)
                yield piece
        except EngineError as error:
            log.warning("speech_broke_off", engine=key.engine, model=key.model, kind=type(error).__name__)
            link.broke_off(error)
            raise
        finally:
            await stream.aclose()
        await kept.put(key, b"".join(pieces))
