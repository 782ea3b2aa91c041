"""Processes are killed and devices are missing; the customer goes on and no order is lost or doubled."""

import asyncio
import json
import os
import signal

import httpx
import psutil
import pytest

from shared import paths
from shared.auth import LoginResponse
from shared.orders import OrdersResponse
from tests.e2e.conftest import ShopFloor
from tools.people import leave, order_by_touch, put_into_cart, type_sentence


async def test_korean_is_typed_where_it_cannot_be_heard(silent_shop: ShopFloor) -> None:
    kiosk, staff = await silent_shop.kiosk(), await silent_shop.staff()
    await kiosk.tap("start")
    await kiosk.tap("voiceButton")
    await kiosk.wait("entryField")
    await kiosk.tap("entryClose")
    await type_sentence(kiosk, "딸기 케이크 두 개 그랜드로 주세요")
    await type_sentence(kiosk, "없어요")
    await type_sentence(kiosk, "네")
    number = str((await kiosk.wait("orderNumber", "text")).value)
    await staff.wait(f"receivedColumn/ticket{number}/quantity", "text", "2")


async def test_without_a_microphone_the_customer_is_told_and_orders_by_touch(silent_shop: ShopFloor) -> None:
    kiosk, staff = await silent_shop.kiosk("--language", "en"), await silent_shop.staff()
    await kiosk.tap("start")
    await kiosk.tap("voiceButton")
    await kiosk.wait("problem")
    await kiosk.tap("bannerClose")
    await put_into_cart(kiosk, "cheese", "simple")
    await kiosk.tap("toCart")
    await kiosk.tap("place")
    number = str((await kiosk.wait("orderNumber", "text")).value)
    await staff.wait(f"ticket{number}")


async def test_a_backend_killed_before_the_order_costs_nothing(silent_shop: ShopFloor) -> None:
    kiosk, staff = await silent_shop.kiosk(), await silent_shop.staff()
    await kiosk.tap("start")
    await put_into_cart(kiosk, "strawberry", "grand")
    await kiosk.tap("toCart")
    await kiosk.wait("line_0")
    killed = silent_shop.backend_pid()
    os.kill(killed, signal.SIGKILL)
    await kiosk.tap("place")
    number = str((await kiosk.wait("orderNumber", "text", seconds=30)).value)
    await staff.wait(f"ticket{number}", seconds=30)
    assert silent_shop.backend_pid() != killed
    assert await _order_numbers(silent_shop) == [int(number)]


async def test_a_backend_killed_in_the_middle_of_a_turn_keeps_the_cart(silent_shop: ShopFloor) -> None:
    kiosk = await silent_shop.kiosk()
    await kiosk.tap("start")
    await put_into_cart(kiosk, "french", "deluxe")
    os.kill(silent_shop.backend_pid(), signal.SIGKILL)
    turn = await type_sentence(kiosk, "초콜릿 케이크 하나 심플로 주세요")
    if "초콜릿" not in turn.answer:  # told that it did not work; the customer says it again
        await kiosk.wait("problem")
        await type_sentence(kiosk, "초콜릿 케이크 하나 심플로 주세요")
    await type_sentence(kiosk, "없어요")
    await kiosk.wait("line_0")
    await kiosk.wait("line_1")


async def test_a_killed_kiosk_leaves_no_backend_behind_and_its_orders_stand(silent_shop: ShopFloor) -> None:
    kiosk = await silent_shop.kiosk()
    await order_by_touch(kiosk)
    number = str((await kiosk.wait("orderNumber", "text")).value)
    backend = psutil.Process(silent_shop.backend_pid())
    os.kill(kiosk.pid, signal.SIGKILL)
    await asyncio.to_thread(backend.wait, 10)

    again = await silent_shop.kiosk()
    await again.wait("start")
    staff = await silent_shop.staff()
    await staff.wait(f"ticket{number}")


@pytest.mark.parametrize("orders", [3])
async def test_each_customer_gets_a_number_of_their_own(silent_shop: ShopFloor, orders: int) -> None:
    kiosk = await silent_shop.kiosk()
    seen = []
    for _ in range(orders):
        await order_by_touch(kiosk)
        seen.append(int((await kiosk.wait("orderNumber", "text")).value))
        await leave(kiosk)
    assert seen == list(range(1, orders + 1))


async def _order_numbers(shop: ShopFloor) -> list[int]:

    document = json.loads((shop.data_dir / "backend.json").read_text())
    staff = json.loads((shop.data_dir / "first-run.json").read_text())["staff"]
    async with httpx.AsyncClient(base_url=document["url"]) as http:
        login = LoginResponse.model_validate_json((await http.post(paths.AUTH_LOGIN, json=staff)).content)
        answer = await http.get(paths.ORDERS, headers={"Authorization": f"Bearer {login.token}"})
        return [order.order_number for order in OrdersResponse.model_validate_json(answer.content).orders]
