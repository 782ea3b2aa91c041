"""Help calls from kiosks that nobody has answered, as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import Property, QAbstractListModel, QByteArray, QModelIndex, QObject, Qt, Signal
from PySide6.QtQml import QmlElement

from kiosk.staff.ticket_model import Index

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class HelpView:
    """One call: the kiosk, the screen where the customer is stuck, whole seconds since they called."""

    help_id: str
    device: str
    place: str
    seconds: int


class HelpRole(IntEnum):
    HELP_ID = _FIRST
    DEVICE = _FIRST + 1
    PLACE = _FIRST + 2
    SECONDS = _FIRST + 3


NAMES: Final = {
    HelpRole.HELP_ID: "helpId",
    HelpRole.DEVICE: "device",
    HelpRole.PLACE: "place",
    HelpRole.SECONDS: "seconds",
}


@QmlElement
class HelpModel(QAbstractListModel):
    """The longest waiting call first. ``show`` is the only way in."""

    countChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: list[HelpView] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._calls)

    def roleNames(self) -> dict[int, QByteArray]:
        return {int(role): QByteArray(name.encode()) for role, name in NAMES.items()}

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._calls) or role not in set(HelpRole):
            return None
        return getattr(self._calls[index.row()], HelpRole(role).name.lower())

    def _count(self) -> int:
        return len(self._calls)

    count = Property(int, _count, notify=countChanged)

    @property
    def calls(self) -> Sequence[HelpView]:
        return self._calls

    def show(self, calls: Sequence[HelpView]) -> None:
        """Become ``calls``. Calls keep their order, so rows are only removed, changed and added at the end."""
        before = len(self._calls)
        kept = {call.help_id for call in calls}
        for row in range(len(self._calls) - 1, -1, -1):
            if self._calls[row].help_id not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._calls[row]
                self.endRemoveRows()
        for row, call in enumerate(calls):
            if row < len(self._calls) and self._calls[row].help_id == call.help_id:
                if self._calls[row] != call:
                    self._calls[row] = call
                    self.dataChanged.emit(self.index(row), self.index(row))
            else:
                self.beginInsertRows(QModelIndex(), row, row)
                self._calls.insert(row, call)
                self.endInsertRows()
        if len(self._calls) != before:
            self.countChanged.emit()
