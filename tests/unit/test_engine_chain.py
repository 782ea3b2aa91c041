"""Which engine answers, and what is said when none does."""

from __future__ import annotations

import pytest

from backend.external.interfaces import (
    EngineMisconfigured,
    EngineRateLimited,
    EngineUnavailable,
    LanguageNotServed,
    NotAudio,
)
from backend.services.gemini_image_service import GeminiImageService
from backend.services.openai_audio_service import OpenAIAudioService
from tests.fakes.engines import FakeImageEngine, FakeSpeechToText, FakeTextToSpeech

WAVE = b"RIFF0000WAVE" + bytes(40) + b"\1" * 64


async def test_the_second_engine_answers_when_the_first_fails() -> None:
    service = OpenAIAudioService([FakeSpeechToText(error=EngineRateLimited()), FakeSpeechToText("a cake")], [])
    heard = await service.transcribe_audio(WAVE, "a.wav", "audio/wav", "en")
    assert (heard.transcript, heard.language, heard.engine) == ("a cake", "en", "fake")


async def test_what_is_no_audio_is_not_tried_on_others() -> None:
    second = FakeSpeechToText()
    with pytest.raises(NotAudio):
        await OpenAIAudioService([FakeSpeechToText(), second], []).transcribe_audio(b"x", "a.wav", "audio/wav", None)
    assert second.calls == 0


async def test_a_language_nobody_hears_names_those_that_are_heard() -> None:
    service = OpenAIAudioService([FakeSpeechToText(error=LanguageNotServed("fr", ("ko",))), FakeSpeechToText()], [])
    with pytest.raises(LanguageNotServed) as caught:
        await service.transcribe_audio(WAVE, "a.wav", "audio/wav", "fr")
    assert caught.value.served == ("ko", "en")


async def test_the_first_failure_is_told_when_all_fail() -> None:
    failing = [FakeTextToSpeech(EngineRateLimited()), FakeTextToSpeech(EngineUnavailable())]
    with pytest.raises(EngineRateLimited):
        await OpenAIAudioService([], failing).synthesize_speech("hello", "nova", "wav")


async def test_no_engine_is_a_misconfiguration() -> None:
    with pytest.raises(EngineMisconfigured):
        await OpenAIAudioService([], []).transcribe_audio(WAVE, "a.wav", "audio/wav", None)


async def test_pictures_come_as_bytes_and_type() -> None:
    service = GeminiImageService([FakeImageEngine(EngineUnavailable()), FakeImageEngine()])
    content, mime_type = await service.generate_image("a cake", "4:3")
    assert content.startswith(b"\x89PNG")
    assert mime_type == "image/png"
