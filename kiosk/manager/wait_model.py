"""What customers wait for in a spoken turn, span by span, for the manager's window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtQml import QmlElement

from shared.usage import UsageResponse

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

TOTAL: Final = "total"
_NONE: Final = -1.0
_ROLES: Final = ("span", "half", "tenth", "hundredth")


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One span (``shared.voice_stream.Span``, or ``total``) in seconds: half of the turns wait no longer than ``half``,
    one in ten longer than ``tenth``, one in a hundred longer than ``hundredth``; -1 where there was none."""

    span: str
    half: float
    tenth: float
    hundredth: float


@dataclass(frozen=True, slots=True)
class WaitView:
    """``turns`` since the backend's start, ``local`` of them answered without a model. ``rows``: the whole first."""

    turns: int = 0
    local: int = 0
    rows: tuple[WaitRow, ...] = ()


def waits_of(told: UsageResponse) -> WaitView:
    rows = [WaitRow(one.span, _seconds(one.p50), _seconds(one.p90), _seconds(one.p99)) for one in told.voice.spans]
    rows.sort(key=lambda row: row.span != TOTAL)
    return WaitView(told.voice.turns, told.voice.local, tuple(rows) if told.voice.turns else ())


def _seconds(ms: float | None) -> float:
    return _NONE if ms is None else ms / 1000


@QmlElement
class WaitModel(QAbstractListModel):
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = WaitView()

    def show(self, view: WaitView) -> None:
        if view == self._view:
            return
        if len(view.rows) != len(self._view.rows):
            self.beginResetModel()
            self._view = view
            self.endResetModel()
        else:
            self._view = view
            if view.rows:
                self.dataChanged.emit(self.index(0), self.index(len(view.rows) - 1))
        self.changed.emit()

    @Property(int, notify=changed)
    def turns(self) -> int:
        return self._view.turns

    @Property(int, notify=changed)
    def local(self) -> int:
        return self._view.local

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._view.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = role - Qt.ItemDataRole.UserRole
        if not index.isValid() or not 0 <= at < len(_ROLES):
            return None
        return getattr(self._view.rows[index.row()], _ROLES[at])

    def roleNames(self) -> dict[int, bytes]:  # type: ignore[override]  # Qt asks for QByteArray and takes bytes
        return {int(Qt.ItemDataRole.UserRole) + at: name.encode() for at, name in enumerate(_ROLES)}
