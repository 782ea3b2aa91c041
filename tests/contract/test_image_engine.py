"""What every ImageEngine does."""

from __future__ import annotations

import struct

import pytest

from backend.domain.order import Cake, Item
from backend.external.interfaces import EngineError, ImageEngine, NotOffered, PictureEdit, PictureRequest
from shared.images import AspectRatio

CAKE = Item("custom", "grand", 1, {"strawberry": 7, "candle": 3}, Cake("matcha", "pink", 2, "생일 축하해요"))


@pytest.mark.parametrize("ratio", list(AspectRatio))
async def test_draws_in_each_ratio(image_engine: ImageEngine, ratio: AspectRatio) -> None:
    picture = await image_engine.generate(PictureRequest("a cake", ratio.value, CAKE))
    assert picture.mime_type == "image/png"
    assert struct.unpack(">II", picture.content[16:24]) == (picture.width, picture.height)
    across, down = map(int, ratio.value.split(":"))
    assert picture.width / picture.height == pytest.approx(across / down, rel=0.01)
    assert picture.info == image_engine.info


async def test_an_unknown_ratio_is_an_engine_error(image_engine: ImageEngine) -> None:
    with pytest.raises(EngineError):
        await image_engine.generate(PictureRequest("a cake", "2:1", CAKE))


async def test_what_the_shop_does_not_sell_is_refused(drawing_of_items: ImageEngine) -> None:
    with pytest.raises(EngineError):
        await drawing_of_items.generate(PictureRequest("a boat", "1:1", Item("no-such-menu", "grand")))


@pytest.mark.parametrize("ratio", list(AspectRatio))
async def test_edits_in_each_ratio_or_says_that_it_does_not(image_engine: ImageEngine, ratio: AspectRatio) -> None:
    drawn = await image_engine.generate(PictureRequest("a cake", AspectRatio.SQUARE.value, CAKE))
    wish = PictureEdit(drawn.content, drawn.mime_type, "More strawberries", ratio.value)
    try:
        edited = await image_engine.edit(wish)
    except NotOffered:
        return
    assert edited.mime_type == "image/png"
    across, down = map(int, ratio.value.split(":"))
    assert edited.width / edited.height == pytest.approx(across / down, rel=0.01)
    assert edited.info == image_engine.info


async def test_an_edit_to_an_unknown_ratio_is_an_engine_error(image_engine: ImageEngine) -> None:
    drawn = await image_engine.generate(PictureRequest("a cake", AspectRatio.SQUARE.value, CAKE))
    with pytest.raises(EngineError):
        await image_engine.edit(PictureEdit(drawn.content, drawn.mime_type, "More strawberries", "2:1"))
