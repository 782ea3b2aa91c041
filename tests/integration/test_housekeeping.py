"""Transcripts go with their conversation, tokens with their time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backend.database.interface import ConversationRecord, TokenRecord, UserRecord
from backend.database.sql.database import SqlDatabase
from backend.services.housekeeping import Housekeeping

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


async def test_a_second_sweep_finds_nothing(database: SqlDatabase) -> None:
    housekeeping = Housekeeping(database, lambda: NOW, KEEP)
    await housekeeping.sweep()
    await housekeeping.sweep()
    async with database.read() as db:
        assert await db.log.top() == 0
