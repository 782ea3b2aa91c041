"""One window looked at in a process of its own: Qt has one application a process, and there is more than one core."""

from __future__ import annotations

import asyncio
import os

from tools.barrier_free.look import Breach, Look
from tools.barrier_free.studio import Wanted, seen


def look_at(wanted: Wanted) -> tuple[list[Look], list[Breach]]:
    """Looks without pixels, and what is wrong with each by itself."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 -- the process that only counts has none

    if QGuiApplication.instance() is None:
        globals()["_application"] = QGuiApplication([])
    return asyncio.run(seen(wanted))
