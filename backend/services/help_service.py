"""Customers who call for help: told to the staff, answered by one of them, escalated when nobody comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from backend.database.interface import Database, Outgoing
from backend.database.on_duty import HelpRecord
from backend.domain.people import Caller
from backend.errors import Refusal
from shared.messages import Topic
from shared.orders import HelpCall, HelpCallsResponse, HelpMode, HelpRequest, HelpResponse, OrderItemDraft
from shared.problems import ProblemCode

MOST_WAITING = 100


class HelpService:
    """``clock`` answers aware UTC times."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def call(self, request: HelpRequest) -> HelpResponse:
        """Call the staff to a kiosk; everybody of them is told."""
        cart = [item.model_dump(mode="json") for item in request.cart]
        mode = request.mode.value if request.mode else None
        record = HelpRecord(uuid4().hex, request.device_id, request.screen, mode, cart, self._clock())
        async with self._database.write() as db:
            await db.help.add(record)
            db.notify(Outgoing(Topic.HELP_REQUESTED.value, {**_place(record), "cart": cart}))
            await db.commit()
        return HelpResponse(help_id=record.help_id)

    async def waiting(self) -> HelpCallsResponse:
        """Who waits for somebody now, the longest first."""
        async with self._database.read() as db:
            return HelpCallsResponse(calls=tuple(_to_wire(call) for call in await db.help.waiting(MOST_WAITING)))

    async def answer(self, help_id: str, caller: Caller) -> None:
        """``caller`` goes there; the kiosk is told. Saying so twice is no mistake.

        Raises:
            Refusal: not_found; conflict with ``changed_by``: somebody else goes already.
        """
        async with self._database.write() as db:
            record = await db.help.get(help_id)
            if record is None:
                raise Refusal(ProblemCode.NOT_FOUND)
            if not await db.help.answer(help_id, caller.user_id, self._clock()):
                record = await db.help.get(help_id) or record
                if record.answered_by != caller.user_id:
                    raise Refusal(ProblemCode.CONFLICT, changed_by=record.answered_by)
                return
            db.notify(Outgoing(Topic.HELP_ANSWERED.value, {**_place(record), "by": caller.user_id}))
            await db.commit()


def _place(record: HelpRecord) -> dict[str, str | None]:
    return {
        "help_id": record.help_id,
        "device_id": record.device_id,
        "screen": record.screen,
        "mode": record.mode,
    }


def _to_wire(record: HelpRecord) -> HelpCall:
    return HelpCall(
        help_id=record.help_id,
        device_id=record.device_id,
        screen=record.screen,
        mode=HelpMode(record.mode) if record.mode else None,
        cart=tuple(OrderItemDraft.model_validate(item) for item in record.cart),
        at=record.at,
        escalated=record.escalated_at is not None,
    )
