"""Hearing and speaking over real HTTP, with the real engines."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import av
import httpx
import pytest

from backend.external.offline.audio_codec import HEARING_RATE, decode, wav
from shared import paths
from shared.limits import MAX_AUDIO_BYTES
from shared.problems import ProblemCode
from shared.voice import AUDIO_MIME, AudioFormat, Transcription
from tests.support.backend import make_settings, running_app


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = make_settings(tmp_path / "data")
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url, timeout=30) as client:
        yield client


async def spoken(shop: httpx.AsyncClient, text: str, audio_format: str, voice: str = "shimmer") -> bytes:
    answer = await shop.post(paths.VOICE_TTS, json={"text": text, "voice": voice, "format": audio_format})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == AUDIO_MIME[AudioFormat(audio_format)]
    return answer.content


def recordings_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and b"WAVE" in path.read_bytes()[:64]]


async def heard(shop: httpx.AsyncClient, audio: bytes, language: str | None = "en") -> httpx.Response:
    fields = {"language": language} if language is not None else {}
    return await shop.post(paths.VOICE_STT, files={"file": ("turn", audio, "audio/wav")}, data=fields)


def _in_container(pcm: bytes, container: str, codec: str, rate: int) -> bytes:
    out = io.BytesIO()
    source = av.open(io.BytesIO(wav(pcm, HEARING_RATE)), mode="r", format="wav")
    with source, av.open(out, mode="w", format=container) as target:
        stream = target.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for frame in source.decode(source.streams.audio[0]):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


async def test_what_is_spoken_is_heard_again_in_every_format(shop: httpx.AsyncClient) -> None:
    sentence = "two strawberry cakes grand style please"
    takes = [await spoken(shop, sentence, audio_format) for audio_format in ("wav", "mp3", "opus")]
    pcm = decode(takes[0])
    takes += [_in_container(pcm, "webm", "libopus", 48_000), _in_container(pcm, "ipod", "aac", 44_100)]
    for take in takes:
        answer = await heard(shop, take)
        assert answer.status_code == 200, answer.text
        found = Transcription.model_validate_json(answer.content)
        assert (found.transcript, found.language, found.engine) == (sentence, "en", "pocketsphinx")


async def test_korean_is_spoken_and_its_hearing_is_refused_with_what_is_served(shop: httpx.AsyncClient) -> None:
    audio = await spoken(shop, "모두 94,000원이에요. 맞나요?", "wav", "nova")
    assert len(decode(audio)) / 2 / HEARING_RATE > 1.5
    problem = (await heard(shop, audio, "ko-KR")).json()
    assert problem["code"] == ProblemCode.LANGUAGE_NOT_SERVED
    assert problem["params"]["served"] == ["en"]


async def test_silence_and_a_hum_are_an_empty_transcript(shop: httpx.AsyncClient) -> None:
    hum = b"".join(struct.pack("<h", int(9_000 * math.sin(k * math.tau * 100 / HEARING_RATE))) for k in range(32_000))
    for pcm in (bytes(64_000), hum):
        answer = await heard(shop, wav(pcm, HEARING_RATE), None)
        assert answer.status_code == 200
        assert answer.json()["transcript"] == ""


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"hello",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + b"\xff" * 64,
        b"OggS" + bytes(range(256)),
        b"\x1a\x45\xdf\xa3" + b"\x42" * 300,
        b"\0\0\0\x18ftypM4A " + b"\xff" * 200,
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(100),
        b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
async def test_what_is_no_audio_is_told_and_the_next_turn_works(shop: httpx.AsyncClient, junk: bytes) -> None:
    answer = await heard(shop, junk)
    assert answer.status_code == 415
    assert answer.json()["code"] == ProblemCode.NOT_AUDIO
    assert answer.json()["params"]["field"] == "file"
    assert answer.json()["retryable"] is False


async def test_over_sixty_seconds_is_refused(shop: httpx.AsyncClient) -> None:
    answer = await heard(shop, wav(bytes(61 * HEARING_RATE * 2), HEARING_RATE))
    assert answer.json()["code"] == ProblemCode.NOT_AUDIO
    assert answer.json()["params"] == {"field": "file", "reason": "too_long"}


async def test_over_ten_megabytes_is_refused(shop: httpx.AsyncClient) -> None:
    answer = await heard(shop, bytes(MAX_AUDIO_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == ProblemCode.PAYLOAD_TOO_LARGE
    assert answer.json()["params"] == {"field": "file", "limit_bytes": MAX_AUDIO_BYTES}


async def test_far_over_ten_megabytes_is_refused_by_its_announced_size(shop: httpx.AsyncClient) -> None:
    answer = await heard(shop, bytes(MAX_AUDIO_BYTES + 2**20))
    assert answer.status_code == 413
    assert answer.json()["params"] == {"field": "file", "limit_bytes": MAX_AUDIO_BYTES}


async def test_a_language_that_is_no_tag_is_a_wrong_field(shop: httpx.AsyncClient) -> None:
    problem = (await heard(shop, wav(bytes(320), HEARING_RATE), "../ko")).json()
    assert problem["code"] == ProblemCode.INVALID_REQUEST
    assert problem["params"]["field"] == "language"


@pytest.mark.parametrize(
    "body", [{"text": ""}, {"text": "a" * 1001}, {"text": "a", "voice": "bob"}, {"text": "a", "format": "flac"}]
)
async def test_a_wrong_wish_to_speak_says_which_field(shop: httpx.AsyncClient, body: dict[str, str]) -> None:
    answer = await shop.post(paths.VOICE_TTS, json=body)
    assert answer.status_code == 422
    assert answer.json()["params"]["field"] in body


async def test_no_recording_is_left_on_the_disk(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    await heard(shop, await spoken(shop, "a chocolate cake", "wav"))
    assert recordings_under(tmp_path) == []
