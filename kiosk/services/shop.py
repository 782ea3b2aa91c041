"""Shop: the menu and the events as they stand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared.catalogue import Event, Menu, MenuResponse, Style
from shared.messages import Notification, Topic

KEPT_PICTURES = 64


@dataclass(frozen=True, slots=True)
class ShopSnapshot:
    """``menu`` None until it was read once; it stays when a later reading fails, with ``error`` set."""

    menu: MenuResponse | None = None
    events: tuple[Event, ...] = ()
    loading: bool = False
    error: KioskError | None = None

    def menu_of(self, code: str) -> Menu | None:
        return next((menu for menu in self.menu.menus if menu.code == code), None) if self.menu else None

    def style_of(self, code: str) -> Style | None:
        return next((style for style in self.menu.styles if style.code == code), None) if self.menu else None


class Shop(Observable[ShopSnapshot]):
    """Follows the catalogue. Pictures are read once for each version of the menu."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(ShopSnapshot())
        self._backend = backend
        self._scope = TaskScope("shop")
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def reload(self) -> None:
        """``refresh`` as a task; one that is under way is begun anew."""
        self._scope.start(self.refresh(), "refresh", group="refresh")

    async def refresh(self) -> None:
        """Read menu and events. Never raises KioskError: see ``snapshot.error``."""
        self._publish(replace(self.snapshot, loading=True))
        try:
            menu = await self._backend.menu()
            events = await self._backend.events()
        except KioskError as error:
            self._publish(replace(self.snapshot, loading=False, error=error))
            return
        if self.snapshot.menu is not None and self.snapshot.menu.version != menu.version:
            self._pictures.clear()
        self._publish(ShopSnapshot(menu, events.events))

    def heard(self, notification: Notification) -> None:
        """Follow ``catalogue.changed``; other topics are ignored. A sold-out mark shows at once."""
        if notification.topic is not Topic.CATALOGUE_CHANGED:
            return
        code, sold_out = notification.data.get("code"), notification.data.get("sold_out")
        menu = self.snapshot.menu
        if menu is not None and isinstance(code, str) and isinstance(sold_out, bool):
            menus = tuple(m.model_copy(update={"sold_out": sold_out}) if m.code == code else m for m in menu.menus)
            self._publish(replace(self.snapshot, menu=menu.model_copy(update={"menus": menus})))
        self.reload()

    async def image(self, path: str) -> bytes:
        """A picture's bytes, kept in memory (at most 64 of them). Raises KioskError."""
        kept = self._pictures.get(path)
        if kept is None:
            kept = await self._backend.content(path)
            self._pictures[path] = kept
        self._pictures.move_to_end(path)
        while len(self._pictures) > KEPT_PICTURES:
            self._pictures.popitem(last=False)
        return kept

    async def close(self) -> None:
        await self._scope.close()
