"""What paid engines use: counted in memory while customers order, written soon after, added up for the manager.

The adapters' meter. A batch has a number and is given up only when the database has it: a commit of which this process
never heard is not counted twice, and a database that is away loses nothing while this process lives.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import uuid4

import structlog

from backend.database.interface import Database, DatabaseError, UsageRecord
from backend.external.metering import Usage
from shared.health import Capability

WRITE_SECONDS = 1.0
AWAY_SECONDS = 30.0
"""The longest pause between attempts at a database that is away."""
CLOSE_SECONDS = 1.5
"""The next backend waits 2.5 s for the data folder (backend.lock)."""
MAX_ROWS = 1_000
"""Rows that wait in memory: days, capabilities and models are few, so more are a mistake."""
MAX_AMOUNT = 1_000_000_000_000
MAX_NAME = {"engine": 60, "model": 100}

_CAPABILITIES = frozenset(capability.value for capability in Capability)
_AMOUNTS = tuple(field.name for field in fields(UsageRecord) if field.default == 0)
_SAME_NAME = tuple(name for name in _AMOUNTS if name != "milliseconds")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    rows: Sequence[UsageRecord]


class UsageService:
    """Implements ``Meter``. ``run`` writes each second, ``close`` what is left; ``close`` may be called twice."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        today: Callable[[], date],
        write_seconds: float = WRITE_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._today = today
        self._write_seconds = write_seconds
        self._writer = uuid4().hex
        self._number = 0
        self._batch: _Batch | None = None
        self._waiting: dict[tuple[date, str, str, str], UsageRecord] = {}
        # Adapters may tell from a worker thread.
        self._lock = threading.Lock()
        self._writing = asyncio.Lock()
        self._full = False

    def record(self, usage: Usage) -> None:
        """Count ``usage`` on the shop's day. From any thread; never raises and never waits for the database."""
        try:
            row = _row(usage, self._today())
        except Exception as error:  # noqa: BLE001 - whatever an adapter hands over, the customer's turn goes on
            log.warning("usage_unreadable", kind=type(error).__name__)
            return
        key = (row.day, row.capability, row.engine, row.model)
        with self._lock:
            before = self._waiting.get(key)
            if before is None and len(self._waiting) >= MAX_ROWS:
                lost, self._full = not self._full, True
            else:
                lost = False
                self._waiting[key] = row if before is None else _added(before, row)
        if lost:
            log.warning("usage_lost", rows=MAX_ROWS, engine=row.engine, model=row.model)

    async def run(self) -> None:
        """Write what was counted, about a second after it was, until cancelled."""
        pause, away = self._write_seconds, False
        while True:
            await asyncio.sleep(pause)
            try:
                await self.flush()
            except DatabaseError as error:
                if not away:
                    log.warning("usage_waits", error=type(error).__name__)
                pause, away = min(pause * 2, AWAY_SECONDS), True
            else:
                if away:
                    log.info("usage_written_again")
                pause, away = self._write_seconds, False

    async def flush(self) -> None:
        """Write everything that waits.

        Raises:
            DatabaseError: it stays in memory.
        """
        async with self._writing:
            while (batch := self._next()) is not None:
                async with self._database.write() as db:
                    await db.usage.add(self._writer, batch.number, self._clock(), batch.rows)
                    await db.commit()
                self._batch = None

    async def close(self) -> None:
        """Write what is left, within ``CLOSE_SECONDS``. The database has to be open still."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.flush()
        except (DatabaseError, TimeoutError) as error:
            log.warning("usage_lost_at_close", error=type(error).__name__)

    def _next(self) -> _Batch | None:
        """The batch of which nobody knows whether it was written, else what has come since."""
        if self._batch is None:
            with self._lock:
                rows, self._waiting, self._full = tuple(self._waiting.values()), {}, False
            if rows:
                self._number += 1
                self._batch = _Batch(self._number, rows)
        return self._batch


def _row(usage: Usage, day: date) -> UsageRecord:
    """``usage`` as something that any database takes.

    Raises:
        ValueError: the capability is none of ours, or the engine has no name.
    """
    if usage.capability not in _CAPABILITIES or not usage.engine:
        raise ValueError("nobody to count it for")
    return UsageRecord(
        day=day,
        capability=usage.capability,
        engine=_name(usage.engine, MAX_NAME["engine"]),
        model=_name(usage.model, MAX_NAME["model"]),
        milliseconds=_amount(usage.seconds, 1_000),
        **{name: _amount(getattr(usage, name)) for name in _SAME_NAME},
    )


def _name(text: object, longest: int) -> str:
    # PostgreSQL takes no NUL, and neither database half of a surrogate pair.
    return "".join(c for c in str(text) if c.isprintable())[:longest]


def _amount(value: object, times: int = 1) -> int:
    """A vendor's number as a whole one from 0 to ``MAX_AMOUNT``; what is no number counts as nothing."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return 0
    return min(max(round(value * times), 0), MAX_AMOUNT)


def _added(before: UsageRecord, more: UsageRecord) -> UsageRecord:
    return replace(before, **{name: getattr(before, name) + getattr(more, name) for name in _AMOUNTS})
