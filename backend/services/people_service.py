"""The people who can sign in: made, listed, and given a new PIN by whoever runs the shop's machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime

from backend.database.interface import AlreadyThere, Database, Outgoing, UserRecord
from backend.errors import Refusal
from backend.services.pins import hash_pin, new_pin
from shared.messages import Topic
from shared.problems import ProblemCode

_USER_ID = re.compile(r"[A-Za-z0-9_.+-]{1,64}")
_GUESTS = "guest-"


class PeopleService:
    """``clock`` answers aware UTC times."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, user_id: str, user_type: str, name: str) -> str:
        """Make a user and answer the PIN, which is stored nowhere.

        Raises:
            Refusal: invalid_request (a name that cannot be one), conflict (somebody has it).
        """
        if not _USER_ID.fullmatch(user_id) or user_id.startswith(_GUESTS):
            raise Refusal(ProblemCode.INVALID_REQUEST, "letters, digits and _.+- only, and not guest-", field="user_id")
        pin = new_pin()
        user = UserRecord(user_id, user_type, name, await asyncio.to_thread(hash_pin, pin), self._clock())
        try:
            async with self._database.write() as db:
                await db.users.add(user)
                await db.commit()
        except AlreadyThere as error:
            raise Refusal(ProblemCode.CONFLICT, "somebody has that name already", field="user_id") from error
        return pin

    async def reset_pin(self, user_id: str) -> str:
        """Give a new PIN, sign the user out everywhere and open a locked name again.

        Raises:
            Refusal: not_found: nobody who can sign in is called that.
        """
        pin = new_pin()
        made = await asyncio.to_thread(hash_pin, pin)
        async with self._database.write() as db:
            user = await db.users.get(user_id)
            if user is None or user.pin_hash is None:
                raise Refusal(ProblemCode.NOT_FOUND, "nobody who can sign in is called that", field="user_id")
            await db.users.set_pin(user_id, made)
            await db.tokens.delete_of(user_id)
            await db.attempts.clear(user_id)
            # Whoever is connected under that name is looked at again, on every machine.
            db.notify(Outgoing(Topic.SESSION_ENDED.value, {"user_id": user_id}, user_id))
            await db.commit()
        return pin

    async def everybody(self) -> list[UserRecord]:
        """Everybody who can sign in, by name; guests cannot."""
        async with self._database.read() as db:
            return await db.users.with_pin()
