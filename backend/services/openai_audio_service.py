"""Hearing and speaking, whichever engine does it. The name is given by the contract; the engines are injected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol

import structlog

from backend.external.interfaces import EngineError, Heard, SpeechStream, SpeechToText, TextToSpeech
from backend.services.engine_chain import TURN_SECONDS, EngineChain
from backend.services.engine_link import Link
from backend.services.speech_cache import SpeechKey
from backend.timing import Step, note
from shared.limits import MAX_TRANSCRIPT_CHARS
from shared.voice import AUDIO_MIME, AudioFormat, Transcription

AT_HAND_SECONDS = 0.1

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class KeptSpeech(Protocol):
    """Speech that was paid for once; see ``SpeechCache``."""

    async def get(self, key: SpeechKey) -> bytes | None: ...
    async def has(self, key: SpeechKey) -> bool: ...
    def claim(self, key: SpeechKey) -> AbstractContextManager[None]: ...
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
        self._listening = 0

    @property
    def busy(self) -> bool:
        """Customers are being heard."""
        return self._listening > 0

    @property
    def pays(self) -> bool:
        """The engine of the first wish is a vendor's, and works."""
        link = next(iter(self._tts.links), None)
        return link is not None and link.remote and link.gate.is_open

    @property
    def heard_languages(self) -> tuple[str, ...]:
        """What any engine that is set up hears (BCP 47 primary tags)."""
        return tuple(dict.fromkeys(language for link in self._stt.links for language in link.info.languages))

    async def transcribe_audio(
        self, audio_bytes: bytes, filename: str, mime_type: str, language: str | None, *, elapsed: float = 0.0
    ) -> Transcription:
        """What was said in a recording of at most 60 s; silence and noise give an empty transcript.

        Raises:
            NotAudio, LanguageNotServed, EngineError.
        """

        async def ask(engine: SpeechToText) -> Heard:
            return await engine.transcribe(audio_bytes, filename, mime_type, language)

        self._listening += 1
        try:
            heard = await self._stt.ask(ask, self._turn_seconds - elapsed)
        finally:
            self._listening -= 1
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
        with ExitStack() as claims:
            if self._kept is not None and (first := self._first_key(text, voice, audio_format)) is not None:
                claims.enter_context(self._kept.claim(first))
            answering: list[Link[TextToSpeech]] = []

            async def ask(engine: TextToSpeech) -> SpeechStream:
                answering[:] = [link for link in self._tts.links if link.engine is engine]
                return await engine.stream(text, voice, audio_format)

            stream = await self._tts.ask(ask, self._turn_seconds - elapsed)
            link = answering[0]
            if not link.remote:
                return stream
            key = SpeechKey(stream.info.engine, stream.info.model, voice, audio_format, text)
            chunks = self._keeping(stream, link, key, claims.pop_all())
        # Begun, it lets go of the vendor's line and of the claim however it is left.
        await anext(chunks)
        return SpeechStream(stream.mime_type, stream.info, chunks)

    async def kept_speech(self, text: str, voice: str, audio_format: str) -> SpeechStream | None:
        """``text`` where it was spoken before and is at hand now; nobody is asked to speak it, or waited for."""
        try:
            async with asyncio.timeout(AT_HAND_SECONDS):
                return await self._find(text, voice, audio_format)
        except TimeoutError:
            return None

    async def is_kept(self, text: str, voice: str, audio_format: str) -> bool:
        """Whether the first vendor's speech of this is kept; True where nothing is ever kept."""
        key = self._first_key(text, voice, audio_format)
        return self._kept is None or key is None or await self._kept.has(key)

    def _first_key(self, text: str, voice: str, audio_format: str) -> SpeechKey | None:
        """What the engine of the first wish would be kept under; None: it costs nothing."""
        link = next(iter(self._tts.links), None)
        if link is None or not link.remote:
            return None
        return SpeechKey(link.info.engine, link.info.model, voice, audio_format, text)

    async def _find(self, text: str, voice: str, audio_format: str) -> SpeechStream | None:
        """Kept speech of the first vendor that has some, also of one that does not answer now: the voice stays.

        The engine of the first wish is looked up last, so that it can be claimed without waiting in between.
        """
        if self._kept is None:
            return None
        found: SpeechStream | None = None
        for link in reversed([link for link in self._tts.links if link.remote]):
            info = link.info
            audio = await self._kept.get(SpeechKey(info.engine, info.model, voice, audio_format, text))
            if audio is not None:
                found = SpeechStream.of(audio, AUDIO_MIME[AudioFormat(audio_format)], info)
        if found is not None:
            note(Step("speak", 0.0, found.info.engine, found.info.model, "kept"))
        return found

    async def _keeping(
        self, stream: SpeechStream, link: Link[TextToSpeech], key: SpeechKey, claims: ExitStack
    ) -> AsyncGenerator[bytes, None]:
        """An empty piece, then the speech; whole, it is kept."""
        pieces: list[bytes] = []
        with claims:
            try:
                yield b""
                async for piece in stream.chunks:
                    pieces.append(piece)
                    yield piece
            except EngineError as error:
                log.warning("speech_broke_off", engine=key.engine, model=key.model, kind=type(error).__name__)
                link.broke_off(error)
                raise
            finally:
                await stream.aclose()
            if self._kept is not None:
                await self._kept.put(key, b"".join(pieces))
