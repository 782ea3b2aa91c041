"""Google's SDK against the emulated vendor: our own patience, nothing from the environment, errors in our terms."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from google.genai.types import GenerateContentConfig

from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.errors import RequestRefused, translated
from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineMisconfigured,
    EngineModelGone,
    EngineRateLimited,
    EngineTimeout,
    EngineUnavailable,
    KeyMissing,
    KeyRefused,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)
from tests.fakes.vendors import Vendors, emulated_vendors
from tests.fakes.vendors.faults import Capability, Fault
from tests.support.backend import ROOT
from tests.support.waiting import until

MODEL = "gemini-3.8-flash"
HOSTILE = {
    "GOOGLE_API_KEY": "of-somebody-else",
    "GEMINI_API_KEY": "of-somebody-else",
    "GOOGLE_GENAI_USE_VERTEXAI": "true",
    "GOOGLE_GENAI_USE_ENTERPRISE": "true",
    "GOOGLE_CLOUD_PROJECT": "somewhere",
    "GOOGLE_CLOUD_LOCATION": "us-central1",
    "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9/",
    "GOOGLE_VERTEX_BASE_URL": "http://127.0.0.1:9/",
    "GOOGLE_GENAI_API_VERSION": "v9",
    "GOOGLE_GENAI_CLIENT_MODE": "replay",
    "GOOGLE_GENAI_REPLAYS_DIRECTORY": "/nowhere",
    "GOOGLE_GENAI_REPLAY_ID": "nothing",
    "GOOGLE_GENAI_HTTP_CLIENT": "httpx",
}


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        yield running


@pytest.fixture
async def vendor(vendors: Vendors) -> AsyncIterator[GeminiVendor]:
    made = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    await made.client()
    yield made
    await made.close()


async def ask(vendor: GeminiVendor, seconds: float = 5.0) -> str | None:
    """One plain call, as every adapter makes it."""
    client = await vendor.client()
    with translated():
        answer = await client.models.generate_content(
            model=MODEL, contents="안녕", config=GenerateContentConfig(http_options=vendor.http_options(seconds))
        )
    return answer.text


async def test_models_are_listed_by_their_names_over_all_pages(vendors: Vendors, vendor: GeminiVendor) -> None:
    for number in range(1_200):
        vendors.models.serve("gemini", f"extra-{number}")
    listed = await vendor.list_models()
    assert {MODEL, "gemini-3.5-flash-lite", "extra-1199"} <= listed.keys()
    assert set(listed.values()) == {None}
    assert len(vendors.calls.of(Capability.MODELS)) == 2


async def test_the_environment_changes_nothing(vendors: Vendors, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    vendor = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    vendors.script.says("안녕하세요")
    assert await ask(vendor) == "안녕하세요"
    assert MODEL in await vendor.list_models()
    assert vendors.calls.last(Capability.LANGUAGE).route == f"POST /v1beta/models/{MODEL}:generateContent"
    assert all(call.key_right for call in vendors.calls)
    await vendor.close()


async def test_google_is_never_told_less_than_the_ten_seconds_that_it_takes(
    vendors: Vendors, vendor: GeminiVendor
) -> None:
    await ask(vendor, seconds=2.5)
    assert vendors.calls.last().headers["x-server-timeout"] == "10"
    await ask(vendor, seconds=45.5)
    assert vendors.calls.last().headers["x-server-timeout"] == "46"


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM])
async def test_each_call_is_given_up_after_its_own_time(fault: Fault, vendors: Vendors, vendor: GeminiVendor) -> None:
    """The SDK's client has 30 s; the call's own 0.2 s count."""
    vendors.order(fault, Capability.LANGUAGE)
    began = asyncio.get_running_loop().time()
    with pytest.raises(EngineTimeout):
        await ask(vendor, seconds=0.2)
    assert asyncio.get_running_loop().time() - began < 1.0


async def test_a_refused_connection_is_told_at_once_and_not_tried_again() -> None:
    """Left alone the SDK sleeps 1 to 10 s and tries once more."""
    async with emulated_vendors() as gone:
        url = gone.gemini_url
    vendor = GeminiVendor("key", url)
    await vendor.client()
    began = asyncio.get_running_loop().time()
    with pytest.raises(EngineUnavailable):
        await vendor.list_models()
    assert asyncio.get_running_loop().time() - began < 0.9
    await vendor.close()


async def test_one_attempt_is_made(vendors: Vendors, vendor: GeminiVendor) -> None:
    for fault in (Fault.CUT, Fault.OVERLOADED, Fault.RATE_LIMITED):
        vendors.calls.clear()
        vendors.order(fault, Capability.LANGUAGE, times=1)
        with pytest.raises(EngineError):
            await ask(vendor)
        assert len(vendors.calls) == 1


CAUSES: dict[Fault, type[EngineError]] = {
    Fault.CUT: EngineUnavailable,
    Fault.CUT_MIDSTREAM: EngineUnavailable,
    Fault.WRONG_TYPE: EngineBadResponse,
    Fault.BAD_GATEWAY: EngineUnavailable,
    Fault.WRONG_KEY: KeyRefused,
    Fault.UNAUTHENTICATED: KeyRefused,
    Fault.LEAKED_KEY: KeyRefused,
    Fault.FORBIDDEN: PermissionRefused,
    Fault.REGION: RegionRefused,
    Fault.MODEL_GONE: EngineModelGone,
    Fault.RATE_LIMITED: EngineRateLimited,
    Fault.RATE_LIMITED_BARE: EngineRateLimited,
    Fault.QUOTA: QuotaExhausted,
    Fault.BAD_REQUEST: RequestRefused,
    Fault.SERVER_ERROR: EngineUnavailable,
    Fault.OVERLOADED: EngineUnavailable,
    Fault.TRUNCATED_JSON: EngineBadResponse,
    Fault.WRONG_SHAPE: EngineBadResponse,
}


@pytest.mark.parametrize(("fault", "error"), CAUSES.items(), ids=str)
async def test_each_cause_is_told_apart(
    fault: Fault, error: type[EngineError], vendors: Vendors, vendor: GeminiVendor
) -> None:
    vendors.order(fault, Capability.LANGUAGE, seconds=12.5 if fault is Fault.RATE_LIMITED else None)
    with pytest.raises(error) as caught:
        await ask(vendor)
    assert type(caught.value) is error
    assert caught.value.retry_after == {Fault.RATE_LIMITED: 12.5, Fault.QUOTA: 51.0}.get(fault)


@pytest.mark.parametrize("fault", [f for f in CAUSES if f not in (Fault.MODEL_GONE, Fault.BAD_REQUEST)], ids=str)
async def test_the_list_of_models_fails_for_the_same_causes(
    fault: Fault, vendors: Vendors, vendor: GeminiVendor
) -> None:
    vendors.order(fault, Capability.MODELS)
    with pytest.raises(CAUSES[fault]):
        await vendor.list_models()


@pytest.mark.parametrize("fault", [Fault.HUGE, Fault.ENDLESS])
async def test_a_body_without_end_is_not_read_to_the_end(fault: Fault, vendors: Vendors, vendor: GeminiVendor) -> None:
    vendors.order(fault, Capability.LANGUAGE)
    with pytest.raises(EngineBadResponse):
        await ask(vendor, seconds=20.0)
    assert vendors.calls.last().sent_bytes < 48 * 2**20
    vendors.heal()
    vendors.script.says("안녕하세요")
    assert await ask(vendor) == "안녕하세요"


async def test_a_vendors_own_words_are_not_kept(vendors: Vendors, vendor: GeminiVendor) -> None:
    vendors.order(Fault.QUOTA, Capability.LANGUAGE)
    with pytest.raises(QuotaExhausted) as caught:
        await ask(vendor)
    assert str(caught.value) == "429 RESOURCE_EXHAUSTED"


async def test_without_a_key_nobody_is_asked() -> None:
    vendor = GeminiVendor("  ")
    with pytest.raises(KeyMissing):
        await vendor.list_models()
    await vendor.close()


@pytest.mark.parametrize("address", ["nowhere", "http://"])
async def test_an_address_that_is_none_is_a_matter_of_settings(address: str) -> None:
    vendor = GeminiVendor("key", address)
    with pytest.raises(EngineMisconfigured):
        await vendor.list_models()
    await vendor.close()


async def test_a_closed_vendor_answers_nobody_and_closes_again(vendors: Vendors) -> None:
    vendor = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    await vendor.list_models()
    await vendor.close()
    await vendor.close()
    with pytest.raises(EngineUnavailable):
        await vendor.list_models()


async def test_closing_ends_what_is_under_way(vendors: Vendors) -> None:
    vendor = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    await vendor.client()
    vendors.order(Fault.NO_ANSWER, Capability.LANGUAGE)
    asking = asyncio.ensure_future(ask(vendor))
    await until(lambda: bool(vendors.calls.of(Capability.LANGUAGE)))
    await vendor.close()
    with pytest.raises(EngineUnavailable):
        await asking


async def test_two_first_calls_make_one_client(vendors: Vendors) -> None:
    vendor = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
    one, other = await asyncio.gather(vendor.client(), vendor.client())
    assert one is other
    await vendor.close()


def test_the_sdk_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, backend.app; sys.exit('google.genai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
