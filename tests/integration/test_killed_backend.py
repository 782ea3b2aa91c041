"""A backend that is killed while orders come in: whoever was told "placed" finds their order, and staff see it once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from shared import paths
from shared.messages import Topic
from shared.orders import IDEMPOTENCY_HEADER, Order, OrdersResponse
from tests.support.backend import BackendProcess, backend_process
from tests.support.live import live
from tests.support.shop import item

CUSTOMERS = 4
ROUNDS = 3
EACH = 12


async def _shop_until_killed(running: BackendProcess, token: str, customer: str, told: dict[str, Order]) -> None:
    """Order and order again; ``told`` holds by key what the customer was told is placed."""
    async with httpx.AsyncClient(base_url=running.base_url) as client:
        for number in range(EACH):
            key = f"{customer}-{number:04}"
            headers = {"Authorization": f"Bearer {token}", IDEMPOTENCY_HEADER: key}
            try:
                answer = await client.post(paths.ORDERS, json={"items": [item()]}, headers=headers)
            except httpx.TransportError:
                return
            assert answer.status_code in (200, 201)
            told[key] = Order.model_validate_json(answer.content)


async def test_what_was_told_is_kept_over_kills(tmp_path: Path) -> None:
    told: dict[str, Order] = {}
    with backend_process(tmp_path / "data") as running:
        async with httpx.AsyncClient(base_url=running.base_url) as client:
            guest = (await client.post(paths.AUTH_GUEST, json={})).json()
            staff = (await client.post(paths.AUTH_LOGIN, json=running.first_run()["staff"])).json()
        async with live(running.base_url, staff["user_id"], staff["token"], "staff") as kitchen:
            epoch = kitchen.hello.epoch

        for round_ in range(ROUNDS):
            before = len(told)
            async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
                for customer in range(CUSTOMERS):
                    name = f"round-{round_}-{customer}"
                    tasks.create_task(_shop_until_killed(running, guest["token"], name, told))
                while len(told) < before + CUSTOMERS * 2:  # noqa: ASYNC110 - filled by the tasks above
                    await asyncio.sleep(0.002)
                running.kill()
            running.restart()
            # What was cut off is sent again under its key, as the kiosk does.
            async with asyncio.TaskGroup() as tasks:
                for customer in range(CUSTOMERS):
                    name = f"round-{round_}-{customer}"
                    tasks.create_task(_shop_until_killed(running, guest["token"], name, told))

        total = ROUNDS * CUSTOMERS * EACH
        async with httpx.AsyncClient(base_url=running.base_url) as client:
            answer = await client.get(
                f"{paths.ORDERS}?open=true", headers={"Authorization": f"Bearer {staff['token']}"}
            )
        listed = OrdersResponse.model_validate_json(answer.content)
        assert len(told) == total
        assert {order.id for order in listed.orders} == {order.id for order in told.values()}
        assert sorted(order.order_number for order in listed.orders) == list(range(1, total + 1))

        async with live(running.base_url, staff["user_id"], staff["token"], "staff", after=0, epoch=epoch) as kitchen:
            assert kitchen.hello.recovered
            notifications = [await kitchen.next()]
            while len(created := [n for n in notifications if n.topic is Topic.ORDER_CREATED]) < total:
                notifications.append(await kitchen.next())
        # On a slow machine the alarm of orders that no window has shown comes in between.
        assert [n.id for n in notifications] == list(range(1, len(notifications) + 1))
        seen = [Order.model_validate(n.data["order"]).id for n in created]
        assert sorted(seen) == sorted(order.id for order in told.values())
