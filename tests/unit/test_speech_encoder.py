"""Samples that become mp3, wav and opus while they come, and WAVs whose length nobody knew."""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import AsyncGenerator

import pytest

from backend.external import wav_stream
from backend.external.interfaces import EngineInfo, EngineUnavailable, SpeechStream
from backend.external.offline.audio_codec import HEARING_RATE, container_of, decode, wav
from backend.external.offline.job import JobError
from backend.external.speech_encoder import MIME, encoded, speech_encoder

RATE = 24_000
PCM = array("h", (int(9_000 * math.sin(at / 20)) for at in range(2 * RATE))).tobytes()


async def pieces(pcm: bytes, size: int) -> AsyncGenerator[bytes, None]:
    for at in range(0, len(pcm), size):
        yield pcm[at : at + size]


def seconds(audio: bytes) -> float:
    return len(decode(audio)) / 2 / HEARING_RATE


@pytest.mark.parametrize("audio_format", MIME)
@pytest.mark.parametrize("size", [1_001, 9_600, len(PCM)])
async def test_pieces_of_any_size_become_one_recording(audio_format: str, size: int) -> None:
    made = [piece async for piece in encoded(pieces(PCM, size), RATE, audio_format)]
    assert all(made)
    whole = b"".join(made)
    assert container_of(whole) == {"mp3": "mp3", "wav": "wav", "opus": "ogg"}[audio_format]
    assert seconds(whole) == pytest.approx(2.0, abs=0.08)
    loud = array("h", decode(whole))[HEARING_RATE // 2 : HEARING_RATE]
    assert max(loud) == pytest.approx(9_000, rel=0.15)


@pytest.mark.parametrize("audio_format", MIME)
def test_sound_comes_out_while_more_goes_in(audio_format: str) -> None:
    encoder = speech_encoder(RATE, audio_format)
    half = len(PCM) // 2
    came = encoder.feed(PCM[:half])
    assert seconds(came) > 0.7
    assert encoder.feed(PCM[half:]) + encoder.finish()


@pytest.mark.parametrize("audio_format", MIME)
async def test_no_samples_make_no_noise(audio_format: str) -> None:
    made = [piece async for piece in encoded(pieces(b"", 1), RATE, audio_format)]
    assert len(b"".join(made)) < 1_000


async def test_what_breaks_off_says_so_and_what_is_left_is_closed() -> None:
    closed = []

    async def breaks() -> AsyncGenerator[bytes, None]:
        try:
            yield PCM
            raise EngineUnavailable("cut")
        finally:
            closed.append(True)

    with pytest.raises(EngineUnavailable):
        [piece async for piece in encoded(breaks(), RATE, "mp3")]
    left = encoded(breaks(), RATE, "wav")
    await anext(left)
    await left.aclose()
    assert closed == [True, True]


def test_a_header_may_know_its_length_or_not() -> None:
    assert wav_stream.header(RATE, len(PCM)) + PCM == wav(PCM, RATE)
    streamed = wav_stream.header(RATE) + PCM
    assert streamed != wav(PCM, RATE)
    assert wav_stream.completed(streamed) == wav(PCM, RATE)
    assert seconds(streamed) == 2.0


def test_what_is_complete_or_no_wav_stays_as_it_is() -> None:
    for audio in (b"", b"RIFF", wav(PCM, RATE), wav(PCM, RATE) + b"LIST\4\0\0\0abcd", b"OggS" + bytes(60)):
        assert wav_stream.completed(audio) is audio


def test_samples_are_read_from_any_plain_wav() -> None:
    assert wav_stream.samples(wav(PCM, RATE)) == (PCM, RATE)
    assert wav_stream.samples(wav_stream.header(RATE) + PCM) == (PCM, RATE)
    assert wav_stream.samples(wav_stream.header(RATE, 4) + PCM) == (PCM[:4], RATE)
    listed = wav(PCM, RATE)
    listed = listed[:36] + b"LIST\3\0\0\0abc\0" + listed[36:]
    assert wav_stream.samples(listed) == (PCM, RATE)


@pytest.mark.parametrize(("channels", "width"), [(2, 2), (1, 1), (1, 3)])
def test_samples_of_another_kind_are_none(channels: int, width: int) -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(RATE)
        file.writeframes(bytes(60))
    assert wav_stream.samples(out.getvalue()) is None


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\0\0\0\0WAVEdata\4\0\0\0abcd",
        b"RIFF\0\0\0\0WAVEfmt \4\0\0\0abcd",
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\3\0",
        b"RIFF\0\0\0\0AVI fmt ",
        wav(PCM, RATE).replace(b"\1\0\1\0", b"\3\0\1\0", 1),
    ],
)
def test_no_header_is_no_header(junk: bytes) -> None:
    assert wav_stream.read_header(junk) is None
    assert wav_stream.samples(junk) is None


async def test_a_collected_stream_knows_its_length() -> None:
    info = EngineInfo("test", "voice")
    streamed = wav_stream.header(RATE) + PCM
    spoken = await SpeechStream("audio/wav", info, pieces(streamed, 5_000)).read()
    assert spoken.audio == wav(PCM, RATE)
    again = await SpeechStream.of(streamed, "audio/wav", info).read()
    assert again.audio == wav(PCM, RATE)


def test_what_kiosks_record_is_taken_as_it_is() -> None:
    pcm = PCM[: 2 * HEARING_RATE]
    for recorded in (wav(pcm, HEARING_RATE), wav_stream.header(HEARING_RATE) + pcm + b"\0"):
        assert decode(recorded) == pcm
    assert len(decode(wav(pcm, 8_000))) == pytest.approx(2 * len(pcm), rel=0.01)
    with pytest.raises(JobError, match="too_long"):
        decode(wav(bytes(61 * HEARING_RATE * 2), HEARING_RATE))
    with pytest.raises(JobError, match="not_audio"):
        decode(wav(b"", HEARING_RATE))
