"""The adapter's client of Gemini, connected to the emulated vendor."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.external.gemini.client import GeminiVendor
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Vendors, emulated_vendors


@dataclass(frozen=True, slots=True)
class Gemini:
    """``vendors`` answer, ``vendor`` asks them, ``meter`` keeps what it cost."""

    vendors: Vendors
    vendor: GeminiVendor
    meter: ListMeter = field(default_factory=ListMeter)


@asynccontextmanager
async def emulated_gemini() -> AsyncIterator[Gemini]:
    """With Google's SDK loaded already: it takes a second, which is no part of a call's time."""
    async with emulated_vendors() as vendors:
        vendor = GeminiVendor(vendors.gemini_key, vendors.gemini_url)
        try:
            await vendor.client()
            yield Gemini(vendors, vendor)
        finally:
            await vendor.close()
