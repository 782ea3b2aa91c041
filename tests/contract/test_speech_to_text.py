"""What every SpeechToText does."""

from __future__ import annotations

import re

import pytest

from backend.external.interfaces import LanguageNotServed, NotAudio, SpeechToText
from backend.external.offline.audio_codec import HEARING_RATE, wav
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.worker import WorkerProcess


@pytest.mark.parametrize(("audio_format", "mime"), [("wav", "audio/wav"), ("mp3", "audio/mpeg"), ("opus", "audio/ogg")])
async def test_hears_a_sentence_in_each_format(
    speech_to_text: SpeechToText, worker: WorkerProcess, audio_format: str, mime: str, live: bool
) -> None:
    spoken = await EspeakTextToSpeech(worker).synthesize("two strawberry cakes", "shimmer", audio_format)
    heard = await speech_to_text.transcribe(spoken.audio, f"order.{audio_format}", mime, "en")
    if live:
        # A model writes as people do ("Two strawberry cakes.", "2 strawberry cakes"), and knows synthetic voices less.
        assert {"strawberry", "cakes"} <= set(re.findall(r"[a-z]+", heard.text.lower()))
    else:
        assert heard.text == "two strawberry cakes"
    assert heard.language == "en"
    assert (0.0 if live else 0.5) < heard.confidence <= 1
    assert heard.info == speech_to_text.info


async def test_silence_is_an_empty_text(speech_to_text: SpeechToText) -> None:
    heard = await speech_to_text.transcribe(
        wav(bytes(2 * HEARING_RATE), HEARING_RATE), "silence.wav", "audio/wav", None
    )
    assert heard.text == ""
    assert heard.confidence == 0


@pytest.mark.parametrize("junk", [b"", b"not audio at all", b"\x89PNG\r\n\x1a\n" + bytes(64), b"OggS", b"RIFF"])
async def test_what_is_no_audio_is_told(speech_to_text: SpeechToText, junk: bytes) -> None:
    with pytest.raises(NotAudio):
        await speech_to_text.transcribe(junk, "x.wav", "audio/wav", "en")


async def test_a_language_that_is_not_heard_is_told_with_those_that_are(speech_to_text: SpeechToText) -> None:
    with pytest.raises(LanguageNotServed) as caught:
        await speech_to_text.transcribe(wav(bytes(320), HEARING_RATE), "x.wav", "audio/wav", "tlh")
    assert caught.value.language == "tlh"
    assert caught.value.served == speech_to_text.info.languages
