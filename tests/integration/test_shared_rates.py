"""Rate limits are one limit over all backends of a store, and a changed PIN reaches voice lines."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from backend.app import open_people
from backend.database.sql.database import SqlDatabase
from backend.errors import Refusal
from backend.services.shared_rates import SharedRates
from backend.web.rate_limit import Rate, RateLimiter
from shared import paths
from shared.voice_stream import Open
from tests.support.backend import make_settings, running_app
from tests.support.databases import OpenDatabase
from tests.support.voice_stream import customer
from tests.support.waiting import until

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Backend:
    """A rate limiter on one of several machines; ``seconds`` is everybody's clock."""

    seconds = 100.0

    def __init__(self, database: SqlDatabase) -> None:
        self.limiter = RateLimiter({"voice": Rate(8, 8)}, lambda: Backend.seconds)
        self.shared = SharedRates(database, self.limiter, lambda: NOW)

    def calls(self, client: str = "kiosk") -> int:
        """Call until it is refused; how often that went well."""
        made = 0
        while True:
            try:
                self.limiter.take("voice", client)
            except Refusal:
                return made
            made += 1


@pytest.fixture
async def backends(open_database: OpenDatabase) -> list[Backend]:
    made = [Backend(await open_database()) for _ in range(3)]
    for backend in made:
        await backend.shared.exchange()
    return made


async def exchanged(backends: list[Backend]) -> None:
    for backend in (*backends, *backends):
        await backend.shared.exchange()


async def test_what_one_backend_let_pass_another_takes_off(backends: list[Backend]) -> None:
    first, second, _ = backends
    assert first.calls() == 8
    await exchanged(backends)
    assert second.calls() == 0
    assert second.calls("another kiosk") == 8
    Backend.seconds += 2
    assert (first.calls(), second.calls()) == (2, 2)
    await exchanged(backends)
    Backend.seconds += 2
    assert (first.calls(), second.calls()) == (0, 0), "both had let it pass: that is paid back"


async def test_a_burst_at_all_of_them_is_paid_back(backends: list[Backend]) -> None:
    assert [backend.calls() for backend in backends] == [8, 8, 8]
    await exchanged(backends)
    Backend.seconds += 8
    assert [backend.calls() for backend in backends] == [0, 0, 0]
    Backend.seconds += 8
    assert backends[0].calls() == 8, "never more than a bucketful of debt"


async def test_who_calls_little_is_told_to_nobody(backends: list[Backend]) -> None:
    first, second, _ = backends
    first.limiter.take("voice", "kiosk")
    assert first.limiter.busy() == {}
    await exchanged(backends)
    assert second.calls() == 8


async def test_a_backend_that_comes_later_begins_with_full_buckets(
    backends: list[Backend], open_database: OpenDatabase
) -> None:
    assert backends[0].calls() == 8
    await exchanged(backends)
    late = Backend(await open_database())
    await late.shared.exchange()
    await late.shared.exchange()
    assert late.calls() == 8


@pytest.mark.postgres
async def test_two_backends_over_http_share_a_limit(tmp_path: Path, postgres_url: str) -> None:
    async with AsyncExitStack() as stack:
        urls = [
            await stack.enter_async_context(
                running_app(make_settings(tmp_path / name, database_url=postgres_url, rate_default="20/600"))
            )
            for name in ("a", "b")
        ]
        http = await stack.enter_async_context(httpx.AsyncClient())
        codes = [(await http.get(urls[0] + paths.MENU)).status_code for _ in range(21)]
        assert codes == [200] * 20 + [429]

        async def refused() -> bool:
            return (await http.get(urls[1] + paths.MENU)).status_code == 429

        for _ in range(400):
            if await refused():
                break
        assert await refused()
        asked = [await refused() for _ in range(3)]
        assert asked == [True] * 3


async def test_a_changed_pin_ends_the_voice_lines_of_its_user(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url) as http:
        async with open_people(settings) as people:
            pin = await people.add("member-1", "customer", "")
        token = (await http.post(paths.AUTH_LOGIN, json={"user_id": "member-1", "pin": pin})).json()["token"]
        signed = Open(session_id="s" * 20, token=SecretStr(token), user_id="member-1")
        guest = Open(session_id="g" * 20)
        async with customer(url, signed) as one, customer(url, guest) as other:
            async with open_people(settings) as people:
                await people.reset_pin("member-1")
            await until(lambda: one.line.close_code is not None)
            assert one.line.close_code == 4010
            assert other.line.close_code is None
