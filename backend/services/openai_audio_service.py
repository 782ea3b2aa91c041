"""Hearing and speaking, whichever engine does it. The name is given by the contract; the engines are injected."""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.interfaces import Heard, SpeechToText, Spoken, TextToSpeech
from backend.services.engine_chain import first_that_works
from shared.limits import MAX_TRANSCRIPT_CHARS
from shared.voice import Transcription

HEARING_SECONDS = 25.0
SPEAKING_SECONDS = 15.0


class OpenAIAudioService:
    """Two chains of engines in order of wish; see ``first_that_works`` for what they raise together."""

    def __init__(
        self,
        stt: Sequence[SpeechToText],
        tts: Sequence[TextToSpeech],
        hearing_seconds: float = HEARING_SECONDS,
        speaking_seconds: float = SPEAKING_SECONDS,
    ) -> None:
        self._stt = tuple(stt)
        self._tts = tuple(tts)
        self._hearing_seconds = hearing_seconds
        self._speaking_seconds = speaking_seconds

    async def transcribe_audio(
        self, audio_bytes: bytes, filename: str, mime_type: str, language: str | None
    ) -> Transcription:
        """What was said in a recording of at most 60 s; silence and noise give an empty transcript.

        Raises:
            NotAudio, LanguageNotServed, EngineError.
        """

        async def ask(engine: SpeechToText) -> Heard:
            return await engine.transcribe(audio_bytes, filename, mime_type, language)

        heard = await first_that_works(self._stt, ask, self._hearing_seconds)
        return Transcription(
            transcript=heard.text[:MAX_TRANSCRIPT_CHARS],
            language=heard.language,
            engine=heard.info.engine,
            confidence=min(1.0, max(0.0, heard.confidence)),
        )

    async def synthesize_speech(self, text: str, voice: str, audio_format: str) -> tuple[bytes, str]:
        """``text`` (1 to 1,000 characters) spoken, and the MIME type.

        Raises:
            EngineError.
        """

        async def ask(engine: TextToSpeech) -> Spoken:
            return await engine.synthesize(text, voice, audio_format)

        spoken = await first_that_works(self._tts, ask, self._speaking_seconds)
        return spoken.audio, spoken.mime_type
