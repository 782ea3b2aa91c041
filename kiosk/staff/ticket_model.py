"""One column of tickets as a list model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.staff.tickets import Age, Ticket

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TicketModel(RowList[Ticket]):
    """Tickets from the top down."""

    row_type = Ticket
    key = "order_id"
    countChanged = Signal()
    lateChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._late = 0

    def show(self, rows: Sequence[Ticket]) -> None:
        super().show(rows)
        late = sum(ticket.age is Age.LATE for ticket in rows)
        if late != self._late:
            self._late = late
            self.lateChanged.emit()

    @Property(int, notify=lateChanged)
    def late(self) -> int:
        """How many wait too long."""
        return self._late

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def counted(self) -> None:
        self.countChanged.emit()

    @Slot(str, result=int)
    def rowOf(self, order_id: str) -> int:
        """The row of a ticket, or -1."""
        return next((row for row, ticket in enumerate(self._rows) if ticket.order_id == order_id), -1)

    @Slot(int, int, result=int)
    def freshIn(self, first: int, last: int) -> int:
        """How many of the rows ``first`` to ``last`` nobody has acknowledged."""
        return sum(ticket.fresh for ticket in self._rows[max(0, first) : last + 1])
