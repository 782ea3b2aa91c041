"""Menu, events, sold-out marks and health over HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from backend.settings import ASSETS
from shared import paths
from shared.catalogue import EventsResponse, MenuResponse
from shared.health import Capability, EngineState, HealthResponse
from tests.support.backend import make_settings, running_app
from tests.support.live import live


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def shop(data_dir: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with running_app(make_settings(data_dir)) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


async def _sign_in(client: httpx.AsyncClient, data_dir: Path, who: str = "staff") -> dict[str, str]:
    person = json.loads((data_dir / "first-run.json").read_text())[who]
    token = (await client.post(paths.AUTH_LOGIN, json=person)).json()["token"]
    return {"Authorization": f"Bearer {token}"}


async def test_the_menu_is_the_shops(shop: httpx.AsyncClient) -> None:
    menu = MenuResponse.model_validate_json((await shop.get(paths.MENU)).content)
    priced = {m.code: m.price for m in menu.menus}
    assert priced == {
        "french": 48000, "english": 42000, "valentine": 45000, "champagne": 90000,
        "strawberry": 38000, "chocolate": 36000, "cheese": 34000, "custom": 52000,
    }  # fmt: skip
    by_code = {m.code: m for m in menu.menus}
    assert by_code["champagne"].styles == ("grand", "deluxe")
    assert by_code["custom"].takes_cake
    assert by_code["strawberry"].ingredients[0].maximum == 40
    assert set(by_code["custom"].allergens) == {"wheat", "egg", "milk"}
    assert [style.price for style in menu.styles] == [0, 5000, 12000]


async def test_every_card_has_its_picture(shop: httpx.AsyncClient) -> None:
    menu = MenuResponse.model_validate_json((await shop.get(paths.MENU)).content)
    for card in menu.menus:
        answer = await shop.get(card.image, timeout=30)
        assert answer.status_code == 200, card.code
        assert answer.content.startswith(b"\x89PNG")


async def test_a_client_that_has_the_menu_is_told_so(shop: httpx.AsyncClient, data_dir: Path) -> None:
    first = await shop.get(paths.MENU)
    tag = first.headers["ETag"]
    again = await shop.get(paths.MENU, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    await shop.patch("/api/menu/french", json={"sold_out": True}, headers=await _sign_in(shop, data_dir))
    assert (await shop.get(paths.MENU, headers={"If-None-Match": tag})).status_code == 200


async def test_staff_mark_what_is_sold_out_and_everybody_hears_once(shop: httpx.AsyncClient, data_dir: Path) -> None:
    headers = await _sign_in(shop, data_dir)
    guest = (await shop.post(paths.AUTH_GUEST, json={})).json()
    async with live(str(shop.base_url).rstrip("/"), guest["user_id"], guest["token"]) as window:
        for _ in range(2):
            answer = await shop.patch("/api/menu/french", json={"sold_out": True}, headers=headers)
            assert (answer.status_code, answer.content) == (204, b"")
        heard = await window.next()
        assert (heard.topic.value, heard.data) == ("catalogue.changed", {"code": "french", "sold_out": True})
        assert await window.nothing_more()
    menu = (await shop.get(paths.MENU)).json()["menus"]
    assert [m["code"] for m in menu if m["sold_out"]] == ["french"]
    draft = {"items": [{"menu_code": "french", "style": "simple", "quantity": 1}]}
    refused = await shop.post(paths.ORDERS_QUOTE, json=draft)
    assert (refused.status_code, refused.json()["code"]) == (409, "sold_out")


async def test_a_mark_outlives_a_restart(data_dir: Path) -> None:
    for sold_out in (False, True):
        async with running_app(make_settings(data_dir)) as url, httpx.AsyncClient(base_url=url) as client:
            french = (await client.get(paths.MENU)).json()["menus"][0]
            assert french["sold_out"] is sold_out
            headers = await _sign_in(client, data_dir)
            await client.patch("/api/menu/french", json={"sold_out": True}, headers=headers)


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("guest", 403), ("staff", 204), ("manager", 204)])
async def test_who_may_mark(shop: httpx.AsyncClient, data_dir: Path, who: str | None, status: int) -> None:
    headers = {}
    if who == "guest":
        headers = {"Authorization": f"Bearer {(await shop.post(paths.AUTH_GUEST, json={})).json()['token']}"}
    elif who:
        headers = await _sign_in(shop, data_dir, who)
    assert (await shop.patch("/api/menu/cheese", json={"sold_out": True}, headers=headers)).status_code == status


@pytest.mark.parametrize("code", ["sushi", "a" * 300, "%00", "..%2f..", "%ff"])
async def test_an_unknown_menu_is_not_found(shop: httpx.AsyncClient, data_dir: Path, code: str) -> None:
    answer = await shop.patch(f"/api/menu/{code}", json={"sold_out": True}, headers=await _sign_in(shop, data_dir))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2027, 2, 7), []), (date(2027, 2, 8), ["valentine_week"]), (date(2026, 12, 25), ["christmas_cakes"])],
)
async def test_events_follow_the_shops_day(data_dir: Path, day: date, codes: list[str]) -> None:
    async with (
        running_app(make_settings(data_dir), today=lambda: day) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        events = EventsResponse.model_validate_json((await client.get(paths.EVENTS)).content)
        assert [event.code for event in events.events] == codes
        draft = {"items": [{"menu_code": "valentine", "style": "simple", "quantity": 1}]}
        discount = (await client.post(paths.ORDERS_QUOTE, json=draft)).json()["discount"]
        assert discount == (4500 if "valentine_week" in codes else 0)


async def test_health_names_each_engine(shop: httpx.AsyncClient) -> None:
    answer = await shop.get(paths.HEALTH)
    health = HealthResponse.model_validate_json(answer.content)
    assert (answer.status_code, health.status, health.database) == (200, "ok", "ok")
    assert {engine.capability for engine in health.engines} == set(Capability)
    states = {(engine.engine, engine.state, engine.reason) for engine in health.engines}
    assert states == {
        *((name, EngineState.READY, "") for name in ("offline", "pocketsphinx", "espeak-ng", "resvg")),
        *((name, EngineState.OFF, "no_key") for name in ("gemini", "openai")),
        ("whisper", EngineState.OFF, "no_model"),
    }


async def test_health_tells_of_an_engine_that_cannot_work(tmp_path: Path, data_dir: Path) -> None:
    """The failing twin: the font that letters are drawn with is gone."""
    assets = tmp_path / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns("fonts"))
    async with (
        running_app(make_settings(data_dir, assets_dir=assets)) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        assert (await client.get("/api/images/menu/custom")).json()["code"] == "engine_unavailable"
        health = HealthResponse.model_validate_json((await client.get(paths.HEALTH)).content)
    assert health.status == "degraded"
    broken = [engine for engine in health.engines if engine.state not in (EngineState.READY, EngineState.OFF)]
    assert [(e.capability, e.state, e.reason) for e in broken] == [
        (Capability.IMAGE, EngineState.MISCONFIGURED, "misconfigured")
    ]


async def test_figures_are_a_managers(shop: httpx.AsyncClient, data_dir: Path) -> None:
    assert (await shop.get(paths.METRICS)).status_code == 401
    assert (await shop.get(paths.METRICS, headers=await _sign_in(shop, data_dir))).status_code == 403
    answer = await shop.get(paths.METRICS, headers=await _sign_in(shop, data_dir, "manager"))
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert "mallo_http_requests_total" in answer.text
