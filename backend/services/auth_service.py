"""Signing in: PINs for people of the shop, tokens for everybody."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from backend.database.interface import AlreadyThere, Database, LoginAttempts, TokenRecord, UnitOfWork, UserRecord
from backend.domain.people import CUSTOMER, MANAGER, STAFF, Caller
from backend.errors import Refusal
from backend.services.first_run import write_first_run
from backend.services.pins import hash_pin, new_pin, new_token, pin_matches, token_digest
from shared.auth import GuestResponse, LoginRequest, LoginResponse, StaffMember, StaffResponse, UserType
from shared.problems import ProblemCode

FREE_ATTEMPTS = 5
FIRST_LOCK_SECONDS = 30
LONGEST_LOCK_SECONDS = 15 * 60
HASHES_AT_ONCE = 2
"""Each takes 16 MiB and a core: a flood of logins may not take the machine from the customer."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def lock_seconds(failed: int) -> int:
    """How long a name is locked after ``failed`` wrong PINs in a row: 0, from the fifth on 30 s, doubled each time."""
    if failed < FREE_ATTEMPTS:
        return 0
    return min(FIRST_LOCK_SECONDS << min(failed - FREE_ATTEMPTS, 10), LONGEST_LOCK_SECONDS)


class AuthService:
    """``clock`` answers aware UTC times; hours say how long tokens last."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        guest_hours: float = 12.0,
        staff_hours: float = 12.0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._guest_time = timedelta(hours=guest_hours)
        self._staff_time = timedelta(hours=staff_hours)
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)
        self._nobodys_hash: str | None = None

    async def login(self, request: LoginRequest) -> LoginResponse:
        """Sign in with a PIN. A name that nobody has costs the same time and gets the same answers.

        Raises:
            Refusal: wrong_credentials; locked_out with ``params.retry_after_seconds``.
        """
        user = await self._begin_attempt(request.user_id)
        stored = user.pin_hash if user and user.pin_hash else await self._hash_of_nobody()
        async with self._hashing:
            right = await asyncio.to_thread(pin_matches, request.pin.get_secret_value(), stored)
        if user is None or user.pin_hash is None or not right:
            raise Refusal(ProblemCode.WRONG_CREDENTIALS)
        async with self._database.write() as db:
            await db.attempts.clear(user.user_id)
            token, expires_at = await self._issue(db, user, self._staff_time)
            await db.commit()
        return LoginResponse(
            token=token, user_id=user.user_id, user_type=UserType(user.user_type), expires_at=expires_at
        )

    async def guest(self) -> GuestResponse:
        """A customer without a name, so that they can follow their order."""
        user = UserRecord(f"guest-{secrets.token_hex(8)}", CUSTOMER, "", None, self._clock())
        async with self._database.write() as db:
            await db.users.add(user)
            token, expires_at = await self._issue(db, user, self._guest_time)
            await db.commit()
        return GuestResponse(user_id=user.user_id, token=token, expires_at=expires_at)

    async def token_of(self, token: str) -> TokenRecord | None:
        """Whose token it is and until when, or None when it is unknown or has expired."""
        async with self._database.read() as db:
            record = await db.tokens.get(token_digest(token))
        return record if record and record.expires_at > self._clock() else None

    async def caller_of(self, token: str) -> Caller | None:
        """Whose token it is, or None when it is unknown or has expired."""
        record = await self.token_of(token)
        return Caller(record.user_id, record.user_type) if record else None

    async def expiry_of(self, token: str) -> datetime | None:
        """Until when the token is valid, or None when it is not."""
        record = await self.token_of(token)
        return record.expires_at if record else None

    async def ensure_first_users(self, data_dir: Path) -> None:
        """Make ``manager`` and ``staff-1`` in a store that has neither, and write their PINs to ``first-run.json``.

        The file is there before the users can sign in, and there is no file of users that were not made by us.

        Raises:
            OSError: the file cannot be written; no user was made.
        """
        async with self._database.read() as db:
            if await db.users.any_of_type(MANAGER) or await db.users.any_of_type(STAFF):
                return
        pins = {MANAGER: new_pin(), STAFF: new_pin()}
        people = {MANAGER: ("manager", "매니저"), STAFF: ("staff-1", "직원 1")}
        hashes = {kind: await asyncio.to_thread(hash_pin, pin) for kind, pin in pins.items()}
        try:
            async with self._database.write() as db:
                for kind, (user_id, name) in people.items():
                    await db.users.add(UserRecord(user_id, kind, name, hashes[kind], self._clock()))
                content = {kind: {"user_id": user_id, "pin": pins[kind]} for kind, (user_id, _) in people.items()}
                await asyncio.to_thread(write_first_run, data_dir, content)
                await db.commit()
        except AlreadyThere:
            log.info("first_users_made_by_another_process")
            return
        log.info("first_users_made")

    async def staff(self) -> StaffResponse:
        """Staff and managers, by name."""
        async with self._database.read() as db:
            everybody = await db.users.with_pin()
        people = (
            StaffMember(user_id=user.user_id, name=user.name, user_type=UserType(user.user_type))
            for user in everybody
            if user.user_type in (STAFF, MANAGER)
        )
        return StaffResponse(people=tuple(people))

    async def taken_back(self, digests: Collection[str]) -> frozenset[str]:
        """Those tokens that are no longer there: their user's PIN was changed, or their time is up.

        Raises:
            DatabaseError: nobody knows.
        """
        async with self._database.read() as db:
            return frozenset(digests) - await db.tokens.known(digests)

    async def _begin_attempt(self, user_id: str) -> UserRecord | None:
        # Counted before the PIN is looked at: guesses sent all at once get no further than guesses in a row.
        now = self._clock()
        async with self._database.write() as db:
            attempts = await db.attempts.count(user_id, now)
            _refuse_locked(attempts, now)
            if seconds := lock_seconds(attempts.failed):
                await db.attempts.lock(user_id, now + timedelta(seconds=seconds))
                log.warning("pin_locked", failed=attempts.failed, seconds=seconds)
            user = await db.users.get(user_id)
            await db.commit()
        return user

    async def _issue(self, db: UnitOfWork, user: UserRecord, lasts: timedelta) -> tuple[str, datetime]:
        token, expires_at = new_token(), self._clock() + lasts
        await db.tokens.add(TokenRecord(token_digest(token), user.user_id, user.user_type, expires_at))
        return token, expires_at

    async def _hash_of_nobody(self) -> str:
        if self._nobodys_hash is None:
            async with self._hashing:
                self._nobodys_hash = await asyncio.to_thread(hash_pin, secrets.token_hex(8))
        return self._nobodys_hash


def _refuse_locked(attempts: LoginAttempts, now: datetime) -> None:
    if attempts.locked_until is not None and attempts.locked_until > now:
        # Leaving without commit takes the attempt back: who waits is not locked for longer.
        left = attempts.locked_until - now
        raise Refusal(ProblemCode.LOCKED_OUT, retry_after_seconds=max(1, round(left.total_seconds())))
