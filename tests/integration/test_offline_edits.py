"""The shop's own engine changes its own pictures by their spec, and photographs by their light."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import ImageStat

from backend.domain.order import Cake, Item
from backend.external.interfaces import NotOffered, PictureEdit, PictureRequest
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.picture_note import read_note
from backend.services.catalogue_files import read_catalogue
from backend.settings import ASSETS
from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from tests.support.studio import open_studio, opened, photo

CAKE = Item("custom", "grand", 1, {"strawberry": 5}, Cake("vanilla", "white", 1, ""))


@pytest.fixture
async def engines() -> AsyncIterator[OfflineEngines]:
    catalogue = read_catalogue(ASSETS / "catalogue").catalogue
    made = OfflineEngines(lambda: catalogue, ASSETS)
    yield made
    await made.close()


async def test_an_edit_is_the_drawing_of_the_changed_spec(engines: OfflineEngines) -> None:
    draw = engines.pictures
    base = await draw.generate(PictureRequest("", "1:1", CAKE))
    assert read_note(base.content) is not None
    edited = await draw.edit(PictureEdit(base.content, base.mime_type, "분홍색 2단, 마카롱 두 개 더", "1:1"))
    wanted = Item("custom", "grand", 1, {"strawberry": 5, "macaron": 2}, Cake("vanilla", "pink", 2, ""))
    assert edited.item == wanted
    # Same spec, same bytes, whichever way led there.
    assert edited.content == (await draw.generate(PictureRequest("", "1:1", wanted))).content
    further = await draw.edit(PictureEdit(edited.content, "image/png", "더 따뜻하게, 배경은 단색으로", "4:3"))
    assert (further.width, further.height) == (800, 600)
    assert further.item == wanted
    assert (
        further.content
        == (await draw.edit(PictureEdit(edited.content, "image/png", "warmer, plain background", "4:3"))).content
    )
    with pytest.raises(NotOffered):
        await draw.edit(PictureEdit(base.content, base.mime_type, "make it sing", "1:1"))


async def test_a_photograph_gets_another_light_and_nothing_else_on_it(engines: OfflineEngines) -> None:
    base = (await engines.bench.open(photo(1200, 900))).content

    async def mean(wish: str, ratio: str = "4:3") -> tuple[list[float], tuple[int, int]]:
        edited = await engines.pictures.edit(PictureEdit(base, "image/jpeg", wish, ratio))
        image = opened(edited.content)
        assert (edited.mime_type, image.size) == ("image/jpeg", (edited.width, edited.height))
        return ImageStat.Stat(image).mean, image.size

    red, _, blue = ImageStat.Stat(opened(base)).mean
    warm, size = await mean("Make the light warmer.")
    assert warm[0] - warm[2] > red - blue + 5
    assert size == (1200, 900)
    bright, _ = await mean("조금 더 밝게")
    assert sum(bright) > red + blue + 10
    _, near = await mean("더 가까이")
    assert near == (1000, 750)
    _, wide = await mean("배경을 흐리게", "16:9")
    assert wide == (1200, 675)
    for wish in ("딸기 더 올려 줘", "make it pink", "write hello on the cake", "make it sing"):
        with pytest.raises(NotOffered):
            await engines.pictures.edit(PictureEdit(base, "image/jpeg", wish, "4:3"))


async def test_a_manager_edits_twice_publishes_and_rolls_back(tmp_path: Path) -> None:
    async with open_studio(tmp_path / "data") as studio:
        item = {"menu_code": "custom", "style": "grand", "quantity": 1}
        first = await studio.made(await studio.generate(item=item))
        second = await studio.made(await studio.edit(first["id"], quick="change_colour", value="mint"))
        third = await studio.made(await studio.edit(second["id"], quick="warmer_light", wish="딸기 다섯 개"))
        assert [one["number"] for one in (first, second, third)] == [1, 2, 3]
        assert (third["parent"], third["kind"], third["wish"]) == (second["id"], "edit", "딸기 다섯 개")
        assert third["item"]["customization"] == {"strawberry": 5}
        assert third["item"]["cake"]["colour"] == "mint"
        assert "민트색" in third["alt"]["ko"]
        assert (await studio.edit(third["id"], wish="steak"))["problem"] == {"code": "no_such_edit"}
        assert (await studio.publish(third["id"], 0, "custom")).status_code == 201
        shown = await studio.client.get((await studio.menu("custom"))["image"])
        assert shown.content == (await studio.client.get(third["content"])).content
        assert (await studio.publish(second["id"], 1, "custom")).status_code == 201
        kiosk = BackendClient(BackendLink(studio.base_url), "kiosk-3")
        seen = next(menu for menu in (await kiosk.menu()).menus if menu.code == "custom")
        assert await kiosk.content(seen.image) == (await studio.client.get(second["content"])).content
        await kiosk.card_shown(seen.code, seen.image_number)
        await kiosk.close()
        told = {one["device_id"]: one["number"] for one in (await studio.card("custom"))["kiosks"]}
        assert told["kiosk-3"] == 2
        back = await studio.client.post("/api/studio/cards/custom/rollback", json={"expected": 2})
        assert back.json()["live"]["version_id"] == third["id"]
