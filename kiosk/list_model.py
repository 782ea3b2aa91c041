"""A list model over frozen rows that tells Qt only what changed, so that nothing flickers or jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1


def camel(name: str) -> str:
    """``sold_out`` -> ``soldOut``."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def for_qml(value: Any) -> Any:
    """QML sees a tuple, a member of an enum and a dataclass as opaque objects: they become what it can read."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return for_qml(asdict(value))
    if isinstance(value, dict):
        return {key: for_qml(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [for_qml(inner) for inner in value]
    return value


Row = TypeVar("Row")


class RowList(QAbstractListModel, Generic[Row]):
    """Rows are instances of one frozen dataclass; each field is a role named in camelCase. ``show`` is the only way in.

    ``key`` names the field (or property) by which a row keeps its place when others come and go.
    """

    row_type: type[Any]
    key: str

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(self.row_type)]
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Become ``rows``: common rows are kept in place, only their changed roles are told."""
        before = len(self._rows)
        keys = {getattr(row, self.key) for row in rows}
        for at in range(before - 1, -1, -1):
            if getattr(self._rows[at], self.key) not in keys:
                self._remove(at)
        for at, row in enumerate(rows):
            self._settle(at, row)
        while len(self._rows) > len(rows):  # two rows of one key, and one of them is gone
            self._remove(len(self._rows) - 1)
        if len(self._rows) != before:
            self.counted()

    def counted(self) -> None:
        """``show`` has changed the number of rows. For a model that tells QML how many there are."""

    def _remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self.endRemoveRows()

    def _settle(self, at: int, row: Row) -> None:
        wanted = getattr(row, self.key)
        found = next((i for i in range(at, len(self._rows)) if getattr(self._rows[i], self.key) == wanted), None)
        if found is None:
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if found != at:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), at)
            self._rows.insert(at, self._rows.pop(found))
            self.endMoveRows()
        old = self._rows[at]
        if old == row:
            return
        self._rows[at] = row
        roles = [_FIRST + i for i, name in enumerate(self._names) if getattr(old, name) != getattr(row, name)]
        index = self.index(at, 0)
        self.dataChanged.emit(index, index, roles)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        at = role - _FIRST
        return for_qml(getattr(self._rows[index.row()], self._names[at])) if 0 <= at < len(self._names) else None

    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + i: QByteArray(camel(name).encode()) for i, name in enumerate(self._names)}
