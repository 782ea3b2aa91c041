"""Customers who order one dinner after the other, as the kiosk does it, in a process that may be killed at any moment.

Writes a JSON line for every order that a customer was told is placed.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
from random import Random

from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError
from kiosk.services.placement import Placement
from shared.orders import Cake, OrderDraft, OrderItemDraft
from tools.torture.words import log_errors_alone, say

MENUS = ("french", "english", "valentine", "strawberry", "chocolate", "cheese")
STYLES = ("simple", "grand", "deluxe")
AGAIN_SECONDS = 0.1


async def customer(url: str, device: str, orders: list[int], dice: Random) -> None:
    """Order until ``orders`` (how many are left for all) is used up."""
    client = BackendClient(BackendLink(url), device)
    placement = Placement(client, lambda: secrets.token_hex(16))
    known = False
    while orders[0] > 0:
        orders[0] -= 1
        # Named on the cake: two orders for one wish are told from two wishes.
        cake = Cake(lettering=f"{device}-{orders[0]}"[-20:])
        items = [OrderItemDraft(menu_code="custom", style="simple", quantity=1, cake=cake)]
        for _ in range(dice.randint(0, 3)):
            menu, style = dice.choice(MENUS), dice.choice(STYLES)
            items.append(OrderItemDraft(menu_code=menu, style=style, quantity=dice.randint(1, 3)))
        draft = OrderDraft(items=tuple(items))
        placed = None
        while placed is None:
            try:
                if not known:
                    client.sign_in((await client.guest()).token)
                    known = True
                placed = await placement.once(draft)
            except KioskError as error:
                if not error.retryable:
                    raise
                await asyncio.sleep(AGAIN_SECONDS)
        say(confirmed=placed.id)
        placement.know(placed.id)
    await client.close()


async def main(url: str, name: str, orders: int, at_once: int, seed: int) -> None:
    left = [orders]
    async with asyncio.TaskGroup() as tasks:
        for number in range(at_once):
            dice = Random(f"{seed} {name} {number}")  # noqa: S311 - repeatable
            tasks.create_task(customer(url, f"{name}-{number}", left, dice))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("name")
    parser.add_argument("--orders", type=int, required=True)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    log_errors_alone()
    asyncio.run(main(given.url, given.name, given.orders, given.at_once, given.seed))
