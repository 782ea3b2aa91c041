"""The WebSocket messages: one union told apart by ``type``."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue, SecretStr, StringConstraints, TypeAdapter, field_serializer

from shared.auth import UserType
from shared.base import WireModel, WireRequest


class Topic(StrEnum):
    ORDER_CREATED = "order.created"
    ORDER_ASSIGNED = "order.assigned"
    ORDER_STATUS = "order.status"
    ORDER_ITEMS = "order.items"
    ORDER_ALARM = "order.alarm"
    ORDER_PRINTED = "order.printed"
    PRINT_FAILED = "print.failed"
    HELP_REQUESTED = "help.requested"
    HELP_ANSWERED = "help.answered"
    HELP_ESCALATED = "help.escalated"
    BOARD_CHANGED = "board.changed"
    SESSION_ENDED = "session.ended"
    CATALOGUE_CHANGED = "catalogue.changed"
    ENGINE_CHANGED = "engine.changed"


class AlarmLevel(IntEnum):
    """``level`` of ``order.alarm``: how long an order has stood that no staff window has acknowledged."""

    OVER = 0
    RAISED = 1
    PRINTED = 2
    CUSTOMER = 3


class PrintKind(StrEnum):
    """``kind`` of ``order.printed`` and ``print.failed``: the kitchen's slip, or the customer's receipt."""

    KITCHEN = "kitchen"
    RECEIPT = "receipt"


class CloseCode(IntEnum):
    TOO_BIG = 1009
    RESTART = 1012
    UNAUTHENTICATED = 4001
    FORBIDDEN = 4003
    TOO_SLOW = 4008
    RESYNC = 4009
    TOKEN_EXPIRED = 4010
    MALFORMED = 4400


class Auth(WireRequest):
    """The first message, within 5 s. ``after`` is the last notification id seen, under ``epoch``.

    ``board``: a customer's socket then also gets ``board.changed`` (number and status alone) for everybody's orders.
    """

    type: Literal["auth"] = "auth"
    user_id: Annotated[str, StringConstraints(max_length=64)]
    user_type: UserType
    token: SecretStr
    device_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    after: Annotated[int, Field(ge=0)] | None = None
    epoch: Annotated[str, StringConstraints(max_length=64)] | None = None
    board: bool = False

    @field_serializer("token", when_used="json")
    def _reveal_on_the_wire(self, token: SecretStr) -> str:
        return token.get_secret_value()


class Ack(WireRequest):
    type: Literal["ack"] = "ack"
    id: Annotated[int, Field(ge=0)]


class Pong(WireRequest):
    type: Literal["pong"] = "pong"
    at: datetime


class AuthOk(WireModel):
    """``recovered`` false: fetch ``GET /api/orders?open=true`` and go on from its ``top``."""

    type: Literal["auth_ok"] = "auth_ok"
    connection_id: str
    epoch: str
    top: int
    recovered: bool


class Notification(WireModel):
    """One row of the store's log. ``id`` has no gaps and grows in commit order.

    A customer's socket carries only what concerns that customer: there ids may skip.
    """

    type: Literal["notification"] = "notification"
    id: int
    topic: Topic
    at: datetime
    data: dict[str, JsonValue]


class Heartbeat(WireModel):
    type: Literal["heartbeat"] = "heartbeat"
    at: datetime
    top: int


ClientMessage = Annotated[Auth | Ack | Pong, Field(discriminator="type")]
ServerMessage = Annotated[AuthOk | Notification | Heartbeat, Field(discriminator="type")]

client_message: TypeAdapter[Auth | Ack | Pong] = TypeAdapter(ClientMessage)
server_message: TypeAdapter[AuthOk | Notification | Heartbeat] = TypeAdapter(ServerMessage)
