"""Speech that is read as a whole."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncGenerator

import pytest

from backend.external import wav_stream
from backend.external.interfaces import EngineInfo, EngineTimeout, SpeechStream

INFO = EngineInfo("fake", "voice-1")
PCM = bytes(range(200)) * 48


async def pieces(*parts: bytes, error: Exception | None = None) -> AsyncGenerator[bytes, None]:
    for part in parts:
        yield part
    if error is not None:
        raise error


async def test_a_wav_that_was_streamed_knows_its_length_once_it_is_whole() -> None:
    streamed = SpeechStream("audio/wav", INFO, pieces(wav_stream.header(24_000), PCM[:999], PCM[999:]))
    spoken = await streamed.read()
    assert len(spoken.audio) == 44 + len(PCM)
    assert int.from_bytes(spoken.audio[4:8], "little") == len(spoken.audio) - 8
    assert int.from_bytes(spoken.audio[40:44], "little") == len(PCM)
    with wave.open(io.BytesIO(spoken.audio)) as file:
        assert file.readframes(file.getnframes()) == PCM


@pytest.mark.parametrize(("mime_type", "audio"), [("audio/mpeg", b"\xff\xfb\x90\x00abc"), ("audio/ogg", b"OggSabc")])
async def test_other_speech_stays_as_it_came(mime_type: str, audio: bytes) -> None:
    spoken = await SpeechStream(mime_type, INFO, pieces(audio[:3], audio[3:])).read()
    assert (spoken.audio, spoken.mime_type, spoken.info) == (audio, mime_type, INFO)


async def test_speech_that_breaks_off_is_no_speech() -> None:
    with pytest.raises(EngineTimeout):
        await SpeechStream("audio/wav", INFO, pieces(b"RIFF", error=EngineTimeout())).read()
