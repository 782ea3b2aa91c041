"""The live line over one database: a real server with the real routers, in this event loop, with a clock to move."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backend.database.interface import Database, TokenRecord, UserRecord
from backend.domain.people import Caller
from backend.routers.help_router import HelpRouter
from backend.routers.order_router import OrderRouter
from backend.routers.websocket_router import WebSocketRouter
from backend.services.acknowledgements import Acknowledgements
from backend.services.help_service import HelpService
from backend.services.live_figures import LiveFigures
from backend.services.pins import new_token, token_digest
from backend.services.websocket_manager import WebSocketManager
from backend.web.application import make_application
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.rate_limit import Rate, RateLimiter
from backend.web.server import bind, serving
from shared.orders import Order
from tests.support.live import PATIENCE, LiveClient, auth_message, live, masked, upgrade
from tests.support.shop import GUEST, Shop, draft

HOURS = 12


@dataclass
class House:
    """``url`` is the server's. Tokens last twelve hours of ``shop``'s clock."""

    url: str
    shop: Shop
    manager: WebSocketManager
    acknowledgements: Acknowledgements
    _orders: int = 0

    async def token_for(self, person: Caller) -> str:
        """A token for ``person``, who is made where they are not there yet."""
        token = new_token()
        async with self.shop.database.write() as db:
            if await db.users.get(person.user_id) is None:
                await db.users.add(UserRecord(person.user_id, person.user_type, "", None, self.shop.now))
            ends = self.shop.now + timedelta(hours=HOURS)
            await db.tokens.add(TokenRecord(token_digest(token), person.user_id, person.user_type, ends))
            await db.commit()
        return token

    @asynccontextmanager
    async def window(self, person: Caller, **more: Any) -> AsyncIterator[LiveClient]:
        """A live window of ``person``; ``after`` and ``epoch`` may be given."""
        async with live(self.url, person.user_id, await self.token_for(person), person.user_type, **more) as client:
            yield client

    @asynccontextmanager
    async def stalled_window(self, person: Caller) -> AsyncIterator[None]:
        """A window of ``person`` on a raw socket that is let in and then reads nothing more."""
        loop = asyncio.get_running_loop()
        host, _, port = self.url.removeprefix("http://").partition(":")
        before = self.manager.stats().total
        with socket.socket() as line:
            # A small window, so that little has to be sent until the sender is stuck.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.setblocking(False)
            await loop.sock_connect(line, (host, int(port)))
            await loop.sock_sendall(line, upgrade({"Host": f"{host}:{port}"}))
            assert b" 101 " in await loop.sock_recv(line, 4096)
            message = auth_message(person.user_id, await self.token_for(person), person.user_type)
            await loop.sock_sendall(line, masked(json.dumps(message).encode()))
            await self.until_connected(before + 1)
            yield

    async def order(self, customer: Caller = GUEST) -> Order:
        """Place one order."""
        self._orders += 1
        order, _ = await self.shop.orders.place(draft(), customer, f"house-{id(self)}-{self._orders}")
        return order

    async def shout(self, size: int) -> None:
        """A notification of about ``size`` bytes to all staff."""
        await self.manager.broadcast_to_staff({"topic": "help.requested", "data": {"filler": "x" * size}})

    async def until_connected(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.manager.stats().total != count:  # noqa: ASYNC110 - the product has no event for tests
                await asyncio.sleep(0.005)


@asynccontextmanager
async def open_house(
    database: Database, *, heartbeat_seconds: float = 15.0, send_seconds: float = 10.0, auth_seconds: float = 5.0
) -> AsyncIterator[House]:
    shop = Shop(database)
    manager = WebSocketManager(database, shop.clock, heartbeat_seconds, send_seconds)
    acknowledgements = Acknowledgements(database, shop.clock)
    sockets = WebSocketRouter(
        shop.auth, manager, LiveFigures(database, manager, shop.clock), acknowledgements, auth_seconds
    )
    unlimited = Rate.parse("1000000/1")
    helping = HelpRouter(HelpService(database, shop.clock))
    app = make_application(
        [*OrderRouter(shop.orders).endpoints(), *helping.endpoints(), *sockets.endpoints()],
        sockets.routes(),
        callers=shop.auth,
        limiter=RateLimiter(dict.fromkeys(("default", "voice", "auth"), unlimited)),
        guard=Guard("127.0.0.1"),
        metrics=Metrics(),
    )
    app.on_shutdown.append(lambda _: manager.close())
    with bind("127.0.0.1", 0) as listener:
        async with serving(app, listener, 10.0) as url:
            yield House(url, shop, manager, acknowledgements)
    await manager.close()
