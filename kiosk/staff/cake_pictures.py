"""CakePictures: the pictures of cakes as they were when they were ordered, asked for when a ticket is shown."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Mallo.Staff"
QML_IMPORT_MAJOR_VERSION = 1

KEPT: Final = 100


@QmlElement
class CakePictures(QObject):
    """Each is fetched once and kept in memory, at most 100 of them; nothing is written to the disk."""

    changed = Signal()

    def __init__(self, ask: Callable[[str, int, Callable[[bytes], None]], None], parent: QObject | None = None) -> None:
        """``ask(order_id, index, came)`` calls ``came`` with the encoded picture when and if it comes."""
        super().__init__(parent)
        self._ask = ask
        self._urls: OrderedDict[tuple[str, int], str] = OrderedDict()
        self._revision = 0

    @Property(int, notify=changed)
    def revision(self) -> int:
        """Grows when a picture has come: what was empty may be there now."""
        return self._revision

    @Slot(str, int, result=str)
    def of(self, order_id: str, index: int) -> str:
        """A URL for that item of that order; "" until it has come, and when it cannot be had."""
        key = (order_id, index)
        if key not in self._urls:
            self._urls[key] = ""
            self._ask(order_id, index, partial(self._take, key))
        return self._urls[key]

    def again(self) -> None:
        """The backend is back: ask for those that did not come, when they are next looked at."""
        self._urls = OrderedDict((key, url) for key, url in self._urls.items() if url)
        self._tell()

    def _take(self, key: tuple[str, int], content: bytes) -> None:
        # The file type is read from the bytes, whatever is said here.
        self._urls[key] = "data:image/png;base64," + base64.b64encode(content).decode()
        self._urls.move_to_end(key)
        while len(self._urls) > KEPT:
            self._urls.popitem(last=False)
        self._tell()

    def _tell(self) -> None:
        self._revision += 1
        self.changed.emit()
