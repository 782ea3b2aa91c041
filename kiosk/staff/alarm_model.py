"""AlarmModel: what rings, for QML; ``kiosk.staff.alarm`` decides."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff.alarm import Alarm

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class AlarmView:
    """``count`` orders that nobody here has acknowledged, the first for ``seconds``; ``urgent`` after 10 s.
    ``help_urgent``: a call has not been answered for 30 s."""

    count: int = 0
    seconds: int = 0
    urgent: bool = False
    help_urgent: bool = False


def alarm_view(alarm: Alarm, board: BoardSnapshot) -> AlarmView:
    if board.user_id is None:
        return AlarmView()
    return AlarmView(len(board.unseen | board.given), alarm.seconds, alarm.urgent, alarm.help_urgent)


@QmlElement
class AlarmModel(QObject):
    changed = Signal()
    rang = Signal(str)  # the sound that is being played

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = AlarmView()

    @Property(bool, notify=changed)
    def attention(self) -> bool:
        """There is an order that nobody here has acknowledged."""
        return self._view.count > 0

    @Property(int, notify=changed)
    def count(self) -> int:
        return self._view.count

    @Property(int, notify=changed)
    def seconds(self) -> int:
        return self._view.seconds

    @Property(bool, notify=changed)
    def urgent(self) -> bool:
        return self._view.urgent

    @Property(bool, notify=changed)
    def helpUrgent(self) -> bool:
        return self._view.help_urgent

    def show(self, view: AlarmView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()
