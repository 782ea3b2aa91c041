"""Shop: the menu and the events as they stand."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from shared.catalogue import Event, Menu, MenuResponse, Style
from shared.messages import Notification


@dataclass(frozen=True, slots=True)
class ShopSnapshot:
    """``menu`` None until it was read once; it stays when a later reading fails, with ``error`` set."""

    menu: MenuResponse | None = None
    events: tuple[Event, ...] = ()
    loading: bool = False
    error: KioskError | None = None

    def menu_of(self, code: str) -> Menu | None: ...
    def style_of(self, code: str) -> Style | None: ...


class Shop(Observable[ShopSnapshot]):
    def __init__(self, backend: Backend) -> None: ...

    async def refresh(self) -> None:
        """Read menu and events. Never raises: see ``snapshot.error``."""

    def heard(self, notification: Notification) -> None:
        """Follow ``catalogue.changed``; other topics are ignored."""

    async def image(self, path: str) -> bytes:
        """A picture's bytes, kept in memory (at most 64 of them). Raises KioskError."""

    async def close(self) -> None: ...
