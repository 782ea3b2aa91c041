"""FrontModel: the order numbers of the attract screen."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.frontage import FrontSnapshot

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FrontModel(QObject):
    """Numbers as they are called out: those in preparation the next one first, those that are ready the newest first.

    Nothing while the line is lost: an old number would send somebody to the counter in vain.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = FrontSnapshot()

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # PySide6 takes a type's name too
    def preparing(self) -> list[int]:
        return list(self._view.preparing) if self._view.live else []

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # PySide6 takes a type's name too
    def ready(self) -> list[int]:
        return list(reversed(self._view.ready)) if self._view.live else []

    def show(self, view: FrontSnapshot) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()
