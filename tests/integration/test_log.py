"""The log: ids without gaps, in commit order, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from backend.database.interface import Database, NotificationRecord, Outgoing
from backend.database.sql.database import SqlDatabase
from tests.support.databases import OpenDatabase

WRITERS = 8
EACH = 15


async def _write(database: Database, topic: str = "order.created", user_id: str | None = None, **data: int) -> None:
    async with database.write() as db:
        db.notify(Outgoing(topic, data, user_id))
        await db.commit()


async def _follow(database: Database, until: int) -> list[NotificationRecord]:
    """Read as a screen does: by cursor, looking again at each wake-up."""
    seen: list[NotificationRecord] = []
    cursor = 0
    while len(seen) < until:
        await database.wait_for_news(cursor, 5)
        async with database.read() as db:
            page = await db.log.after(cursor, 7)
        seen.extend(page)
        cursor = page[-1].id if page else cursor
    return seen


async def test_eight_writers_leave_no_gap_and_a_cursor_misses_nothing(database: SqlDatabase) -> None:
    async def writer(number: int) -> None:
        for turn in range(EACH):
            async with database.write() as db:
                for part in range(1 + turn % 2):
                    db.notify(Outgoing("order.created", {"writer": number, "turn": turn, "part": part}))
                if turn % 5 == 4:
                    continue  # leaves without commit
                await db.commit()

    expected = [(w, t, p) for w in range(WRITERS) for t in range(EACH) if t % 5 != 4 for p in range(1 + t % 2)]
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        follower = tasks.create_task(_follow(database, len(expected)))
        for number in range(WRITERS):
            tasks.create_task(writer(number))

    seen = follower.result()
    assert [row.id for row in seen] == list(range(1, len(expected) + 1))
    assert sorted((r.data["writer"], r.data["turn"], r.data["part"]) for r in seen) == sorted(expected)
    for number in range(WRITERS):
        own = [(r.data["turn"], r.data["part"]) for r in seen if r.data["writer"] == number]
        assert own == sorted(own)


async def test_two_processes_share_one_log(database: SqlDatabase, open_database: OpenDatabase) -> None:
    other = await open_database()
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        follower = tasks.create_task(_follow(database, 20))
        for index in range(10):
            tasks.create_task(_write(database, index=index))
            tasks.create_task(_write(other, index=index))
    assert [row.id for row in follower.result()] == list(range(1, 21))


async def test_a_rollback_writes_nothing_and_leaves_no_gap(database: SqlDatabase) -> None:
    async def crash() -> None:
        async with database.write() as db:
            await db.availability.set_sold_out("cheese", True)
            db.notify(Outgoing("catalogue.changed"))
            raise RuntimeError("power cut")

    await _write(database)
    with pytest.raises(RuntimeError, match="power cut"):
        await crash()
    await _write(database)

    async with database.read() as db:
        assert [row.id for row in await db.log.after(0, 10)] == [1, 2]
        assert await db.availability.sold_out() == frozenset()


async def test_a_cancelled_writer_frees_the_database(database: SqlDatabase) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with database.write() as db:
            await db.availability.set_sold_out("cheese", True)
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5):
        await _write(database)
    async with database.read() as db:
        assert await db.availability.sold_out() == frozenset()


async def test_a_reader_never_waits_for_a_writer(database: SqlDatabase) -> None:
    async with asyncio.timeout(5), database.write() as writing:
        await writing.availability.set_sold_out("cheese", True)
        async with database.read() as db:
            assert await db.availability.sold_out() == frozenset()


async def test_a_reader_sees_one_moment(database: SqlDatabase) -> None:
    async with database.read() as db:
        assert await db.log.top() == 0
        await _write(database)
        assert await db.log.top() == 0


async def test_customers_get_their_own_rows_and_public_ones(database: SqlDatabase) -> None:
    await _write(database, user_id="guest-1")
    await _write(database, user_id="guest-2")
    await _write(database, "catalogue.changed")
    await _write(database, "help.requested")

    async with database.read() as db:
        assert [row.id for row in await db.log.after_for("guest-1", 0, 10)] == [1, 3]
        assert await db.log.top_for("guest-1") == 3
        assert await db.log.top() == 4
        assert (await db.log.after(2, 1))[0].user_id is None


async def test_old_rows_go_but_never_the_newest(database: SqlDatabase) -> None:
    async with database.read() as db:
        assert await db.log.oldest() == 1
    for _ in range(3):
        await _write(database)
    async with database.write() as db:
        assert await db.log.delete_before(datetime.now(UTC) + timedelta(hours=1)) == 2
        await db.commit()
    async with database.read() as db:
        assert (await db.log.oldest(), await db.log.top()) == (3, 3)


async def test_the_epoch_stays_over_a_restart(database: SqlDatabase, open_database: OpenDatabase) -> None:
    async with database.read() as db:
        epoch = await db.log.epoch()
    await database.close()
    async with (await open_database()).read() as db:
        assert await db.log.epoch() == epoch


async def test_what_was_just_committed_is_known_as_it_would_be_read(database: SqlDatabase) -> None:
    lines = ({"menu": "딸기 생크림 케이크", "tiers": (1, 2)},)
    async with database.write() as db:
        db.notify(Outgoing("order.created", {"order": MappingProxyType({"lines": lines})}, "guest-1"))
        db.notify(Outgoing("catalogue.changed", {}, "guest-1"))
        await db.commit()
    await _write(database, "help.requested")
    async with database.read() as db:
        written = list(await db.log.after(0, 10))
    assert list(database.just_committed(0)) == written
    assert list(database.just_committed(1)) == written[1:]
    assert list(database.just_committed(3)) == []


async def test_what_is_not_committed_is_not_known(database: SqlDatabase) -> None:
    async with database.write() as db:
        db.notify(Outgoing("order.created"))
    assert list(database.just_committed(0)) == []


async def test_what_another_process_committed_has_to_be_read(open_database: OpenDatabase) -> None:
    first, second = await open_database(), await open_database()
    for database in (first, second, first):
        await _write(database)
    assert [record.id for record in first.just_committed(0)] == [1]
    assert [record.id for record in second.just_committed(1)] == [2]
    assert list(second.just_committed(0)) == []
    assert [record.id for record in first.just_committed(2)] == [3]


async def test_only_the_latest_are_kept(sqlite: SqlDatabase) -> None:
    async with sqlite.write() as db:
        for _ in range(150):
            db.notify(Outgoing("help.requested"))
        await db.commit()
    assert list(sqlite.just_committed(0)) == []
    assert [record.id for record in sqlite.just_committed(50)] == list(range(51, 151))
