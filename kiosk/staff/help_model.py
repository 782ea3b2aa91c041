"""Help calls from kiosks that nobody has answered, as a list model."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.list_model import RowList

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class HelpView:
    """One call: the kiosk, the screen where the customer is stuck, whole seconds since they called.

    ``mode``: how they order, "" when not known; ``cart``: what they have chosen, in words. ``urgent``: nobody has come
    for 30 s. ``busy``: this window's answer is on its way.
    """

    help_id: str
    device: str
    place: str
    seconds: int
    mode: str = ""
    cart: str = ""
    urgent: bool = False
    busy: bool = False


@QmlElement
class HelpModel(RowList[HelpView]):
    """The longest waiting call first."""

    row_type = HelpView
    key = "help_id"
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def counted(self) -> None:
        self.countChanged.emit()
