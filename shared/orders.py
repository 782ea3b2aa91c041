"""Orders on the wire. Money is whole won; times are RFC 3339 in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared import limits
from shared.base import WireModel, WireRequest

IDEMPOTENCY_HEADER = "Idempotency-Key"
IDEMPOTENCY_KEY_PATTERN = r"^[A-Za-z0-9_.:-]{8,100}$"

Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+$")]


class Service(StrEnum):
    EAT_IN = "eat_in"
    TO_GO = "to_go"


class OrderStatus(StrEnum):
    RECEIVED = "received"
    PREPARING = "preparing"
    READY = "ready"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CakeFlavour(StrEnum):
    VANILLA = "vanilla"
    CHOCOLATE = "chocolate"
    MATCHA = "matcha"
    STRAWBERRY = "strawberry"


class Cake(WireRequest):
    """How a custom cake is made. ``colour`` is a colour name or ``#rrggbb``; ``lettering`` up to 20 characters."""

    flavour: CakeFlavour = CakeFlavour.VANILLA
    colour: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6}|[a-z]{3,20})$")] = "white"
    tiers: Annotated[int, Field(ge=1, le=limits.MAX_TIERS)] = 1
    lettering: Annotated[str, StringConstraints(max_length=limits.MAX_LETTERING_CHARS)] = ""


class OrderItemDraft(WireRequest):
    """What is wanted. ``customization`` holds only the counts that differ from the menu's default."""

    menu_code: Code
    style: Code
    quantity: Annotated[int, Field(ge=limits.MIN_QUANTITY, le=limits.MAX_QUANTITY)]
    customization: Annotated[
        dict[Code, Annotated[int, Field(ge=0, le=limits.MAX_INGREDIENT_COUNT)]], Field(max_length=20)
    ] = {}
    cake: Cake | None = None


class OrderDraft(WireRequest):
    """``POST /api/orders``."""

    items: Annotated[tuple[OrderItemDraft, ...], Field(max_length=limits.MAX_ITEMS)]
    service: Service = Service.EAT_IN


class OrderItem(WireModel):
    """One priced line. ``unit_price`` and ``line_price`` are won before discounts."""

    menu_code: str
    style: str
    quantity: int
    customization: dict[str, int] = {}
    cake: Cake | None = None
    unit_price: int
    line_price: int


class Discount(WireModel):
    """What one event takes off one line, in won."""

    event_code: str
    item_index: int
    amount: int


class Quote(WireModel):
    """What a draft costs now. ``payable = total - discount``."""

    items: tuple[OrderItem, ...]
    discounts: tuple[Discount, ...] = ()
    total: int
    discount: int
    payable: int


class Order(Quote):
    """A placed order. ``order_number`` is the short number that people call out; ``version`` grows with each change."""

    id: str
    order_number: int
    status: OrderStatus
    service: Service
    placed_at: datetime
    version: int
    assigned_to: str | None = None
    estimated_ready_at: datetime | None = None


class OrdersResponse(WireModel):
    """``top`` is the notification id up to which this list is complete: go on from there over WebSocket."""

    orders: tuple[Order, ...]
    top: int
    epoch: str


class OrderPatch(WireRequest):
    """Change of status, of assignment, or both. ``version`` is the one that the change was made on."""

    version: int
    status: OrderStatus | None = None
    assigned_to: Annotated[str, StringConstraints(max_length=64)] | None = None


class HelpRequest(WireRequest):
    """A customer calls the staff. ``screen`` says where they are stuck, ``device_id`` at which kiosk."""

    device_id: Annotated[str, StringConstraints(max_length=64)]
    screen: Annotated[str, StringConstraints(max_length=40)] = ""


class HelpResponse(WireModel):
    help_id: str
