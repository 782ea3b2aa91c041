"""A staff window without a screen: the kiosk's own board and line, in a process that may be killed at any moment.

Writes a JSON line for every order that came to its board, and for what must never happen: an order that is told twice,
an id that is skipped.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink
from kiosk.services.staff_board import StaffBoard
from shared.messages import Notification, Topic
from shared.orders import OrdersResponse
from tools.torture.words import log_errors_alone, say

COOKING_SECONDS = 0.1
AT_ONCE = 8
IDS_A_LINE = 64
"""A new window sees all that is open at once; a longer line than PIPE_BUF (4,096 bytes) may be torn by a kill."""


class Listing(BackendClient):
    """Remembers where each list ended: what is told from there on has no gaps."""

    listed: frozenset[str] = frozenset()
    top = 0
    fresh = False

    async def orders(self, open_only: bool = True) -> OrdersResponse:
        answer = await super().orders(open_only)
        self.listed, self.top, self.fresh = frozenset(o.id for o in answer.orders), answer.top, True
        return answer


class Witness:
    """Looks at every notification that reaches the board."""

    def __init__(self, client: Listing) -> None:
        self._client = client
        self._last = 0
        self._created: set[str] = set()

    def __call__(self, notification: Notification) -> None:
        if self._client.fresh:
            self._client.fresh = False
            self._last = self._client.top
        if notification.id != self._last + 1:
            say(gap=[self._last, notification.id])
        self._last = notification.id
        order = notification.data.get("order")
        if notification.topic is Topic.ORDER_CREATED and isinstance(order, dict):
            if order["id"] in self._created | self._client.listed:
                say(doubled=order["id"])
            self._created.add(str(order["id"]))


async def cook(url: str, user_id: str, pin: str) -> None:
    """Show what comes and take it through the kitchen, until killed."""
    link = BackendLink(url)
    client = Listing(link, f"desk-{secrets.token_hex(4)}")
    board = StaffBoard(client, EventStream(link, "desk"), Witness(client))
    shown: set[str] = set()

    def look() -> None:
        new = [order.id for order in board.snapshot.orders if order.id not in shown]
        shown.update(new)
        for first in range(0, len(new), IDS_A_LINE):
            say(seen=new[first : first + IDS_A_LINE])

    board.subscribe(look)
    while True:
        if board.snapshot.user_id is None and not board.snapshot.signing_in:
            board.sign_in(user_id, pin)
        # Every window wants the oldest: one of them gets it, the others are told who was quicker.
        for order in board.snapshot.orders[:AT_ONCE]:
            board.bump(order.id)
        await asyncio.sleep(COOKING_SECONDS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("user_id")
    parser.add_argument("pin")
    given = parser.parse_args()
    log_errors_alone()
    asyncio.run(cook(given.url, given.user_id, given.pin))
