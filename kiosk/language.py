"""The window's language: Korean is in the QML itself, others are compiled translations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from PySide6.QtCore import QCoreApplication, QTranslator

from shared.voice import Language

logger = structlog.get_logger(__name__)

SOURCE_LANGUAGE = Language.KO


class WindowLanguage:
    """Switches all words that are on the screen."""

    def __init__(self, folders: Sequence[Path], retranslate: Callable[[], None]) -> None:
        """``folders`` are searched in turn for ``mallo_<language>.qm``; ``retranslate`` is the QML engine's."""
        self._folders = tuple(folders)
        self._retranslate = retranslate
        self._translator: QTranslator | None = None

    def show(self, language: str) -> None:
        """Where the translation is missing the words stay Korean, and the log says so."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        if language != SOURCE_LANGUAGE:
            translator = QTranslator()
            if any(translator.load(f"mallo_{language}", str(folder)) for folder in self._folders):
                self._translator = translator
                QCoreApplication.installTranslator(translator)
            else:
                logger.warning("translation missing", language=language)
        self._retranslate()
