"""Orders, sign-in and the live line over HTTP, with the whole application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from backend.settings import Settings
from shared import paths
from shared.auth import GuestResponse, LoginResponse
from shared.messages import Topic
from shared.orders import IDEMPOTENCY_HEADER, Order, OrdersResponse, Quote
from shared.problems import PROBLEM_MIME, Problem
from tests.support.backend import make_settings, running_app
from tests.support.live import live
from tests.support.shop import item

KEY = "key-00000001"


async def _guest(client: httpx.AsyncClient) -> GuestResponse:
    answer = await client.post(paths.AUTH_GUEST, json={})
    assert answer.status_code == 201
    return GuestResponse.model_validate_json(answer.content)


async def _sign_in(client: httpx.AsyncClient, settings: Settings, kind: str = "staff") -> LoginResponse:
    person = json.loads((settings.data_dir / "first-run.json").read_text())[kind]
    answer = await client.post(paths.AUTH_LOGIN, json=person)
    assert answer.status_code == 200
    return LoginResponse.model_validate_json(answer.content)


def _bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


async def _place(
    client: httpx.AsyncClient, token: str, *items: dict[str, Any], key: str = KEY, **more: Any
) -> httpx.Response:
    body = {"items": items or (item(),), **more}
    return await client.post(paths.ORDERS, json=body, headers=_bearer(token, **{IDEMPOTENCY_HEADER: key}))


def _problem(answer: httpx.Response) -> tuple[int, str, Mapping[str, Any]]:
    assert answer.headers["Content-Type"].startswith(PROBLEM_MIME)
    problem = Problem.model_validate_json(answer.content)
    assert problem.status == answer.status_code
    return problem.status, problem.code.value, problem.params


async def test_an_order_from_hand_to_hand(tmp_path: Any) -> None:
    settings = make_settings(tmp_path / "data")
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url) as client:
        guest, staff = await _guest(client), await _sign_in(client, settings)
        async with (
            live(url, staff.user_id, staff.token, "staff") as kitchen,
            live(url, guest.user_id, guest.token) as customer,
        ):
            placed = await _place(client, guest.token, item(quantity=2), service="to_go")
            assert placed.status_code == 201
            order = Order.model_validate_json(placed.content)
            assert Order.model_validate((await kitchen.next()).data["order"]) == order

            again = await _place(client, guest.token, item(quantity=2), service="to_go")
            assert (again.status_code, again.json()) == (200, placed.json())

            for version, status in enumerate(("preparing", "ready", "completed"), start=1):
                patch = {"version": version, "status": status}
                changed = await client.patch(
                    paths.ORDER.format(order_id=order.id), json=patch, headers=_bearer(staff.token)
                )
                assert changed.status_code == 200
            topics = [n.topic for n in await customer.take(5)]
            assert topics[0] is Topic.ORDER_CREATED
            assert topics[-1] is Topic.ORDER_STATUS

        mine = await client.get(paths.ORDERS, headers=_bearer(guest.token))
        assert [o.status.value for o in OrdersResponse.model_validate_json(mine.content).orders] == ["completed"]
        unfinished = await client.get(f"{paths.ORDERS}?open=true", headers=_bearer(staff.token))
        listed = OrdersResponse.model_validate_json(unfinished.content)
        assert (listed.orders, listed.top) == ((), 5)


async def test_a_quote_needs_nobody(app_client: httpx.AsyncClient) -> None:
    answer = await app_client.post(paths.ORDERS_QUOTE, json={"items": [item("custom", "deluxe", cake={"tiers": 2})]})
    assert answer.status_code == 200
    assert Quote.model_validate_json(answer.content).payable == 52_000 + 12_000 + 25_000


@pytest.mark.parametrize(
    ("wrong", "status", "code", "field"),
    [
        ({"menu_code": "pizza"}, 422, "unknown_menu", "items.0.menu_code"),
        ({"style": "royal"}, 422, "style_not_offered", "items.0.style"),
        ({"menu_code": "champagne", "style": "simple"}, 422, "style_not_offered", "items.0.style"),
        ({"quantity": 0}, 422, "quantity_out_of_range", "items.0.quantity"),
        ({"quantity": 21}, 422, "quantity_out_of_range", "items.0.quantity"),
        ({"quantity": "two"}, 422, "invalid_request", "items.0.quantity"),
        ({"customization": {"nuts": 1}}, 422, "unknown_ingredient", "items.0.customization.nuts"),
        ({"customization": {"steak": 10}}, 422, "count_out_of_range", "items.0.customization.steak"),
        ({"cake": {"tiers": 2}}, 422, "cake_not_offered", "items.0.cake"),
        ({"cake": {"tiers": 4}}, 422, "count_out_of_range", "items.0.cake.tiers"),
        ({"surprise": 1}, 422, "invalid_request", "items.0.surprise"),
        ({"style": None}, 422, "invalid_request", "items.0.style"),
    ],
)
async def test_a_wrong_order_says_what_and_where(
    app_client: httpx.AsyncClient, wrong: dict[str, Any], status: int, code: str, field: str
) -> None:
    guest = await _guest(app_client)
    answer = await _place(app_client, guest.token, {**item(), **wrong})
    found_status, found_code, params = _problem(answer)
    assert (found_status, found_code, params["field"]) == (status, code, field)
    listed = await app_client.get(paths.ORDERS, headers=_bearer(guest.token))
    assert listed.json()["orders"] == []


async def test_an_empty_cart(app_client: httpx.AsyncClient) -> None:
    guest = await _guest(app_client)
    answer = await app_client.post(
        paths.ORDERS, json={"items": []}, headers=_bearer(guest.token, **{IDEMPOTENCY_HEADER: KEY})
    )
    assert _problem(answer)[:2] == (422, "empty_order")


async def test_the_key_is_needed_and_for_one_order(app_client: httpx.AsyncClient) -> None:
    guest = await _guest(app_client)
    for headers in (_bearer(guest.token), _bearer(guest.token, **{IDEMPOTENCY_HEADER: "no spaces!"})):
        answer = await app_client.post(paths.ORDERS, json={"items": [item()]}, headers=headers)
        assert _problem(answer)[:2] == (400, "idempotency_key_missing")
    assert (await _place(app_client, guest.token)).status_code == 201
    assert _problem(await _place(app_client, guest.token, item(quantity=3)))[:2] == (409, "idempotency_key_reused")


async def test_who_may_do_what(app_client: httpx.AsyncClient) -> None:
    guest, other = await _guest(app_client), await _guest(app_client)
    order = (await _place(app_client, guest.token)).json()
    one = paths.ORDER.format(order_id=order["id"])
    patch = {"version": 1, "status": "preparing"}
    assert _problem(await app_client.get(paths.ORDERS))[:2] == (401, "unauthenticated")
    assert _problem(await app_client.post(paths.ORDERS, json={"items": [item()]}))[:2] == (401, "unauthenticated")
    assert _problem(await app_client.get(one, headers=_bearer(other.token)))[:2] == (404, "not_found")
    assert _problem(await app_client.patch(one, json=patch, headers=_bearer(guest.token)))[:2] == (403, "forbidden")
    assert _problem(await app_client.get(paths.WS_STATS, headers=_bearer(guest.token)))[:2] == (403, "forbidden")
    assert (await app_client.get(one, headers=_bearer(guest.token))).json() == order


async def test_a_conflict_says_who_was_quicker(tmp_path: Any) -> None:
    settings = make_settings(tmp_path / "data")
    async with running_app(settings) as url, httpx.AsyncClient(base_url=url) as client:
        guest = await _guest(client)
        staff, manager = await _sign_in(client, settings), await _sign_in(client, settings, "manager")
        order = (await _place(client, guest.token)).json()
        one = paths.ORDER.format(order_id=order["id"])
        patch = {"version": 1, "status": "preparing"}
        assert (await client.patch(one, json=patch, headers=_bearer(staff.token))).status_code == 200
        status, code, params = _problem(await client.patch(one, json=patch, headers=_bearer(manager.token)))
        assert (status, code) == (409, "conflict")
        assert (params["changed_by"], params["assigned_to"], params["version"]) == ("staff-1", "staff-1", 2)
        patch = {"version": 2, "status": "completed"}
        assert _problem(await client.patch(one, json=patch, headers=_bearer(staff.token)))[:2] == (
            409,
            "illegal_transition",
        )


async def test_wrong_pins_lock_and_say_for_how_long(app_client: httpx.AsyncClient) -> None:
    for user_id in ("manager", "nobody-at-all"):
        body = {"user_id": user_id, "pin": "0000000"}
        answers = [await app_client.post(paths.AUTH_LOGIN, json=body) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        _, code, params = _problem(answers[-1])
        assert code == "locked_out"
        assert answers[-1].headers["Retry-After"] == str(params["retry_after_seconds"])
