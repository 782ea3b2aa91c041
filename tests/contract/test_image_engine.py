"""What every ImageEngine does."""

from __future__ import annotations

import pytest

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
from backend.external.interfaces import EngineError, ImageEngine, NotOffered, Picture, PictureEdit, PictureRequest
from backend.external.offline.engines import FONT
from backend.external.offline.picture import ResvgImageEngine
from backend.external.offline.worker import WorkerProcess
from backend.external.picture_bytes import read_picture
from backend.settings import ASSETS
from shared.images import AspectRatio

CAKE = Item("custom", "grand", 1, {"strawberry": 7, "candle": 3}, Cake("matcha", "pink", 2, "생일 축하해요"))


@pytest.mark.parametrize("ratio", list(AspectRatio))
async def test_draws_in_each_ratio(image_engine: ImageEngine, ratio: AspectRatio, live: bool) -> None:
    picture = await image_engine.generate(PictureRequest("a cake", ratio.value, CAKE))
    _check(picture, ratio, live)
    assert picture.info == image_engine.info


async def test_an_unknown_ratio_is_an_engine_error(image_engine: ImageEngine) -> None:
    with pytest.raises(EngineError):
        await image_engine.generate(PictureRequest("a cake", "2:1", CAKE))


async def test_what_the_shop_does_not_sell_is_refused(drawing_of_items: ImageEngine) -> None:
    with pytest.raises(EngineError):
        await drawing_of_items.generate(PictureRequest("a boat", "1:1", Item("no-such-menu", "grand")))


@pytest.mark.parametrize("ratio", list(AspectRatio))
async def test_edits_in_each_ratio_or_says_that_it_does_not(
    image_engine: ImageEngine, base_picture: Picture, ratio: AspectRatio, live: bool
) -> None:
    wish = PictureEdit(base_picture.content, base_picture.mime_type, "More strawberries", ratio.value)
    try:
        edited = await image_engine.edit(wish)
    except NotOffered:
        return
    _check(edited, ratio, live)


async def test_an_edit_to_an_unknown_ratio_is_an_engine_error(image_engine: ImageEngine, base_picture: Picture) -> None:
    with pytest.raises(EngineError):
        await image_engine.edit(PictureEdit(base_picture.content, base_picture.mime_type, "More strawberries", "2:1"))


@pytest.fixture
async def base_picture(worker: WorkerProcess, shop_catalogue: Catalogue) -> Picture:
    """A picture to change, drawn on this machine."""
    drawn = ResvgImageEngine(worker, lambda: shop_catalogue, ASSETS / FONT)
    return await drawn.generate(PictureRequest("a cake", AspectRatio.SQUARE.value, CAKE))


def _check(picture: Picture, ratio: AspectRatio, live: bool) -> None:
    """A real model draws PNG, JPEG or WebP, and its 4:3 is 1184 x 864."""
    found = read_picture(picture.content)
    assert found is not None
    assert (found.mime_type, found.width, found.height) == (picture.mime_type, picture.width, picture.height)
    assert picture.mime_type in (("image/png", "image/jpeg", "image/webp") if live else ("image/png",))
    across, down = map(int, ratio.value.split(":"))
    assert picture.width / picture.height == pytest.approx(across / down, rel=0.04 if live else 0.01)
