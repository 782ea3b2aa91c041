"""What every TextToSpeech does."""

from __future__ import annotations

import pytest

from backend.external.interfaces import EngineError, TextToSpeech
from backend.external.offline.audio_codec import HEARING_RATE, container_of, decode
from shared.limits import MAX_SPEECH_CHARS
from shared.voice import AUDIO_MIME, AudioFormat, Voice

CONTAINERS = {AudioFormat.MP3: "mp3", AudioFormat.WAV: "wav", AudioFormat.OPUS: "ogg"}


def seconds(audio: bytes) -> float:
    return len(decode(audio)) / 2 / HEARING_RATE


@pytest.mark.parametrize("audio_format", list(AudioFormat))
async def test_speaks_in_the_format_that_was_asked_for(text_to_speech: TextToSpeech, audio_format: AudioFormat) -> None:
    spoken = await (await text_to_speech.stream("딸기 생크림 케이크 두 개예요.", "nova", audio_format.value)).read()
    assert spoken.mime_type == AUDIO_MIME[audio_format]
    assert container_of(spoken.audio) == CONTAINERS[audio_format]
    assert seconds(spoken.audio) > 0.3


@pytest.mark.parametrize("voice", list(Voice))
async def test_every_voice_of_the_contract_speaks(text_to_speech: TextToSpeech, voice: Voice) -> None:
    spoken = await (await text_to_speech.stream("A chocolate cake", voice.value, "wav")).read()
    assert any(decode(spoken.audio))


async def test_a_longer_text_takes_longer(text_to_speech: TextToSpeech) -> None:
    short = await (await text_to_speech.stream("네", "nova", "wav")).read()
    long = await (await text_to_speech.stream("네, 프렌치 디너 세 개와 초콜릿 케이크 하나예요.", "nova", "wav")).read()
    assert seconds(long.audio) > seconds(short.audio)


async def test_says_who_speaks_and_which_languages(text_to_speech: TextToSpeech) -> None:
    spoken = await (await text_to_speech.stream("Hello", "nova", "wav")).read()
    assert spoken.info == text_to_speech.info
    assert "ko" in text_to_speech.info.languages


async def test_the_longest_text_is_spoken(text_to_speech: TextToSpeech) -> None:
    spoken = await (
        await text_to_speech.stream(("맛있어요 " * MAX_SPEECH_CHARS)[:MAX_SPEECH_CHARS], "nova", "mp3")
    ).read()
    assert len(spoken.audio) > 10_000


async def test_an_unknown_format_is_an_engine_error(text_to_speech: TextToSpeech) -> None:
    with pytest.raises(EngineError):
        await (await text_to_speech.stream("Hello", "nova", "flac")).read()
