"""What staff may change of an order, and what a change on an old version is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.database.interface import OrderChange, OrderRecord, UnitOfWork
from backend.domain import order as rules
from backend.domain.people import Caller
from backend.errors import Refusal
from shared.orders import OrderPatch, OrderStatus
from shared.problems import ProblemCode


async def changed_by(patch: OrderPatch, record: OrderRecord, caller: Caller, db: UnitOfWork) -> OrderRecord:
    """``record`` as ``caller`` wants it; its version stays.

    Raises:
        Refusal: invalid_request, illegal_transition, forbidden (staff give orders to themselves, managers to anybody).
    """
    names_somebody = "assigned_to" in patch.model_fields_set
    if patch.status is None and patch.done is None and not names_somebody:
        raise Refusal(ProblemCode.INVALID_REQUEST, "Nothing is to be changed.", field="status")
    status = patch.status.value if patch.status else record.status
    if status != record.status and status not in rules.TRANSITIONS[record.status]:
        raise Refusal(
            ProblemCode.ILLEGAL_TRANSITION,
            field="status",
            status=record.status,
            wanted=status,
            possible=[*sorted(rules.TRANSITIONS[record.status])],
        )
    assigned_to = record.assigned_to
    if names_somebody:
        assigned_to = patch.assigned_to
        if assigned_to != record.assigned_to:
            _must_be_theirs_to_give(record, assigned_to, caller)
        await _must_be_staff(db, assigned_to)
    elif status == rules.RECEIVED:
        assigned_to = None if record.status != rules.RECEIVED else record.assigned_to
    elif status == rules.PREPARING and assigned_to is None:
        assigned_to = caller.user_id
    done = record.done if patch.done is None else _checked_done(patch.done, record)
    if status == rules.RECEIVED != record.status:
        done = []  # whoever takes it next begins anew
    return replace(record, status=status, assigned_to=assigned_to, done=done)


def _must_be_theirs_to_give(record: OrderRecord, assigned_to: str | None, caller: Caller) -> None:
    whose = record.assigned_to if assigned_to is None else assigned_to
    if whose != caller.user_id and not caller.is_manager:
        raise Refusal(ProblemCode.FORBIDDEN, "Staff take orders themselves.", field="assigned_to", needs="manager")


def _checked_done(done: Sequence[int], record: OrderRecord) -> Sequence[int]:
    if any(index >= len(record.lines) for index in done):
        raise Refusal(ProblemCode.INVALID_REQUEST, "The order has no such item.", field="done")
    return sorted(set(done))


async def _must_be_staff(db: UnitOfWork, user_id: str | None) -> None:
    if user_id is None:
        return
    user = await db.users.get(user_id)
    if user is None or not Caller(user.user_id, user.user_type).is_staff:
        raise Refusal(ProblemCode.INVALID_REQUEST, "Nobody of the staff has that name.", field="assigned_to")


def must_be_the_same_again(
    patch: OrderPatch, record: OrderRecord, changes: Sequence[OrderChange], caller: Caller
) -> None:
    """Pass when a change on an old version is the caller's own last one, sent again because its answer was lost.

    Raises:
        Refusal: conflict; somebody else was quicker.
    """
    last = changes[-1] if changes else None
    by = last.changed_by if last else None
    once_more = record.version == patch.version + 1 and by == caller.user_id
    same_status = patch.status in (None, OrderStatus(record.status))
    same_person = "assigned_to" not in patch.model_fields_set or patch.assigned_to == record.assigned_to
    same_items = patch.done is None or sorted(set(patch.done)) == list(record.done)
    if once_more and same_status and same_person and same_items:
        return
    raise Refusal(
        ProblemCode.CONFLICT,
        changed_by=by,
        status=record.status,
        assigned_to=record.assigned_to,
        version=record.version,
        order_number=record.order_number,
    )
