"""Engines are tried after the start, and the windows hear of every change once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.database.sql.database import SqlDatabase
from backend.external.interfaces import EngineMisconfigured
from backend.external.watched import WatchedTextToSpeech
from backend.services.engine_watch import EngineWatch, speaking_attempt
from tests.fakes.fragile_engines import FragileTextToSpeech


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    made = await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}")
    yield made
    await made.close()


async def _told(store: SqlDatabase) -> list[tuple[str, str]]:
    async with store.read() as db:
        return [(row.topic, row.data["state"]) for row in await db.log.after(0, 100)]


async def test_a_change_is_told_once(store: SqlDatabase) -> None:
    inner = FragileTextToSpeech()
    engine = WatchedTextToSpeech(inner)
    watch = EngineWatch([(engine.status, speaking_attempt(engine))], store)

    await watch.try_engines(broken_only=False)
    await watch.tell_changes()
    assert await _told(store) == []

    inner.failing = EngineMisconfigured("no voice")
    await watch.try_engines(broken_only=False)
    for _ in range(3):
        await watch.tell_changes()
    assert await _told(store) == [("engine.changed", "misconfigured")]

    inner.failing = None
    await watch.try_engines(broken_only=True)
    await watch.tell_changes()
    assert await _told(store) == [("engine.changed", "misconfigured"), ("engine.changed", "ready")]


async def test_what_works_is_not_tried_again(store: SqlDatabase) -> None:
    inner = FragileTextToSpeech()
    engine = WatchedTextToSpeech(inner)
    watch = EngineWatch([(engine.status, speaking_attempt(engine))], store)
    await watch.try_engines(broken_only=False)
    await watch.try_engines(broken_only=True)
    assert inner.calls == 1


async def test_an_adapters_own_fault_does_not_end_the_watch(store: SqlDatabase, expected_errors: set[str]) -> None:
    expected_errors.add("engine_crashed")
    inner = FragileTextToSpeech()
    inner.failing = RuntimeError("a fault")
    engine = WatchedTextToSpeech(inner)
    watch = EngineWatch([(engine.status, speaking_attempt(engine))], store)
    await watch.try_engines(broken_only=False)
    await watch.tell_changes()
    assert await _told(store) == [("engine.changed", "unavailable")]
