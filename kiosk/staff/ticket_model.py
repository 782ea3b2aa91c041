"""One column of tickets as a list model."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.staff.tickets import Ticket

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TicketModel(RowList[Ticket]):
    """Tickets from the top down."""

    row_type = Ticket
    key = "order_id"
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def counted(self) -> None:
        self.countChanged.emit()

    @Slot(str, result=int)
    def rowOf(self, order_id: str) -> int:
        """The row of a ticket, or -1."""
        return next((row for row, ticket in enumerate(self._rows) if ticket.order_id == order_id), -1)
