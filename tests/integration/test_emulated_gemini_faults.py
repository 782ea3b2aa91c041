"""Faults of the emulated Gemini, as the real google-genai meets them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from google import genai
from google.genai import errors, types

from tests.fakes.vendors import Capability, Fault, Vendors
from tests.fakes.vendors.brain import tone
from tests.fakes.vendors.faults import FaultBook, can_have
from tests.support.gemini_calls import MODEL, read_all, sound_of, speaks
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


async def ask(client: genai.Client, streamed: bool) -> None:
    if streamed:
        await read_all(client)
    else:
        await client.aio.models.generate_content(model=MODEL, contents="x")


Refusal = tuple[Fault, int, str, Callable[[dict[str, Any]], bool]]
REFUSALS: list[Refusal] = [
    (Fault.WRONG_KEY, 400, "INVALID_ARGUMENT", lambda e: e["details"][0]["reason"] == "API_KEY_INVALID"),
    (Fault.UNAUTHENTICATED, 401, "UNAUTHENTICATED", lambda e: "credential" in e["message"]),
    (Fault.FORBIDDEN, 403, "PERMISSION_DENIED", lambda e: e["details"][0]["reason"] == "API_KEY_SERVICE_BLOCKED"),
    (Fault.LEAKED_KEY, 403, "PERMISSION_DENIED", lambda e: "leaked" in e["message"]),
    (Fault.REGION, 400, "FAILED_PRECONDITION", lambda e: "location is not supported" in e["message"]),
    (Fault.MODEL_GONE, 404, "NOT_FOUND", lambda e: MODEL in e["message"]),
    (Fault.RATE_LIMITED, 429, "RESOURCE_EXHAUSTED", lambda e: e["details"][2]["retryDelay"] == "7s"),
    (Fault.RATE_LIMITED_BARE, 429, "RESOURCE_EXHAUSTED", lambda e: "details" not in e),
    (Fault.QUOTA, 429, "RESOURCE_EXHAUSTED", lambda e: "PerDay" in e["details"][1]["violations"][0]["quotaId"]),
    (Fault.BAD_REQUEST, 400, "INVALID_ARGUMENT", lambda e: "details" not in e),
    (Fault.SERVER_ERROR, 500, "INTERNAL", lambda _: True),
    (Fault.OVERLOADED, 503, "UNAVAILABLE", lambda e: "overloaded" in e["message"]),
]


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("refusal", REFUSALS, ids=[str(row[0]) for row in REFUSALS])
async def test_refusals(vendors: Vendors, client: genai.Client, refusal: Refusal, streamed: bool) -> None:
    fault, code, status, holds = refusal
    vendors.order(fault, "language", 1, seconds=7.0 if fault is Fault.RATE_LIMITED else None)
    with pytest.raises(errors.APIError) as caught:
        await ask(client, streamed)
    # Under the type of a stream the SDK reads no JSON: the whole body becomes the message.
    details = json.loads(caught.value.message or "") if streamed else caught.value.details
    assert caught.value.code == code
    assert details["error"]["status"] == status
    assert holds(details["error"])
    assert vendors.calls.last().fault is fault
    await client.aio.models.generate_content(model=MODEL, contents="x")  # once was ordered, once it was


async def test_a_cut_connection(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.CUT, "language")
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await client.aio.models.generate_content(model=MODEL, contents="x")


async def test_a_connection_cut_in_mid_stream(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.CUT_MIDSTREAM, "language")
    with pytest.raises((aiohttp.ClientPayloadError, aiohttp.ClientOSError)):
        await read_all(client)


@pytest.mark.parametrize("fault", [Fault.STALL, Fault.NO_ANSWER, Fault.STALL_MIDSTREAM])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
async def test_silence_ends_with_the_clients_own_time(vendors: Vendors, fault: Fault, streamed: bool) -> None:
    vendors.order(fault, "language")
    async with gemini_client(vendors, timeout=150) as hasty:
        with pytest.raises(TimeoutError):
            await ask(hasty, streamed)


async def test_a_delay_is_kept(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.DELAY, "language", 1, seconds=0.15)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await client.aio.models.generate_content(model=MODEL, contents="x")
    assert loop.time() - begin >= 0.15


async def test_an_error_in_mid_stream(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.ERROR_MIDSTREAM, "language")
    with pytest.raises(errors.ServerError) as caught:
        await read_all(client)
    assert caught.value.code == 503


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
async def test_truncated_json(vendors: Vendors, client: genai.Client, streamed: bool) -> None:
    vendors.order(Fault.TRUNCATED_JSON, "language")
    with pytest.raises((errors.UnknownApiResponseError, json.JSONDecodeError)):
        await ask(client, streamed)


@pytest.mark.parametrize("fault", [Fault.WRONG_TYPE, Fault.BAD_GATEWAY])
async def test_a_page_of_html(vendors: Vendors, client: genai.Client, fault: Fault) -> None:
    vendors.order(fault, "language")
    with pytest.raises((errors.ServerError, errors.UnknownApiResponseError, json.JSONDecodeError)):
        await client.aio.models.generate_content(model=MODEL, contents="x")


async def test_json_of_another_api(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.WRONG_SHAPE, "language")
    with pytest.raises((ValueError, TypeError, AttributeError)):
        await client.aio.models.generate_content(model=MODEL, contents="x")


async def test_a_text_that_breaks_off(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.CUT_SHORT, "language")
    pieces = await read_all(client)
    assert pieces[-1].candidates is not None
    assert pieces[-1].candidates[0].finish_reason is types.FinishReason.MAX_TOKENS
    with pytest.raises(json.JSONDecodeError):
        json.loads("".join(piece.text or "" for piece in pieces))


async def test_a_text_of_another_shape_and_one_with_unknown_dishes(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.BROKEN_SCHEMA, "language", 1)
    vendors.order(Fault.UNKNOWN_CODES, "language", 1)
    broken = await client.aio.models.generate_content(model=MODEL, contents="x")
    assert json.loads(broken.text or "")["confidence"] == "very"
    unknown = await client.aio.models.generate_content(model=MODEL, contents="x")
    assert json.loads(unknown.text or "") == {**ANSWER, "menu": "moon_soup"}


@pytest.mark.parametrize(
    ("fault", "model", "reason"),
    [
        (Fault.SAFETY, MODEL, types.FinishReason.SAFETY),
        (Fault.EMPTY, MODEL, types.FinishReason.STOP),
        (Fault.SAFETY, "gemini-3.1-flash-image", types.FinishReason.IMAGE_SAFETY),
        (Fault.EMPTY, "gemini-3.1-flash-image", types.FinishReason.NO_IMAGE),
    ],
)
async def test_nothing_is_answered(
    vendors: Vendors, client: genai.Client, fault: Fault, model: str, reason: types.FinishReason
) -> None:
    vendors.order(fault, times=1)
    answer = await client.aio.models.generate_content(model=model, contents="x")
    assert answer.candidates is not None
    assert answer.candidates[0].finish_reason is reason
    assert answer.parts is None


async def test_a_blocked_prompt(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.PROMPT_BLOCKED, "language")
    for answer in (await client.aio.models.generate_content(model=MODEL, contents="x"), (await read_all(client))[0]):
        assert not answer.candidates
        assert answer.prompt_feedback is not None
        assert answer.prompt_feedback.block_reason is types.BlockedReason.PROHIBITED_CONTENT


async def test_a_voice_that_says_nothing_or_breaks_off(vendors: Vendors, client: genai.Client) -> None:
    vendors.script.sound = tone(1.0)
    vendors.order(Fault.EMPTY, "tts", 1)
    vendors.order(Fault.CUT_SHORT, "tts", 1)
    model = "gemini-3.1-flash-tts-preview"
    config = speaks().model_dump(exclude_none=True)
    empty = await read_all(client, model, **config)
    assert b"".join(sound_of(piece)[1] for piece in empty) == b""
    short = await read_all(client, model, **config)
    assert len(b"".join(sound_of(piece)[1] for piece in short)) == len(tone(1.0)) // 2
    assert short[-1].candidates is not None
    assert short[-1].candidates[0].finish_reason is types.FinishReason.OTHER


async def test_an_answer_without_end(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.ENDLESS, "language")
    stream = await client.aio.models.generate_content_stream(model=MODEL, contents="x")
    got = 0
    async for piece in stream:
        got += len(piece.text or "")
        if got > 100_000:
            break
    assert not vendors.calls.last().finished


async def test_faults_are_for_their_calls_only(vendors: Vendors, client: genai.Client) -> None:
    vendors.order(Fault.OVERLOADED, "language", 1, after=1, model=MODEL)
    vendors.order(Fault.QUOTA, "image")
    await client.aio.models.generate_content(model=MODEL, contents="x")
    await client.aio.models.generate_content(model="gemini-3.5-flash-lite", contents="x")
    with pytest.raises(errors.ServerError):
        await client.aio.models.generate_content(model=MODEL, contents="x")
    await client.aio.models.generate_content(model=MODEL, contents="x")
    with pytest.raises(errors.ClientError):
        await client.aio.models.generate_content(model="gemini-3.1-flash-image", contents="x")
    vendors.heal()
    await client.aio.models.generate_content(model="gemini-3.1-flash-image", contents="x")


def test_impossible_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot have"):
        FaultBook().order(Fault.UNKNOWN_CODES, "tts")
    with pytest.raises(ValueError, match="nonsense"):
        FaultBook().order("nonsense")


async def hear(client: genai.Client) -> object:
    sound = types.Part.from_bytes(data=spoken(0.5), mime_type="audio/wav")
    return await client.aio.models.generate_content(model=MODEL, contents=sound)


async def speak(client: genai.Client) -> object:
    return await read_all(client, "gemini-3.8-flash-tts", **speaks().model_dump(exclude_none=True))


async def draw(client: genai.Client) -> object:
    return await client.aio.models.generate_content(model="gemini-3.1-flash-image", contents="x")


async def understand(client: genai.Client) -> object:
    return await read_all(client)


async def list_models(client: genai.Client) -> object:
    return [model async for model in await client.aio.models.list()]


CALLS = {"stt": hear, "tts": speak, "image": draw, "language": understand, "models": list_models}
WAITS = frozenset({Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM, Fault.ENDLESS})
ANSWERS = frozenset(
    {
        Fault.DELAY, Fault.WRONG_SHAPE, Fault.CUT_SHORT, Fault.BROKEN_SCHEMA, Fault.UNKNOWN_CODES, Fault.OTHER_WORDS,
        Fault.EMPTY, Fault.SAFETY, Fault.PROMPT_BLOCKED, Fault.HUGE,
    }
)  # fmt: skip
"""Faults that an SDK may take for an answer; all others it reports."""


@pytest.mark.parametrize("capability", CALLS)
async def test_every_capability_has_every_fault(vendors: Vendors, capability: str) -> None:
    async with gemini_client(vendors) as client, gemini_client(vendors, timeout=120) as hasty:
        for fault in (fault for fault in Fault if can_have(Capability(capability), fault)):
            # What aiohttp asks with GET on a line that it kept, it asks again when that line is cut.
            vendors.order(fault, capability, 2 if fault is Fault.CUT else 1, seconds=0.01)
            told: Exception | None = None
            try:
                await CALLS[capability](hasty if fault in WAITS else client)
            except Exception as error:  # noqa: BLE001 -- whatever the SDK makes of it
                told = error
            assert told is not None or fault in ANSWERS, fault
            assert fault not in WAITS or isinstance(told, TimeoutError), fault
            assert vendors.calls.last().fault is fault
            vendors.heal()
            await CALLS[capability](client)
