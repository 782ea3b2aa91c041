"""The studio in the real window, over a real backend: made, changed twice, published, rolled back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from kiosk.api.studio import StudioClient
from kiosk.manager.manager_model import ManagerModel
from kiosk.manager.watch import WatchTimes
from tests.fakes.manager_desk import ManagersDesk
from tests.support.desk_windows import DeskWindow, desk_window, until
from tests.support.studio import Studio, open_studio, photo


async def test_a_manager_makes_changes_publishes_and_rolls_back(tmp_path: Path, qtbot: QtBot) -> None:
    async with open_studio(tmp_path / "data") as studio:
        client = BackendClient(BackendLink(studio.base_url), "desk")
        client.sign_in(studio.client.headers["Authorization"].removeprefix("Bearer "))
        desk = ManagersDesk(StudioClient(client))
        model = ManagerModel(desk.services, clock=desk.clock, times=WatchTimes(look=0.05))
        try:
            with desk_window("Manager", model) as window:
                await _walk(window, cast("Any", model), studio, tmp_path)
        finally:
            await model.close()
            await client.close()


async def _walk(window: DeskWindow, model: Any, studio: Studio, folder: Path) -> None:
    work = model.studio
    model.entry.submit("manager", "654321")
    await until(lambda: model.connection == "live")
    window.tap(window.item("toStudio"))
    await until(lambda: window.has("studio") and len(window.items("studioMenu")) == 8)
    assert not window.item("publish").isEnabled()
    work.chooseMenu("custom")

    window.tap(window.item("make"))
    await until(lambda: work.versionId and work.picture)
    assert (work.before, work.ratio, work.working) == ("", "4:3", 0)
    made = work.picture
    window.item("wish").setProperty("text", "분홍색으로, 마카롱 세 개")
    window.tap(window.item("change"))
    await until(lambda: work.before == made and work.picture)
    window.tap(window.item("quick_warmer_light"))
    await until(lambda: work.versions.rowCount() == 3 and work.picture)
    third = work.versionId
    assert "분홍색" in work.alt
    assert "마카롱" in work.alt

    window.tap(window.item("publish"))
    await until(lambda: work.live)
    assert (await studio.card("custom"))["live"]["version_id"] == third
    window.tap(window.item("undo"))
    assert work.versionId != third
    window.tap(window.item("rollBack"))
    await until(lambda: work.changes == 2)
    assert (await studio.card("custom"))["live"]["version_id"] is None

    # Another manager was quicker: the window says so, and nothing is lost.
    await studio.publish(None, 2, "custom")
    window.tap(window.item("publish"))
    await until(lambda: work.problem == "conflict" or work.changes == 3)
    if work.problem:
        assert "manager" in window.text("studioTroubleText")

    # A photograph of another shape: cut, described, published.
    file = folder / "cake.jpg"
    file.write_bytes(photo(900, 900))
    work.bring(QUrl.fromLocalFile(str(file)))
    await until(lambda: work.ratio == "1:1")
    window.tap(window.item("publish"))
    await until(lambda: work.problem == "alt_missing")
    work.describe("가게 앞에서 찍은 케이크")
    await until(lambda: work.alt == "가게 앞에서 찍은 케이크")
    window.tap(window.item("publish"))
    await until(lambda: work.problem == "wrong_ratio")
    window.tap(next(item for item in window.items("crop") if item.property("text") == "4:3"))
    await until(lambda: work.ratio == "4:3" and not work.problem)
    window.tap(window.item("publish"))
    await until(lambda: work.live)
    broken = folder / "broken.png"
    broken.write_bytes(b"not a picture")
    work.bring(QUrl.fromLocalFile(str(broken)))
    await until(lambda: work.problem == "not_a_picture")
    assert window.has("studioTrouble")
    window.tap(window.item("dismiss"))
    assert not window.has("studioTrouble")
    window.tap(window.item("toOverview"))
    await until(lambda: window.has("overview"))
