"""NoticeModel: the one notice that the window shows."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.staff.notices import NOTHING, Notice

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NoticeModel(QObject):
    """``code`` "" is no notice; see ``kiosk.staff.notices.Notice``. QML makes the sentence."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice = NOTHING

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._notice.code

    @Property(int, notify=changed)
    def number(self) -> int:
        return self._notice.number

    @Property(str, notify=changed)
    def who(self) -> str:
        return self._notice.who

    @Property(str, notify=changed)
    def status(self) -> str:
        return self._notice.status

    def show(self, notice: Notice) -> None:
        if notice != self._notice:
            self._notice = notice
            self.changed.emit()
