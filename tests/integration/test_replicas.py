"""Several backends on one PostgreSQL: hearing of each other's commits, by nudge and by poll."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from backend.database.interface import Outgoing
from backend.database.sql.database import SqlDatabase
from backend.database.sql.engines import make_engines
from backend.database.sql.news import News
from backend.database.sql.watch import LogWatch
from tests.support.live_house import open_house
from tests.support.shop import STAFF

pytestmark = pytest.mark.postgres


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[SqlDatabase]:
    opened = await SqlDatabase.open(postgres_url)
    yield opened
    await opened.close()


async def _write(database: SqlDatabase) -> None:
    async with database.write() as db:
        db.notify(Outgoing("help.requested"))
        await db.commit()


async def _until_heard(news: News, database: SqlDatabase) -> None:
    """Write until one write is heard of: a listener needs a moment to be there."""
    async with asyncio.timeout(30):
        while news.top == 0:
            await _write(database)
            await news.wait(0, 0.05)


async def test_a_commit_nudges_other_backends_without_waiting_for_their_poll(
    database: SqlDatabase, postgres_url: str
) -> None:
    engines, news = make_engines(postgres_url), News(0)
    watch = LogWatch(engines, news)
    watch.start()
    try:
        await _until_heard(news, database)
    finally:
        await watch.close()
        await engines.dispose()


async def test_a_poll_alone_is_enough(database: SqlDatabase, postgres_url: str) -> None:
    await _write(database)
    other = await SqlDatabase.open(postgres_url)
    try:
        assert other.known_top == 1
        await _write(database)
        async with asyncio.timeout(10):
            while other.known_top < 2:
                await other.wait_for_news(1, 0.2)
    finally:
        await other.close()


async def test_screens_of_one_backend_see_the_orders_of_another(database: SqlDatabase, postgres_url: str) -> None:
    second = await SqlDatabase.open(postgres_url)
    try:
        async with open_house(database) as house, open_house(second) as other, house.window(STAFF) as staff:
            for number in range(6):
                await (other if number % 2 else house).order()
            assert [n.id for n in await staff.take(6)] == [1, 2, 3, 4, 5, 6]
    finally:
        await second.close()


async def test_a_lost_listener_comes_back(database: SqlDatabase, postgres_url: str, postgres_server: str) -> None:
    engines, news = make_engines(postgres_url), News(0)
    watch = LogWatch(engines, news)
    watch.start()
    try:
        await _until_heard(news, database)
        await _cut_listeners(postgres_server)
        heard = news.top
        async with asyncio.timeout(30):
            while news.top == heard:
                await _write(database)
                await news.wait(heard, 0.05)
    finally:
        await watch.close()
        await engines.dispose()


async def test_a_burst_is_told_in_few_words(database: SqlDatabase, postgres_server: str, postgres_url: str) -> None:
    told: list[str] = []
    listener = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        await listener.add_listener("mallo_log", lambda *heard: told.append(heard[3]))
        await asyncio.gather(*(_write(database) for _ in range(30)))
        async with asyncio.timeout(10):
            while not told or told[-1] != "30":
                await listener.execute("SELECT 1")
                await asyncio.sleep(0.01)
    finally:
        await listener.close()
    assert len(told) < 30
    assert [int(top) for top in told] == sorted(int(top) for top in told)


async def _cut_listeners(server: str) -> None:
    admin = await asyncpg.connect(server)
    try:
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'")
    finally:
        await admin.close()
