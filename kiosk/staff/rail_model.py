"""RailModel: what the side rail shows: all-day totals, and who has how many."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff.tickets import MenuWords
from kiosk.staff.totals import Load, Total, load_of, totals_of
from shared.orders import Order

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TotalModel(RowList[Total]):
    row_type = Total
    key = "code"
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def counted(self) -> None:
        self.countChanged.emit()


@QmlElement
class LoadModel(RowList[Load]):
    row_type = Load
    key = "owner"
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def counted(self) -> None:
        self.countChanged.emit()


@QmlElement
class RailModel(QObject):
    """``turned``: staff want it otherwise than the window has room for; F3 and the bar's button turn it."""

    turnedChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turned = False
        self._menus, self._portions, self._load = TotalModel(self), TotalModel(self), LoadModel(self)
        self._summed: tuple[tuple[Order, ...], MenuWords] | None = None

    @Property(bool, notify=turnedChanged)
    def turned(self) -> bool:
        return self._turned

    @Property(TotalModel, constant=True)
    def menus(self) -> TotalModel:
        return self._menus

    @Property(TotalModel, constant=True)
    def portions(self) -> TotalModel:
        return self._portions

    @Property(LoadModel, constant=True)
    def load(self) -> LoadModel:
        return self._load

    @Slot()
    def turn(self) -> None:
        self._turned = not self._turned
        self.turnedChanged.emit()

    def show(self, board: BoardSnapshot, words: MenuWords, now: datetime) -> None:
        if self._summed is None or self._summed[0] is not board.orders or self._summed[1] is not words:
            self._summed = (board.orders, words)
            totals = totals_of(board.orders, words)
            self._menus.show(totals.menus)
            self._portions.show(totals.portions)
        self._load.show(load_of(board.orders, board.user_id or "", now))
