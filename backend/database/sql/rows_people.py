"""Users, their tokens and the attempts to sign in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update

from backend.database.interface import LoginAttempts, TokenRecord, UserRecord
from backend.database.sql.link import Link, columns_of, record_of
from backend.database.sql.tables import login_attempts, tokens, users


class SqlUsers:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, user_id: str) -> UserRecord | None:
        row = (await self._link.run(select(users).where(users.c.user_id == user_id))).one_or_none()
        return record_of(UserRecord, row) if row else None

    async def add(self, user: UserRecord) -> None:
        await self._link.run(insert(users), columns_of(user))

    async def any_of_type(self, user_type: str) -> bool:
        found = await self._link.run(select(exists().where(users.c.user_type == user_type)))
        return bool(found.scalar_one())

    async def with_pin(self) -> list[UserRecord]:
        rows = await self._link.run(select(users).where(users.c.pin_hash.is_not(None)).order_by(users.c.user_id))
        return [record_of(UserRecord, row) for row in rows]

    async def set_pin(self, user_id: str, pin_hash: str) -> None:
        await self._link.run(update(users).where(users.c.user_id == user_id).values(pin_hash=pin_hash))


class SqlAttempts:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def count(self, user_id: str, now: datetime) -> LoginAttempts:
        # One statement that takes the row: two guesses at once are counted one after the other.
        statement = self._link.insert(login_attempts).values(user_id=user_id, failed=1, last_at=now)
        counted = statement.on_conflict_do_update(
            index_elements=[login_attempts.c.user_id],
            set_={"failed": login_attempts.c.failed + 1, "last_at": now},
        ).returning(*login_attempts.c)
        row = (await self._link.run(counted)).one()
        return record_of(LoginAttempts, row)

    async def lock(self, user_id: str, until: datetime) -> None:
        await self._link.run(
            update(login_attempts).where(login_attempts.c.user_id == user_id).values(locked_until=until)
        )

    async def clear(self, user_id: str) -> None:
        await self._link.run(delete(login_attempts).where(login_attempts.c.user_id == user_id))

    async def delete_before(self, moment: datetime) -> int:
        return (await self._link.run(delete(login_attempts).where(login_attempts.c.last_at < moment))).rowcount


class SqlTokens:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, digest: str) -> TokenRecord | None:
        row = (await self._link.run(select(tokens).where(tokens.c.digest == digest))).one_or_none()
        return record_of(TokenRecord, row) if row else None

    async def add(self, token: TokenRecord) -> None:
        await self._link.run(insert(tokens), columns_of(token))

    async def known(self, digests: Collection[str]) -> frozenset[str]:
        wanted = select(tokens.c.digest).where(tokens.c.digest.in_(digests))
        return frozenset((await self._link.run(wanted)).scalars())

    async def delete_expired(self, now: datetime) -> int:
        return (await self._link.run(delete(tokens).where(tokens.c.expires_at <= now))).rowcount

    async def delete_of(self, user_id: str) -> int:
        return (await self._link.run(delete(tokens).where(tokens.c.user_id == user_id))).rowcount
