"""What a manager has to be told at once: a capability whose first engine is down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from kiosk.manager.engine_model import EngineView

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OutageView:
    """``engine`` is down for ``reason`` in ``capabilities``: a vendor's trouble seldom comes alone. ``instead``: who
    serves customers now; ``unserved``: the capabilities that nobody does. ``deaf``: those that nobody does in the
    shop's own language.
    """

    engine: str
    reason: str
    capabilities: tuple[str, ...]
    instead: tuple[str, ...]
    unserved: tuple[str, ...]
    deaf: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.engine}.{self.reason}"


def down_first(rows: Iterable[EngineView]) -> list[EngineView]:
    """Of each capability the engine that ought to serve, where it is down. One that is off was never meant to serve."""
    return [row for row in rows if row.leads and row.down and not row.missing]


def outages_of(rows: Iterable[EngineView]) -> list[OutageView]:
    """Capabilities that one trouble of one engine takes away are told together."""
    found: dict[tuple[str, str], list[EngineView]] = {}
    for row in rows:
        found.setdefault((row.engine, row.reason), []).append(row)
    return [
        OutageView(
            engine=engine,
            reason=reason,
            capabilities=tuple(row.capability for row in together),
            instead=tuple(dict.fromkeys(row.instead for row in together if row.instead)),
            unserved=tuple(row.capability for row in together if not row.instead),
            deaf=tuple(row.capability for row in together if row.deaf),
        )
        for (engine, reason), together in found.items()
    ]


@QmlElement
class OutageModel(RowList[OutageView]):
    """Outages that the manager has not put away. One that ended and comes again is told again."""

    changed = Signal()

    row_type = OutageView
    key = "key"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._down: list[EngineView] = []
        self._seen: frozenset[tuple[str, str]] = frozenset()
        self._any = self._alone = False

    @Property(bool, notify=changed)
    def any(self) -> bool:
        """Something is down, put away or not."""
        return self._any

    @Property(bool, notify=changed)
    def alone(self) -> bool:
        """Nobody serves customers in the place of one of them."""
        return self._alone

    def follow(self, engines: Iterable[EngineView]) -> None:
        """Show what is down in ``engines``."""
        self._down = down_first(engines)
        self._seen &= {(row.key, row.reason) for row in self._down}
        self._tell()

    @Slot()
    def dismiss(self) -> None:
        self._seen = frozenset((row.key, row.reason) for row in self._down)
        self._tell()

    def _tell(self) -> None:
        outages = outages_of(row for row in self._down if (row.key, row.reason) not in self._seen)
        self.show(outages)
        now = bool(self._down), any(outage.unserved for outage in outages)
        if now != (self._any, self._alone):
            self._any, self._alone = now
            self.changed.emit()
