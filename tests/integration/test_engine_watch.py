"""Engines are tried and vendors are asked after the start, and the windows hear of every change once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backend.database.sql.database import SqlDatabase
from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineMisconfigured,
    KeyRefused,
    NotOffered,
    TextToSpeech,
)
from backend.external.model_choice import ModelChoice
from backend.services.engine_link import Link
from backend.services.engine_watch import EngineWatch, Served, speaking_attempt
from tests.fakes.fragile_engines import FragileTextToSpeech

TODAY = date(2026, 11, 23)


class FakeVendor:
    """Serves ``models``, or fails with ``error``."""

    name = "vendor"

    def __init__(self, **models: date | None) -> None:
        self.models: Mapping[str, date | None] = {name.replace("_", "-"): ends for name, ends in models.items()}
        self.error: EngineError | None = None
        self.calls = 0

    async def list_models(self) -> Mapping[str, date | None]:
        self.calls += 1
        if self.error is not None:
            raise self.error
        return self.models

    async def touch(self) -> None:
        """There is no line."""

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    made = await SqlDatabase.open(f"sqlite+aiosqlite:///{tmp_path / 'mallo.db'}")
    yield made
    await made.close()


async def _told(store: SqlDatabase) -> list[tuple[str, str]]:
    async with store.read() as db:
        return [(row.data["state"], row.data["reason"]) for row in await db.log.after(0, 100)]


async def _last(store: SqlDatabase) -> Mapping[str, Any]:
    async with store.read() as db:
        return (await db.log.after(0, 100))[-1].data


def _local(store: SqlDatabase, engine: FragileTextToSpeech) -> EngineWatch:
    link = Link[TextToSpeech]("text_to_speech", engine)
    return EngineWatch([speaking_attempt(link)], [], [link], store, lambda: TODAY)


def _remote(
    store: SqlDatabase, vendor: FakeVendor, *wishes: str
) -> tuple[EngineWatch, Link[TextToSpeech], ModelChoice]:
    link = Link[TextToSpeech]("text_to_speech", FragileTextToSpeech(), remote=True)
    choice = ModelChoice(wishes)
    return EngineWatch([], [Served(vendor, [(link, choice)])], [link], store, lambda: TODAY), link, choice


async def test_a_change_is_told_once(store: SqlDatabase) -> None:
    engine = FragileTextToSpeech()
    watch = _local(store, engine)
    await watch.try_engines(broken_only=False)
    await watch.tell_changes()
    assert await _told(store) == []

    engine.failing = EngineMisconfigured("no voice")
    await watch.try_engines(broken_only=False)
    for _ in range(3):
        await watch.tell_changes()
    assert await _told(store) == [("misconfigured", "misconfigured")]

    engine.failing = None
    await watch.try_engines(broken_only=True)
    await watch.tell_changes()
    assert await _told(store) == [("misconfigured", "misconfigured"), ("ready", "")]


async def test_what_works_is_not_tried_again(store: SqlDatabase) -> None:
    engine = FragileTextToSpeech()
    watch = _local(store, engine)
    await watch.try_engines(broken_only=False)
    await watch.try_engines(broken_only=True)
    assert engine.calls == 1


async def test_an_adapters_own_fault_does_not_end_the_watch(store: SqlDatabase, expected_errors: set[str]) -> None:
    expected_errors.add("engine_crashed")
    engine = FragileTextToSpeech()
    engine.failing = RuntimeError("a fault")
    watch = _local(store, engine)
    await watch.try_engines(broken_only=False)
    await watch.tell_changes()
    assert await _told(store) == [("unavailable", "crashed")]


async def test_the_first_wish_that_is_served_is_used_and_a_retired_one_is_told(store: SqlDatabase) -> None:
    vendor = FakeVendor(tts_2=None, tts_3=date(2027, 1, 6))
    watch, _link, choice = _remote(store, vendor, "tts-1", "tts-3", "tts-2")
    await watch.ask_vendors()
    await watch.tell_changes()
    assert choice.current == "tts-3"
    assert (await _last(store))["warnings"] == [
        {"code": "model_retired", "model": "tts-1", "ends": None},
        {"code": "model_ends_soon", "model": "tts-3", "ends": "2027-01-06"},
    ]


@pytest.mark.parametrize(("ends", "warned"), [(date(2027, 1, 22), True), (date(2027, 1, 23), False)])
async def test_an_end_is_told_sixty_days_before(store: SqlDatabase, ends: date, warned: bool) -> None:
    watch, link, _choice = _remote(store, FakeVendor(tts_1=ends), "tts-1")
    await watch.ask_vendors()
    assert bool(link.warnings) is warned


async def test_no_model_left_keeps_customers_away_from_it(store: SqlDatabase) -> None:
    watch, link, _choice = _remote(store, FakeVendor(other=None), "tts-1", "tts-2")
    await watch.ask_vendors()
    assert (link.state, link.reason, link.admits) == ("unavailable", "model_gone", False)


async def test_a_wrong_key_is_known_before_the_first_customer_and_forgotten_when_it_is_right(
    store: SqlDatabase,
) -> None:
    vendor = FakeVendor(tts_1=None)
    vendor.error = KeyRefused()
    watch, link, _choice = _remote(store, vendor, "tts-1")
    await watch.ask_vendors()
    await watch.tell_changes()
    assert (link.state, link.admits) == ("misconfigured", False)

    await watch.ask_vendors(due_only=True)
    assert vendor.calls == 1

    link.gate.ajar()
    vendor.error = None
    await watch.ask_vendors(due_only=True)
    await watch.tell_changes()
    assert (link.state, link.admits) == ("ready", True)
    assert await _told(store) == [("misconfigured", "wrong_key"), ("ready", "")]


async def test_a_server_without_a_list_keeps_its_models(store: SqlDatabase) -> None:
    vendor = FakeVendor()
    vendor.error = NotOffered()
    watch, link, choice = _remote(store, vendor, "my-own-voice")
    await watch.ask_vendors()
    assert (choice.current, link.state) == ("my-own-voice", "ready")


async def test_a_vendor_that_lists_and_fails_is_shut_again_at_the_first_trial(store: SqlDatabase) -> None:
    watch, link, _choice = _remote(store, FakeVendor(tts_1=None), "tts-1")
    for _ in range(2):
        link.failed(EngineBadResponse())
    link.gate.ajar()
    await watch.ask_vendors(due_only=True)
    assert link.state == "ready"
    link.gate.enter()
    link.failed(EngineBadResponse())
    assert (link.state, link.admits) == ("unavailable", False)
