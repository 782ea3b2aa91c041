"""The vendors themselves, for ``pytest -m live``: whose keys are there, which hosts may be reached, what it cost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from backend.database.interface import UsageRecord
from backend.external.gemini.client import DEFAULT_URL, GeminiVendor
from backend.external.interfaces import NotOffered, Vendor
from backend.external.metering import Usage
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import OpenAIVendor
from backend.services.price_list import PriceList
from backend.settings import ASSETS, Settings
from tests.fakes.meters import ListMeter

OPENAI_URL = "https://api.openai.com/v1"
_PORTS = {"http": 80, "https": 443}


def wants_live(marks: str) -> bool:
    """Whether the ``-m`` of a run asks for the vendors: only one that begins with ``live`` does."""
    return re.match(r"live\b", marks.strip()) is not None


class RealVendors:
    """Keys, addresses and models from the same variables as a shop's. Keys never leave ``settings``.

    ``meter`` gathers what the whole run uses.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.meter = ListMeter()
        self._listed: dict[str, Mapping[str, date | None] | None] = {}

    @property
    def missing(self) -> Mapping[str, str]:
        """Vendors that cannot be asked, each with the variable that is not set."""
        given = self.settings
        missing = {}
        if given.gemini_api_key is None:
            missing["gemini"] = "GEMINI_API_KEY is not set"
        if given.openai_api_key is None and given.openai_base_url is None:
            missing["openai"] = "OPENAI_API_KEY is not set"
        return missing

    @property
    def places(self) -> frozenset[tuple[str, int]]:
        """Host and port of each vendor that can be asked: all that the run may reach."""
        urls = {
            "gemini": self.settings.gemini_base_url or DEFAULT_URL,
            "openai": self.settings.openai_base_url or OPENAI_URL,
        }
        parts = [urlsplit(url) for vendor, url in urls.items() if vendor not in self.missing]
        return frozenset((part.hostname or "", part.port or _PORTS[part.scheme]) for part in parts)

    def gemini(self) -> GeminiVendor:
        """Whoever asks for it closes it. Only where the key is not missing."""
        key = self.settings.gemini_api_key
        assert key is not None, self.missing
        return GeminiVendor(key, self.settings.gemini_base_url)

    def openai(self) -> OpenAIVendor:
        """The same."""
        key = self.settings.openai_api_key
        return OpenAIVendor(key.get_secret_value() if key else None, self.settings.openai_base_url)

    async def models(self, vendor: Vendor, wishes: Sequence[str]) -> ModelChoice:
        """The choice that a shop would make: the vendor is asked once a run what it serves."""
        if vendor.name not in self._listed:
            try:
                self._listed[vendor.name] = await vendor.list_models()
            except NotOffered:
                self._listed[vendor.name] = None
        choice = ModelChoice(wishes)
        if (listed := self._listed[vendor.name]) is not None:
            choice.learn(listed)
        return choice

    def bill(self) -> list[str]:
        """A line for each model that was used: calls, and dollars by ``assets/engines/prices.toml``; then the sum."""
        prices = PriceList.read(ASSETS / "engines" / "prices.toml")
        lines: list[str] = []
        total = 0
        rows = [
            (f"{used.engine} {used.model} ({used.capability})", _costs(prices, used)) for used in self.meter.records
        ]
        for name in sorted({name for name, _ in rows}):
            costs = [micros for other, micros in rows if other == name]
            known = [micros for micros in costs if micros is not None]
            total += sum(known)
            price = f"{sum(known) / 1e6:.4f} USD" if len(known) == len(costs) else "no price known"
            lines.append(f"{name}: {len(costs)} calls, {price}")
        return [*lines, f"together {total / 1e6:.2f} USD"]

    def __repr__(self) -> str:
        return f"RealVendors(without {sorted(self.missing)})"


def _costs(prices: PriceList, used: Usage) -> int | None:
    """Millionths of a dollar; None: the table has no price for it."""
    record = UsageRecord(
        day=datetime.now(UTC).date(),
        capability=used.capability,
        engine=used.engine,
        model=used.model,
        input_tokens=used.input_tokens,
        cached_input_tokens=used.cached_input_tokens,
        output_tokens=used.output_tokens,
        audio_input_tokens=used.audio_input_tokens,
        audio_output_tokens=used.audio_output_tokens,
        milliseconds=round(used.seconds * 1000),
        characters=used.characters,
        images=used.images,
    )
    return prices.micros(record)
