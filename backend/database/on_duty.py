"""What the database remembers of those on duty: who called for help and who came. Belongs to ``interface.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class HelpRecord:
    """A customer called somebody to ``device_id``. ``cart`` holds items as on the wire (shared.orders)."""

    help_id: str
    device_id: str
    screen: str
    mode: str | None
    cart: Sequence[Mapping[str, Any]]
    at: datetime
    answered_by: str | None = None
    answered_at: datetime | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """An order that no staff window has acknowledged. ``level``: see ``shared.messages.AlarmLevel``."""

    order_id: str
    log_id: int
    level: int
    raised_at: datetime
    over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PresenceRecord:
    """What one backend last said of its connections: ``[{user_id, user_type, device_id}]``, and what it has sent."""

    replica: str
    at: datetime
    connections: Sequence[Mapping[str, Any]]
    sent: int
    replayed: int


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """An order that is to be printed as ``kind`` (kitchen, receipt), each once.

    ``tries`` counts beginnings, on whatever backend; ``trouble`` is why the last one failed. ``ended_at``: it is on
    paper, or nobody needs it any more.
    """

    order_id: str
    kind: str
    wanted_at: datetime
    tries: int = 0
    trouble: str = ""
    ended_at: datetime | None = None


class Duty(Protocol):
    """What staff have seen, and what is done about what they have not."""

    async def acknowledge(self, owners: Mapping[str, int], at: datetime) -> None:
        """Each owner (``user …``, ``device …``) has shown everything up to an id; it never goes back."""
        ...

    async def seen(self) -> int:
        """The highest id that any staff window has acknowledged, 0 when none has anything."""
        ...

    async def alarms(self) -> Sequence[AlarmRecord]:
        """Those that are not over."""
        ...

    async def raise_alarm(self, alarm: AlarmRecord) -> bool:
        """Raise it, or raise its level; False when it stands at that level or is over."""
        ...

    async def end_alarm(self, order_id: str, at: datetime) -> bool:
        """Answers whether it was this call that ended it."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...


class Presences(Protocol):
    async def say(self, record: PresenceRecord) -> None: ...
    async def leave(self, replica: str) -> None: ...
    async def since(self, moment: datetime) -> Sequence[PresenceRecord]: ...
    async def delete_before(self, moment: datetime) -> int: ...


class HelpCalls(Protocol):
    async def add(self, call: HelpRecord) -> None: ...
    async def get(self, help_id: str) -> HelpRecord | None: ...
    async def waiting(self, limit: int) -> Sequence[HelpRecord]:
        """Calls that nobody has answered, the oldest first."""
        ...

    async def answer(self, help_id: str, by: str, at: datetime) -> bool:
        """Answer the call unless somebody did; answers whether it was this one."""
        ...

    async def escalate(self, help_id: str, at: datetime) -> bool:
        """Mark an unanswered call as escalated, once; answers whether it was this time."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class SpentRecord:
    """What ``replica`` let ``client`` spend of the rate limit ``bucket``, since that was last full there."""

    replica: str
    bucket: str
    client: str
    spent: int
    at: datetime


class Rates(Protocol):
    async def say(self, replica: str, spent: Mapping[tuple[str, str], int], at: datetime) -> None:
        """``spent`` by bucket and client."""
        ...

    async def of_others(self, replica: str, since: datetime) -> Sequence[SpentRecord]: ...
    async def delete_before(self, moment: datetime) -> int: ...


class Prints(Protocol):
    async def want(self, record: PrintRecord) -> bool:
        """Add it unless this order was wanted as that kind before; answers whether it was added."""
        ...

    async def waiting(self, limit: int) -> Sequence[PrintRecord]:
        """Those that have not ended, the oldest first."""
        ...

    async def begin(self, record: PrintRecord) -> bool:
        """Count one more try, if nobody has since ``record`` was read: whoever gets True prints."""
        ...

    async def fail(self, record: PrintRecord, trouble: str) -> None: ...
    async def end(self, record: PrintRecord, at: datetime) -> bool:
        """Answers whether it was this call that ended it."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...
