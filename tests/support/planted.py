"""A small window with a planted fault, looked at as the screens are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.fonts import load_fonts
from tests.support.window import QML, ROOT
from tools.barrier_free import pixels, walk
from tools.barrier_free.look import Look, Panel, Pixels

HEAD = """
import QtQuick
import Mallo.Theme
import Mallo.Components
Window { id: window; width: 540; height: 960; visible: true; color: Theme.surface
    Item { objectName: "root"; anchors.fill: parent
"""
PANEL = Panel(540, 960, 13.5, 1000)
"""As many pixels a millimetre as 1080 x 1920 on 27 in; hung so high that its upper part is out of reach."""


@dataclass(frozen=True)
class Planted:
    window: QQuickWindow
    look: Look
    items: list[QQuickItem]

    def focused(self, name: str) -> Pixels:
        """The window while ``name`` has the keys."""
        item = next(item for item in self.items if item.objectName() == name)
        item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        QTest.qWait(1)
        return walk.pixels(self.window)

    def later(self) -> Pixels:
        """A moment after."""
        QTest.qWait(60)
        return walk.pixels(self.window)


@contextmanager
def planted(qml: str, *, screen: str = "menu", mode: str = "normal", language: str = "ko") -> Iterator[Planted]:
    """``qml``: what stands in the window."""
    load_fonts(ROOT / "assets" / "fonts")
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    theme = engine.singletonInstance("Mallo.Theme", "Theme")
    assert isinstance(theme, QObject)
    for name, value in (("panelWidth", 540), ("panelHeight", 960), ("panelInches", 13.5), ("calm", True)):
        theme.setProperty(name, value)
    engine.loadData((HEAD + qml + "\n}}").encode())
    roots = engine.rootObjects()
    assert roots, "the planted window did not load"
    window = roots[0]
    assert isinstance(window, QQuickWindow)
    window.requestActivate()
    QTest.qWait(1)
    try:
        look, items = walk.look_at(window, PANEL, screen, mode, language)
        yield Planted(window, look, items)
    finally:
        window.close()
        window.deleteLater()
        engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


__all__ = ["Planted", "pixels", "planted"]
