"""A server for ``broadcast_rows``, as a process of its own: the live line as the backend has it, beside a plain loop.

``/api/ws`` is the product's: log, cursors, acknowledgements. ``/plain`` keeps its sockets in a list and calls aiohttp's
``send_str`` on one after the other, without any of the guarantees. Prints one line of JSON: ``url, token, user_id``.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from datetime import timedelta
from pathlib import Path

import structlog
from aiohttp import web

from backend.app import utc_now
from backend.database.interface import Outgoing, TokenRecord, UserRecord
from backend.database.sql.database import SqlDatabase
from backend.routers.websocket_router import WebSocketRouter
from backend.services.acknowledgements import Acknowledgements
from backend.services.auth_service import AuthService
from backend.services.live_figures import LiveFigures
from backend.services.pins import new_token, token_digest
from backend.services.websocket_manager import WebSocketManager
from backend.web.application import make_application
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.rate_limit import Rate, RateLimiter
from backend.web.server import bind, serving
from shared.messages import Topic
from tools.bench.open_files import allow_many_files

STAFF = "staff-1"
NO_BEAT_SECONDS = 3600.0
"""Clients count bytes: a heartbeat in between would be taken for a part of the message."""
NEVER_CUT_SECONDS = 3600.0
"""Who stalls is to be measured beside, and stays; the product cuts them after ten seconds."""
IDLE_SECONDS = 60.0
MOST_CONNECTIONS = 10_000


class Stage:
    """What is fired at whom."""

    def __init__(self, database: SqlDatabase, live: WebSocketManager) -> None:
        self._database = database
        self._live = live
        self._plain: list[web.WebSocketResponse] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/plain", self._line),
            web.get("/fire/plain", self._fire_plain),
            web.get("/fire/guarded", self._fire_guarded),
            web.get("/cpu", self._cpu_seconds),
            web.get("/behind", self._behind),
        ]

    async def _line(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(compress=False)
        await line.prepare(request)
        self._plain.append(line)
        async for _ in line:
            pass
        return line

    async def _fire_plain(self, request: web.Request) -> web.Response:
        text = "x" * int(request.query["size"])
        began = _moment()
        for line in self._plain:
            await line.send_str(text)
        return web.json_response({"began": began, "committed": began})

    async def _fire_guarded(self, request: web.Request) -> web.Response:
        filler = "x" * int(request.query["size"])
        began = _moment()
        async with self._database.write() as db:
            db.notify(Outgoing(Topic.HELP_REQUESTED.value, {"filler": filler}))
            await db.commit()
            committed = _moment()
        return web.json_response({"began": began, "committed": committed})

    async def _behind(self, _: web.Request) -> web.Response:
        """How many have not been sent everything."""
        cursors = [one.cursor for windows in self._live.active_connections.values() for one in windows]
        return web.json_response(sum(cursor < self._database.known_top for cursor in cursors))

    async def _cpu_seconds(self, _: web.Request) -> web.Response:
        return web.json_response(_moment())


def _moment() -> dict[str, float]:
    """The machine's monotonic clock, and the CPU seconds of this process until now."""
    return {"at": time.monotonic(), "cpu": time.process_time()}


async def main(folder: Path) -> None:
    database = await SqlDatabase.open(f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}")
    token = new_token()
    async with database.write() as db:
        await db.users.add(UserRecord(STAFF, "staff", "", None, utc_now()))
        await db.tokens.add(TokenRecord(token_digest(token), STAFF, "staff", utc_now() + timedelta(hours=1)))
        await db.commit()
    live = WebSocketManager(database, utc_now, heartbeat_seconds=NO_BEAT_SECONDS, send_seconds=NEVER_CUT_SECONDS)
    auth = AuthService(database, utc_now)
    router = WebSocketRouter(auth, live, LiveFigures(database, live, utc_now), Acknowledgements(database, utc_now))
    app = make_application(
        [],
        [*router.routes(), *Stage(database, live).routes()],
        callers=auth,
        limiter=RateLimiter({"default": Rate.parse("1000000/1")}),
        guard=Guard("127.0.0.1"),
        metrics=Metrics(),
    )
    app.on_shutdown.append(lambda _: live.close())
    with bind("127.0.0.1", 0) as listener:
        async with serving(app, listener, IDLE_SECONDS, MOST_CONNECTIONS) as url:
            print(json.dumps({"url": url, "token": token, "user_id": STAFF}), flush=True)
            await asyncio.to_thread(sys.stdin.read)
    await database.close()


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    allow_many_files()
    asyncio.run(main(Path(sys.argv[1])))
