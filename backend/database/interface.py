"""What services may ask of the database: records, repositories and a unit of work that rolls back by default.

All times are aware UTC datetimes. Notifications are queued with ``notify`` and written as the last statement
of ``commit`` under the store's counter row, so that their ids have no gaps and grow in commit order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from backend.database.on_duty import Duty, HelpCalls, Presences, Prints, Rates
from backend.database.studio import ImageJobs, ImageVersions, MenuCards

Json = Mapping[str, Any]

PUBLIC_TOPICS = frozenset({"catalogue.changed", "help.answered"})
"""Topics that customers get too, whoever they are."""


class DatabaseError(Exception):
    """The database could not do it. Nothing was written."""


class DatabaseUnavailable(DatabaseError):
    """It cannot be reached, or is locked for too long; the same call may work later."""


class StorageFull(DatabaseError):
    """There is no room left on the disk."""


class StaleVersion(DatabaseError):
    """Somebody else changed the row first; read it again."""


class AlreadyThere(DatabaseError):
    """A row of that name exists; the unit of work is spent and has to be left."""


@dataclass(frozen=True, slots=True)
class UserRecord:
    """``user_type`` is customer, staff or manager. ``pin_hash`` None: a guest, who cannot sign in."""

    user_id: str
    user_type: str
    name: str
    pin_hash: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LoginAttempts:
    """Wrong PINs in a row for a name, whether or not anybody has that name."""

    user_id: str
    failed: int
    last_at: datetime
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """``digest`` is the SHA-256 of the token in hex; the token itself is never stored."""

    digest: str
    user_id: str
    user_type: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """One conversation. ``order_state`` and ``context`` are the service's own JSON; ``version`` grows."""

    session_id: str
    user_id: str | None
    messages: Sequence[Json]
    context: Json
    order_state: Json
    stage: str
    updated_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """A placed order. ``lines`` are priced items and ``discounts`` as on the wire (shared.orders)."""

    order_id: str
    order_number: int
    user_id: str | None
    status: str
    service: str
    lines: Sequence[Json]
    discounts: Sequence[Json]
    total: int
    discount: int
    payable: int
    placed_at: datetime
    version: int = 1
    assigned_to: str | None = None
    estimated_ready_at: datetime | None = None
    done: Sequence[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One step in an order's life: who did what, when."""

    order_id: str
    version: int
    status: str
    assigned_to: str | None
    changed_by: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class IdempotencyRecord:
    """The answer of an earlier call. ``owner`` and ``key`` name it; ``request_digest`` tells a reuse."""

    owner: str
    key: str
    request_digest: str
    order_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NotificationRecord:
    """A row of the store's log. ``user_id`` None: for staff and managers; else for that user too.

    Rows of ``PUBLIC_TOPICS`` are for everybody.
    """

    id: int
    topic: str
    at: datetime
    data: Json
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """A picture's row; its bytes lie on disk under ``sha256``."""

    image_id: str
    sha256: str
    mime_type: str
    width: int
    height: int
    engine: str
    model: str
    spec: Json
    alt: Json
    created_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """What one model of a paid engine used on one shop day. ``milliseconds`` are those of audio."""

    day: date
    capability: str
    engine: str
    model: str
    requests: int = 0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    audio_input_tokens: int = 0
    audio_output_tokens: int = 0
    milliseconds: int = 0
    characters: int = 0
    images: int = 0


class Users(Protocol):
    async def get(self, user_id: str) -> UserRecord | None: ...
    async def add(self, user: UserRecord) -> None:
        """Add a user.

        Raises:
            AlreadyThere: the name is taken.
        """
        ...

    async def any_of_type(self, user_type: str) -> bool: ...
    async def with_pin(self) -> list[UserRecord]:
        """Everybody who can sign in, by name."""
        ...

    async def set_pin(self, user_id: str, pin_hash: str) -> None: ...


class Attempts(Protocol):
    async def count(self, user_id: str, now: datetime) -> LoginAttempts:
        """Count one more attempt and hold the row until the unit of work ends; answers it as it then is."""
        ...

    async def lock(self, user_id: str, until: datetime) -> None: ...
    async def clear(self, user_id: str) -> None: ...
    async def delete_before(self, moment: datetime) -> int: ...


class Tokens(Protocol):
    async def get(self, digest: str) -> TokenRecord | None: ...
    async def add(self, token: TokenRecord) -> None: ...
    async def known(self, digests: Collection[str]) -> frozenset[str]:
        """Those of ``digests`` that are still there."""
        ...

    async def delete_expired(self, now: datetime) -> int: ...
    async def delete_of(self, user_id: str) -> int: ...


class Conversations(Protocol):
    async def get(self, session_id: str) -> ConversationRecord | None: ...
    async def save(self, record: ConversationRecord) -> ConversationRecord:
        """Insert (version 0) or update the row of that version; answers it with the next version.

        Raises:
            StaleVersion: another turn was quicker.
        """
        ...

    async def delete(self, session_id: str) -> bool: ...
    async def delete_untouched_since(self, moment: datetime) -> int: ...


class Orders(Protocol):
    async def next_number(self, day: str) -> int:
        """The next short order number of that day (``YYYY-MM-DD``), from 1 on, without gaps."""
        ...

    async def add(self, order: OrderRecord) -> None: ...
    async def get(self, order_id: str) -> OrderRecord | None: ...
    async def count_waiting(self) -> int:
        """How many orders the kitchen has not finished: received or preparing."""
        ...

    async def list_open(self) -> Sequence[OrderRecord]: ...
    async def list_recent(self, limit: int) -> Sequence[OrderRecord]: ...
    async def list_of_user(self, user_id: str, limit: int) -> Sequence[OrderRecord]: ...
    async def update(self, order: OrderRecord, changed_by: str | None, changed_at: datetime) -> OrderRecord:
        """Write ``order`` over the row of the same version and record the change; answers it with the next version.

        Raises:
            StaleVersion: somebody else was quicker.
        """
        ...

    async def changes(self, order_id: str) -> Sequence[OrderChange]: ...


class Idempotency(Protocol):
    async def get(self, owner: str, key: str) -> IdempotencyRecord | None: ...
    async def claim(self, record: IdempotencyRecord) -> bool:
        """Insert the row unless one of that owner and key stands; answers whether it was inserted.

        Waits for another transaction that is about to insert the same row.
        """
        ...

    async def delete_before(self, moment: datetime) -> int: ...


class NotificationLog(Protocol):
    async def top(self) -> int:
        """The highest id, 0 when the log is empty."""
        ...

    async def top_for(self, user_id: str) -> int:
        """The highest id that concerns this customer, 0 when there is none."""
        ...

    async def oldest(self) -> int:
        """The lowest id that is still kept; ``top() + 1`` when the log is empty."""
        ...

    async def after(self, cursor: int, limit: int) -> Sequence[NotificationRecord]: ...
    async def of_topic(self, topic: str, cursor: int, limit: int) -> Sequence[NotificationRecord]:
        """As ``after``, those of one topic."""
        ...

    async def after_for(self, user_id: str, cursor: int, limit: int) -> Sequence[NotificationRecord]: ...
    async def delete_before(self, moment: datetime) -> int:
        """Forget old rows; never the newest, so that ``top`` stands."""
        ...

    async def epoch(self) -> str:
        """Names this log; another database has another epoch."""
        ...


class Availability(Protocol):
    async def sold_out(self) -> frozenset[str]: ...
    async def set_sold_out(self, menu_code: str, sold_out: bool) -> None: ...


class Images(Protocol):
    async def get(self, image_id: str) -> ImageRecord | None: ...
    async def add(self, image: ImageRecord) -> None: ...
    async def drawn_for(self, user_id: str, limit: int) -> list[ImageRecord]:
        """What was drawn for ``user_id``, the latest first."""
        ...

    async def newest(self, limit: int, passed_over: int = 0) -> Sequence[tuple[str, datetime]]:
        """``sha256`` and ``created_at`` of all, the latest first."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...


class Usages(Protocol):
    async def add(self, writer: str, number: int, at: datetime, records: Sequence[UsageRecord]) -> bool:
        """Add the amounts of ``records`` to the rows of their day, capability, engine and model (each named once).

        ``number`` counts a writer's batches from 1 up. False, and nothing is added: this one was added before, by a
        commit of which the writer never heard.
        """
        ...

    async def between(self, first: date, last: date) -> Sequence[UsageRecord]:
        """The rows of these days, both included, in the order of day, engine, capability and model."""
        ...

    async def delete_before(self, day: date) -> int: ...
    async def delete_writers_before(self, moment: datetime) -> int:
        """Forget writers that have added nothing since ``moment``."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notification to be written at commit. ``user_id`` is the customer whom it concerns, if any."""

    topic: str
    data: Json = field(default_factory=dict)
    user_id: str | None = None


class UnitOfWork(Protocol):
    """One transaction. Leaving the context without ``commit`` rolls back."""

    @property
    def users(self) -> Users: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def orders(self) -> Orders: ...
    @property
    def idempotency(self) -> Idempotency: ...
    @property
    def log(self) -> NotificationLog: ...
    @property
    def duty(self) -> Duty: ...
    @property
    def presence(self) -> Presences: ...
    @property
    def help(self) -> HelpCalls: ...
    @property
    def prints(self) -> Prints: ...
    @property
    def rates(self) -> Rates: ...
    @property
    def availability(self) -> Availability: ...
    @property
    def images(self) -> Images: ...
    @property
    def versions(self) -> ImageVersions: ...
    @property
    def jobs(self) -> ImageJobs: ...
    @property
    def cards(self) -> MenuCards: ...
    @property
    def usage(self) -> Usages: ...

    def notify(self, outgoing: Outgoing) -> None:
        """Queue a notification; ``commit`` writes it."""
        ...

    async def commit(self) -> None:
        """Write queued notifications last, then commit, then wake the listeners.

        Raises:
            StorageFull, DatabaseUnavailable: nothing was written.
        """
        ...


class Database(Protocol):
    """The store. ``write`` takes the one writer (SQLite: BEGIN IMMEDIATE); ``read`` never waits for it."""

    @property
    def shared(self) -> bool:
        """Whether backends on other machines may serve the same store."""
        ...

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
    def read(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
    async def wait_for_news(self, seen: int, seconds: float) -> None:
        """Return when the log may have grown past ``seen``, at the latest after ``seconds``."""
        ...

    def just_committed(self, after: int) -> Sequence[NotificationRecord]:
        """The log after ``after`` as far as it is known without reading it, without a gap; empty: read it."""
        ...

    async def close(self) -> None: ...
