"""Transcripts go with their conversation, tokens with their time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from backend.database.interface import ConversationRecord, TokenRecord, UsageRecord, UserRecord
from backend.database.sql.database import SqlDatabase
from backend.services.housekeeping import KEEP_USAGE, KEEP_USAGE_WRITERS, Housekeeping

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEEP = timedelta(minutes=30)


def _conversation(session_id: str, age: timedelta) -> ConversationRecord:
    said = [{"role": "user", "content": "프렌치 하나요"}]
    return ConversationRecord(session_id, None, said, {}, {}, "greeting", NOW - age)


async def test_what_has_had_its_time_is_forgotten(database: SqlDatabase) -> None:
    async with database.write() as db:
        await db.users.add(UserRecord("guest-1", "customer", "", None, NOW))
        await db.conversations.save(_conversation("untouched-session", KEEP + timedelta(seconds=1)))
        await db.conversations.save(_conversation("talking-session-1", KEEP - timedelta(seconds=1)))
        await db.tokens.add(TokenRecord("a" * 64, "guest-1", "customer", NOW - timedelta(seconds=1)))
        await db.tokens.add(TokenRecord("b" * 64, "guest-1", "customer", NOW + timedelta(seconds=1)))
        await db.commit()

    await Housekeeping(database, lambda: NOW, KEEP).sweep()

    async with database.read() as db:
        assert await db.conversations.get("untouched-session") is None
        assert await db.conversations.get("talking-session-1") is not None
        assert await db.tokens.get("a" * 64) is None
        assert await db.tokens.get("b" * 64) is not None


async def test_usage_is_kept_for_more_than_a_year(database: SqlDatabase) -> None:
    old = UsageRecord((NOW - KEEP_USAGE).date() - timedelta(days=1), "language", "gemini", "gemini-3.8-flash", 1)
    kept = UsageRecord((NOW - KEEP_USAGE).date(), "language", "gemini", "gemini-3.8-flash", 2)
    async with database.write() as db:
        await db.usage.add("idle", 1, NOW - KEEP_USAGE_WRITERS - timedelta(seconds=1), [old])
        await db.usage.add("busy", 1, NOW - KEEP_USAGE_WRITERS, [kept])
        await db.commit()

    await Housekeeping(database, lambda: NOW, KEEP).sweep()

    async with database.write() as db:
        assert await db.usage.between(date.min, date.max) == [kept]
        assert await db.usage.add("idle", 1, NOW, [])
        assert not await db.usage.add("busy", 1, NOW, [])


async def test_a_second_sweep_finds_nothing(database: SqlDatabase) -> None:
    housekeeping = Housekeeping(database, lambda: NOW, KEEP)
    await housekeeping.sweep()
    await housekeeping.sweep()
    async with database.read() as db:
        assert await db.log.top() == 0
