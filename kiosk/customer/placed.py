"""The placed order: its number and how far the kitchen is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.api.event_stream import ConnectionState
from kiosk.customer import wording
from kiosk.services.order_session import OrderSnapshot
from kiosk.services.shop import ShopSnapshot
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PlacedView:
    """``ready_at``: ``14:35`` in the shop's own time, empty when nobody knows. ``live``: the status is followed.

    ``unseen``: the kitchen has not shown it for a minute.
    """

    number: int = 0
    status: str = ""
    ready_at: str = ""
    payable: str = ""
    service: str = ""
    lines: str = ""
    live: bool = True
    unseen: bool = False


def placed_view(order: OrderSnapshot, shop: ShopSnapshot, language: Language) -> PlacedView:
    placed = order.placed
    if placed is None:
        return PlacedView()
    ready = placed.estimated_ready_at
    lines = []
    for item in placed.items:
        menu = shop.menu_of(item.menu_code)
        if menu is not None:
            lines.append(wording.counted(wording.pick(menu.name, language), item.quantity, language))
    return PlacedView(
        number=placed.order_number,
        status=placed.status.value,
        ready_at=ready.astimezone().strftime("%H:%M") if ready is not None else "",
        payable=wording.won(placed.payable, language),
        service=placed.service.value,
        lines=", ".join(lines),
        unseen=order.unseen,
        live=order.connection not in {ConnectionState.LOST, ConnectionState.REFUSED},
    )


@QmlElement
class PlacedModel(QObject):
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = PlacedView()

    def show(self, view: PlacedView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(int, notify=changed)
    def number(self) -> int:
        return self._view.number

    @Property(str, notify=changed)
    def status(self) -> str:
        return self._view.status

    @Property(str, notify=changed)
    def readyAt(self) -> str:
        return self._view.ready_at

    @Property(str, notify=changed)
    def payable(self) -> str:
        return self._view.payable

    @Property(str, notify=changed)
    def service(self) -> str:
        return self._view.service

    @Property(str, notify=changed)
    def lines(self) -> str:
        return self._view.lines

    @Property(bool, notify=changed)
    def live(self) -> bool:
        return self._view.live

    @Property(bool, notify=changed)
    def unseen(self) -> bool:
        return self._view.unseen
