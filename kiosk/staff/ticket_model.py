"""One column of tickets as a list model that changes only what changed, so that no card flickers or jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtQml import QmlElement

from kiosk.staff.tickets import Ticket

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1


class TicketRole(IntEnum):
    """Roles of a ticket; the QML name is the member's value in ``NAMES``."""

    ORDER_ID = _FIRST
    NUMBER = _FIRST + 1
    STATUS = _FIRST + 2
    SERVICE = _FIRST + 3
    LINES = _FIRST + 4
    ALLERGENS = _FIRST + 5
    OWNER = _FIRST + 6
    MINE = _FIRST + 7
    MINUTES = _FIRST + 8
    AGE = _FIRST + 9
    FRESH = _FIRST + 10
    BUSY = _FIRST + 11


NAMES: Final = {
    TicketRole.ORDER_ID: "orderId",
    TicketRole.NUMBER: "number",
    TicketRole.STATUS: "status",
    TicketRole.SERVICE: "service",
    TicketRole.LINES: "lines",
    TicketRole.ALLERGENS: "allergens",
    TicketRole.OWNER: "owner",
    TicketRole.MINE: "mine",
    TicketRole.MINUTES: "minutes",
    TicketRole.AGE: "age",
    TicketRole.FRESH: "fresh",
    TicketRole.BUSY: "busy",
}

_ATTRIBUTES: Final = {role: role.name.lower() for role in TicketRole}

Index = QModelIndex | QPersistentModelIndex


def _for_qml(value: Any) -> Any:
    """QML sees a tuple as an opaque object; a list becomes an array."""
    if isinstance(value, dict):
        return {key: _for_qml(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_for_qml(inner) for inner in value]
    return value


@QmlElement
class TicketModel(QAbstractListModel):
    """Tickets from the top down. ``show`` is the only way in."""

    countChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets: list[Ticket] = []

    # What Qt asks.

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._tickets)

    def roleNames(self) -> dict[int, QByteArray]:
        return {int(role): QByteArray(name.encode()) for role, name in NAMES.items()}

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._tickets) or role not in _ATTRIBUTES:
            return None
        ticket = self._tickets[index.row()]
        match role:
            case TicketRole.LINES:
                return [_for_qml(asdict(line)) for line in ticket.lines]
            case TicketRole.ALLERGENS:
                return list(ticket.allergens)
            case TicketRole.STATUS | TicketRole.SERVICE | TicketRole.AGE:
                return str(getattr(ticket, _ATTRIBUTES[TicketRole(role)]))
            case _:
                return getattr(ticket, _ATTRIBUTES[TicketRole(role)])

    def _count(self) -> int:
        return len(self._tickets)

    count = Property(int, _count, notify=countChanged)

    @Slot(str, result=int)
    def rowOf(self, order_id: str) -> int:
        """The row of a ticket, or -1."""
        return next((row for row, ticket in enumerate(self._tickets) if ticket.order_id == order_id), -1)

    # What the staff model says.

    @property
    def tickets(self) -> Sequence[Ticket]:
        return self._tickets

    def show(self, tickets: Sequence[Ticket]) -> None:
        """Become ``tickets``, in this order, by the fewest removes, moves, inserts and changes."""
        before = len(self._tickets)
        self._remove_all_but({ticket.order_id for ticket in tickets})
        for row, ticket in enumerate(tickets):
            self._bring(row, ticket)
        if len(self._tickets) != before:
            self.countChanged.emit()

    def _bring(self, row: int, ticket: Ticket) -> None:
        """Make ``ticket`` the one at ``row``; the rows above are right already."""
        found = next(
            (at for at in range(row, len(self._tickets)) if self._tickets[at].order_id == ticket.order_id), None
        )
        if found is None:
            self.beginInsertRows(QModelIndex(), row, row)
            self._tickets.insert(row, ticket)
            self.endInsertRows()
            return
        if found != row:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), row)
            self._tickets.insert(row, self._tickets.pop(found))
            self.endMoveRows()
        self._change(row, ticket)

    def _remove_all_but(self, kept: set[str]) -> None:
        for row in range(len(self._tickets) - 1, -1, -1):
            if self._tickets[row].order_id not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._tickets[row]
                self.endRemoveRows()

    def _change(self, row: int, ticket: Ticket) -> None:
        old = self._tickets[row]
        if old == ticket:
            return
        self._tickets[row] = ticket
        roles = [int(role) for role, name in _ATTRIBUTES.items() if getattr(old, name) != getattr(ticket, name)]
        if roles:
            self.dataChanged.emit(self.index(row), self.index(row), roles)
