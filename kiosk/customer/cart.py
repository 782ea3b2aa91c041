"""The cart and the confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.customer import wording
from kiosk.list_model import RowList
from kiosk.services.order_session import OrderSession, OrderSnapshot
from kiosk.services.shop import ShopSnapshot
from shared.orders import Service
from shared.voice import Language

QML_IMPORT_NAME = "Mallo.Customer"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class CartRow:
    """``picture``: the menu's own; none for a cake made up here, which it would not show. ``price`` empty until the
    backend priced the line. ``fresh``: just changed, lights up.
    """

    key: int
    at: int
    name: str
    details: str
    quantity: int
    price: str
    picture: str
    sold_out: bool
    needs_style: bool
    fresh: bool


class CartList(RowList[CartRow]):
    row_type = CartRow
    key = "key"


def cart_rows(
    order: OrderSnapshot, shop: ShopSnapshot, language: Language, pictures: dict[str, str]
) -> tuple[CartRow, ...]:
    rows = []
    for at, line in enumerate(order.lines):
        menu = shop.menu_of(line.draft.menu_code)
        rows.append(
            CartRow(
                key=line.key,
                at=at,
                name=wording.pick(menu.name, language) if menu is not None else line.draft.menu_code,
                details=wording.details(line.draft, menu, shop, language) if menu is not None else "",
                quantity=line.draft.quantity,
                price=wording.won(line.line_price, language) if line.line_price is not None else "",
                picture=pictures.get(menu.image, "") if menu is not None and line.draft.cake is None else "",
                sold_out=menu is not None and menu.sold_out,
                needs_style=not line.complete,
                fresh=line.fresh,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class CartView:
    """``spoken``: the summary that is read aloud before the order can be placed."""

    count: int = 0
    total: str = ""
    discount: str = ""
    payable: str = ""
    reasons: str = ""
    priced: bool = True
    service: str = Service.EAT_IN.value
    placing: bool = False
    can_place: bool = False
    spoken: str = ""


def cart_view(order: OrderSnapshot, shop: ShopSnapshot, language: Language) -> CartView:
    names = {event.code: wording.pick(event.name, language) for event in shop.events}
    reasons = dict.fromkeys(names.get(d.event_code, d.event_code) for d in order.discounts)
    lines = []
    sold_out = False
    for line in order.lines:
        menu = shop.menu_of(line.draft.menu_code)
        if menu is None:
            continue
        sold_out = sold_out or menu.sold_out
        lines.append(wording.counted(wording.pick(menu.name, language), line.draft.quantity, language))
    return CartView(
        count=order.count,
        total=wording.won(order.total, language),
        discount=f"−{wording.won(order.discount, language)}" if order.discount else "",
        payable=wording.won(order.payable, language),
        reasons=", ".join(reasons),
        priced=order.priced,
        service=order.service.value,
        placing=order.placing,
        can_place=bool(order.lines)
        and all(line.complete for line in order.lines)
        and not order.placing
        and not sold_out
        and order.placed is None,
        spoken=", ".join(lines),
    )


@QmlElement
class CartModel(QObject):
    changed = Signal()

    def __init__(self, order: OrderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self._lines = CartList(self)
        self._view = CartView()

    def show(self, shop: ShopSnapshot, language: Language, pictures: dict[str, str]) -> None:
        """Derive everything anew from the order's snapshot."""
        order = self._order.snapshot
        self._lines.show(cart_rows(order, shop, language, pictures))
        view = cart_view(order, shop, language)
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Slot(int, int)
    def set_quantity(self, at: int, quantity: int) -> None:
        if 0 <= at < len(self._order.snapshot.lines):
            self._order.set_quantity(at, quantity)

    @Slot(int)
    def remove(self, at: int) -> None:
        if 0 <= at < len(self._order.snapshot.lines):
            self._order.remove(at)

    @Slot()
    def undo(self) -> None:
        self._order.undo()

    @Slot(str)
    def set_service(self, service: str) -> None:
        """``eat_in`` or ``to_go``."""
        self._order.set_service(Service(service))

    @Slot()
    def place(self) -> None:
        self._order.place()

    @Property(QObject, constant=True)
    def lines(self) -> CartList:
        return self._lines

    @Property(int, notify=changed)
    def count(self) -> int:
        return self._view.count

    @Property(str, notify=changed)
    def total(self) -> str:
        return self._view.total

    @Property(str, notify=changed)
    def discount(self) -> str:
        return self._view.discount

    @Property(str, notify=changed)
    def reasons(self) -> str:
        return self._view.reasons

    @Property(str, notify=changed)
    def payable(self) -> str:
        return self._view.payable

    @Property(bool, notify=changed)
    def priced(self) -> bool:
        return self._view.priced

    @Property(str, notify=changed)
    def service(self) -> str:
        return self._view.service

    @Property(bool, notify=changed)
    def placing(self) -> bool:
        return self._view.placing

    @Property(bool, notify=changed)
    def canPlace(self) -> bool:
        return self._view.can_place

    @Property(str, notify=changed)
    def spoken(self) -> str:
        return self._view.spoken
