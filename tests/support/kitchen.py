"""Orders and a menu as the backend would send them, for tests of the staff window."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from shared.catalogue import MenuResponse
from shared.orders import Cake, Order, OrderItem, OrderStatus, Service

NOON: Final = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CATALOGUE: Final = Path(__file__).parents[2] / "assets" / "catalogue"


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CATALOGUE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def shop_menu() -> MenuResponse:
    """The shop's own catalogue in the shape of ``GET /api/menu``."""
    ingredients = {entry["code"]: entry for entry in _read("ingredients")}
    menus = []
    for entry in _read("menus"):
        choices = [
            {
                "code": portion["ingredient"],
                "name": ingredients[portion["ingredient"]]["name"],
                "default": portion["default"],
                "maximum": ingredients[portion["ingredient"]]["maximum"],
                "price": portion["price"],
                "allergens": ingredients[portion["ingredient"]]["allergens"],
            }
            for portion in entry["portions"]
        ]
        menus.append(
            {
                **entry,
                "ingredients": choices,
                "allergens": [code for choice in choices if choice["default"] for code in choice["allergens"]],
                "takes_cake": entry["code"] == "custom",
                "sold_out": False,
                "image": f"/api/images/menu/{entry['code']}",
            }
        )
    answer = {"menus": menus, "styles": _read("styles"), "allergens": _read("allergens"), "version": "test"}
    return MenuResponse.model_validate(answer)


def line(
    menu: str = "french",
    style: str = "simple",
    quantity: int = 1,
    customization: Mapping[str, int] | None = None,
    cake: Cake | None = None,
) -> OrderItem:
    return OrderItem(
        menu_code=menu,
        style=style,
        quantity=quantity,
        customization=dict(customization or {}),
        cake=cake,
        unit_price=48_000,
        line_price=48_000 * quantity,
    )


def order(
    number: int,
    *items: OrderItem,
    status: OrderStatus = OrderStatus.RECEIVED,
    minutes_ago: float = 0,
    assigned_to: str | None = None,
    service: Service = Service.EAT_IN,
    version: int = 1,
    now: datetime = NOON,
) -> Order:
    lines = items or (line(),)
    total = sum(item.line_price for item in lines)
    return Order(
        id=f"order-{number}",
        order_number=number,
        status=status,
        service=service,
        items=lines,
        total=total,
        discount=0,
        payable=total,
        placed_at=now - timedelta(minutes=minutes_ago),
        version=version,
        assigned_to=assigned_to,
    )
