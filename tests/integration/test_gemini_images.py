"""Gemini draws and edits, through Google's own SDK against the emulated vendor."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.domain.order import Cake, Item
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.images import RATIOS, GeminiImageEngine
from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineInfo,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
    KeyMissing,
    KeyRefused,
    NotOffered,
    PermissionRefused,
    PictureEdit,
    PictureRequest,
    QuotaExhausted,
    RegionRefused,
)
from backend.external.metering import Usage
from backend.external.model_choice import ModelChoice
from tests.fakes.vendors import Drawing, Fault
from tests.fakes.vendors.brain import plain_png
from tests.support.gemini import Gemini, emulated_gemini

IMAGEN, FLASH, PRO = "imagen-4.0-generate-001", "gemini-3.1-flash-image", "gemini-3-pro-image"
CAKE = Item("custom", "grand", 1, {"strawberry": 7}, Cake("matcha", "pink", 2, "생일 축하해요"))
PLAIN = Item("cheese", "simple")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108012001e003012200021101031101ffd9")


@pytest.fixture
async def gemini() -> AsyncIterator[Gemini]:
    async with emulated_gemini() as connected:
        yield connected


def engine(gemini: Gemini, *models: str, seconds: float = 5.0) -> GeminiImageEngine:
    return GeminiImageEngine(gemini.vendor, ModelChoice(models or (IMAGEN, FLASH, PRO)), gemini.meter, seconds)


def texts(body: Any) -> str:
    return "\n".join(part.get("text", "") for content in body["contents"] for part in content["parts"])


async def test_imagen_draws_where_it_is_served(gemini: Gemini) -> None:
    gemini.vendors.models.serve("gemini", IMAGEN)
    picture = await engine(gemini).generate(PictureRequest("a cake", "4:3", CAKE))
    assert (picture.mime_type, picture.width, picture.height) == ("image/png", 64, 48)
    assert picture.info == EngineInfo("gemini", IMAGEN)
    call = gemini.vendors.calls.last("image")
    assert call.route == f"POST /v1beta/models/{IMAGEN}:predict"
    assert call.body["parameters"]["aspectRatio"] == "4:3"
    assert call.body["parameters"]["sampleCount"] == 1
    assert gemini.meter.records == [Usage("image", "gemini", IMAGEN, images=1)]


async def test_an_imagen_that_is_gone_is_asked_once(gemini: Gemini) -> None:
    drawing = engine(gemini)
    for _ in range(2):
        picture = await drawing.generate(PictureRequest("a cake", "1:1", CAKE))
        assert picture.info == EngineInfo("gemini", FLASH)
    assert drawing.info == EngineInfo("gemini", FLASH)
    assert [call.model for call in gemini.vendors.calls.of("image")] == [IMAGEN, FLASH, FLASH]


@pytest.mark.parametrize("ratio", RATIOS)
async def test_a_gemini_model_draws_in_each_ratio(gemini: Gemini, ratio: str) -> None:
    picture = await engine(gemini, FLASH).generate(PictureRequest("a cake", ratio, CAKE))
    across, down = map(int, ratio.split(":"))
    assert picture.width * down == picture.height * across
    config = gemini.vendors.calls.last("image").body["generationConfig"]
    assert config["responseModalities"] == ["IMAGE"]
    assert config["imageConfig"] == {"aspectRatio": ratio}


async def test_what_a_picture_costs_is_metered(gemini: Gemini) -> None:
    await engine(gemini, FLASH).generate(PictureRequest("a cake", "1:1", CAKE))
    (used,) = gemini.meter.records
    assert (used.capability, used.engine, used.model, used.images) == ("image", "gemini", FLASH, 1)
    assert used.input_tokens > 0
    assert used.output_tokens >= 1_120


async def test_nothing_is_written_on_a_cake_but_its_lettering(gemini: Gemini) -> None:
    drawing = engine(gemini, FLASH)
    await drawing.generate(PictureRequest("a matcha cake", "1:1", CAKE))
    assert texts(gemini.vendors.calls.last("image").body).startswith("a matcha cake\n")
    assert "no writing but that lettering" in texts(gemini.vendors.calls.last("image").body)
    await drawing.generate(PictureRequest("a cheese cake", "1:1", PLAIN))
    assert texts(gemini.vendors.calls.last("image").body).endswith("no writing.")


async def test_an_edit_sends_the_picture_and_the_wish(gemini: Gemini) -> None:
    gemini.vendors.models.serve("gemini", IMAGEN)
    base = plain_png(30, 20)
    # The sender's word for its type is wrong: the bytes are believed.
    picture = await engine(gemini).edit(PictureEdit(base, "image/jpeg", "More strawberries", "16:9"))
    assert picture.info == EngineInfo("gemini", FLASH)
    assert (picture.width, picture.height) == (64, 36)
    call = gemini.vendors.calls.last("image")
    assert (call.model, call.upload, call.upload_type) == (FLASH, base, "image/png")
    assert texts(call.body).startswith("\nMore strawberries\n")
    assert [used.images for used in gemini.meter.records] == [1]


async def test_imagen_alone_does_not_edit(gemini: Gemini) -> None:
    gemini.vendors.models.serve("gemini", IMAGEN)
    drawing = engine(gemini, IMAGEN)
    with pytest.raises(NotOffered):
        await drawing.edit(PictureEdit(plain_png(8, 8), "image/png", "Redder", "1:1"))
    assert len(gemini.vendors.calls) == 0
    assert (await drawing.generate(PictureRequest("a cake", "1:1"))).info.model == IMAGEN


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(64), b"\x89PNG\r\n\x1a\n" + bytes(8 * 1024 * 1024)])
async def test_what_is_no_picture_is_not_sent(gemini: Gemini, content: bytes) -> None:
    with pytest.raises(EngineRejected):
        await engine(gemini, FLASH).edit(PictureEdit(content, "image/png", "Redder", "1:1"))
    assert len(gemini.vendors.calls) == 0


async def test_a_jpeg_is_a_picture_too(gemini: Gemini) -> None:
    gemini.vendors.script.picture = Drawing(JPEG, "image/png")
    picture = await engine(gemini, FLASH).generate(PictureRequest("a cake", "1:1"))
    assert (picture.mime_type, picture.width, picture.height) == ("image/jpeg", 480, 288)


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"\x89PNG\r\n\x1a\n", plain_png(64, 64)[:20], plain_png(9_000, 1)]
)
@pytest.mark.parametrize("model", [IMAGEN, FLASH])
async def test_bytes_that_are_no_picture_are_a_bad_response(gemini: Gemini, content: bytes, model: str) -> None:
    gemini.vendors.models.serve("gemini", model)
    gemini.vendors.script.picture = Drawing(content)
    with pytest.raises(EngineBadResponse):
        await engine(gemini, model).generate(PictureRequest("a cake", "1:1"))
    assert [used.images for used in gemini.meter.records] == [1], "it was paid for all the same"


@pytest.mark.parametrize("model", [IMAGEN, FLASH])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.SAFETY, EngineRejected),
        (Fault.PROMPT_BLOCKED, EngineRejected),
        (Fault.EMPTY, EngineBadResponse),
        (Fault.WRONG_SHAPE, EngineBadResponse),
        (Fault.TRUNCATED_JSON, EngineBadResponse),
        (Fault.WRONG_TYPE, EngineBadResponse),
        (Fault.HUGE, EngineBadResponse),
        (Fault.ENDLESS, EngineBadResponse),
        (Fault.WRONG_KEY, KeyRefused),
        (Fault.UNAUTHENTICATED, KeyRefused),
        (Fault.LEAKED_KEY, KeyRefused),
        (Fault.FORBIDDEN, PermissionRefused),
        (Fault.REGION, RegionRefused),
        (Fault.MODEL_GONE, EngineModelGone),
        (Fault.RATE_LIMITED, EngineRateLimited),
        (Fault.QUOTA, QuotaExhausted),
        (Fault.BAD_REQUEST, EngineError),
        (Fault.SERVER_ERROR, EngineUnavailable),
        (Fault.OVERLOADED, EngineUnavailable),
        (Fault.BAD_GATEWAY, EngineUnavailable),
        (Fault.CUT, EngineUnavailable),
        (Fault.CUT_MIDSTREAM, EngineUnavailable),
    ],
)
async def test_each_fault_is_told_apart(gemini: Gemini, fault: Fault, error: type[EngineError], model: str) -> None:
    gemini.vendors.models.serve("gemini", model)
    gemini.vendors.order(fault, "image")
    with pytest.raises(error) as caught:
        await engine(gemini, model).generate(PictureRequest("a cake", "1:1", CAKE))
    assert type(caught.value) is error or error is EngineError
    assert len(gemini.vendors.calls.of("image")) == 1, "adapters do not try again"


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM])
@pytest.mark.parametrize("model", [IMAGEN, FLASH])
async def test_patience_ends(gemini: Gemini, fault: Fault, model: str) -> None:
    gemini.vendors.models.serve("gemini", model)
    gemini.vendors.order(fault, "image")
    with pytest.raises(EngineTimeout):
        await engine(gemini, model, seconds=0.3).generate(PictureRequest("a cake", "1:1", CAKE))
    assert gemini.meter.records == []


async def test_what_is_refused_costs_nothing(gemini: Gemini) -> None:
    gemini.vendors.order(Fault.RATE_LIMITED, "image")
    with pytest.raises(EngineRateLimited) as caught:
        await engine(gemini, FLASH).generate(PictureRequest("a cake", "1:1", CAKE))
    assert caught.value.retry_after is not None
    assert gemini.meter.records == []


async def test_an_unknown_ratio_is_not_sent(gemini: Gemini) -> None:
    with pytest.raises(NotOffered):
        await engine(gemini).generate(PictureRequest("a cake", "2:1", CAKE))
    with pytest.raises(NotOffered):
        await engine(gemini).edit(PictureEdit(plain_png(8, 8), "image/png", "Redder", "2:1"))
    assert len(gemini.vendors.calls) == 0


async def test_without_a_key_nobody_is_asked(gemini: Gemini) -> None:
    nobody = GeminiVendor("", gemini.vendors.gemini_url)
    drawing = GeminiImageEngine(nobody, ModelChoice((IMAGEN, FLASH)), gemini.meter)
    with pytest.raises(KeyMissing):
        await drawing.generate(PictureRequest("a cake", "1:1", CAKE))
    with pytest.raises(KeyMissing):
        await drawing.edit(PictureEdit(plain_png(8, 8), "image/png", "Redder", "1:1"))
    assert len(gemini.vendors.calls) == 0
    await nobody.close()
