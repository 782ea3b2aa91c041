"""The bundled typeface, and the sizes that are made of its ink."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.fonts import FAMILY, load_fonts
from tests.support.customer_window import customer_window

ROOT = Path(__file__).parents[2]


def test_hangul_ink_is_as_tall_as_the_theme_says(qtbot: QtBot) -> None:
    load_fonts(ROOT / "assets" / "fonts")
    font = QFont(FAMILY)
    font.setPixelSize(1000)
    assert QFontMetricsF(font).tightBoundingRect("가").height() == pytest.approx(875, abs=10)


async def test_smallest_text_is_12_mm_of_ink_on_the_panel(tmp_path: Path, translations: Path, qtbot: QtBot) -> None:
    async with customer_window(tmp_path, translations) as customer:
        screen = customer.screen
        await screen.tap("start")
        mm_per_px = 27 * 25.4 / (1080**2 + 1920**2) ** 0.5
        sizes = [
            item.property("font").pixelSize()
            for item in screen.items()
            if isinstance(item.property("text"), str) and item.property("text") and item.property("contentWidth")
        ]
        assert min(sizes) * 0.875 * mm_per_px >= 12


def test_missing_font_is_not_passed_over(tmp_path: Path, qapp: QGuiApplication) -> None:
    with pytest.raises(FileNotFoundError):
        load_fonts(tmp_path)
