"""The price table of the vendors' models: read from a file, and what an amount of usage costs by it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.database.interface import UsageRecord

MILLION = 1_000_000
_MILLISECONDS_A_MINUTE = 60_000

Dollars = Annotated[Decimal, Field(ge=0, le=10_000)]
Text = Annotated[str, Field(min_length=1, max_length=200)]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Price(_Part):
    """See the head of ``assets/engines/prices.toml`` for the units."""

    models: Annotated[tuple[Text, ...], Field(min_length=1)]
    since: date = date.min
    until: date = date.max
    text_input: Dollars | None = None
    cached_input: Dollars | None = None
    text_output: Dollars | None = None
    audio_input: Dollars | None = None
    audio_output: Dollars | None = None
    audio_minute: Dollars | None = None
    characters: Dollars | None = None
    image: Dollars | None = None

    def fit(self, model: str) -> int:
        """How well a name of this entry fits ``model``: 0 not at all; an exact name fits best."""
        fits = [len(name) for name in self.models if fnmatchcase(model, name)]
        return MILLION if model in self.models else max(fits, default=0)

    def cost(self, used: UsageRecord) -> Decimal | None:
        """Dollars, or None where something was used that has no price here, or nothing was told that has one."""
        cached = self.text_input if self.cached_input is None else self.cached_input
        tokens = [
            (used.input_tokens, self.text_input),
            (used.cached_input_tokens, cached),
            (used.output_tokens, self.text_output),
            (used.audio_input_tokens, self.audio_input),
            (used.audio_output_tokens, self.audio_output),
        ]
        by_tokens = [(amount, price) for amount, price in tokens if amount]
        parts: list[tuple[Decimal | int, Decimal]] = []
        if by_tokens and any(price is not None for _, price in tokens):
            for amount, price in by_tokens:
                if price is None:
                    return None
                parts.append((Decimal(amount) / MILLION, price))
        else:
            if used.milliseconds and self.audio_minute is not None:
                parts.append((Decimal(used.milliseconds) / _MILLISECONDS_A_MINUTE, self.audio_minute))
            if used.characters and self.characters is not None:
                parts.append((Decimal(used.characters) / MILLION, self.characters))
        if used.images and self.image is not None:
            parts.append((used.images, self.image))
        return sum((amount * price for amount, price in parts), Decimal(0)) if parts else None


class _Vendor(_Part):
    read: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    source: Text
    prices: tuple[_Price, ...] = ()


class _File(_Part):
    currency: Literal["USD"]
    vendors: Mapping[str, _Vendor]


class PricesUnreadable(Exception):
    """The file is not there, or is no price table. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a vendor's prices were read, and when (``YYYY-MM`` or ``YYYY-MM-DD``)."""

    engine: str
    read: str
    url: str


class PriceList:
    """What usage costs. One without vendors prices nothing."""

    def __init__(self, vendors: Mapping[str, _Vendor]) -> None:
        self._vendors = vendors

    @classmethod
    def read(cls, file: Path) -> PriceList:
        """Read a table as ``assets/engines/prices.toml`` describes it.

        Raises:
            PricesUnreadable
        """
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
            return cls(_File.model_validate(found).vendors)
        except (OSError, ValueError) as error:
            raise PricesUnreadable(_what_is_wrong(error)) from error

    @classmethod
    def read_or_none(cls, file: Path) -> PriceList:
        """The same; a table that cannot be read is logged and prices nothing: a shop does not stay shut for it."""
        try:
            return cls.read(file)
        except PricesUnreadable as error:
            log.warning("prices_unreadable", file=file.name, why=str(error))
            return cls({})

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(name, vendor.read, vendor.source) for name, vendor in sorted(self._vendors.items()))

    def micros(self, used: UsageRecord) -> int | None:
        """The cost of a row in millionths of a dollar, by the prices of its day; None where it is not known."""
        vendor = self._vendors.get(used.engine)
        dated = [price for price in (vendor.prices if vendor else ()) if price.since <= used.day <= price.until]
        best = max(dated, key=lambda price: price.fit(used.model), default=None)
        if best is None or not best.fit(used.model):
            return None
        cost = best.cost(used)
        return None if cost is None else int((cost * MILLION).quantize(Decimal(1), ROUND_HALF_UP))


def _what_is_wrong(error: OSError | ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)
