"""The emulated OpenAI, met by the real openai: models, transcriptions and speech, and each fault as it tells it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx2
import openai
import pytest
from openai import AsyncOpenAI

from backend.external.offline.audio_codec import container_of, decode
from tests.fakes.vendors import Capability, Fault, Pace, Vendors
from tests.fakes.vendors.brain import tone
from tests.fakes.vendors.faults import can_have
from tests.support.sound import tone as recording
from tests.support.vendors import emulated_vendors, openai_client

WAV = ("order.wav", recording(1.5), "audio/wav")


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        running.script.hears("케이크 두 개 주세요")
        yield running


@pytest.fixture
async def client(vendors: Vendors) -> AsyncIterator[AsyncOpenAI]:
    async with openai_client(vendors) as made:
        yield made


async def test_models_tell_their_last_day(vendors: Vendors, client: AsyncOpenAI) -> None:
    listed = {model.id: model.shutdown_date async for model in client.models.list()}
    assert listed["whisper-1"] == "2027-02-26"
    assert listed["tts-1"] == "2027-01-06"
    assert listed["gpt-transcribe"] is None
    vendors.models.retire("whisper-1")
    assert "whisper-1" not in {model.id async for model in client.models.list()}


async def test_a_transcript(vendors: Vendors, client: AsyncOpenAI) -> None:
    heard = await client.audio.transcriptions.create(file=WAV, model="gpt-transcribe", languages=["ko", "en"])
    assert heard.text == "케이크 두 개 주세요"
    assert heard.languages is not None
    assert heard.languages[0].code == "ko"
    assert heard.usage is not None
    assert heard.usage.type == "tokens"
    assert heard.usage.input_tokens == 15
    call = vendors.calls.last("stt")
    assert (call.model, call.upload_name, call.upload_type, call.upload) == (
        "gpt-transcribe",
        "order.wav",
        "audio/wav",
        WAV[1],
    )
    assert call.body["languages"] == ["ko", "en"]
    assert call.key_right
    assert call.finished


async def test_a_verbose_transcript_names_its_language_in_english(client: AsyncOpenAI) -> None:
    heard = await client.audio.transcriptions.create(file=WAV, model="whisper-1", response_format="verbose_json")
    assert (heard.text, heard.language, heard.duration) == ("케이크 두 개 주세요", "korean", 1.5)
    assert heard.segments is not None
    assert heard.segments[0].no_speech_prob == 0.01
    assert heard.usage is not None
    assert heard.usage.seconds == 2


@pytest.mark.parametrize(
    ("file", "model", "code"),
    [
        (("x.wav", b"not a recording", "audio/wav"), "whisper-1", "invalid_value"),
        (("x.exe", WAV[1], "audio/wav"), "whisper-1", None),
        (("x.wav", recording(0.05), "audio/wav"), "whisper-1", "audio_too_short"),
        (WAV, "tts-1", None),
    ],
)
async def test_recordings_that_are_refused(
    client: AsyncOpenAI, file: tuple[str, bytes, str], model: str, code: str | None
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        await client.audio.transcriptions.create(file=file, model=model)
    assert caught.value.code == code


async def test_the_newest_takes_languages_and_no_language(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        await client.audio.transcriptions.create(file=WAV, model="gpt-transcribe", language="ko")
    assert (caught.value.code, caught.value.param) == ("unsupported_parameter", "language")


async def test_the_gpt_4o_models_tell_how_sure_they_are(client: AsyncOpenAI) -> None:
    heard = await client.audio.transcriptions.create(file=WAV, model="gpt-4o-transcribe", include=["logprobs"])
    assert heard.logprobs is not None
    assert heard.logprobs[0].logprob == -0.1


async def test_only_whisper_is_verbose(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        await client.audio.transcriptions.create(file=WAV, model="gpt-transcribe", response_format="verbose_json")
    assert caught.value.code == "unsupported_value"


@pytest.mark.parametrize(
    ("audio_format", "mime", "container"),
    [
        ("mp3", "audio/mpeg", "mp3"),
        ("opus", "audio/ogg", "ogg"),
        ("wav", "audio/wav", "wav"),
        ("pcm", "audio/pcm", None),
    ],
)
async def test_speech_is_streamed(
    vendors: Vendors, client: AsyncOpenAI, audio_format: str, mime: str, container: str | None
) -> None:
    vendors.script.sound = tone(1.0)
    async with client.audio.speech.with_streaming_response.create(
        input="안녕하세요", model="tts-1", voice="nova", response_format=cast("Any", audio_format)
    ) as response:
        assert response.headers["content-type"] == mime
        pieces = [piece async for piece in response.iter_bytes()]
    sound = b"".join(pieces)
    assert vendors.calls.last("tts").body["input"] == "안녕하세요"
    if container is None:
        assert sound == tone(1.0)
    else:
        assert container_of(sound) == container
        assert len(decode(sound)) == pytest.approx(32_000, rel=0.05)


async def test_a_streamed_wav_does_not_know_its_length(client: AsyncOpenAI) -> None:
    spoken = await client.audio.speech.create(input="x", model="tts-1", voice="nova", response_format="wav")
    content = spoken.read()
    assert content[4:8] == content[40:44] == b"\xff\xff\xff\xff"


async def test_speech_comes_when_it_should(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.pace = Pace(first_sound=0.1, whole_sound=0.25)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with client.audio.speech.with_streaming_response.create(
        input="안녕하세요", model="tts-1", voice="nova", response_format="pcm"
    ) as response:
        times = [loop.time() - begin async for _ in response.iter_bytes()]
    assert times[0] >= 0.1
    assert times[-1] >= 0.25
    assert len(times) > 3


@pytest.mark.parametrize(
    "wrong", [{"input": ""}, {"input": "x" * 4_097}, {"voice": "kore"}, {"response_format": "tape"}]
)
async def test_speech_that_is_refused(client: AsyncOpenAI, wrong: dict[str, str]) -> None:
    asked = {"input": "x", "model": "tts-1", "voice": "nova", "response_format": "mp3", **wrong}
    with pytest.raises(openai.BadRequestError):
        await client.post("/audio/speech", body=asked, cast_to=httpx2.Response)


async def test_a_key_that_is_not_known(vendors: Vendors) -> None:
    async with openai_client(vendors, key="sk-other") as stranger:
        with pytest.raises(openai.AuthenticationError) as caught:
            await stranger.models.list()
    assert caught.value.code == "invalid_api_key"
    assert (vendors.calls.last().key_present, vendors.calls.last().key_right) == (True, False)


REFUSALS: list[tuple[Fault, type[openai.APIStatusError], int, str | None]] = [
    (Fault.WRONG_KEY, openai.AuthenticationError, 401, "invalid_api_key"),
    (Fault.UNAUTHENTICATED, openai.AuthenticationError, 401, "invalid_api_key"),
    (Fault.LEAKED_KEY, openai.AuthenticationError, 401, "account_deactivated"),
    (Fault.FORBIDDEN, openai.PermissionDeniedError, 403, "missing_scope"),
    (Fault.REGION, openai.PermissionDeniedError, 403, "unsupported_country_region_territory"),
    (Fault.MODEL_GONE, openai.NotFoundError, 404, "model_not_found"),
    (Fault.RATE_LIMITED, openai.RateLimitError, 429, "rate_limit_exceeded"),
    (Fault.RATE_LIMITED_BARE, openai.RateLimitError, 429, "rate_limit_exceeded"),
    (Fault.QUOTA, openai.RateLimitError, 429, "insufficient_quota"),
    (Fault.BAD_REQUEST, openai.BadRequestError, 400, None),
    (Fault.SAFETY, openai.BadRequestError, 400, "content_policy_violation"),
    (Fault.PROMPT_BLOCKED, openai.BadRequestError, 400, "content_policy_violation"),
    (Fault.SERVER_ERROR, openai.InternalServerError, 500, None),
    (Fault.OVERLOADED, openai.InternalServerError, 503, "engine_overloaded"),
    (Fault.BAD_GATEWAY, openai.InternalServerError, 502, None),
]


async def hear(client: AsyncOpenAI) -> str:
    return (await client.audio.transcriptions.create(file=WAV, model="whisper-1")).text


async def speak(client: AsyncOpenAI) -> bytes:
    async with client.audio.speech.with_streaming_response.create(
        input="안녕하세요", model="tts-1", voice="nova", response_format="pcm"
    ) as response:
        return b"".join([piece async for piece in response.iter_bytes()])


CALLS = {"stt": hear, "tts": speak}


@pytest.mark.parametrize("capability", ["stt", "tts"])
@pytest.mark.parametrize(("fault", "kind", "status", "code"), REFUSALS, ids=[str(row[0]) for row in REFUSALS])
async def test_refusals(
    fault: Fault, kind: type[openai.APIStatusError], status: int, code: str | None, capability: str
) -> None:
    async with emulated_vendors() as vendors, openai_client(vendors) as client:
        vendors.order(fault, capability, 1, seconds=7.0 if fault is Fault.RATE_LIMITED else None)
        with pytest.raises(kind) as caught:
            await CALLS[capability](client)
        assert (caught.value.status_code, caught.value.code) == (status, code)
        wait = caught.value.response.headers.get("retry-after")
        assert wait == ("7" if fault is Fault.RATE_LIMITED else None)
        await CALLS[capability](client)


@pytest.mark.parametrize("capability", ["stt", "tts"])
async def test_a_model_that_is_not_served(vendors: Vendors, client: AsyncOpenAI, capability: str) -> None:
    vendors.models.retire("whisper-1", "tts-1")
    with pytest.raises(openai.NotFoundError):
        await CALLS[capability](client)


@pytest.mark.parametrize("capability", ["stt", "tts"])
@pytest.mark.parametrize("fault", [Fault.CUT, Fault.CUT_MIDSTREAM])
async def test_a_cut_connection(vendors: Vendors, client: AsyncOpenAI, capability: str, fault: Fault) -> None:
    vendors.order(fault, capability)
    with pytest.raises((openai.APIConnectionError, httpx2.RemoteProtocolError, httpx2.ReadError)):
        await CALLS[capability](client)


@pytest.mark.parametrize("capability", ["stt", "tts"])
@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM])
async def test_silence_ends_with_the_clients_own_time(vendors: Vendors, capability: str, fault: Fault) -> None:
    vendors.order(fault, capability)
    async with openai_client(vendors, timeout=0.15) as hasty:
        with pytest.raises((openai.APITimeoutError, httpx2.ReadTimeout)):
            await CALLS[capability](hasty)


async def test_truncated_json(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.TRUNCATED_JSON, "stt")
    with pytest.raises(json.JSONDecodeError):
        await hear(client)


async def test_a_page_of_html_is_taken_for_the_answer(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.WRONG_TYPE)
    heard: object = await client.audio.transcriptions.create(file=WAV, model="whisper-1")
    assert isinstance(heard, str)
    assert "html" in heard
    assert b"<html>" in await speak(client)


async def test_json_of_another_api(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.WRONG_SHAPE)
    heard: object = await hear(client)
    assert not isinstance(heard, str)
    assert b'"object"' in await speak(client)


async def test_nothing_is_said_and_nothing_is_heard(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.EMPTY)
    assert await hear(client) == ""
    assert await speak(client) == b""
    assert [model async for model in client.models.list()] == []


async def test_a_voice_that_breaks_off_or_says_something_else(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.CUT_SHORT, "tts", 1)
    vendors.order(Fault.OTHER_WORDS, "tts", 1)
    vendors.script.sound = tone(1.0)
    assert len(await speak(client)) == len(tone(1.0)) // 2
    vendors.script.sound = None
    assert len(await speak(client)) > len(tone(1.0))


async def test_speech_without_end(vendors: Vendors, client: AsyncOpenAI) -> None:
    vendors.order(Fault.ENDLESS, "tts")
    got = 0
    async with client.audio.speech.with_streaming_response.create(
        input="x", model="tts-1", voice="nova", response_format="pcm"
    ) as response:
        async for piece in response.iter_bytes():
            got += len(piece)
            if got > 10_000_000:
                break
    assert not vendors.calls.last().finished


async def list_models(client: AsyncOpenAI) -> object:
    return [model async for model in client.models.list()]


WAITS = frozenset({Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM})
ANSWERS = frozenset(
    {
        Fault.DELAY, Fault.WRONG_SHAPE, Fault.CUT_SHORT, Fault.BROKEN_SCHEMA, Fault.OTHER_WORDS, Fault.EMPTY,
        Fault.WRONG_TYPE, Fault.HUGE, Fault.TRUNCATED_JSON,
    }
)  # fmt: skip
"""Faults that an SDK may take for an answer; all others it reports."""


@pytest.mark.parametrize("capability", [*CALLS, "models"])
async def test_every_capability_has_every_fault(vendors: Vendors, capability: str) -> None:
    call = {**CALLS, "models": list_models}[capability]
    async with openai_client(vendors) as client, openai_client(vendors, timeout=0.1) as hasty:
        possible = (fault for fault in Fault if can_have(Capability(capability), fault))
        for fault in (fault for fault in possible if fault is not Fault.ENDLESS):
            vendors.order(fault, capability, 1, seconds=0.01)
            told: Exception | None = None
            try:
                await call(hasty if fault in WAITS else client)
            except Exception as error:  # noqa: BLE001 -- whatever the SDK makes of it
                told = error
            assert told is not None or fault in ANSWERS, fault
            assert (fault in WAITS) == isinstance(told, openai.APITimeoutError | httpx2.ReadTimeout), fault
            assert vendors.calls.last().fault is fault
            await call(client)
