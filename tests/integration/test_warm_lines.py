"""The lines to vendors are open before the first sentence, while somebody is there; it costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from backend.external.gemini.client import GeminiVendor
from backend.external.interfaces import EngineUnavailable, Vendor
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import OpenAIVendor
from backend.services.engine_link import Link
from backend.services.engine_watch import Served
from backend.services.line_warmer import LINES, LineWarmer
from backend.tasks import TaskScope
from tests.fakes.fragile_engines import FragileTextToSpeech
from tests.fakes.vendors import Vendors
from tests.fakes.vendors.faults import Capability, Fault
from tests.fakes.vendors.pace import Pace
from tests.support.vendors import emulated_vendors
from tests.support.waiting import until

VENDORS = ("gemini", "openai")


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with emulated_vendors() as running:
        yield running


@asynccontextmanager
async def vendor_of(name: str, vendors: Vendors) -> AsyncIterator[Vendor]:
    made: Vendor = (
        GeminiVendor(vendors.gemini_key, vendors.gemini_url)
        if name == "gemini"
        else OpenAIVendor(vendors.openai_key, vendors.openai_url)
    )
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def warming(
    vendor: Vendor, anybody: Callable[[], bool], **more: float
) -> AsyncIterator[Link[FragileTextToSpeech]]:
    link = Link("text_to_speech", FragileTextToSpeech(), remote=True)
    warmer = LineWarmer([Served(vendor, [(link, ModelChoice(("a-model",)))])], anybody, look_seconds=0.01, **more)
    tasks = TaskScope("test")
    tasks.start(warmer.run(), "warmer")
    try:
        yield link
    finally:
        await tasks.close()


@pytest.mark.parametrize("name", VENDORS)
async def test_a_call_after_it_opens_no_line(name: str, vendors: Vendors) -> None:
    async with vendor_of(name, vendors) as vendor:
        vendors.pace = Pace(listing=0.2)
        link = Link("text_to_speech", FragileTextToSpeech(), remote=True)
        await LineWarmer([Served(vendor, [(link, ModelChoice(("a-model",)))])], lambda: True).warm()
        warm = {call.line for call in vendors.calls}
        assert len(warm) == LINES, "in a turn two are used at once"
        await asyncio.gather(vendor.list_models(), vendor.list_models())
        assert {call.line for call in vendors.calls} == warm
        assert {call.capability for call in vendors.calls} == {Capability.MODELS}, "nothing that is billed"


@pytest.mark.parametrize("name", VENDORS)
async def test_a_line_is_open_whatever_the_answer_says(name: str, vendors: Vendors) -> None:
    vendors.order(Fault.MODEL_GONE, Capability.MODELS)
    async with vendor_of(name, vendors) as vendor:
        await vendor.touch()
        await vendor.touch()
        assert len({call.line for call in vendors.calls}) == 1


@pytest.mark.parametrize("name", VENDORS)
async def test_nobody_is_asked_in_a_closed_shop_nor_more_often_than_is_needed(name: str, vendors: Vendors) -> None:
    here = False
    async with vendor_of(name, vendors) as vendor, warming(vendor, lambda: here, every_seconds=3600):
        await asyncio.sleep(0.05)
        assert not len(vendors.calls)
        here = True
        await until(lambda: len(vendors.calls) == LINES)
        await asyncio.sleep(0.05)
        assert len(vendors.calls) == LINES
    async with vendor_of(name, vendors) as vendor, warming(vendor, lambda: True, every_seconds=0.01):
        await until(lambda: len(vendors.calls) >= 4 * LINES)


async def test_a_vendor_that_does_not_work_is_left_alone_and_stops_nobody(vendors: Vendors) -> None:
    vendors.order(Fault.CUT, Capability.MODELS)
    async with (
        vendor_of("gemini", vendors) as broken,
        vendor_of("openai", vendors) as vendor,
        warming(broken, lambda: True, every_seconds=0.01) as link,
        warming(vendor, lambda: True, every_seconds=0.01),
    ):
        await until(lambda: len(vendors.calls.of(vendor="gemini")) >= 3 * LINES)
        await until(lambda: len(vendors.calls.of(vendor="openai")) >= 3 * LINES)
        link.failed(EngineUnavailable("gone"), at_once=True)
        # What had begun before ends.
        await asyncio.sleep(0.2)
        asked = len(vendors.calls.of(vendor="gemini"))
        await asyncio.sleep(0.1)
        assert len(vendors.calls.of(vendor="gemini")) == asked
