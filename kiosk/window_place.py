"""Where a desk window stood when it was last closed: its size, place and whether it filled the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

logger = structlog.get_logger(__name__)

SETTLED_MS: Final = 500
LEAST_SEEN: Final = 120
"""So many pixels of a window, both ways, must lie on a screen: else that screen is gone, and nobody could find it."""


class Place(BaseModel):
    """Pixels of the whole desktop. ``full``: it filled the screen, and goes back to this size after it."""

    model_config = ConfigDict(frozen=True)

    x: int
    y: int
    width: int = Field(ge=1, le=20_000)
    height: int = Field(ge=1, le=20_000)
    full: bool = False

    @property
    def rect(self) -> QRect:
        return QRect(self.x, self.y, self.width, self.height)


def read_place(file: Path) -> Place | None:
    """None when there is none, or it is no place."""
    try:
        return Place.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def can_be_seen(place: Place) -> bool:
    """Enough of it lies on a screen that is there now."""
    seen = (place.rect.intersected(screen.availableGeometry()) for screen in QGuiApplication.screens())
    return any(part.width() >= LEAST_SEEN and part.height() >= LEAST_SEEN for part in seen)


class PlaceKeeper(QObject):
    """Puts ``window`` where it stood, shows it, and remembers where it goes from then on, also when it is killed."""

    def __init__(self, window: QWindow, file: Path, *, full: bool) -> None:
        """``full``: fill the screen where nothing is remembered."""
        super().__init__(window)
        self._window = window
        self._file = file
        self._place = read_place(file)
        if self._place is not None and can_be_seen(self._place):
            window.setGeometry(self._place.rect)
            full = self._place.full
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.keep)
        for moved in (window.xChanged, window.yChanged, window.widthChanged, window.heightChanged):
            moved.connect(self._settled.start)
        window.visibilityChanged.connect(self._settled.start)
        if full:
            window.showFullScreen()
        else:
            window.show()

    def keep(self) -> None:
        """Write the place down now. A full disk costs only the memory of it."""
        window = self._window
        if window.visibility() in {QWindow.Visibility.Hidden, QWindow.Visibility.Minimized}:
            return
        full = window.visibility() is QWindow.Visibility.FullScreen
        if full:
            last = self._place
            rect = last.rect if last is not None else window.geometry()
        else:
            rect = window.geometry()
        place = Place(x=rect.x(), y=rect.y(), width=rect.width(), height=rect.height(), full=full)
        if place == self._place:
            return
        self._place = place
        beside = self._file.with_suffix(".new")
        try:
            beside.write_text(json.dumps(place.model_dump()), encoding="utf-8")
            beside.replace(self._file)
        except OSError as error:
            logger.warning("window place not kept", reason=type(error).__name__)
