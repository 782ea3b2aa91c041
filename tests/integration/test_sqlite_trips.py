"""A statement costs one trip to SQLite's thread: on a busy machine each trip waits its turn twice."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.database.sql.connection import StopsOnce


class Counted(StopsOnce):
    """Counts what is asked of its thread."""

    trips = 0

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.trips += 1
        # aiosqlite leaves it untyped.
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


@pytest.fixture
async def made() -> list[Counted]:
    return []


@pytest.fixture
async def engine(tmp_path: Path, made: list[Counted]) -> AsyncIterator[AsyncEngine]:
    def connect(*args: Any, **kwargs: Any) -> Counted:
        made.append(Counted(*args, **kwargs))
        return made[-1]

    engine = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path / 'trips.sqlite3'}", connect_args={"async_creator_fn": connect}
    )
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE cakes (name TEXT PRIMARY KEY, tiers INTEGER)"))
    yield engine
    await engine.dispose()


async def test_a_statement_is_one_trip_and_answers_in_full(engine: AsyncEngine, made: list[Counted]) -> None:
    async with engine.connect() as connection:
        (line,) = made
        line.trips = 0
        cakes = [{"name": "딸기", "tiers": 1}, {"name": "초코", "tiers": 2}]
        put = await connection.execute(text("INSERT INTO cakes VALUES (:name, :tiers)"), cakes)
        raised = await connection.execute(text("UPDATE cakes SET tiers = tiers + 1 RETURNING name, tiers"))
        changed = await connection.execute(text("UPDATE cakes SET tiers = 3 WHERE name = '딸기'"))
        listed = await connection.execute(text("SELECT name, tiers FROM cakes ORDER BY tiers, name"))
        nothing = await connection.execute(text("SELECT name FROM cakes WHERE tiers = 9"))
        assert line.trips == 5
        assert (put.rowcount, changed.rowcount) == (2, 1)
        assert sorted(raised.all()) == [("딸기", 2), ("초코", 3)]
        assert [row.name for row in listed] == ["딸기", "초코"]
        assert list(listed.keys()) == ["name", "tiers"]
        assert nothing.one_or_none() is None
        await connection.commit()
        assert line.trips == 6


async def test_a_statement_that_fails_leaves_the_connection_usable(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO cakes VALUES ('치즈', 1)"))
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(text("INSERT INTO cakes VALUES ('치즈', 2)"))
        assert isinstance(caught.value.orig, sqlite3.IntegrityError)
        assert (await connection.execute(text("SELECT tiers FROM cakes"))).scalar_one() == 1
