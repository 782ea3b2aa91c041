"""What goes into the tables comes out of them, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from backend.database.interface import (
    AlreadyThere,
    ConversationRecord,
    IdempotencyRecord,
    ImageRecord,
    OrderRecord,
    StaleVersion,
    TokenRecord,
    UserRecord,
)
from backend.database.sql.database import SqlDatabase

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
STAFF = UserRecord("staff-1", "staff", "직원 1", "scrypt$…", NOW)
ORDER = OrderRecord(
    order_id="o-1",
    order_number=1,
    user_id="guest-1",
    status="received",
    service="eat_in",
    lines=[{"menu_code": "french", "style": "grand", "customization": {"steak": 2}}],
    discounts=[],
    total=53_000,
    discount=3_000,
    payable=50_000,
    placed_at=NOW,
    estimated_ready_at=NOW + timedelta(minutes=15),
)
TALK = ConversationRecord(
    "session-1", None, [{"role": "user", "content": "딸기 케이크"}], {"a": None}, {}, "greeting", NOW
)


async def test_users(database: SqlDatabase) -> None:
    async with database.write() as db:
        assert not await db.users.any_of_type("staff")
        await db.users.add(STAFF)
        await db.commit()
    async with database.read() as db:
        assert await db.users.get("staff-1") == STAFF
        assert await db.users.get("nobody") is None
        assert await db.users.any_of_type("staff")


async def test_a_name_is_taken_once(database: SqlDatabase) -> None:
    async def add() -> None:
        async with database.write() as db:
            await db.users.add(STAFF)
            await db.commit()

    await add()
    with pytest.raises(AlreadyThere):
        await add()


async def test_times_come_back_in_utc_whatever_zone_they_had(database: SqlDatabase) -> None:
    seoul = NOW.astimezone(timezone(timedelta(hours=9)))
    async with database.write() as db:
        await db.users.add(replace(STAFF, created_at=seoul))
        await db.commit()
    async with database.read() as db:
        user = await db.users.get("staff-1")
    assert user is not None
    assert user.created_at == NOW
    assert user.created_at.utcoffset() == timedelta()


async def test_a_time_without_a_zone_is_a_mistake(database: SqlDatabase) -> None:
    async with database.write() as db:
        with pytest.raises(Exception, match="without a zone"):
            await db.users.add(replace(STAFF, created_at=NOW.replace(tzinfo=None)))


async def test_tokens_expire(database: SqlDatabase) -> None:
    token = TokenRecord("d" * 64, "staff-1", "staff", NOW)
    async with database.write() as db:
        await db.users.add(STAFF)
        await db.tokens.add(token)
        await db.tokens.add(replace(token, digest="e" * 64, expires_at=NOW + timedelta(hours=1)))
        await db.commit()
    async with database.write() as db:
        assert await db.tokens.get("d" * 64) == token
        assert await db.tokens.delete_expired(NOW) == 1
        await db.commit()
    async with database.read() as db:
        assert await db.tokens.get("d" * 64) is None
        assert await db.tokens.get("e" * 64) is not None


async def test_attempts_at_once_are_each_counted(database: SqlDatabase) -> None:
    async def count() -> int:
        async with database.write() as db:
            attempts = await db.attempts.count("anybody", NOW)
            await db.commit()
            return attempts.failed

    assert sorted(await asyncio.gather(*(count() for _ in range(6)))) == [1, 2, 3, 4, 5, 6]
    async with database.write() as db:
        await db.attempts.lock("anybody", NOW + timedelta(seconds=30))
        attempts = await db.attempts.count("anybody", NOW)
        assert (attempts.failed, attempts.locked_until) == (7, NOW + timedelta(seconds=30))
        await db.attempts.clear("anybody")
        assert (await db.attempts.count("anybody", NOW)).failed == 1
        assert await db.attempts.delete_before(NOW + timedelta(days=1)) == 1


async def test_conversations_are_saved_by_version(database: SqlDatabase) -> None:
    async with database.write() as db:
        first = await db.conversations.save(TALK)
        await db.commit()
    assert first == replace(TALK, version=1)
    async with database.write() as db:
        second = await db.conversations.save(replace(first, stage="confirmation"))
        await db.commit()
    async with database.read() as db:
        assert await db.conversations.get("session-1") == second
    for stale in (first, TALK):
        async with database.write() as db:
            with pytest.raises(StaleVersion):
                await db.conversations.save(stale)
    async with database.write() as db:
        assert await db.conversations.delete_untouched_since(NOW) == 0
        assert await db.conversations.delete("session-1")
        assert not await db.conversations.delete("session-1")


async def test_old_conversations_go(database: SqlDatabase) -> None:
    async with database.write() as db:
        await db.conversations.save(TALK)
        assert await db.conversations.delete_untouched_since(NOW + timedelta(seconds=1)) == 1


async def test_orders_change_by_version_and_remember_who(database: SqlDatabase) -> None:
    async with database.write() as db:
        await db.orders.add(ORDER)
        await db.commit()
    async with database.write() as db:
        changed = await db.orders.update(
            replace(ORDER, status="preparing", assigned_to="staff-1"), "staff-1", NOW + timedelta(minutes=1)
        )
        await db.commit()
    assert changed.version == 2
    async with database.write() as db:
        with pytest.raises(StaleVersion):
            await db.orders.update(replace(ORDER, status="cancelled"), "staff-2", NOW)
    async with database.read() as db:
        assert await db.orders.get("o-1") == changed
        changes = await db.orders.changes("o-1")
    assert [(c.version, c.status, c.changed_by) for c in changes] == [
        (1, "received", "guest-1"),
        (2, "preparing", "staff-1"),
    ]


async def test_orders_are_listed_by_what_is_asked(database: SqlDatabase) -> None:
    statuses = ("received", "preparing", "ready", "completed", "cancelled")
    async with database.write() as db:
        for index, status in enumerate(statuses):
            at = NOW + timedelta(minutes=index)
            owner = f"guest-{index % 2}"
            await db.orders.add(
                replace(ORDER, order_id=status, status=status, user_id=owner, placed_at=at, order_number=index)
            )
        await db.commit()
    async with database.read() as db:
        assert [o.order_id for o in await db.orders.list_open()] == ["received", "preparing", "ready"]
        assert [o.order_id for o in await db.orders.list_recent(2)] == ["cancelled", "completed"]
        assert [o.order_id for o in await db.orders.list_of_user("guest-1", 9)] == ["completed", "preparing"]
        assert await db.orders.count_waiting() == 2


async def test_order_numbers_count_from_one_each_day_and_a_rollback_gives_one_back(database: SqlDatabase) -> None:
    async def take(day: str, keep: bool = True) -> int:
        async with database.write() as db:
            number = await db.orders.next_number(day)
            if keep:
                await db.commit()
            return number

    assert sorted(await asyncio.gather(*(take("2026-03-02") for _ in range(6)))) == [1, 2, 3, 4, 5, 6]
    assert await take("2026-03-02", keep=False) == 7
    assert await take("2026-03-02") == 7
    assert await take("2026-03-03") == 1


async def test_a_key_is_claimed_once(database: SqlDatabase) -> None:
    record = IdempotencyRecord("guest-1", "key-00000001", "digest", "o-1", NOW)

    async def claim(owner: str) -> bool:
        async with database.write() as db:
            claimed = await db.idempotency.claim(replace(record, owner=owner))
            await db.commit()
            return claimed

    assert sorted(await asyncio.gather(*(claim("guest-1") for _ in range(4)))) == [False, False, False, True]
    assert await claim("guest-2")
    async with database.write() as db:
        assert await db.idempotency.get("guest-1", "key-00000001") == record
        assert await db.idempotency.get("guest-3", "key-00000001") is None
        assert await db.idempotency.delete_before(NOW + timedelta(days=1)) == 2


async def test_sold_out_marks(database: SqlDatabase) -> None:
    async with database.write() as db:
        for _ in range(2):
            await db.availability.set_sold_out("cheese", True)
        assert await db.availability.sold_out() == {"cheese"}
        await db.availability.set_sold_out("cheese", False)
        assert await db.availability.sold_out() == frozenset()


async def test_images(database: SqlDatabase) -> None:
    image = ImageRecord(
        "i-1", "a" * 64, "image/png", 512, 512, "offline", "svg", {"tiers": 2}, {"ko": "말차", "en": "x"}, None, NOW
    )
    async with database.write() as db:
        await db.images.add(image)
        await db.commit()
    async with database.read() as db:
        assert await db.images.get("i-1") == image
        assert await db.images.get("i-2") is None
