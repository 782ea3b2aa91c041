"""OpenAI's client: what is served, and that nothing but its own settings decides where it goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from aiohttp import web

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineMisconfigured,
    EngineTimeout,
    EngineUnavailable,
    KeyMissing,
    KeyRefused,
    NotOffered,
)
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.speech import OpenAITextToSpeech
from tests.fakes.meters import NoMeter
from tests.fakes.vendors import Fault, Vendors, emulated_vendors


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        yield running


@asynccontextmanager
async def vendor_of(vendors: Vendors, key: str | None = None) -> AsyncIterator[OpenAIVendor]:
    vendor = OpenAIVendor(vendors.openai_key if key is None else key, vendors.openai_url)
    try:
        yield vendor
    finally:
        await vendor.close()


@asynccontextmanager
async def server_that_lists(answer: web.Response) -> AsyncIterator[OpenAIVendor]:
    """A compatible server with an answer of its own to GET /v1/models."""

    async def models(_request: web.Request) -> web.Response:
        return answer

    app = web.Application()
    app.add_routes([web.get("/v1/models", models)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    vendor = OpenAIVendor(None, f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
    try:
        yield vendor
    finally:
        await vendor.close()
        await runner.cleanup()


async def test_lists_what_is_served_and_until_when(vendors: Vendors) -> None:
    async with vendor_of(vendors) as vendor:
        served = await vendor.list_models()
    assert vendor.name == "openai"
    assert served["tts-1"] == date(2027, 1, 6)
    assert served["gpt-transcribe"] is None


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_server_without_a_list_is_no_failure_of_the_models(status: int) -> None:
    async with server_that_lists(web.Response(status=status, text="Not Found")) as vendor:
        with pytest.raises(NotOffered):
            await vendor.list_models()


async def test_a_list_is_read_leniently() -> None:
    listed = {
        "data": [
            {"id": "a", "object": "model"},
            {"id": "b", "shutdown_date": "2027-01-06T00:00:00Z", "permission": []},
            {"id": "c", "shutdown_date": "soon"},
            {"id": "d", "shutdown_date": 7},
        ]
    }
    async with server_that_lists(web.json_response(listed)) as vendor:
        assert await vendor.list_models() == {"a": None, "b": date(2027, 1, 6), "c": None, "d": None}


@pytest.mark.parametrize(
    "answer",
    [{"body": b"<html></html>", "content_type": "text/html"}, {"body": b"{", "content_type": "application/json"}],
)
async def test_a_list_that_is_none_is_told(answer: dict[str, object]) -> None:
    async with server_that_lists(web.Response(**answer)) as vendor:  # type: ignore[arg-type] # fields by name
        with pytest.raises(EngineBadResponse):
            await vendor.list_models()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.WRONG_KEY, KeyRefused),
        (Fault.SERVER_ERROR, EngineUnavailable),
        (Fault.CUT, EngineUnavailable),
        (Fault.WRONG_TYPE, EngineBadResponse),
        (Fault.WRONG_SHAPE, EngineBadResponse),
        (Fault.HUGE, EngineBadResponse),
    ],
)
async def test_what_goes_wrong(vendors: Vendors, fault: Fault, expected: type[EngineError]) -> None:
    vendors.order(fault, "models")
    async with vendor_of(vendors) as vendor:
        with pytest.raises(EngineError) as caught:
            await vendor.list_models()
    assert type(caught.value) is expected


async def test_the_environment_has_no_say(vendors: Vendors, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_API_KEY": "sk-somebody-else",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/nowhere",
        "OPENAI_ORG_ID": "org-x",
        "OPENAI_PROJECT_ID": "proj-x",
        "OPENAI_ADMIN_KEY": "sk-admin",
        "OPENAI_WEBHOOK_SECRET": "whsec",
        "OPENAI_CUSTOM_HEADERS": "X-Spy: 1\nAuthorization: Bearer sk-spy",
        "OPENAI_LOG": "debug",
    }.items():
        monkeypatch.setenv(name, value)
    async with vendor_of(vendors) as vendor:
        await vendor.list_models()
    call = vendors.calls.last()
    assert call.key_right
    assert {"x-spy", "openai-organization", "openai-project"}.isdisjoint(call.headers)
    assert logging.getLogger("openai").level == logging.WARNING


async def test_without_an_address_of_its_own_it_goes_to_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/nowhere")
    vendor = OpenAIVendor("sk-test")
    assert str((await vendor.client()).base_url) == "https://api.openai.com/v1/"
    await vendor.close()


@pytest.mark.parametrize("key", [None, "", "  "])
async def test_no_key_is_told(key: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-else")
    with pytest.raises(KeyMissing):
        await OpenAIVendor(key).list_models()


@pytest.mark.parametrize("key", ["키", "sk-\r\nX: y", "sk-\x00"])
async def test_what_can_be_no_key_is_refused_without_a_call(key: str, vendors: Vendors) -> None:
    async with vendor_of(vendors, key) as vendor:
        with pytest.raises(KeyRefused):
            await vendor.list_models()
    assert not len(vendors.calls)


async def test_what_is_no_address_is_told() -> None:
    vendor = OpenAIVendor("sk-test", "http://127.0.0.1:port/v1")
    with pytest.raises(EngineMisconfigured):
        await vendor.list_models()
    await vendor.close()


async def test_a_stream_that_is_read_after_the_end_is_told(vendors: Vendors) -> None:
    async with vendor_of(vendors) as vendor:
        speech = OpenAITextToSpeech(vendor, ModelChoice(["tts-1"]), NoMeter())
        stream = await speech.stream("딸기 생크림 케이크 두 개 " * 40, "nova", "wav")
        await vendor.close()
        with pytest.raises(EngineUnavailable):
            await stream.read()


async def test_there_is_one_client(vendors: Vendors) -> None:
    async with vendor_of(vendors) as vendor:
        first, second = await asyncio.gather(vendor.client(), vendor.client())
        assert first is second


async def test_closed_is_closed(vendors: Vendors) -> None:
    async with vendor_of(vendors) as vendor:
        await vendor.list_models()
        await vendor.close()
        await vendor.close()
        with pytest.raises(EngineUnavailable):
            await vendor.list_models()


async def test_a_call_has_its_own_time(vendors: Vendors) -> None:
    vendors.order(Fault.NO_ANSWER, "models")
    async with vendor_of(vendors) as vendor:
        with pytest.raises(EngineTimeout):
            async with vendor.calling(0.2) as client:
                await client.models.list()
