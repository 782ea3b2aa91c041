"""OpenAI's adapters' line to the emulated vendors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.external.openai.client import OpenAIVendor
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Vendors, emulated_vendors


@dataclass(slots=True)
class EmulatedOpenAI:
    vendors: Vendors
    vendor: OpenAIVendor
    meter: ListMeter = field(default_factory=ListMeter)


@asynccontextmanager
async def emulated_openai() -> AsyncIterator[EmulatedOpenAI]:
    """Emulated vendors and a client of theirs that is ready: its import is not part of what a test times."""
    async with emulated_vendors() as vendors:
        vendor = OpenAIVendor(vendors.openai_key, vendors.openai_url)
        try:
            await vendor.client()
            yield EmulatedOpenAI(vendors, vendor)
        finally:
            await vendor.close()
