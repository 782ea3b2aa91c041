"""The bundled typeface. A bare machine has no Korean font, so every window loads it before its first frame.

Two static weights and not the variable font: Qt draws glyphs of 64 pixels and more as outlines, and those come
from the variable font's default weight whatever was asked for (seen with PySide6 6.11.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFontDatabase

FAMILY: Final = "Pretendard"
FILES: Final = ("Pretendard-Medium.otf", "Pretendard-Bold.otf")


def load_fonts(folder: Path) -> None:
    """Register the typeface with the application. Needs a ``QGuiApplication``.

    Raises:
        FileNotFoundError: a font file is missing or unreadable; the windows would show empty boxes.
    """
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise FileNotFoundError(folder / name)
