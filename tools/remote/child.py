"""``python -m tools.remote.child customer …``: the kiosk's own ``main`` with a finger that is moved through stdin.

One JSON object a line comes in (see ``tools.remote.window``), one goes out on stdout behind ``@``. Nothing of the
kiosk is replaced: a thread reads, and each command runs on the GUI thread between two events of the window.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPointingDevice, QWindow
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.__main__ import main

POLL_MS = 2
SETTLING = "settling"
"""The item that swallows touches while a page has just come (B4, tremor)."""

READY_POLL_SECONDS = 0.01


def _window() -> QQuickWindow | None:
    return next((w for w in QGuiApplication.topLevelWindows() if isinstance(w, QQuickWindow) and w.isVisible()), None)


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _below(child)


def _find(path: str) -> QQuickItem | None:
    """The visible item whose ``objectName`` is ``path``; ``a/b`` is the ``b`` below ``a``."""
    window = _window()
    found: QQuickItem | None = window.contentItem() if window else None
    for name in path.split("/"):
        if found is None:
            return None
        found = next((i for i in _below(found) if i.objectName() == name and i.isVisible()), None)
    return found


def _texts() -> list[str]:
    """What can be read on the screen now: it tells best why something else is not there."""
    window = _window()
    items = _below(window.contentItem()) if window else iter(())
    return [str(text) for item in items if item.isVisible() and (text := item.property("text"))]


class Finger:
    """Runs commands on the GUI thread and answers them."""

    def read(self) -> None:
        for line in sys.stdin:
            command = json.loads(line)
            while (app := QCoreApplication.instance()) is None:
                time.sleep(READY_POLL_SECONDS)
            QTimer.singleShot(0, app, lambda command=command: self._do(command))

    def _do(self, command: dict[str, Any]) -> None:
        try:
            getattr(self, f"_{command.pop('do')}")(**command)
        except Exception as error:  # noqa: BLE001 - told to the other side, which raises it
            self._answer(error=f"{type(error).__name__}: {error}")

    @staticmethod
    def _answer(**fields: Any) -> None:
        fields["at"] = time.monotonic()
        sys.stdout.write("@" + json.dumps(fields, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _wait(
        self, *, name: str, prop: str | None, text: str | None, instead: str | None, seconds: float, until: float = 0.0
    ) -> None:
        """Answer when the item is there, visible, and its property (as text) contains ``text``; or ``instead`` is."""
        until = until or time.monotonic() + seconds
        item = _find(name)
        value = None if item is None or prop is None else item.property(prop)
        if item is not None and (text is None or text in str(value)):
            self._answer(value=value if isinstance(value, str | int | float | bool) else str(value))
        elif instead is not None and _find(instead) is not None:
            self._answer(instead=True)
        elif time.monotonic() > until:
            self._answer(
                error=f"waited {seconds:g} s for {name} {prop or ''} {text or ''}, last seen: {value!r}; "
                f"on the screen: {' | '.join(_texts())}"
            )
        else:
            QTimer.singleShot(
                POLL_MS,
                lambda: self._wait(name=name, prop=prop, text=text, instead=instead, seconds=seconds, until=until),
            )

    def _tap(self, name: str) -> None:
        """Press and release the middle of ``name``, not before the page takes touches (no person is that quick)."""
        if _find(SETTLING) is not None:
            QTimer.singleShot(POLL_MS, lambda: self._do({"do": "tap", "name": name}))
            return
        item, window = _find(name), _window()
        if item is None or window is None:
            raise LookupError(f"nothing visible is called {name}")
        if not item.isEnabled():
            raise LookupError(f"{name} cannot be used now")
        local = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        if not (0 <= local.x() < window.width() and 0 <= local.y() < window.height()):
            raise LookupError(f"{name} is outside of the window")
        for kind, buttons in (
            (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            event = QMouseEvent(
                kind,
                local,
                window.mapToGlobal(local),
                Qt.MouseButton.LeftButton,
                buttons,
                Qt.KeyboardModifier.NoModifier,
                QPointingDevice.primaryPointingDevice(),
            )
            QCoreApplication.postEvent(window, event)
        self._answer()

    def _type(self, text: str) -> None:
        """Keys of a real keyboard; ``\\n`` is Enter."""
        window: QWindow | None = _window()
        if window is None:
            raise LookupError("no window")
        for letter in text:
            key = int(Qt.Key.Key_Return) if letter == "\n" else 0
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r" if key else letter)
                QCoreApplication.postEvent(window, event)
        self._answer()

    def _key(self, key: str) -> None:
        window: QWindow | None = _window()
        if window is None:
            raise LookupError("no window")
        code = int(getattr(Qt.Key, f"Key_{key}"))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.postEvent(window, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, ""))
        self._answer()

    def _grab(self, path: str) -> None:
        window = _window()
        if window is None:
            raise LookupError("no window")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if not window.grabWindow().save(path):
            raise OSError(f"cannot write {path}")
        self._answer(value=path)

    def _names(self) -> None:
        window = _window()
        items = _below(window.contentItem()) if window else iter(())
        self._answer(value=",".join(sorted({i.objectName() for i in items if i.objectName() and i.isVisible()})))


if __name__ == "__main__":
    threading.Thread(target=Finger().read, daemon=True).start()
    sys.exit(main())
