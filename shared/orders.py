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
    """A placed order. ``order_number`` is the short number that people call out; ``version`` grows with each change.

    ``done``: which of ``items`` the kitchen has made, by index, in order.
    """

    id: str
    order_number: int
    status: OrderStatus
    service: Service
    placed_at: datetime
    version: int
    assigned_to: str | None = None
    estimated_ready_at: datetime | None = None
    done: tuple[int, ...] = ()


class OrdersResponse(WireModel):
    """``top`` is the notification id up to which this list is complete: go on from there over WebSocket.

    ``unseen``, to staff: ids of orders that no staff window has acknowledged.
    """

    orders: tuple[Order, ...]
    top: int
    epoch: str
    unseen: tuple[str, ...] = ()


class BoardResponse(WireModel):
    """Order numbers for everybody to see, oldest first. ``top`` and ``epoch`` as in ``OrdersResponse``."""

    preparing: tuple[int, ...]
    ready: tuple[int, ...]
    top: int
    epoch: str


class OrderPatch(WireRequest):
    """Change of status, of assignment, of what is done, or of several. ``version`` is the one it was made on.

    ``done`` is the whole list of finished items, by index.
    """

    version: int
    status: OrderStatus | None = None
    assigned_to: Annotated[str, StringConstraints(max_length=64)] | None = None
    done: (
        Annotated[tuple[Annotated[int, Field(ge=0, lt=limits.MAX_ITEMS)], ...], Field(max_length=limits.MAX_ITEMS)]
        | None
    ) = None


class HelpMode(StrEnum):
    """How the customer was ordering when they called."""

    VOICE = "voice"
    TOUCH = "touch"
    KEYS = "keys"


class HelpRequest(WireRequest):
    """A customer calls the staff. ``screen`` says where they are stuck, ``device_id`` at which kiosk.

    ``cart`` is what they have chosen so far.
    """

    device_id: Annotated[str, StringConstraints(max_length=64)]
    screen: Annotated[str, StringConstraints(max_length=40)] = ""
    mode: HelpMode | None = None
    cart: Annotated[tuple[OrderItemDraft, ...], Field(max_length=limits.MAX_ITEMS)] = ()


class HelpResponse(WireModel):
    help_id: str


class HelpCall(WireModel):
    """A call that nobody has answered yet, as in the data of ``help.requested``."""

    help_id: str
    device_id: str
    screen: str
    mode: HelpMode | None
    cart: tuple[OrderItemDraft, ...]
    at: datetime
    escalated: bool


class HelpCallsResponse(WireModel):
    """The longest waiting first."""

    calls: tuple[HelpCall, ...]
