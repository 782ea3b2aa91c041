"""What Qt and QML say goes into the kiosk's own log."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = structlog.get_logger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "critical",
}


def _log(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    getattr(logger, _LEVELS.get(kind, "warning"))(
        "qt", message=message, category=context.category or "", file=context.file or "", line=context.line or 0
    )


def send_qt_messages_to_log() -> None:
    """Once, before the first Qt object."""
    qInstallMessageHandler(_log)


def give_qt_messages_back() -> None:
    """At the end: Qt speaks on while Python is being taken down."""
    qInstallMessageHandler(None)
