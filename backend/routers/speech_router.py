"""Hearing and speaking over HTTP."""

from __future__ import annotations

import re

from backend.errors import Refusal
from backend.routers.turn_clock import TURN_ELAPSED, elapsed_of
from backend.services.openai_audio_service import OpenAIAudioService
from backend.web.endpoint import Call, Content, Endpoint
from shared import paths
from shared.limits import MAX_AUDIO_BYTES
from shared.problems import ProblemCode
from shared.voice import AUDIO_MIME, TextToSpeechRequest, Transcription

_LANGUAGE_TAG = re.compile(r"^([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8})*$")


class SpeechRouter:
    """``POST /api/voice/stt`` and ``POST /api/voice/tts``. Audio lives in memory for the length of the call."""

    def __init__(self, audio: OpenAIAudioService) -> None:
        self._audio = audio

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.VOICE_STT,
                self._transcribe,
                "What was said in a recording; an empty transcript when nothing was",
                answer=Transcription,
                problems=(
                    ProblemCode.NOT_AUDIO,
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    ProblemCode.LANGUAGE_NOT_SERVED,
                    ProblemCode.ENGINE_UNAVAILABLE,
                ),
                headers=(TURN_ELAPSED,),
                upload="file",
                upload_fields=("language",),
                max_bytes=MAX_AUDIO_BYTES,
                rate="voice",
                tag="voice",
            ),
            Endpoint(
                "POST",
                paths.VOICE_TTS,
                self._speak,
                "A text spoken, as mp3, wav or opus",
                body=TextToSpeechRequest,
                problems=(ProblemCode.ENGINE_UNAVAILABLE,),
                content_types=tuple(AUDIO_MIME.values()),
                headers=(TURN_ELAPSED,),
                rate="voice",
                tag="voice",
            ),
        ]

    async def _transcribe(self, call: Call[None]) -> Transcription:
        upload = call.upload
        if upload is None:
            raise RuntimeError("an endpoint with an upload was called without one")
        if not upload.content:
            raise Refusal(ProblemCode.NOT_AUDIO, "The file is empty.", field="file")
        language = _primary_tag(upload.fields.get("language", ""))
        return await self._audio.transcribe_audio(
            upload.content, upload.filename, upload.mime_type, language, elapsed=elapsed_of(call.headers)
        )

    async def _speak(self, call: Call[TextToSpeechRequest]) -> Content:
        wanted = call.body
        speech = await self._audio.stream_speech(
            wanted.text, wanted.voice.value, wanted.format.value, elapsed=elapsed_of(call.headers)
        )
        return Content(speech.chunks, speech.mime_type, headers={"Cache-Control": "no-store"})


def _primary_tag(language: str) -> str | None:
    """``ko`` of ``ko-KR``; None when nothing is said."""
    if not language.strip():
        return None
    found = _LANGUAGE_TAG.match(language.strip())
    if found is None:
        raise Refusal(ProblemCode.INVALID_REQUEST, "language is not a BCP 47 tag.", field="language", reason="pattern")
    return found[1].lower()
