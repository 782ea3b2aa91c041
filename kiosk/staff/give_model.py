"""GiveModel: a manager gives the picked order to somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.services.staff_board import BoardSnapshot
from shared.orders import OrderStatus

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1

AT_WORK = (OrderStatus.RECEIVED, OrderStatus.PREPARING)
MOST = 9
"""Each has a number key."""


@dataclass(frozen=True, slots=True)
class GiveRow:
    """``number`` is the key that gives it to them, from 1. ``load``: how many they have. ``has``: it is theirs."""

    user_id: str
    number: int
    name: str
    load: int
    has: bool


@QmlElement
class GiveRows(RowList[GiveRow]):
    row_type = GiveRow
    key = "user_id"


@QmlElement
class GiveModel(QObject):
    """``order``: the number of the order that is to be given, 0 while the list is closed. ``may``: it may be opened."""

    orderChanged = Signal()
    mayChanged = Signal()

    def __init__(self, give: Callable[[str, str], None], parent: QObject | None = None) -> None:
        """``give(order_id, user_id)`` asks the backend; what became of it comes back by ``show``."""
        super().__init__(parent)
        self._give = give
        self._rows = GiveRows(self)
        self._order_id = ""
        self._number = 0
        self._may = False

    @Property(int, notify=orderChanged)
    def order(self) -> int:
        return self._number

    @Property(bool, notify=mayChanged)
    def may(self) -> bool:
        return self._may

    @Property(GiveRows, constant=True)
    def rows(self) -> GiveRows:
        return self._rows

    def ask(self, order_id: str, board: BoardSnapshot) -> None:
        """Show the list for that order; without one, or with nobody to give it to, none is shown."""
        self._order_id = order_id if self._may else ""
        self.show(board)

    @Slot()
    def close(self) -> None:
        self._order_id = ""
        self._take_number(0)

    @Slot(str)
    def to(self, user_id: str) -> None:
        order_id = self._order_id
        self.close()
        if order_id:
            self._give(order_id, user_id)

    @Slot(int)
    def toNumber(self, number: int) -> None:
        """Whoever has that key; none is passed over."""
        row = next((row for row in self._rows.rows if row.number == number), None)
        if row is not None:
            self.to(row.user_id)

    def show(self, board: BoardSnapshot) -> None:
        may = bool(board.people) and board.user_id is not None
        if may != self._may:
            self._may = may
            self.mayChanged.emit()
        order = next((o for o in board.orders if o.id == self._order_id and o.status in AT_WORK), None)
        if order is None or not may:
            self.close()
            return
        at_work = [each.assigned_to for each in board.orders if each.status in AT_WORK]
        self._rows.show(
            [
                GiveRow(
                    who.user_id,
                    number,
                    who.name or who.user_id,
                    at_work.count(who.user_id),
                    who.user_id == order.assigned_to,
                )
                for number, who in enumerate(board.people[:MOST], 1)
            ]
        )
        self._take_number(order.order_number)

    def _take_number(self, number: int) -> None:
        if number != self._number:
            self._number = number
            self.orderChanged.emit()
