"""``GET /api/usage`` over HTTP, with the whole application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from backend.database.interface import UsageRecord
from backend.database.sql.database import SqlDatabase
from backend.settings import Settings
from shared import paths
from shared.problems import Problem
from shared.usage import UsageResponse
from tests.support.backend import make_settings, running_app

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEARD = UsageRecord(TODAY, "speech_to_text", "openai", "gpt-transcribe", 4, milliseconds=30_500)
DREAMT = UsageRecord(TODAY - timedelta(days=40), "language", "gemini", "gemini-99", 2, input_tokens=700)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data")


@pytest.fixture
async def shop(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with running_app(settings, today=lambda: TODAY) as url, httpx.AsyncClient(base_url=url) as client:
        # Another replica's rows: the application's own adapters have no keys here.
        replica = await SqlDatabase.open(settings.database)
        async with replica.write() as db:
            await db.usage.add("replica", 1, NOW, [HEARD, DREAMT])
            await db.commit()
        await replica.close()
        yield client


async def _bearer(client: httpx.AsyncClient, settings: Settings, who: str) -> dict[str, str]:
    person = json.loads((settings.data_dir / "first-run.json").read_text())[who]
    token = (await client.post(paths.AUTH_LOGIN, json=person)).json()["token"]
    return {"Authorization": f"Bearer {token}"}


async def test_a_manager_reads_the_last_thirty_days(shop: httpx.AsyncClient, settings: Settings) -> None:
    answer = await shop.get(paths.USAGE, headers=await _bearer(shop, settings, "manager"))
    assert answer.status_code == 200
    told = UsageResponse.model_validate_json(answer.content)
    assert (told.first, told.last) == (TODAY - timedelta(days=29), TODAY)
    assert [(row.model, row.requests, row.seconds, row.cost_micros) for row in told.rows] == [
        ("gpt-transcribe", 4, 30.5, 2_288)
    ]
    assert (told.total.cost_micros, told.total.partial, told.unpriced) == (2_288, False, ())


async def test_other_days_may_be_asked_for(shop: httpx.AsyncClient, settings: Settings) -> None:
    query = {"from": "2026-10-01", "to": "2026-10-31"}
    answer = await shop.get(paths.USAGE, params=query, headers=await _bearer(shop, settings, "manager"))
    told = answer.json()
    assert [(row["day"], row["model"], row["cost_micros"]) for row in told["rows"]] == [
        ("2026-10-14", "gemini-99", None)
    ]
    assert told["unpriced"] == [{"engine": "gemini", "model": "gemini-99"}]
    assert told["total"] == {"requests": 2, "cost_micros": None, "partial": True}


async def test_it_is_the_managers_alone(shop: httpx.AsyncClient, settings: Settings) -> None:
    guest = (await shop.post(paths.AUTH_GUEST, json={})).json()["token"]
    assert (await shop.get(paths.USAGE)).status_code == 401
    assert (await shop.get(paths.USAGE, headers={"Authorization": f"Bearer {guest}"})).status_code == 403
    assert (await shop.get(paths.USAGE, headers=await _bearer(shop, settings, "staff"))).status_code == 403


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-24"}, "from"),
        ({"from": "2025-11-22", "to": "2026-11-23"}, "from"),
        ({"from": "0"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"to": "20261123"}, "to"),
        ({"to": "2026-11-23T10:00"}, "to"),
        ({"until": "2026-11-23"}, "until"),
    ],
)
async def test_days_that_are_none_are_refused(
    shop: httpx.AsyncClient, settings: Settings, query: dict[str, str], field: str
) -> None:
    answer = await shop.get(paths.USAGE, params=query, headers=await _bearer(shop, settings, "manager"))
    problem = Problem.model_validate_json(answer.content)
    assert (answer.status_code, problem.code, problem.params["field"]) == (422, "invalid_request", field)


@pytest.mark.parametrize("table", ["currency = 'USD'\n[vendors]\n", "broken"], ids=["empty", "broken"])
async def test_another_price_table_may_be_named_and_a_broken_one_closes_no_shop(
    tmp_path: Path, settings: Settings, table: str
) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(table)
    own = settings.model_copy(update={"prices_file": file})
    async with running_app(own) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.get(paths.USAGE, headers=await _bearer(client, own, "manager"))
        assert answer.json()["prices"] == []
