"""What paid engines used is counted once, on both databases, whatever happens to the database meanwhile."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backend.database.interface import DatabaseUnavailable, UsageRecord
from backend.database.sql.database import SqlDatabase
from backend.errors import Refusal
from backend.external.metering import Usage
from backend.services.price_list import PriceList
from backend.services.usage_report import MAX_DAYS, UsageReport
from backend.services.usage_service import MAX_ROWS, UsageService
from backend.settings import ASSETS
from backend.tasks import TaskScope
from tests.fakes.flaky_database import FlakyDatabase
from tests.support.databases import OpenDatabase
from tests.support.waiting import until

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ROW = UsageRecord(TODAY, "language", "gemini", "gemini-3.8-flash", 1, 800, 100, 60)
HEARD = Usage("speech_to_text", "openai", "gpt-transcribe", seconds=2.5)
TALKED = Usage("language", "gemini", "gemini-3.8-flash", input_tokens=800, cached_input_tokens=100, output_tokens=60)


def _usage(database: SqlDatabase | FlakyDatabase, today: Callable[[], date] = lambda: TODAY) -> UsageService:
    return UsageService(database, lambda: NOW, today, write_seconds=0.005)


async def _rows(database: SqlDatabase | FlakyDatabase) -> list[UsageRecord]:
    async with database.read() as db:
        return list(await db.usage.between(date.min, date.max))


async def _until_written(database: SqlDatabase, requests: int) -> None:
    async with asyncio.timeout(10):
        while sum(row.requests for row in await _rows(database)) < requests:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.005)


async def _add(database: SqlDatabase, writer: str, number: int, *rows: UsageRecord) -> bool:
    async with database.write() as db:
        added = await db.usage.add(writer, number, NOW, rows)
        await db.commit()
    return added


async def test_rows_add_up_and_keep_their_days_and_models_apart(database: SqlDatabase) -> None:
    other_day = replace(ROW, day=TODAY - timedelta(days=1), milliseconds=2_500, images=1, characters=7)
    assert await _add(database, "a", 1, ROW, other_day)
    assert await _add(database, "b", 1, ROW, replace(ROW, model="gemini-3.5-flash-lite"))
    assert await _rows(database) == [
        other_day,
        replace(ROW, model="gemini-3.5-flash-lite"),
        replace(ROW, requests=2, input_tokens=1_600, cached_input_tokens=200, output_tokens=120),
    ]


async def test_a_batch_that_is_sent_again_is_not_added_again(database: SqlDatabase) -> None:
    assert await _add(database, "a", 1, ROW)
    assert not await _add(database, "a", 1, ROW)
    assert await _add(database, "a", 2, ROW)
    assert not await _add(database, "a", 1, ROW)
    assert [row.requests for row in await _rows(database)] == [2]


async def test_replicas_that_write_at_once_lose_nothing(open_database: OpenDatabase) -> None:
    databases = [await open_database() for _ in range(3)]
    models = [f"model-{number}" for number in range(8)]

    async def write(replica: int) -> None:
        usage = _usage(databases[replica])
        for turn in range(10):
            # Each in another order: two that wait for each other's rows would be a deadlock.
            for model in models[turn % 8 :] + models[: turn % 8]:
                usage.record(replace(TALKED, model=model))
            await usage.flush()

    await asyncio.gather(*(write(replica) for replica in range(3)))
    rows = await _rows(databases[0])
    assert [row.model for row in rows] == models
    assert {row.requests for row in rows} == {30}
    assert {row.input_tokens for row in rows} == {24_000}


async def test_more_rows_than_a_statement_takes(database: SqlDatabase) -> None:
    rows = [replace(ROW, model=f"model-{number:03}") for number in range(450)]
    assert await _add(database, "a", 1, *rows)
    assert await _rows(database) == rows


async def test_what_is_recorded_is_written_soon_and_in_the_background(database: SqlDatabase) -> None:
    usage = _usage(database)
    scope = TaskScope("test")
    scope.start(usage.run(), "usage")
    try:
        for _ in range(3):
            usage.record(HEARD)
        usage.record(TALKED)
        await _until_written(database, 4)
    finally:
        await scope.close()
    found = await _rows(database)
    assert {(row.engine, row.requests, row.milliseconds, row.input_tokens) for row in found} == {
        ("openai", 3, 7_500, 0),
        ("gemini", 1, 0, 800),
    }


async def test_what_is_left_is_written_at_close(sqlite: SqlDatabase) -> None:
    usage = _usage(sqlite)
    usage.record(HEARD)
    await usage.close()
    await usage.close()
    assert [row.requests for row in await _rows(sqlite)] == [1]


async def test_usage_belongs_to_the_day_on_which_it_happened(sqlite: SqlDatabase) -> None:
    days = iter([TODAY, TODAY, TODAY + timedelta(days=1)])
    usage = _usage(sqlite, lambda: next(days))
    for _ in range(3):
        usage.record(HEARD)
    await usage.flush()
    assert [(row.day, row.requests) for row in await _rows(sqlite)] == [(TODAY, 2), (TODAY + timedelta(days=1), 1)]


async def test_a_database_that_is_away_loses_nothing(sqlite: SqlDatabase) -> None:
    flaky = FlakyDatabase(sqlite)
    flaky.away = True
    usage = _usage(flaky)
    scope = TaskScope("test")
    scope.start(usage.run(), "usage")
    try:
        usage.record(HEARD)
        await until(lambda: flaky.attempts >= 2)
        usage.record(HEARD)
        with pytest.raises(DatabaseUnavailable):
            await usage.flush()
        flaky.away = False
        await _until_written(sqlite, 2)
    finally:
        await scope.close()


async def test_a_commit_whose_answer_is_lost_counts_once(database: SqlDatabase) -> None:
    flaky = FlakyDatabase(database)
    usage = _usage(flaky)
    usage.record(HEARD)
    flaky.mute = True
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            await usage.flush()
    usage.record(HEARD)
    flaky.mute = False
    await usage.flush()
    await usage.flush()
    assert [row.requests for row in await _rows(database)] == [2]


async def test_a_writer_that_is_stopped_in_the_middle_counts_once(database: SqlDatabase) -> None:
    for steps in range(12):
        usage = _usage(database)
        usage.record(replace(HEARD, model=f"stopped-{steps:02}"))
        flushing = asyncio.ensure_future(usage.flush())
        for _ in range(steps):
            await asyncio.sleep(0)
        flushing.cancel()
        await asyncio.wait([flushing])
        await usage.close()
    assert [row.requests for row in await _rows(database)] == [1] * 12


async def test_a_closing_process_does_not_wait_for_a_database_that_is_away(sqlite: SqlDatabase) -> None:
    flaky = FlakyDatabase(sqlite)
    flaky.away = True
    usage = _usage(flaky)
    usage.record(HEARD)
    await usage.close()
    assert await _rows(sqlite) == []


async def test_memory_is_bounded_by_rows_and_known_ones_still_count(sqlite: SqlDatabase) -> None:
    usage = _usage(sqlite)
    for number in range(MAX_ROWS + 50):
        usage.record(replace(HEARD, model=f"model-{number:05}"))
    usage.record(replace(HEARD, model="model-00000"))
    await usage.flush()
    rows = await _rows(sqlite)
    assert len(rows) == MAX_ROWS
    assert rows[0].requests == 2


async def test_threads_may_record_at_once(sqlite: SqlDatabase) -> None:
    usage = _usage(sqlite)

    def record() -> None:
        for _ in range(500):
            usage.record(HEARD)

    threads = [Thread(target=record) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    await usage.flush()
    assert [row.requests for row in await _rows(sqlite)] == [2_000]


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "usage",
        replace(HEARD, engine=""),
        Usage("dancing", "openai", "x"),  # type: ignore[arg-type] # wrong on purpose
    ],
)
async def test_what_is_no_usage_at_all_is_left_out(sqlite: SqlDatabase, nonsense: Any) -> None:
    usage = _usage(sqlite)
    usage.record(nonsense)
    await usage.flush()
    assert await _rows(sqlite) == []


async def test_numbers_that_are_none_count_as_nothing(database: SqlDatabase) -> None:
    strange: Any = {
        "input_tokens": None,
        "output_tokens": -5,
        "cached_input_tokens": "12",
        "audio_input_tokens": math.inf,
        "seconds": math.nan,
        "characters": 10**30,
        "images": 1.6,
    }
    usage = _usage(database)
    usage.record(replace(HEARD, model="ok\x00\ud800\n" + "x" * 200, **strange))
    await usage.flush()
    model = "ok" + "x" * 98
    assert await _rows(database) == [
        UsageRecord(TODAY, "speech_to_text", "openai", model, 1, characters=10**12, images=2)
    ]


def _report(database: SqlDatabase | FlakyDatabase, prices: PriceList) -> tuple[UsageService, UsageReport]:
    usage = _usage(database)
    return usage, UsageReport(usage, database, prices, lambda: TODAY)


@pytest.fixture
def prices() -> PriceList:
    return PriceList.read(ASSETS / "engines" / "prices.toml")


async def test_the_report_adds_up_days_engines_and_cost(database: SqlDatabase, prices: PriceList) -> None:
    usage, report = _report(database, prices)
    usage.record(TALKED)
    usage.record(replace(TALKED, model="gemini-99"))
    usage.record(HEARD)
    usage.record(replace(HEARD, seconds=57.5))
    told = await report.between(None, None)
    assert (told.first, told.last, told.currency) == (TODAY - timedelta(days=29), TODAY, "USD")
    talked = 833  # 800 x 0.75 + 100 x 0.075 + 60 x 3.75 millionths of a dollar are 832.5
    assert [(row.engine, row.model, row.requests, row.seconds, row.cost_micros) for row in told.rows] == [
        ("gemini", "gemini-3.8-flash", 1, 0, talked),
        ("gemini", "gemini-99", 1, 0, None),
        ("openai", "gpt-transcribe", 2, 60, 4_500),
    ]
    assert [(day.engine, day.requests, day.cost_micros, day.partial) for day in told.days] == [
        ("gemini", 2, talked, True),
        ("openai", 2, 4_500, False),
    ]
    assert (told.total.requests, told.total.cost_micros, told.total.partial) == (4, talked + 4_500, True)
    assert [(model.engine, model.model) for model in told.unpriced] == [("gemini", "gemini-99")]
    assert {source.engine for source in told.prices} == {"gemini", "openai"}


async def test_what_has_no_price_costs_nobody_knows_what(sqlite: SqlDatabase) -> None:
    usage, report = _report(sqlite, PriceList({}))
    usage.record(HEARD)
    told = await report.between(TODAY, TODAY)
    assert (told.total.cost_micros, told.total.partial, told.days[0].cost_micros) == (None, True, None)
    assert [model.model for model in told.unpriced] == ["gpt-transcribe"]


async def test_a_time_without_usage_costs_nothing(sqlite: SqlDatabase, prices: PriceList) -> None:
    _, report = _report(sqlite, prices)
    told = await report.between(date.min, date.min)
    assert (told.rows, told.days, told.total.cost_micros, told.total.partial) == ((), (), 0, False)
    assert (await report.between(None, date.min)).first == date.min


@pytest.mark.parametrize("days", [-1, MAX_DAYS])
async def test_ranges_are_bounded(sqlite: SqlDatabase, prices: PriceList, days: int) -> None:
    _, report = _report(sqlite, prices)
    with pytest.raises(Refusal):
        await report.between(TODAY - timedelta(days=days), TODAY)
    longest = await report.between(TODAY - timedelta(days=MAX_DAYS - 1), TODAY)
    assert (longest.last - longest.first).days == MAX_DAYS - 1


async def test_a_database_that_takes_nothing_is_still_read(sqlite: SqlDatabase, prices: PriceList) -> None:
    flaky = FlakyDatabase(sqlite)
    usage, report = _report(flaky, prices)
    usage.record(HEARD)
    await usage.flush()
    flaky.away = True
    usage.record(HEARD)
    assert (await report.between(None, None)).total.requests == 1
    flaky.away = False
    assert (await report.between(None, None)).total.requests == 2


async def test_a_price_table_that_cannot_be_read_prices_nothing(sqlite: SqlDatabase, tmp_path: Path) -> None:
    usage, report = _report(sqlite, PriceList.read_or_none(tmp_path / "none.toml"))
    usage.record(HEARD)
    assert (await report.between(None, None)).unpriced
