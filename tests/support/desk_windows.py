"""Opens a real window of kiosk/qml offscreen over a view model, and finds what is on it by object name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.fonts import load_fonts

ROOT: Final = Path(__file__).parents[2]
QML: Final = ROOT / "kiosk" / "qml"
PATIENCE: Final = 10.0
LOOK: Final = {"calm": True, "largeText": False, "highContrast": False}


class DeskWindow:
    """One open window. Times out after ``PATIENCE`` seconds wherever it waits."""

    def __init__(self, engine: QQmlApplicationEngine, window: QQuickWindow) -> None:
        self.engine = engine
        self.window = window

    def activate(self) -> None:
        """Keys go to this window from now on."""
        self.window.requestActivate()
        assert QTest.qWaitForWindowActive(self.window, int(PATIENCE * 1000))

    def items(self, name: str) -> list[QQuickItem]:
        """Visible items of that object name, in drawing order."""
        return [item for item in _tree(self.window.contentItem()) if item.objectName() == name and item.isVisible()]

    def item(self, name: str) -> QQuickItem:
        found = self.items(name)
        assert len(found) == 1, f"{len(found)} visible items are called {name!r}"
        return found[0]

    def has(self, name: str) -> bool:
        return bool(self.items(name))

    def text(self, name: str) -> str:
        return str(self.item(name).property("text"))

    def texts(self, name: str) -> list[str]:
        return [str(item.property("text")) for item in self.items(name)]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window, key)
        pump()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.window, Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown)
        pump()

    def hold_down(self, key: Qt.Key, times: int) -> None:
        """Press, repeat as a keyboard does, let go."""
        for kind, again in [(QEvent.Type.KeyPress, False)] + [(QEvent.Type.KeyPress, True)] * times:
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", again)
            QCoreApplication.sendEvent(self.window, event)
        last = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self.window, last)
        pump()

    def tap(self, item: QQuickItem) -> None:
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        at = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        pump()

    def rest(self, milliseconds: int = 250) -> None:
        """Let layouts and the renderer come to rest, for a picture."""
        QTest.qWait(milliseconds)

    def until(self, condition: Callable[[], object]) -> None:
        """Run Qt's events until ``condition``."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            pump()
            QTest.qWait(5)


def pump() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


async def until(condition: Callable[[], object]) -> None:
    """Run Qt's events and asyncio's until ``condition``: the two loops of the windows in one test."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pump()
        await asyncio.sleep(0.005)


@contextmanager
def desk_window(name: str, model: QObject, theme: dict[str, Any] | None = None) -> Iterator[DeskWindow]:
    """``name`` is ``Staff`` or ``Manager``. The window goes before the model that it shows."""
    load_fonts(ROOT / "assets" / "fonts")
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    engine.setInitialProperties({"model": model})
    engine.load(QUrl.fromLocalFile(str(QML / "Mallo" / name / "Main.qml")))
    try:
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        singleton = engine.singletonInstance("Mallo.Theme", "Theme")
        assert isinstance(singleton, QObject)
        for key, value in (LOOK | (theme or {})).items():
            singleton.setProperty(key, value)
        window.show()
        shown = DeskWindow(engine, window)
        shown.activate()
        yield shown
    finally:
        shiboken6.delete(engine)


def _tree(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from _tree(child)
