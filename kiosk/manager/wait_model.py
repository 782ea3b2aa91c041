"""What customers wait for in a spoken turn, span by span, for the manager's window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList
from shared.usage import UsageResponse

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

TOTAL: Final = "total"
_NONE: Final = -1.0


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
class WaitModel(RowList[WaitRow]):
    """The rows of a ``WaitView``, and its counts beside them."""

    row_type = WaitRow
    key = "span"
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = WaitView()

    def show_view(self, view: WaitView) -> None:
        """Become ``view``."""
        if view == self._view:
            return
        self._view = view
        self.show(view.rows)
        self.changed.emit()

    @Property(int, notify=changed)
    def turns(self) -> int:
        return self._view.turns

    @Property(int, notify=changed)
    def local(self) -> int:
        return self._view.local
