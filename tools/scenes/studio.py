"""The manager's studio over a real backend with pictures in it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from kiosk.api.studio import StudioClient
from kiosk.language import WindowLanguage
from kiosk.manager.manager_model import ManagerModel
from kiosk.manager.watch import WatchTimes
from tests.fakes.manager_desk import ManagersDesk
from tests.support.desk_windows import ROOT, desk_window, until
from tests.support.studio import Studio, open_studio, photo

if TYPE_CHECKING:
    from tools.screenshots import Camera

Theme = Mapping[str, bool]
LOOKS: Final[tuple[tuple[str, str, Theme], ...]] = (
    ("studio", "ko", {}),
    ("studio_english_large", "en", {"largeText": True}),
    ("studio_contrast", "ko", {"highContrast": True}),
)
EMPTY, TROUBLE = "studio_empty", "studio_trouble"


async def _fill(studio: Studio) -> str:
    """A shop's pictures: one changed twice and published. Answers its picture's id."""
    for code in ("cheese", "french", "valentine"):
        await studio.generate(item={"menu_code": code, "style": "deluxe", "quantity": 1})
    item = {"menu_code": "custom", "style": "grand", "quantity": 1}
    first = await studio.made(await studio.generate(item=item))
    second = await studio.made(await studio.edit(first["id"], wish="분홍색 2단, 딸기 열 개"))
    third = await studio.made(await studio.edit(second["id"], quick="warmer_light"))
    await studio.publish(third["id"], 0, "custom")
    return str(third["picture_id"])


async def shoot(camera: Camera) -> None:
    names = [name for name, *_ in LOOKS] + [EMPTY, TROUBLE]
    if not any(camera.wants(f"manager_{name}") for name in names):
        return
    with tempfile.TemporaryDirectory(prefix="mallo-studio-") as folder:
        async with open_studio(Path(folder) / "data") as studio:
            if camera.wants(f"manager_{EMPTY}"):
                await _take(camera, studio, (EMPTY, "ko", {}), "")
            picture = await _fill(studio)
            for name, language, theme in LOOKS:
                if camera.wants(f"manager_{name}"):
                    await _take(camera, studio, (name, language, theme), picture)
            if camera.wants(f"manager_{TROUBLE}"):
                await studio.upload(photo(900, 900), menu_code="custom", alt_ko="가게에서 찍은 사진")
                await _take(camera, studio, (TROUBLE, "ko", {}), "newest")


async def _take(camera: Camera, studio: Studio, look: tuple[str, str, Theme], picture: str) -> None:
    name, language, theme = look
    client = BackendClient(BackendLink(studio.base_url), "desk")
    client.sign_in(studio.client.headers["Authorization"].removeprefix("Bearer "))
    desk = ManagersDesk(StudioClient(client))
    model = cast("Any", ManagerModel(desk.services, clock=desk.clock, times=WatchTimes(look=0.05)))
    work = model.studio
    with desk_window("Manager", model, dict(theme)) as window:
        words = WindowLanguage([ROOT / "build" / "i18n"], window.engine.retranslate)
        model.setLanguage(language)
        words.show(language)
        model.entry.submit("manager", "654321")
        await until(lambda: model.connection == "live")
        model.openTab("studio")
        await until(lambda: window.has("studio") and work.menus.rowCount() == 8)
        if picture:
            await until(lambda: all(row.picture for row in work.gallery.rows) and work.gallery.rows)
            work.choosePicture(work.gallery.rows[0].picture_id if picture == "newest" else picture)
            await until(lambda: work.picture and all(row.picture for row in work.versions.rows))
        if picture == "newest":
            work.publish()
            await until(lambda: work.problem)
        window.rest(600)
        camera.take(window.window, f"manager_{name}")
        words.show("ko")
    await model.close()
    await client.close()
