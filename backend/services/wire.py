"""Between the domain and the wire: items, bills and orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.database.interface import OrderRecord
from backend.domain.order import Bill, Cake, Item, PricedItem
from shared import orders as wire


def draft_to_item(draft: wire.OrderItemDraft) -> Item:
    made = cake_of(draft.cake) if draft.cake else None
    return Item(draft.menu_code, draft.style, draft.quantity, dict(draft.customization), made)


def cake_of(cake: wire.Cake) -> Cake:
    return Cake(cake.flavour.value, cake.colour, cake.tiers, cake.lettering)


def item_to_draft(item: Item) -> wire.OrderItemDraft:
    """The item as a client would ask for it.

    Raises:
        ValueError: its style has not been chosen yet, or it breaks a bound of the wire.
    """
    if item.style is None:
        raise ValueError("an item without a style is not a draft yet")
    return wire.OrderItemDraft(
        menu_code=item.menu_code,
        style=item.style,
        quantity=item.quantity,
        customization=dict(item.customization),
        cake=cake_to_wire(item.cake),
    )


def cake_to_wire(cake: Cake | None) -> wire.Cake | None:
    if cake is None:
        return None
    return wire.Cake(
        flavour=wire.CakeFlavour(cake.flavour), colour=cake.colour, tiers=cake.tiers, lettering=cake.lettering
    )


def priced_to_wire(priced: PricedItem) -> wire.OrderItem:
    """One priced line; a style that has not been chosen is an empty string."""
    item = priced.item
    return wire.OrderItem(
        menu_code=item.menu_code,
        style=item.style or "",
        quantity=item.quantity,
        customization=dict(item.customization),
        cake=cake_to_wire(item.cake),
        unit_price=priced.unit_price,
        line_price=priced.line_price,
    )


def bill_to_quote(bill: Bill) -> wire.Quote:
    return wire.Quote(
        items=tuple(priced_to_wire(priced) for priced in bill.items),
        discounts=tuple(
            wire.Discount(event_code=d.event_code, item_index=d.item_index, amount=d.amount) for d in bill.discounts
        ),
        total=bill.total,
        discount=bill.discount,
        payable=bill.payable,
    )


def record_to_order(record: OrderRecord) -> wire.Order:
    return wire.Order(
        items=tuple(wire.OrderItem.model_validate(line) for line in record.lines),
        discounts=tuple(wire.Discount.model_validate(discount) for discount in record.discounts),
        total=record.total,
        discount=record.discount,
        payable=record.payable,
        id=record.order_id,
        order_number=record.order_number,
        status=wire.OrderStatus(record.status),
        service=wire.Service(record.service),
        placed_at=record.placed_at,
        version=record.version,
        assigned_to=record.assigned_to,
        estimated_ready_at=record.estimated_ready_at,
        done=tuple(record.done),
    )


def order_to_json(order: wire.Order) -> Mapping[str, Any]:
    """The order as it stands in a notification's ``data.order``."""
    return order.model_dump(mode="json")
