"""The engines behind each capability, as a list model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
)
from PySide6.QtQml import QmlElement

from shared.health import Capability, EngineHealth, EngineState

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1
_ORDER: Final = tuple(Capability)


@dataclass(frozen=True, slots=True)
class EngineView:
    """``in_use``: the first of its capability that is ready. ``missing``: no engine at all; ``engine`` is "" then."""

    capability: str
    engine: str
    state: str
    languages: tuple[str, ...]
    reason: str
    in_use: bool
    missing: bool


class EngineRole(IntEnum):
    CAPABILITY = _FIRST
    ENGINE = _FIRST + 1
    STATE = _FIRST + 2
    LANGUAGES = _FIRST + 3
    REASON = _FIRST + 4
    IN_USE = _FIRST + 5
    MISSING = _FIRST + 6


NAMES: Final = {
    EngineRole.CAPABILITY: "capability",
    EngineRole.ENGINE: "engine",
    EngineRole.STATE: "condition",
    EngineRole.LANGUAGES: "languages",
    EngineRole.REASON: "reason",
    EngineRole.IN_USE: "inUse",
    EngineRole.MISSING: "missing",
}


def engines_of(told: Sequence[EngineHealth]) -> list[EngineView]:
    """By capability, within one in the order in which they are tried; a capability without an engine has a row too."""
    rows = []
    for capability in _ORDER:
        of_it = [engine for engine in told if engine.capability is capability]
        used = next((engine for engine in of_it if engine.state is EngineState.READY), None)
        rows += [
            EngineView(
                capability.value,
                engine.engine,
                engine.state.value,
                engine.languages,
                engine.reason,
                engine is used,
                missing=False,
            )
            for engine in of_it
        ]
        if not of_it:
            rows.append(EngineView(capability.value, "", EngineState.UNAVAILABLE.value, (), "", False, missing=True))
    return rows


@QmlElement
class EngineModel(QAbstractListModel):
    """``show`` is the only way in."""

    countChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines: list[EngineView] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._engines)

    def roleNames(self) -> dict[int, QByteArray]:
        return {int(role): QByteArray(name.encode()) for role, name in NAMES.items()}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._engines) or role not in set(EngineRole):
            return None
        value = getattr(self._engines[index.row()], EngineRole(role).name.lower())
        return list(value) if isinstance(value, tuple) else value

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._engines)

    def show(self, engines: Sequence[EngineView]) -> None:
        """Become ``engines``: which there are changes with the settings only, so rows are changed in place."""
        before = len(self._engines)
        if len(engines) < before:
            self.beginRemoveRows(QModelIndex(), len(engines), before - 1)
            del self._engines[len(engines) :]
            self.endRemoveRows()
        for row, engine in enumerate(engines[: len(self._engines)]):
            if self._engines[row] != engine:
                self._engines[row] = engine
                self.dataChanged.emit(self.index(row), self.index(row))
        if len(engines) > len(self._engines):
            self.beginInsertRows(QModelIndex(), len(self._engines), len(engines) - 1)
            self._engines += engines[len(self._engines) :]
            self.endInsertRows()
        if len(engines) != before:
            self.countChanged.emit()
