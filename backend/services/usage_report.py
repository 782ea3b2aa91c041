"""What paid engines cost, for the manager."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from backend.database.interface import Database, DatabaseError, UsageRecord
from backend.errors import Refusal
from backend.services.price_list import PriceList
from backend.services.usage_service import UsageService
from shared.health import Capability
from shared.problems import ProblemCode
from shared.usage import DayTotal, PriceSource, Unpriced, UsageResponse, UsageRow, UsageSum, VoiceFigures

DEFAULT_DAYS = 30
MAX_DAYS = 366
"""A year. Some ten rows a day: a report stays below one megabyte."""
CURRENCY = "USD"


class UsageReport:
    """Adds up what ``UsageService`` wrote, with the prices of a ``PriceList``."""

    def __init__(
        self,
        usage: UsageService,
        database: Database,
        prices: PriceList,
        today: Callable[[], date],
        voice: Callable[[], VoiceFigures] = VoiceFigures,
    ) -> None:
        self._usage = usage
        self._database = database
        self._prices = prices
        self._today = today
        self._voice = voice

    async def between(self, first: date | None, last: date | None) -> UsageResponse:
        """The usage from ``first`` to ``last``, both included, with what was counted a moment ago where it can be.

        None: ``last`` is today, ``first`` 29 days before ``last``.

        Raises:
            Refusal: invalid_request; the days are in the wrong order, or more than ``MAX_DAYS``.
            DatabaseError
        """
        last = last or self._today()
        if first is None:
            first = date.fromordinal(max(1, last.toordinal() - DEFAULT_DAYS + 1))
        if first > last:
            raise Refusal(ProblemCode.INVALID_REQUEST, "from is later than to.", field="from", reason="wrong_order")
        if (last - first).days >= MAX_DAYS:
            detail = f"At most {MAX_DAYS} days at once."
            raise Refusal(ProblemCode.INVALID_REQUEST, detail, field="from", reason="too_long", maximum=MAX_DAYS)
        # A full disk takes nothing and can be read all the same; what waits is in a later report then.
        with contextlib.suppress(DatabaseError):
            await self._usage.flush()
        async with self._database.read() as db:
            records = await db.usage.between(first, last)
        rows = [self._row(record) for record in records]
        unpriced = sorted({(row.engine, row.model) for row in rows if row.cost_micros is None})
        return UsageResponse(
            voice=self._voice(),
            first=first,
            last=last,
            currency=CURRENCY,
            total=_sum(rows),
            days=tuple(_days(rows)),
            rows=tuple(rows),
            unpriced=tuple(Unpriced(engine=engine, model=model) for engine, model in unpriced),
            prices=tuple(PriceSource(engine=s.engine, read=s.read, url=s.url) for s in self._prices.sources),
        )

    def _row(self, used: UsageRecord) -> UsageRow:
        return UsageRow(
            day=used.day,
            capability=Capability(used.capability),
            engine=used.engine,
            model=used.model,
            requests=used.requests,
            input_tokens=used.input_tokens,
            cached_input_tokens=used.cached_input_tokens,
            output_tokens=used.output_tokens,
            audio_input_tokens=used.audio_input_tokens,
            audio_output_tokens=used.audio_output_tokens,
            seconds=used.milliseconds / 1_000,
            characters=used.characters,
            images=used.images,
            cost_micros=self._prices.micros(used),
        )


def _days(rows: Sequence[UsageRow]) -> Iterable[DayTotal]:
    """One total for each day and engine; ``rows`` are in that order."""
    for (day, engine), group in groupby(rows, key=lambda row: (row.day, row.engine)):
        total = _sum(list(group))
        yield DayTotal(day=day, engine=engine, **total.model_dump())


def _sum(rows: Sequence[UsageRow]) -> UsageSum:
    known = [row.cost_micros for row in rows if row.cost_micros is not None]
    return UsageSum(
        requests=sum(row.requests for row in rows),
        cost_micros=sum(known) if known or not rows else None,
        partial=len(known) < len(rows),
    )
