"""Reading the log once for all screens: its tail is kept in memory, each socket has its own cursor into it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.database.interface import PUBLIC_TOPICS, Database, NotificationRecord
from shared.messages import Notification, Topic

PAGE = 100
KEPT = 1_000
BOARD_TOPICS = frozenset({Topic.ORDER_CREATED.value, Topic.ORDER_STATUS.value})


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One notification, made ready for the wire once however many screens it goes to.

    ``board`` is what everybody who watches the numbers may know of it.
    """

    id: int
    text: str
    audience: str | None
    public: bool
    board: str | None = None
    ends_session: bool = False

    def concerns(self, user_id: str) -> bool:
        """Whether a customer of that name gets it; staff get everything."""
        return self.public or self.audience == user_id


class NotificationFeed:
    """The log as pages after a cursor. A page is at most ``PAGE`` long; an empty one means "nothing yet"."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tail: list[FeedItem] = []
        self._reading = asyncio.Lock()

    async def after(self, cursor: int) -> Sequence[FeedItem]:
        """What comes after ``cursor``, in order and without gaps.

        Raises:
            DatabaseError: the log cannot be read now.
        """
        if (kept := self._kept(cursor)) is not None:
            return kept
        if self._tail and cursor < self._tail[0].id - 1:
            return await self._read(cursor)  # far behind: past what is kept
        # At the end of the tail. Whoever comes first reads for all that wait here.
        async with self._reading:
            if (kept := self._kept(cursor)) is not None:
                return kept
            from_ = self._tail[-1].id if self._tail and self._tail[-1].id <= cursor else cursor
            self._keep(await self._read(from_))
        return self._kept(cursor) or ()

    async def wait(self, cursor: int, seconds: float) -> None:
        """Return when there may be something after ``cursor``, at the latest after ``seconds``."""
        await self._database.wait_for_news(cursor, seconds)

    def _kept(self, cursor: int) -> Sequence[FeedItem] | None:
        """The page after ``cursor`` when all of it is in the tail, else None."""
        if not self._tail:
            return None
        first = self._tail[0].id
        if first - 1 <= cursor < self._tail[-1].id:
            return self._tail[cursor - first + 1 :][:PAGE]
        return None

    def _keep(self, items: Sequence[FeedItem]) -> None:
        if not items:
            return
        follows = self._tail and items[0].id == self._tail[-1].id + 1
        self._tail = [*self._tail, *items][-KEPT:] if follows else list(items)

    async def _read(self, cursor: int) -> list[FeedItem]:
        if fresh := self._database.just_committed(cursor):
            return [_ready(record) for record in fresh[:PAGE]]
        async with self._database.read() as db:
            return [_ready(record) for record in await db.log.after(cursor, PAGE)]


def _ready(record: NotificationRecord) -> FeedItem:
    message = Notification(id=record.id, topic=Topic(record.topic), at=record.at, data=dict(record.data))
    public = record.topic in PUBLIC_TOPICS
    ends = record.topic == Topic.SESSION_ENDED.value
    return FeedItem(record.id, message.model_dump_json(), record.user_id, public, _board_text(record), ends)


def _board_text(record: NotificationRecord) -> str | None:
    order = record.data.get("order")
    if record.topic not in BOARD_TOPICS or not isinstance(order, Mapping):
        return None
    data = {"order_number": order.get("order_number"), "status": order.get("status")}
    return Notification(id=record.id, topic=Topic.BOARD_CHANGED, at=record.at, data=data).model_dump_json()
