"""Rows and files of the manager's pictures: both databases, real files, real kills."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import sys
import time
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.database.interface import AlreadyThere, ImageRecord
from backend.database.sql.database import SqlDatabase
from backend.database.studio import CardChange, ImageJob, Sighting
from backend.services.image_store import ImageStore
from backend.services.image_sweep import ImageSweep
from tests.support.killed_studio import CONTENT, version

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
OLD = 7200.0


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def age(folder: Path, seconds: float = OLD) -> None:
    """As if all files there had been written ``seconds`` ago."""
    then = time.time() - seconds
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


@pytest.mark.parametrize("seam", ["writing", "file", "row", "committed"])
async def test_a_kill_leaves_neither_a_row_without_its_file_nor_a_file_without_its_row(
    database: SqlDatabase, database_url: str, tmp_path: Path, seam: str
) -> None:
    folder = tmp_path / "images"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.killed_studio", database_url, str(folder), seam
    )
    assert await child.wait() == -signal.SIGKILL
    assert files(folder), "it was killed too early to show anything"

    store = ImageStore(folder)
    sweep = ImageSweep(database, store, lambda: NOW)
    # What is young may have its row on the way: it is left alone.
    assert await sweep.sweep() == 0
    age(folder)
    await sweep.sweep()

    async with database.read() as db:
        kept = await db.versions.get("v-1")
    if seam == "committed":
        assert kept is not None
        assert await store.get(kept.sha256) == CONTENT
        assert files(folder) == [DIGEST]
    else:
        assert kept is None
        assert files(folder) == []


async def test_what_any_row_refers_to_stays(database: SqlDatabase, tmp_path: Path) -> None:
    store = ImageStore(tmp_path)
    customers = await store.put(b"a customer's cake")
    await store.put(b"nobody's")
    await store.put_named("order-1-0", b"drawn for the kitchen")
    async with database.write() as db:
        await db.versions.add(version(await store.put(CONTENT)))
        await db.images.add(
            ImageRecord("i-1", customers, "image/png", 1, 1, "resvg", "m", {}, {"ko": "", "en": ""}, "guest-1", NOW)
        )
        await db.commit()
    age(tmp_path)
    assert await ImageSweep(database, store, lambda: NOW).sweep() == 1
    assert await store.get(DIGEST) == CONTENT
    assert await store.get(customers) is not None
    assert await store.get_named("order-1-0") is not None


async def test_bytes_that_come_again_while_the_sweep_looks_are_there_afterwards(tmp_path: Path) -> None:
    store = ImageStore(tmp_path)
    await store.put(CONTENT)
    age(tmp_path)
    asked: list[Collection[str]] = []

    async def nobody_has_it(hashes: Collection[str]) -> Collection[str]:
        asked.append(hashes)
        if len(asked) == 1:
            # Found where it lies: it counts as new, and the sweep puts it back.
            await store.put(CONTENT)
        return ()

    assert await store.sweep(nobody_has_it) == 0
    assert await store.get(DIGEST) == CONTENT

    age(tmp_path)

    async def late(hashes: Collection[str]) -> Collection[str]:
        asked.append(hashes)
        if len(asked) == 4:
            # Put aside already: it is not found, and written anew.
            await store.put(CONTENT)
        return ()

    await store.sweep(late)
    assert await store.get(DIGEST) == CONTENT


async def test_what_a_killed_sweep_had_put_aside_comes_back_if_it_has_a_row(
    database: SqlDatabase, tmp_path: Path
) -> None:
    store = ImageStore(tmp_path)
    async with database.write() as db:
        await db.versions.add(version(await store.put(CONTENT)))
        await db.commit()
    path = tmp_path / DIGEST[:2] / DIGEST
    path.rename(path.with_name(f".aside-{DIGEST}"))
    assert await ImageSweep(database, store, lambda: NOW).sweep() == 0
    assert await store.get(DIGEST) == CONTENT


async def test_versions_of_a_picture_are_counted_and_found(database: SqlDatabase) -> None:
    first = version(DIGEST)
    second = replace(version(DIGEST, "v-2", 2), parent="v-1", kind="edit", prompt="Warmer light", created_at=NOW)
    other = replace(version(DIGEST, "v-3"), picture_id="p-2", menu_code="cheese", alt={"ko": "치즈 케이크", "en": ""})
    async with database.write() as db:
        for one in (first, second, replace(other, created_at=NOW - timedelta(days=1))):
            await db.versions.add(one)
        await db.versions.set_alt("v-2", {"ko": "따뜻한 100% 딸기", "en": "warm"})
        await db.commit()
    second = replace(second, alt={"ko": "따뜻한 100% 딸기", "en": "warm"})
    async with database.read() as db:
        assert await db.versions.of_picture("p-1") == [first, second]
        assert [v.version_id for v in await db.versions.latest(None, "", 10)] == ["v-2", "v-3"]
        assert [v.version_id for v in await db.versions.latest("cheese", "", 10)] == ["v-3"]
        assert [v.version_id for v in await db.versions.latest(None, "치즈", 10)] == ["v-3"]
        assert [v.version_id for v in await db.versions.latest(None, "WARMER", 10)] == ["v-2"]
        assert [v.version_id for v in await db.versions.latest(None, "100%", 10)] == ["v-2"]
        assert await db.versions.latest(None, "1_0", 10) == []
        assert await db.versions.get("v-2") == second
    with pytest.raises(AlreadyThere):
        async with database.write() as db:
            await db.versions.add(replace(first, version_id="v-9"))


async def test_a_job_is_one_runners_until_it_falls_silent(database: SqlDatabase) -> None:
    job = ImageJob("j-1", "generate", "queued", {"wish": ""}, "manager", NOW)
    later = replace(job, job_id="j-2", asked_at=NOW + timedelta(seconds=1))
    async with database.write() as db:
        await db.jobs.add(later)
        await db.jobs.add(job)
        await db.commit()
    dead = timedelta(seconds=30)

    async def claim(runner: str, seconds: float) -> str | None:
        now = NOW + timedelta(seconds=seconds)
        async with database.write() as db:
            found = await db.jobs.claim(runner, now, now - dead)
            await db.commit()
        return found.job_id if found else None

    assert [await claim("a", 10), await claim("b", 10), await claim("c", 10)] == ["j-1", "j-2", None]
    async with database.write() as db:
        assert await db.jobs.alive("j-2", "b", NOW + timedelta(seconds=35))
        assert not await db.jobs.alive("j-2", "a", NOW + timedelta(seconds=35))
        await db.commit()
    assert await claim("c", 41) == "j-1"
    async with database.write() as db:
        assert not await db.jobs.end(replace(job, state="done", ended_at=NOW), "a"), "its job was taken over"
        assert await db.jobs.cancel("j-1", NOW)
        assert not await db.jobs.cancel("j-1", NOW)
        assert not await db.jobs.end(replace(job, state="done", ended_at=NOW), "c"), "it was cancelled"
        assert await db.jobs.end(replace(later, state="done", ended_at=NOW, paid=True), "b")
        await db.commit()
    async with database.read() as db:
        assert [j.state for j in await db.jobs.recent(10)] == ["done", "cancelled"]
        assert await db.jobs.open() == []
        assert await db.jobs.paid_since(NOW) == 1
        assert await db.jobs.paid_since(NOW + timedelta(seconds=2)) == 0


async def test_a_card_shows_the_latest_change_that_is_live(database: SqlDatabase) -> None:
    async with database.write() as db:
        await db.versions.add(version(DIGEST))
        await db.cards.add(CardChange("cheese", 1, "v-1", False, "manager", NOW, NOW))
        tomorrow = NOW + timedelta(days=1)
        await db.cards.add(CardChange("cheese", 2, None, False, "manager", NOW, tomorrow))
        await db.cards.add(CardChange("cheese", 3, "v-1", True, "manager", NOW, NOW + timedelta(hours=1)))
        await db.commit()

    async def live(now: datetime) -> int | None:
        async with database.read() as db:
            change = (await db.cards.live(now)).get("cheese")
        return change.number if change else None

    moments = [NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=2), tomorrow]
    assert [await live(moment) for moment in moments] == [None, 1, 3, 2]
    async with database.write() as db:
        assert [change.number for change in await db.cards.untold(tomorrow)] == [1, 3, 2]
        assert await db.cards.mark_told("cheese", 1)
        assert not await db.cards.mark_told("cheese", 1)
        assert not await db.cards.withdraw("cheese", 1, "manager", NOW), "it is live"
        assert await db.cards.withdraw("cheese", 2, "manager", NOW)
        await db.cards.saw(Sighting("cheese", "kiosk-1", 1, NOW))
        await db.cards.saw(Sighting("cheese", "kiosk-1", 3, NOW))
        await db.commit()
    assert await live(tomorrow) == 3
    async with database.read() as db:
        assert await db.cards.sightings(NOW) == [Sighting("cheese", "kiosk-1", 3, NOW)]
    with pytest.raises(AlreadyThere):
        async with database.write() as db:
            await db.cards.add(CardChange("cheese", 3, None, False, "other", NOW, NOW))


async def test_jobs_and_sightings_have_their_time(database: SqlDatabase, tmp_path: Path) -> None:
    old = NOW - timedelta(days=31)
    async with database.write() as db:
        await db.jobs.add(ImageJob("j-1", "generate", "done", {}, "manager", old, ended_at=old))
        await db.jobs.add(ImageJob("j-2", "generate", "queued", {}, "manager", old))
        await db.cards.saw(Sighting("cheese", "kiosk-1", 1, old))
        await db.commit()
    await ImageSweep(database, ImageStore(tmp_path), lambda: NOW).sweep()
    async with database.read() as db:
        assert [job.job_id for job in await db.jobs.recent(10)] == ["j-2"]
        assert await db.cards.sightings(old) == []
