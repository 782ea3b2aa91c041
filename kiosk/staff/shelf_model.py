"""ShelfModel: the sold-out switches, one for each menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff.tickets import MenuWords
from shared.catalogue import MenuResponse

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """``number`` is the key that turns the switch, from 1. ``busy``: it is on its way to the backend."""

    code: str
    number: int
    name: str
    sold_out: bool
    busy: bool


@QmlElement
class ShelfRows(RowList[ShelfRow]):
    row_type = ShelfRow
    key = "code"


@QmlElement
class ShelfModel(QObject):
    """``shown``: the switches lie open. ``missing``: names of what is sold out, with commas."""

    shownChanged = Signal()
    missingChanged = Signal()

    def __init__(self, mark: Callable[[str, bool], None], parent: QObject | None = None) -> None:
        """``mark(code, sold_out)`` asks the backend; what became of it comes back by ``show``."""
        super().__init__(parent)
        self._mark = mark
        self._rows = ShelfRows(self)
        self._shown = False
        self._missing = ""

    @Property(bool, notify=shownChanged)
    def shown(self) -> bool:
        return self._shown

    @Property(str, notify=missingChanged)
    def missing(self) -> str:
        return self._missing

    @Property(ShelfRows, constant=True)
    def rows(self) -> ShelfRows:
        return self._rows

    @Slot()
    def turn(self) -> None:
        self._shown = not self._shown
        self.shownChanged.emit()

    @Slot(str)
    def toggle(self, code: str) -> None:
        row = next((row for row in self._rows.rows if row.code == code), None)
        if row is not None and not row.busy:
            self._mark(code, not row.sold_out)

    @Slot(int)
    def toggleNumber(self, number: int) -> None:
        """The switch with that key; none is passed over."""
        code = next((row.code for row in self._rows.rows if row.number == number), "")
        self.toggle(code)

    def show(self, menu: MenuResponse | None, words: MenuWords, board: BoardSnapshot) -> None:
        if board.user_id is None and self._shown:
            self.turn()
        menus = menu.menus if menu else ()
        rows = [
            ShelfRow(each.code, number, words.words(each.name), each.sold_out, each.code in board.marking)
            for number, each in enumerate(menus, 1)
        ]
        self._rows.show(rows)
        missing = ", ".join(row.name for row in rows if row.sold_out)
        if missing != self._missing:
            self._missing = missing
            self.missingChanged.emit()
