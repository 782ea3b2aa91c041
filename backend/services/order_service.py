"""Placing orders, reading them, and taking them through their life."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.database.interface import (
    Database,
    IdempotencyRecord,
    OrderRecord,
    Outgoing,
    StaleVersion,
    UnitOfWork,
)
from backend.domain import order as rules
from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.people import Caller
from backend.domain.preparation import minutes_until_ready
from backend.errors import Refusal
from backend.services import wire
from backend.services.catalogue_service import CatalogueService
from backend.services.order_changes import changed_by, must_be_the_same_again
from shared.messages import Topic
from shared.orders import IDEMPOTENCY_KEY_PATTERN, BoardResponse, Order, OrderDraft, OrderPatch, OrdersResponse, Quote
from shared.problems import ProblemCode

RECENT_ORDERS = 200
OWN_ORDERS = 50
MOST_UNSEEN = 1_000

_KEY = re.compile(IDEMPOTENCY_KEY_PATTERN)


class OrderService:
    """``clock`` answers aware UTC times; ``today`` the day in the shop's calendar, by which orders are numbered."""

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        clock: Callable[[], datetime],
        today: Callable[[], date] | None = None,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock
        self._today = today or (lambda: clock().astimezone().date())

    async def quote(self, draft: OrderDraft) -> Quote:
        """What the draft costs now; an empty one costs nothing.

        Raises:
            OrderRuleError: an item breaks a rule of the shop.
        """
        async with self._database.read() as db:
            catalogue = await self._catalogue.current(db)
        items = [rules.normalise(wire.draft_to_item(item), catalogue) for item in draft.items]
        return wire.bill_to_quote(rules.bill(items, catalogue))

    async def place(self, draft: OrderDraft, caller: Caller, key: str | None) -> tuple[Order, bool]:
        """Place the order, or find the one that an earlier call with ``key`` placed; True when it is new.

        The order, its notification and the key are one transaction.

        Raises:
            Refusal: idempotency_key_missing (or malformed), idempotency_key_reused, empty_order.
            OrderRuleError: an item breaks a rule of the shop.
        """
        if key is None or not _KEY.fullmatch(key):
            raise Refusal(ProblemCode.IDEMPOTENCY_KEY_MISSING, field="Idempotency-Key", pattern=IDEMPOTENCY_KEY_PATTERN)
        order_id = str(uuid4())
        claim = IdempotencyRecord(caller.user_id, key, _digest(draft), order_id, self._clock())
        async with self._database.write() as db:
            # First of all: a second call with this key waits here until the first has committed.
            if not await db.idempotency.claim(claim):
                return await self._replay(db, claim), False
            items = [wire.draft_to_item(item) for item in draft.items]
            order = await self.place_in(db, items, draft.service.value, caller.user_id, order_id)
            await db.commit()
        return order, True

    async def place_in(
        self, db: UnitOfWork, items: Sequence[Item], service: str, user_id: str | None, order_id: str | None = None
    ) -> Order:
        """Place within ``db``, which the caller commits. Nothing is placed when it is not.

        Raises:
            Refusal: empty_order.
            OrderRuleError: an item breaks a rule of the shop, or has no style.
        """
        catalogue = await self._catalogue.current(db)
        items = [rules.normalise(item, catalogue) for item in items]
        quote = wire.bill_to_quote(_checked_bill(items, catalogue))
        now = self._clock()
        waiting = await db.orders.count_waiting()
        priced = quote.model_dump(mode="json")
        record = OrderRecord(
            order_id=order_id or str(uuid4()),
            order_number=await db.orders.next_number(self._today().isoformat()),
            user_id=user_id,
            status=rules.RECEIVED,
            service=service,
            lines=priced["items"],
            discounts=priced["discounts"],
            total=quote.total,
            discount=quote.discount,
            payable=quote.payable,
            placed_at=now,
            estimated_ready_at=now + timedelta(minutes=minutes_until_ready(items, catalogue, waiting)),
        )
        await db.orders.add(record)
        return _told(db, Topic.ORDER_CREATED, record)

    async def get(self, order_id: str, caller: Caller) -> Order:
        """One order. A customer sees their own alone; another's is not told from one that does not exist.

        Raises:
            Refusal: not_found.
        """
        async with self._database.read() as db:
            record = await db.orders.get(order_id)
        if record is None or not (caller.is_staff or record.user_id == caller.user_id):
            raise Refusal(ProblemCode.NOT_FOUND)
        return wire.record_to_order(record)

    async def list_open(self, caller: Caller) -> OrdersResponse:
        """Orders that are not finished, oldest first: all for staff, their own for a customer."""
        async with self._database.read() as db:
            if caller.is_staff:
                records = await db.orders.list_open()
                fresh = await db.log.of_topic(Topic.ORDER_CREATED.value, await db.duty.seen(), MOST_UNSEEN)
                unseen = {row.data.get("order", {}).get("id") for row in fresh}
                listed = await _listed(db, records, caller)
                ids = tuple(record.order_id for record in records if record.order_id in unseen)
                return listed.model_copy(update={"unseen": ids})
            own = await db.orders.list_of_user(caller.user_id, OWN_ORDERS)
            unfinished = [record for record in own if record.status in rules.OPEN_STATUSES]
            return await _listed(db, unfinished[::-1], caller)

    async def list_for(self, caller: Caller) -> OrdersResponse:
        """The latest orders, newest first: all for staff, their own for a customer."""
        async with self._database.read() as db:
            if caller.is_staff:
                return await _listed(db, await db.orders.list_recent(RECENT_ORDERS), caller)
            return await _listed(db, await db.orders.list_of_user(caller.user_id, OWN_ORDERS), caller)

    async def board(self) -> BoardResponse:
        """The numbers of the open orders, for everybody to see."""
        async with self._database.read() as db:
            records = await db.orders.list_open()
            return BoardResponse(
                preparing=tuple(record.order_number for record in records if record.status != rules.READY),
                ready=tuple(record.order_number for record in records if record.status == rules.READY),
                top=await db.log.top(),
                epoch=await db.log.epoch(),
            )

    async def change(self, order_id: str, patch: OrderPatch, caller: Caller) -> Order:
        """Change status, assignment, what is done, or several of them, on the version that the caller saw.

        Who begins to prepare an order takes it; one that goes back to received is nobody's again. The same
        change sent once more by the same person (its answer was lost) is answered as if it were the first.

        Raises:
            Refusal: forbidden, not_found, invalid_request, illegal_transition; conflict, whose params say
                ``changed_by`` whom and where the order stands now (``status``, ``assigned_to``, ``version``).
        """
        if not caller.is_staff:
            raise Refusal(ProblemCode.FORBIDDEN, needs="staff")
        try:
            async with self._database.write() as db:
                record = await _found(db, order_id)
                if record.version != patch.version:
                    must_be_the_same_again(patch, record, await db.orders.changes(order_id), caller)
                    return wire.record_to_order(record)
                wanted = await changed_by(patch, record, caller, db)
                if wanted == record:
                    return wire.record_to_order(record)
                changed = await db.orders.update(wanted, caller.user_id, self._clock())
                if changed.assigned_to != record.assigned_to:
                    _told(db, Topic.ORDER_ASSIGNED, changed, by=caller.user_id)
                if changed.status != record.status:
                    _told(db, Topic.ORDER_STATUS, changed, by=caller.user_id)
                elif list(changed.done) != list(record.done):
                    _told(db, Topic.ORDER_ITEMS, changed, by=caller.user_id)
                await db.commit()
        except StaleVersion:
            # Several machines: somebody committed between our reading and our writing.
            async with self._database.read() as db:
                record = await _found(db, order_id)
                must_be_the_same_again(patch, record, await db.orders.changes(order_id), caller)
                return wire.record_to_order(record)
        return wire.record_to_order(changed)

    async def _replay(self, db: UnitOfWork, claim: IdempotencyRecord) -> Order:
        earlier = await db.idempotency.get(claim.owner, claim.key)
        if earlier is None or earlier.request_digest != claim.request_digest:
            raise Refusal(ProblemCode.IDEMPOTENCY_KEY_REUSED, field="Idempotency-Key")
        return wire.record_to_order(await _found(db, earlier.order_id))


def _digest(draft: OrderDraft) -> str:
    canonical = json.dumps(draft.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _checked_bill(items: Sequence[Item], catalogue: Catalogue) -> rules.Bill:
    if not items:
        raise Refusal(ProblemCode.EMPTY_ORDER, field="items")
    if len(items) > rules.MAX_ITEMS:
        raise Refusal(ProblemCode.INVALID_REQUEST, field="items", maximum=rules.MAX_ITEMS)
    bill = rules.bill(items, catalogue)
    for index, item in enumerate(items):
        if item.style is None:
            raise rules.OrderRuleError(
                "style_not_offered", f"items.{index}.style", menu_code=item.menu_code, style="", reason="not_chosen"
            )
    return bill


def _told(db: UnitOfWork, topic: Topic, record: OrderRecord, **more: Any) -> Order:
    order = wire.record_to_order(record)
    db.notify(Outgoing(topic.value, {"order": wire.order_to_json(order), **more}, record.user_id))
    return order


async def _found(db: UnitOfWork, order_id: str) -> OrderRecord:
    record = await db.orders.get(order_id)
    if record is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return record


async def _listed(db: UnitOfWork, records: Sequence[OrderRecord], caller: Caller) -> OrdersResponse:
    top = await (db.log.top() if caller.is_staff else db.log.top_for(caller.user_id))
    orders = tuple(wire.record_to_order(record) for record in records)
    return OrdersResponse(orders=orders, top=top, epoch=await db.log.epoch())
