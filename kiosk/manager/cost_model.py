"""What the paid engines cost, for one line in the manager's window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from shared.usage import UsageResponse

QML_IMPORT_NAME = "Mallo.Manager"
QML_IMPORT_MAJOR_VERSION = 1

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class CostView:
    """US dollars. ``known``: the backend has told. ``requests``: today's. ``unpriced``: models of today that the price
    list lacks; what they cost is in none of the sums."""

    known: bool = False
    today: float = 0.0
    requests: int = 0
    whole: float = 0.0
    days: int = 0
    unpriced: tuple[str, ...] = ()


def cost_of(told: UsageResponse) -> CostView:
    """``told.last`` is today in the shop's own calendar, which the kiosk need not share."""
    rows = [row for row in told.rows if row.day == told.last]
    unpriced = {row.model or row.engine for row in rows if row.cost_micros is None}
    return CostView(
        known=True,
        today=sum(row.cost_micros or 0 for row in rows) / MICROS,
        requests=sum(row.requests for row in rows),
        whole=(told.total.cost_micros or 0) / MICROS,
        days=(told.last - told.first).days + 1,
        unpriced=tuple(sorted(unpriced)),
    )


@QmlElement
class CostModel(QObject):
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = CostView()

    def show(self, view: CostView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(bool, notify=changed)
    def known(self) -> bool:
        return self._view.known

    @Property(float, notify=changed)
    def today(self) -> float:
        """US dollars."""
        return self._view.today

    @Property(int, notify=changed)
    def requests(self) -> int:
        return self._view.requests

    @Property(float, notify=changed)
    def whole(self) -> float:
        """US dollars in ``days`` days, today included."""
        return self._view.whole

    @Property(int, notify=changed)
    def days(self) -> int:
        return self._view.days

    @Property(str, notify=changed)
    def unpriced(self) -> str:
        """Names of models, with commas."""
        return ", ".join(self._view.unpriced)
