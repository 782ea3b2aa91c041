"""Pictures of orders and of menu cards over real HTTP."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared import paths
from shared.orders import IDEMPOTENCY_HEADER
from shared.problems import ProblemCode
from tests.support.backend import make_settings, running_app

CAKE: dict[str, Any] = {
    "item": {
        "menu_code": "custom",
        "style": "grand",
        "quantity": 1,
        "customization": {"strawberry": 5},
        "cake": {"flavour": "matcha", "colour": "pink", "tiers": 2, "lettering": "축하해"},
    },
    "aspect_ratio": "3:4",
    "wish": "ribbons",
}


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = make_settings(tmp_path / "data")
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url, timeout=30) as client:
        yield client


async def guest(shop: httpx.AsyncClient) -> dict[str, str]:
    return {"Authorization": f"Bearer {(await shop.post(paths.AUTH_GUEST, json={})).json()['token']}"}


async def staff(shop: httpx.AsyncClient, tmp_path: Path) -> dict[str, str]:
    person = json.loads((tmp_path / "data" / "first-run.json").read_text())["staff"]
    return {"Authorization": f"Bearer {(await shop.post(paths.AUTH_LOGIN, json=person)).json()['token']}"}


async def test_a_customer_gets_the_picture_of_their_own_cake(shop: httpx.AsyncClient) -> None:
    mine = await guest(shop)
    made = await shop.post(paths.IMAGES_GENERATE, json=CAKE, headers=mine)
    assert made.status_code == 201, made.text
    assert "축하해" in made.json()["alt"]["ko"]
    content = await shop.get(made.json()["content"], headers=mine)
    assert content.content.startswith(b"\x89PNG")
    again = await shop.get(made.json()["content"], headers={**mine, "If-None-Match": content.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    described = await shop.get(paths.IMAGE.format(image_id=made.json()["id"]), headers=mine)
    assert described.json() == made.json()


async def test_the_same_cake_is_the_same_picture_once_on_disk(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    mine = await guest(shop)
    made = [(await shop.post(paths.IMAGES_GENERATE, json=CAKE, headers=mine)).json() for _ in range(2)]
    assert made[0]["id"] != made[1]["id"]
    assert len([path for path in (tmp_path / "data" / "images").rglob("*") if path.is_file()]) == 1


async def test_another_guest_does_not_see_it_but_staff_do(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    made = (await shop.post(paths.IMAGES_GENERATE, json=CAKE, headers=await guest(shop))).json()
    refused = await shop.get(made["content"], headers=await guest(shop))
    assert refused.json()["code"] == ProblemCode.NOT_FOUND
    assert (await shop.get(made["content"], headers=await staff(shop, tmp_path))).status_code == 200


async def test_a_lost_file_is_not_found_and_not_a_fault(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    mine = await guest(shop)
    made = (await shop.post(paths.IMAGES_GENERATE, json=CAKE, headers=mine)).json()
    for path in (tmp_path / "data" / "images").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    assert (await shop.get(made["content"], headers=mine)).status_code == 404


async def test_nobody_draws_without_a_token(shop: httpx.AsyncClient) -> None:
    assert (await shop.post(paths.IMAGES_GENERATE, json=CAKE)).status_code == 401


async def test_what_breaks_a_rule_of_the_shop_is_not_drawn(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    wrong = {**CAKE, "item": {"menu_code": "champagne", "style": "simple", "quantity": 1}}
    answer = await shop.post(paths.IMAGES_GENERATE, json=wrong, headers=await guest(shop))
    assert answer.json()["code"] == ProblemCode.STYLE_NOT_OFFERED
    assert not (tmp_path / "data" / "images").exists()


async def test_a_card_is_drawn_once_and_survives_a_restart(tmp_path: Path) -> None:
    pictures = []
    for _ in range(2):
        async with (
            running_app(make_settings(tmp_path / "data")) as url,
            httpx.AsyncClient(base_url=url, timeout=30) as c,
        ):
            answer = await c.get(paths.MENU_IMAGE.format(code="cheese"))
            known = {"If-None-Match": answer.headers["etag"]}
            assert (await c.get(paths.MENU_IMAGE.format(code="cheese"), headers=known)).status_code == 304
            pictures.append(answer.content)
    assert pictures[0] == pictures[1]


async def test_a_card_of_nothing_is_not_found(shop: httpx.AsyncClient) -> None:
    assert (await shop.get(paths.MENU_IMAGE.format(code="boat"))).status_code == 404


async def place(shop: httpx.AsyncClient, who: dict[str, str], item: object) -> str:
    headers = {**who, IDEMPOTENCY_HEADER: uuid.uuid4().hex}
    placed = await shop.post(paths.ORDERS, json={"items": [item]}, headers=headers)
    assert placed.status_code == 201, placed.text
    return str(placed.json()["id"])


async def test_the_kitchen_sees_the_picture_that_the_customer_saw_and_it_stays(
    shop: httpx.AsyncClient, tmp_path: Path
) -> None:
    mine, kitchen = await guest(shop), await staff(shop, tmp_path)
    other = {**CAKE["item"], "cake": {**CAKE["item"]["cake"], "colour": "blue"}}
    seen = (await shop.post(paths.IMAGES_GENERATE, json=CAKE, headers=mine)).json()
    await shop.post(paths.IMAGES_GENERATE, json={**CAKE, "item": other}, headers=mine)
    order = await place(shop, mine, {**CAKE["item"], "quantity": 2})
    path = paths.ORDER_PICTURE.format(order_id=order, index=0)
    shown = await shop.get(path, headers=kitchen)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert shown.content == (await shop.get(seen["content"], headers=mine)).content
    # What the customer draws afterwards is another cake.
    later = {**CAKE, "aspect_ratio": "1:1"}
    await shop.post(paths.IMAGES_GENERATE, json=later, headers=mine)
    assert (await shop.get(path, headers=kitchen)).content == shown.content


async def test_a_cake_that_was_only_spoken_of_is_drawn_for_the_kitchen(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    mine, kitchen = await guest(shop), await staff(shop, tmp_path)
    order = await place(shop, mine, CAKE["item"])
    path = paths.ORDER_PICTURE.format(order_id=order, index=0)
    shown = await shop.get(path, headers=kitchen)
    assert shown.content.startswith(b"\x89PNG")
    assert (await shop.get(path, headers={**kitchen, "If-None-Match": shown.headers["etag"]})).status_code == 304
    assert (await shop.get(path, headers=mine)).status_code == 403
    for missing in (
        paths.ORDER_PICTURE.format(order_id=order, index=1),
        paths.ORDER_PICTURE.format(order_id=order, index="x"),
        paths.ORDER_PICTURE.format(order_id="nobody", index=0),
    ):
        assert (await shop.get(missing, headers=kitchen)).status_code == 404
