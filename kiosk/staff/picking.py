"""Picking a ticket by keys: typed numbers and arrows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.staff.tickets import Ticket
from shared.orders import OrderStatus

MAX_DIGITS = 6


def by_number(typed: str, tickets: Sequence[Ticket]) -> str | None:
    """The id of the ticket that ``typed`` digits mean, or None.

    A whole number wins, then one that ends so (people call out the last digits), then one that begins so,
    so that each further digit leads nearer. Of several the first, which is the longest waiting.
    """
    if not typed:
        return None
    wanted = typed.lstrip("0") or "0"
    for fits in (str.__eq__, str.endswith, str.startswith):
        found = next((ticket.order_id for ticket in tickets if fits(str(ticket.number), wanted)), None)
        if found is not None:
            return found
    return None


def by_arrow(columns: Sequence[Sequence[Ticket]], selected: str, across: int, down: int) -> str:
    """The id of the ticket ``across`` columns and ``down`` rows away; it stays at the edges.

    With nothing selected it is the first ticket there is; "" when there is none. Empty columns are stepped over.
    """
    ids = [[ticket.order_id for ticket in column] for column in columns]
    here = next(((c, column.index(selected)) for c, column in enumerate(ids) if selected in column), None)
    if here is None:
        return next((column[0] for column in ids if column), "")
    column, row = here
    if down:
        return ids[column][max(0, min(len(ids[column]) - 1, row + down))]
    target = column + across
    while 0 <= target < len(ids):
        if ids[target]:
            return ids[target][min(row, len(ids[target]) - 1)]
        target += across
    return selected


def line_of(ticket: Ticket | None, chosen: int | None) -> int:
    """The line of ``ticket`` that a key acts on: the one gone to, else the first that is not made, else the last.

    -1 for a ticket that nobody is preparing.
    """
    if ticket is None or ticket.status is not OrderStatus.PREPARING or not ticket.lines:
        return -1
    if chosen is not None:
        return min(chosen, len(ticket.lines) - 1)
    return next((at for at, line in enumerate(ticket.lines) if not line.done), len(ticket.lines) - 1)
