"""What stands on paper: the kitchen's slip for an order, and the customer's receipt. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from backend.domain.catalogue import Catalogue, Menu, Words
from backend.external.printing import Row, Size, Slip
from backend.services.item_description import cake_words
from backend.services.wire import cake_of
from shared.orders import Order, OrderItem, Service

_WORDS: Mapping[str, Words] = {
    "kitchen": Words("주방 주문표", "Kitchen"),
    "eat_in": Words("매장", "Eat in"),
    "to_go": Words("포장", "To go"),
    "came": Words("접수", "Placed"),
    "printed": Words("인쇄", "Printed"),
    "unseen": Words("직원 화면에서 아직 아무도 확인하지 않은 주문이에요.", "No staff window has shown this order yet."),
    "again": Words(
        "다시 인쇄해요. 같은 번호의 종이가 이미 있는지 봐 주세요.",
        "Printed again: look for another slip of this number.",
    ),
    "allergens": Words("알레르기", "Allergens"),
    "receipt": Words("주문 확인", "Your order"),
    "discount": Words("할인", "Discount"),
    "total": Words("합계", "Total"),
    "payable": Words("내실 금액", "To pay"),
    "ready_at": Words("예상 시각", "Ready at"),
    "keep": Words("이 번호로 불러 드려요.", "We will call this number."),
}


class SlipWriter:
    """``language``: ko or en; times are the shop's own, which are those of the machine."""

    def __init__(self, catalogue: Catalogue, language: str = "ko") -> None:
        self._catalogue = catalogue
        self._language = language

    def kitchen(self, order: Order, printed_at: datetime, *, again: bool = False) -> Slip:
        """For an order that no screen has shown. ``again``: paper of it may lie about already."""
        return (
            Row(self._say("kitchen"), size=Size.SMALL, centred=True),
            *self._head(order),
            Row(f"{self._say('came')} {_clock(order.placed_at)}", right=f"{self._say('printed')} {_clock(printed_at)}"),
            Row(self._say("again" if again else "unseen"), strong=True),
            *self._lines(order, prices=False),
            *self._allergens(order),
        )

    def receipt(self, order: Order) -> Slip:
        """For the customer: what they ordered, what it costs, and the number that they are called by."""
        placed = order.placed_at.astimezone()
        rows: list[Row | None] = [
            Row(self._say("receipt"), size=Size.SMALL, centred=True),
            *self._head(order),
            Row(self._say("keep"), centred=True),
            Row(f"{placed:%Y-%m-%d %H:%M}", right=self._ready(order)),
            *self._lines(order, prices=True),
        ]
        for discount in order.discounts:
            event = next((e for e in self._catalogue.events if e.code == discount.event_code), None)
            name = self._in(event.name) if event else self._say("discount")
            rows.append(Row(name, right=self._won(-discount.amount)))
        if order.discounts:
            rows.append(Row(self._say("total"), right=self._won(order.total)))
        rows.append(Row(self._say("payable"), right=self._won(order.payable), size=Size.LARGE, strong=True))
        return (*rows, *self._allergens(order))

    def _head(self, order: Order) -> Iterator[Row]:
        to_go = order.service is Service.TO_GO
        yield Row(str(order.order_number), size=Size.HUGE, strong=True, centred=True)
        yield Row(self._say(order.service.value), size=Size.LARGE, strong=True, centred=True, inverse=to_go)

    def _lines(self, order: Order, *, prices: bool) -> Iterator[Row | None]:
        for item in order.items:
            menu = self._catalogue.menu(item.menu_code)
            style = self._catalogue.style(item.style)
            styled = self._in(style.name) if style else item.style
            name = f"{item.quantity}  {self._in(menu.name) if menu else item.menu_code}"
            yield None
            if prices:
                yield Row(f"{name} · {styled}", right=self._won(item.line_price), strong=True)
            else:
                yield Row(name, right=styled, size=Size.LARGE, strong=True)
            # A change stays in one piece: it may move to the next line as a whole, but not break inside.
            if changed := " · ".join(change.replace(" ", "\u00a0") for change in self._changes(item, menu)):
                yield Row(changed, strong=not prices)
        yield None

    def _changes(self, item: OrderItem, menu: Menu | None) -> Iterator[str]:
        if item.cake:
            yield from cake_words(cake_of(item.cake), self._language)
        for code, count in item.customization.items():
            portion = menu.portion(code) if menu else None
            name = self._in(portion.ingredient.name) if portion else code
            more = count - (portion.default if portion else 0)
            if not count:
                yield f"{name} 빼고" if self._language == "ko" else f"no {name}"
            elif more:
                yield f"{name} {count} ({more:+d})".replace("-", "−")

    def _allergens(self, order: Order) -> Iterator[Row]:
        """Of what is really in it: an ingredient that was taken out brings none."""
        found: set[str] = set()
        for item in order.items:
            menu = self._catalogue.menu(item.menu_code)
            for portion in menu.portions if menu else ():
                if item.customization.get(portion.ingredient.code, portion.default):
                    found.update(portion.ingredient.allergens)
        names = [self._in(allergen.name) for allergen in self._catalogue.allergens if allergen.code in found]
        if names:
            yield Row(f"{self._say('allergens')}: {', '.join(names)}", strong=True)

    def _ready(self, order: Order) -> str:
        at = order.estimated_ready_at
        return f"{self._say('ready_at')} {_clock(at)}" if at else ""

    def _won(self, amount: int) -> str:
        sign = "−" if amount < 0 else ""
        return f"{sign}₩{abs(amount):,}" if self._language == "en" else f"{sign}{abs(amount):,}원"

    def _say(self, key: str) -> str:
        return self._in(_WORDS[key])

    def _in(self, words: Words) -> str:
        return words.in_language(self._language)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
