"""A desk window comes back where it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QWindow
from pytestqt.qtbot import QtBot

from kiosk.window_place import PlaceKeeper, can_be_seen, read_place
from tests.support.desk_windows import pump


def _open(file: Path, *, full: bool = False) -> tuple[QWindow, PlaceKeeper]:
    window = QWindow()
    window.resize(300, 200)
    return window, PlaceKeeper(window, file, full=full)


def test_size_and_place_are_there_again_after_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window-staff.json"
    window, _ = _open(file)
    window.setGeometry(QRect(40, 60, 500, 400))
    qtbot.waitUntil(file.exists)  # without having been closed
    again, _ = _open(file)
    assert again.geometry() == QRect(40, 60, 500, 400)
    assert again.isVisible()


def test_full_screen_is_remembered_with_the_size_to_come_back_to(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window-staff.json"
    window, keeper = _open(file)
    window.setGeometry(QRect(40, 60, 500, 400))
    pump()
    keeper.keep()
    window.showFullScreen()
    pump()
    keeper.keep()
    place = read_place(file)
    assert place is not None
    assert (place.rect, place.full) == (QRect(40, 60, 500, 400), True)
    again, _ = _open(file)
    assert again.visibility() is QWindow.Visibility.FullScreen


def test_a_window_that_lay_on_a_screen_that_is_gone_is_not_put_there(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window-staff.json"
    file.write_text('{"x": 90000, "y": 0, "width": 500, "height": 400, "full": false}', encoding="utf-8")
    place = read_place(file)
    assert place is not None
    assert not can_be_seen(place)
    window, _ = _open(file)
    assert (window.width(), window.height()) == (300, 200)


@pytest.mark.parametrize("text", ["", "[]", '{"x": 1}', '{"x": 0, "y": 0, "width": -5, "height": 3}', "\udcff"])
def test_what_is_no_place_is_passed_over(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window-staff.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert read_place(file) is None
    assert read_place(tmp_path / "missing") is None
