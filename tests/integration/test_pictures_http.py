"""Pictures of orders and of menu cards over real HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from shared import paths
from shared.problems import ProblemCode
from tests.support.backend import make_settings, running_app

CAKE = {
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
    person = json.loads((tmp_path / "data" / "first-run.json").read_text())["staff"]
    token = (await shop.post(paths.AUTH_LOGIN, json=person)).json()["token"]
    assert (await shop.get(made["content"], headers={"Authorization": f"Bearer {token}"})).status_code == 200


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
