"""Between the domain and the wire nothing is lost."""

from datetime import UTC, datetime

import pytest

from backend.database.interface import OrderRecord
from backend.domain.order import Bill, Cake, Discount, Item, PricedItem
from backend.services import wire
from shared import orders


def test_a_draft_comes_back_as_it_went() -> None:
    draft = orders.OrderItemDraft(
        menu_code="custom",
        style="deluxe",
        quantity=3,
        customization={"macaron": 2},
        cake=orders.Cake(flavour=orders.CakeFlavour.MATCHA, colour="#ff00aa", tiers=2, lettering="생일 축하해"),
    )
    assert wire.item_to_draft(wire.draft_to_item(draft)) == draft


def test_an_item_without_a_style_is_no_draft() -> None:
    with pytest.raises(ValueError, match="style"):
        wire.item_to_draft(Item("french"))


def test_a_bill_becomes_a_quote() -> None:
    item = Item("french", None, 2, {"steak": 2}, Cake())
    quote = wire.bill_to_quote(Bill((PricedItem(item, 66_000),), (Discount("spring", 0, 6_600),)))
    assert quote.items[0].style == ""
    assert (quote.items[0].unit_price, quote.items[0].line_price) == (66_000, 132_000)
    assert (quote.total, quote.discount, quote.payable) == (132_000, 6_600, 125_400)
    assert quote.discounts[0].event_code == "spring"


def test_a_record_becomes_an_order_and_plain_json() -> None:
    placed_at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    quote = wire.bill_to_quote(Bill((PricedItem(Item("cheese", "simple"), 34_000),), ()))
    record = OrderRecord(
        order_id="o-1",
        order_number=7,
        user_id="guest-1",
        status="preparing",
        service="to_go",
        lines=quote.model_dump(mode="json")["items"],
        discounts=(),
        total=34_000,
        discount=0,
        payable=34_000,
        placed_at=placed_at,
        version=2,
        assigned_to="staff-1",
    )
    order = wire.record_to_order(record)
    assert order.items == quote.items
    assert (order.order_number, order.version, order.assigned_to) == (7, 2, "staff-1")
    assert orders.Order.model_validate(wire.order_to_json(order)) == order
    assert wire.order_to_json(order)["placed_at"] == "2026-03-02T09:30:00Z"
