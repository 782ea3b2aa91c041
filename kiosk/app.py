"""One window as a Qt application on asyncio: begin, run, stop in order. The only importer of qasync."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import qasync
import structlog
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.api.link import BackendLink
from kiosk.backend_process import BackendProcess
from kiosk.composition import ASSETS, QML, Composed, Window, compose
from kiosk.fonts import FAMILY, load_fonts
from kiosk.language import WindowLanguage
from kiosk.qt_log import give_qt_messages_back, send_qt_messages_to_log
from kiosk.screen import VncScreen, confine_to_this_machine
from kiosk.settings import KioskSettings
from kiosk.window_place import PlaceKeeper

logger = structlog.get_logger(__name__)

TRANSLATIONS = (Path(__file__).resolve().parents[1] / "build" / "i18n", ASSETS / "i18n")
CLOSING_SECONDS = 4.0


def run(window: Window, settings: KioskSettings, process: BackendProcess | None, vnc: VncScreen | None) -> int:
    """Show ``window`` until it is closed or the process is told to stop. Answers the exit code.

    ``process`` has been started already, so that the backend comes up while Qt does.
    """
    send_qt_messages_to_log()
    QGuiApplication.setApplicationName("Mallo")
    QGuiApplication.setDesktopFileName("mallo")
    app = QGuiApplication(sys.argv[:1])
    load_fonts(ASSETS / "fonts")
    font = app.font()
    font.setFamily(FAMILY)
    app.setFont(font)
    try:
        return int(qasync.run(_main(app, window, settings, process, vnc)))
    finally:
        give_qt_messages_back()


async def _main(
    app: QGuiApplication,
    window: Window,
    settings: KioskSettings,
    process: BackendProcess | None,
    vnc: VncScreen | None,
) -> int:
    loop = asyncio.get_running_loop()
    if vnc is not None and not vnc.public:
        # Qt's VNC server begins to listen with the first events, which have been handled when this runs.
        confine_to_this_machine(vnc.port)
    stop = asyncio.Event()
    app.lastWindowClosed.connect(stop.set)
    # Qt would end the event loop with the last window, under the feet of what is still being closed in order.
    app.setQuitOnLastWindowClosed(False)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)

    link = BackendLink(settings.backend_url)
    engine = QQmlApplicationEngine()
    language = WindowLanguage(TRANSLATIONS, engine.retranslate)
    composed = compose(window, settings, link, language.show)
    try:
        root = _show(engine, composed, window, settings)
        if root is None:
            return 1
        language.show(settings.language.value)
        _when_first_frame_is_out(root, lambda: _first_frame(loop, settings, composed))
        if process is not None:
            process.listen(lambda url: _relay(loop, link, url))
        await stop.wait()
        return 0
    finally:
        await _close(composed, engine, process)


def _show(
    engine: QQmlApplicationEngine, composed: Composed, window: Window, settings: KioskSettings
) -> QQuickWindow | None:
    """The root window, or None when the QML does not load (Qt has said why in the log)."""
    portrait = window is Window.CUSTOMER
    engine.addImportPath(str(QML))
    engine.setInitialProperties(
        {
            "model": composed.model,
            "width": settings.panel_width if portrait else settings.desk_width,
            "height": settings.panel_height if portrait else settings.desk_height,
        }
    )
    engine.load(QUrl.fromLocalFile(str(window.main_qml)))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        logger.error("window not loaded", window=window.value)
        return None
    root = roots[0]
    if not portrait:
        PlaceKeeper(root, settings.data_dir / f"window-{window.value}.json", full=settings.fullscreen)
    elif settings.fullscreen:
        root.showFullScreen()
    else:
        root.show()
    return root


def _when_first_frame_is_out(root: QQuickWindow, then: Callable[[], None]) -> None:
    def once() -> None:
        root.frameSwapped.disconnect(once)
        then()

    root.frameSwapped.connect(once)


def _first_frame(loop: asyncio.AbstractEventLoop, settings: KioskSettings, composed: Composed) -> None:
    if settings.trace:
        print(f"first frame {process_age_ms()} ms", flush=True)  # noqa: T201 -- what bench and demo wait for
    # What was built to get here stays: the collector need not walk it again and again.
    gc.freeze()
    loop.call_soon_threadsafe(lambda: _warm_up(composed))


def _warm_up(composed: Composed) -> None:
    composed.scope.start(composed.warm_up(), "warm up")


def _relay(loop: asyncio.AbstractEventLoop, link: BackendLink, url: str | None) -> None:
    """From the supervisor's thread."""
    try:
        if url is None:
            loop.call_soon_threadsafe(link.down)
        else:
            loop.call_soon_threadsafe(link.up, url)
    except RuntimeError:
        return  # the loop has ended


async def _close(composed: Composed, engine: QQmlApplicationEngine, process: BackendProcess | None) -> None:
    """Each step idempotent, none keeps the next from happening. QML goes first: it looks at the models."""
    for root in engine.rootObjects():
        root.deleteLater()
    engine.clearComponentCache()
    for step in composed.closing:
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await step()
        except Exception:  # the rest has to be closed all the same
            logger.exception("closing step failed")
    if process is not None:
        await asyncio.to_thread(process.stop)


def process_age_ms() -> int:
    """Since this process was started (not since Python was ready). Linux; elsewhere since Python's clock began."""
    try:
        fields: list[Any] = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return round((time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000)
    except (OSError, ValueError, IndexError, AttributeError):
        return round(time.process_time() * 1000)
