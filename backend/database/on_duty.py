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
