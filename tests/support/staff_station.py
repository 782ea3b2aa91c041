"""A whole staff window as the application composes it, against a real backend; and a customer over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx
from PySide6.QtCore import Qt

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream, StreamTimes
from kiosk.api.link import BackendLink
from kiosk.services.bundle import StaffServices
from kiosk.services.shop import Shop
from kiosk.services.staff_board import StaffBoard
from kiosk.settings import KioskSettings
from kiosk.staff.staff_model import StaffModel
from shared import paths
from shared.orders import IDEMPOTENCY_HEADER
from tests.fakes.staff_desk import FakeSounds
from tests.support.desk_windows import DeskWindow, desk_window, until


@dataclass(frozen=True, slots=True)
class Station:
    """``view`` is the StaffModel; Any, for PySide6's stubs tell nothing of what a Property yields."""

    window: DeskWindow
    view: Any
    board: StaffBoard
    sounds: FakeSounds

    async def enter(self, user_id: str, pin: str) -> None:
        """Type the id and the PIN, as staff do, and wait until the board is live."""
        self.window.activate()
        self.window.type(user_id)
        self.window.press(Qt.Key.Key_Tab)
        self.window.type(pin)
        self.window.press(Qt.Key.Key_Return)
        await until(lambda: self.view.connection == "live" and self.window.has("board"))

    async def shows(self, number: int) -> None:
        """Wait until the ticket is on the screen."""
        await until(lambda: self.window.has(f"ticket{number}"))


@asynccontextmanager
async def station(base_url: str, device_id: str = "kitchen-1") -> AsyncIterator[Station]:
    link = BackendLink(base_url)
    client = BackendClient(link, device_id)
    times = StreamTimes(first_backoff=0.05, longest_backoff=0.2)
    shop = Shop(client)
    board = StaffBoard(client, EventStream(link, device_id, times), also=shop.heard)
    sounds = FakeSounds()
    services = StaffServices(KioskSettings.model_validate({}), link, shop, board, sounds, lambda _: None)
    model = StaffModel(services)
    await shop.refresh()
    try:
        with desk_window("Staff", model) as window:
            yield Station(window, cast("Any", model), board, sounds)
    finally:
        model.close()
        await board.close()
        await shop.close()
        await client.close()


class Customer:
    """Somebody at a kiosk, over plain HTTP."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def order(self, *items: dict[str, Any], service: str = "eat_in") -> dict[str, Any]:
        """Place it as a guest; a French dinner with two wines unless said otherwise. Answers the order."""
        (placed,) = await self.orders(1, *items, service=service)
        return placed

    async def orders(self, count: int, *items: dict[str, Any], service: str = "eat_in") -> list[dict[str, Any]]:
        """``count`` of them, one after the other, all of one guest."""
        guest = (await self._http.post(paths.AUTH_GUEST, json={})).json()
        return [await self._place(guest["token"], *items, service=service) for _ in range(count)]

    async def _place(self, token: str, *items: dict[str, Any], service: str) -> dict[str, Any]:
        wine = {"menu_code": "french", "style": "grand", "quantity": 2, "customization": {"wine": 2}}
        answer = await self._http.post(
            paths.ORDERS,
            json={"items": list(items) or [wine], "service": service},
            headers={"Authorization": f"Bearer {token}", IDEMPOTENCY_HEADER: uuid.uuid4().hex},
        )
        assert answer.status_code == 201, answer.text
        placed: dict[str, Any] = answer.json()
        return placed

    async def call_staff(self, device_id: str, screen: str) -> None:
        answer = await self._http.post(paths.HELP, json={"device_id": device_id, "screen": screen})
        assert answer.status_code == 201, answer.text
