"""A real QML window offscreen, driven by the test's own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.fonts import load_fonts

ROOT = Path(__file__).parents[2]
QML = ROOT / "kiosk" / "qml"
PATIENCE = 8.0


class Screen:
    """What a test sees of a window and does to it. Items are found by ``objectName`` and must be visible."""

    def __init__(self, engine: QQmlApplicationEngine, window: QQuickWindow) -> None:
        self.engine = engine
        self.window = window

    def find(self, name: str) -> QQuickItem:
        found = self.look(name)
        assert found is not None, f"nothing visible is called {name!r}"
        return found

    def look(self, name: str) -> QQuickItem | None:
        return next((item for item in self.items() if item.objectName() == name), None)

    def items(self) -> Iterator[QQuickItem]:
        """Every visible item, parents before children, in painting order."""
        waiting = [self.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if not item.isVisible():
                continue
            yield item
            waiting.extend(reversed(item.childItems()))

    def focus(self) -> str:
        """The ``objectName`` of what has the keys; empty when nothing has."""
        item: QQuickItem | None = self.window.activeFocusItem()
        return item.objectName() if item else ""

    def text_of(self, name: str) -> str:
        return str(self.find(name).property("text"))

    def centre(self, name: str) -> QPointF:
        item = self.find(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    async def tap(self, name: str) -> None:
        """Press and release in the middle of ``name``, and let it take effect."""
        await self.until(lambda: (found := self.look(name)) is not None and found.isEnabled())
        await self.until(lambda: self.look("settling") is None)  # a page that just came takes no touch yet
        await self.turn()
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=self.centre(name).toPoint())
        await self.turn()

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifiers)
        await self.turn()

    async def turn(self, times: int = 6) -> None:
        """Let Qt and asyncio do what they have to do."""
        for _ in range(times):
            QCoreApplication.processEvents()
            await asyncio.sleep(0.002)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for a condition.

        Raises:
            AssertionError: it did not come true in time.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while not true():
            assert loop.time() < deadline, "waited in vain"
            await self.turn(1)


@asynccontextmanager
async def shown(
    window_name: str,
    model: QObject,
    width: int,
    height: int,
    prepare: Callable[[QQmlApplicationEngine], None] | None = None,
) -> AsyncIterator[Screen]:
    """``kiosk/qml/Mallo/<window_name>/Main.qml`` over ``model``; nothing of it is left afterwards."""
    load_fonts(ROOT / "assets" / "fonts")
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    engine.setInitialProperties({"model": model})
    if prepare is not None:
        prepare(engine)
    engine.load(QUrl.fromLocalFile(str(QML / "Mallo" / window_name / "Main.qml")))
    roots: list[Any] = engine.rootObjects()
    assert roots, f"{window_name}/Main.qml did not load"
    window: QQuickWindow = roots[0]
    window.resize(width, height)
    window.requestActivate()
    screen = Screen(engine, window)
    await screen.turn()
    try:
        yield screen
    finally:
        window.close()
        window.deleteLater()
        engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await screen.turn(2)
