"""The emulated Gemini, met by the real google-genai: what is normal and each fault as that vendor tells it."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import aiohttp
import pytest
from google import genai
from google.genai import errors, types
from google.genai.errors import ExperimentalWarning

from tests.fakes.vendors import Fault, Pace, Question, Vendor, Vendors
from tests.fakes.vendors.brain import tone
from tests.support.gemini_calls import MODEL, sound_of, speaks
from tests.support.sound import tone as spoken
from tests.support.vendors import emulated_vendors, gemini_client

ANSWER = {"intent": "order", "menu": "french", "answer": "네, 프렌치 디너 하나요. 스타일은 어떻게 할까요?"}


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        running.script.says(ANSWER)
        yield running


@pytest.fixture
async def client(vendors: Vendors) -> AsyncIterator[genai.Client]:
    async with gemini_client(vendors) as made:
        yield made


def asks_json() -> types.GenerateContentConfig:
    schema = {"type": "object", "properties": {"answer": {"type": "string"}}}
    return types.GenerateContentConfig(
        system_instruction="You take orders.", response_mime_type="application/json", response_json_schema=schema
    )


async def test_models_come_in_pages(vendors: Vendors, client: genai.Client) -> None:
    pager = await client.aio.models.list(config={"page_size": 3})
    listed = [model async for model in pager]
    assert [model.name for model in listed][:2] == ["models/gemini-3.8-flash", "models/gemini-3.5-flash-lite"]
    assert len(listed) == 8
    assert listed[0].supported_actions == ["generateContent", "countTokens", "batchGenerateContent"]
    assert len(vendors.calls.of("models")) == 3


async def test_what_is_served_changes_while_it_runs(vendors: Vendors, client: genai.Client) -> None:
    vendors.models.serve("gemini", "imagen-4.0-generate-001", date(2027, 1, 1))
    vendors.models.retire("gemini-3.8-flash")
    assert vendors.models.find(Vendor.GEMINI, "gemini-3.8-flash") is None
    names = [model.name async for model in await client.aio.models.list()]
    assert "models/imagen-4.0-generate-001" in names
    assert "models/gemini-3.8-flash" not in names
    vendors.models.only("gemini", "gemini-9")
    assert [model.name async for model in await client.aio.models.list()] == ["models/gemini-9"]


async def test_an_answer_in_json(vendors: Vendors, client: genai.Client) -> None:
    answer = await client.aio.models.generate_content(model=MODEL, contents="프렌치 하나", config=asks_json())
    assert json.loads(answer.text or "") == ANSWER
    assert answer.candidates is not None
    assert answer.candidates[0].finish_reason is types.FinishReason.STOP
    usage = answer.usage_metadata
    assert usage is not None
    assert usage.prompt_token_count
    assert usage.candidates_token_count
    assert usage.thoughts_token_count == 24
    call = vendors.calls.last("language")
    assert (call.model, call.key_present, call.key_right, call.finished) == (MODEL, True, True, True)
    assert call.body["generationConfig"]["responseMimeType"] == "application/json"
    assert vendors.script.questions[-1] == Question(
        "You take orders.", ("프렌치 하나",), {"type": "object", "properties": {"answer": {"type": "string"}}}
    )


async def test_a_streamed_answer_comes_in_pieces(client: genai.Client) -> None:
    pieces = [
        piece
        async for piece in await client.aio.models.generate_content_stream(
            model=MODEL, contents="프렌치 하나", config=asks_json()
        )
    ]
    assert len(pieces) > 3
    assert json.loads("".join(piece.text or "" for piece in pieces)) == ANSWER
    last = pieces[-1]
    assert last.candidates is not None
    assert last.candidates[0].finish_reason is types.FinishReason.STOP
    assert last.candidates[0].content is not None
    assert last.candidates[0].content.parts is not None
    assert last.candidates[0].content.parts[0].thought_signature
    assert last.usage_metadata is not None
    assert last.usage_metadata.total_token_count


async def test_a_stream_keeps_its_times(vendors: Vendors, client: genai.Client) -> None:
    vendors.pace = Pace(first_token=0.08, whole_answer=0.16)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    times = [
        loop.time() - begin
        async for _ in await client.aio.models.generate_content_stream(model=MODEL, contents="안녕하세요")
    ]
    assert times[0] >= 0.08
    assert times[-1] >= 0.16
    assert times[0] < times[-1]


async def test_recordings_are_heard(vendors: Vendors, client: genai.Client) -> None:
    vendors.script.hears("케이크 두 개 주세요")
    sound = types.Part.from_bytes(data=spoken(1.0), mime_type="audio/wav")
    answer = await client.aio.models.generate_content(
        model=MODEL,
        contents=types.Content(role="user", parts=[types.Part.from_text(text="Write down what is said."), sound]),
    )
    assert answer.text == "케이크 두 개 주세요"
    assert answer.usage_metadata is not None
    details = answer.usage_metadata.prompt_tokens_details or []
    assert [detail.token_count for detail in details if detail.modality is types.MediaModality.AUDIO] == [32]
    call = vendors.calls.last("stt")
    assert (call.upload, call.upload_type) == (spoken(1.0), "audio/wav")


async def test_a_transcript_in_the_json_that_was_asked_for(vendors: Vendors, client: genai.Client) -> None:
    vendors.script.hears("two cakes", language="en")
    sound = types.Part.from_bytes(data=spoken(0.5), mime_type="audio/wav")
    schema = {"type": "object", "properties": {"transcript": {"type": "string"}, "language": {"type": "string"}}}
    config = types.GenerateContentConfig(response_mime_type="application/json", response_json_schema=schema)
    answer = await client.aio.models.generate_content(model=MODEL, contents=sound, config=config)
    assert json.loads(answer.text or "") == {"transcript": "two cakes", "language": "en"}


async def test_what_is_no_recording_is_refused(client: genai.Client) -> None:
    noise = types.Part.from_bytes(data=b"not a recording", mime_type="audio/wav")
    with pytest.raises(errors.ClientError) as caught:
        await client.aio.models.generate_content(model=MODEL, contents=noise)
    assert caught.value.status == "INVALID_ARGUMENT"


async def test_the_newer_voice_sends_a_wav_file(vendors: Vendors, client: genai.Client) -> None:
    vendors.script.sound = tone(0.5)
    answer = await client.aio.models.generate_content(
        model="gemini-3.8-flash-tts", contents="안녕하세요", config=speaks()
    )
    mime_type, content = sound_of(answer)
    assert mime_type == "audio/wav"
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert file.readframes(file.getnframes()) == tone(0.5)
    assert vendors.calls.last("tts").body["generationConfig"]["speechConfig"]["voiceConfig"]


@pytest.mark.parametrize("model", ["gemini-3.8-flash-tts", "gemini-3.1-flash-tts-preview"])
async def test_streamed_speech_is_bare_samples(vendors: Vendors, client: genai.Client, model: str) -> None:
    vendors.script.sound = tone(1.0)
    stream = await client.aio.models.generate_content_stream(model=model, contents="안녕하세요", config=speaks())
    pieces = [sound_of(piece) async for piece in stream]
    assert len(pieces) > 3
    assert pieces[0][0] == "audio/l16; rate=24000; channels=1"
    assert b"".join(content for _, content in pieces) == tone(1.0)


async def test_pictures_are_drawn_and_changed(vendors: Vendors, client: genai.Client) -> None:
    config = types.GenerateContentConfig(
        response_modalities=["TEXT", "IMAGE"], image_config=types.ImageConfig(aspect_ratio="16:9")
    )
    model = "gemini-3.1-flash-image"
    drawn = await client.aio.models.generate_content(model=model, contents="A cake", config=config)
    mime_type, content = sound_of(drawn)
    assert mime_type == "image/png"
    assert content.startswith(b"\x89PNG")
    base = types.Part.from_bytes(data=content, mime_type="image/png")
    await client.aio.models.generate_content(
        model=model,
        contents=types.Content(role="user", parts=[base, types.Part.from_text(text="More candles")]),
        config=config,
    )
    assert vendors.calls.last("image").upload == content
    assert drawn.usage_metadata is not None
    assert drawn.usage_metadata.candidates_token_count == 1_120


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"image_config": {"aspect_ratio": "5:1"}, "response_modalities": ["IMAGE"]}, "aspect ratio"),
        ({"response_modalities": ["IMAGE"]}, None),
        ({"response_json_schema": {"type": "object"}}, "mime type"),
    ],
)
async def test_what_the_vendor_would_not_take_is_refused(
    client: genai.Client, wrong: dict[str, Any], words: str | None
) -> None:
    model = "gemini-3.1-flash-image" if "image_config" in wrong else MODEL
    with pytest.raises(errors.ClientError) as caught:
        await client.aio.models.generate_content(
            model=model, contents="x", config=types.GenerateContentConfig.model_validate(wrong)
        )
    assert caught.value.code == 400
    assert words is None or words in str(caught.value.message)


async def test_the_newer_voice_takes_no_temperature(client: genai.Client) -> None:
    with pytest.raises(errors.ClientError, match="Sampling"):
        await client.aio.models.generate_content(
            model="gemini-3.8-flash-tts", contents="x", config=speaks({"temperature": 0.1})
        )


async def test_a_deadline_that_google_finds_too_short(vendors: Vendors) -> None:
    async with gemini_client(vendors, headers={}, timeout=5_000) as hasty:
        with pytest.raises(errors.ClientError, match="Minimum allowed deadline is 10s"):
            await hasty.aio.models.list()


async def test_sound_of_a_kind_that_is_not_heard(client: genai.Client) -> None:
    sound = types.Part.from_bytes(data=spoken(0.5), mime_type="audio/webm")
    with pytest.raises(errors.ClientError, match="Unsupported MIME type"):
        await client.aio.models.generate_content(model=MODEL, contents=sound)


async def test_a_key_that_is_not_known(vendors: Vendors) -> None:
    async with gemini_client(vendors, key="AIza-other") as stranger:
        with pytest.raises(errors.ClientError) as caught:
            await stranger.aio.models.list()
    assert caught.value.code == 400
    assert caught.value.details["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    call = vendors.calls.last()
    assert (call.key_present, call.key_right) == (True, False)
    assert "AIza-other" not in str(call.headers)


@pytest.mark.parametrize("model", ["gemini-2.0-flash", "gemini-unheard-of"])
async def test_a_model_that_is_not_served(client: genai.Client, model: str) -> None:
    with pytest.raises(errors.ClientError) as caught:
        await client.aio.models.generate_content(model=model, contents="x")
    assert (caught.value.code, caught.value.status) == (404, "NOT_FOUND")


async def test_a_model_that_ends_soon_says_so_with_its_answer(vendors: Vendors, client: genai.Client) -> None:
    answer = await client.aio.models.generate_content(model="gemini-2.5-flash", contents="x")
    assert answer.model_status is not None
    assert answer.model_status.retirement_time is not None
    assert answer.model_status.retirement_time.date() == date(2026, 12, 1)
    assert (await client.aio.models.generate_content(model=MODEL, contents="x")).model_status is None


async def test_imagen_where_it_is_served(vendors: Vendors) -> None:
    """The SDK asks for Imagen in its enterprise mode only, under another path and with the same bodies."""
    model = "imagen-4.0-generate-001"
    async with aiohttp.ClientSession() as session:
        http = types.HttpOptions(
            base_url=vendors.gemini_url, api_version="v1beta1", timeout=10_000, aiohttp_client=session
        )
        enterprise = genai.Client(vertexai=True, api_key=vendors.gemini_key, http_options=http)
        try:
            with pytest.warns(ExperimentalWarning), pytest.raises(errors.ClientError) as caught:
                await enterprise.aio.models.generate_images(model=model, prompt="A cake")
            assert caught.value.code == 404
            vendors.models.serve("gemini", model)
            config = types.GenerateImagesConfig(aspect_ratio="4:3", number_of_images=1, include_rai_reason=True)
            drawn = await enterprise.aio.models.generate_images(model=model, prompt="A cake", config=config)
            vendors.order(Fault.SAFETY, "image")
            blocked = await enterprise.aio.models.generate_images(model=model, prompt="A cake", config=config)
        finally:
            await enterprise.aio.aclose()
            enterprise.close()
    assert drawn.generated_images
    picture = drawn.generated_images[0].image
    assert picture is not None
    assert (picture.mime_type, (picture.image_bytes or b"")[:4]) == ("image/png", b"\x89PNG")
    assert blocked.generated_images
    assert blocked.generated_images[0].rai_filtered_reason
    assert vendors.calls.last("image").body["parameters"]["aspectRatio"] == "4:3"
