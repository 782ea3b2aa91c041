"""Signing in."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import SecretStr, StringConstraints, field_serializer

from shared.base import WireModel, WireRequest


class UserType(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    MANAGER = "manager"


class LoginRequest(WireRequest):
    user_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    pin: Annotated[SecretStr, StringConstraints(min_length=4, max_length=12)]

    @field_serializer("pin", when_used="json")
    def _reveal_on_the_wire(self, pin: SecretStr) -> str:
        return pin.get_secret_value()


class LoginResponse(WireModel):
    token: str
    user_id: str
    user_type: UserType
    expires_at: datetime


class GuestRequest(WireRequest):
    """Nothing is asked of a guest."""


class GuestResponse(WireModel):
    user_id: str
    token: str
    expires_at: datetime


class StaffMember(WireModel):
    """Somebody who can be given an order: staff, or a manager."""

    user_id: str
    name: str
    user_type: UserType


class StaffResponse(WireModel):
    """``GET /api/staff``, by name."""

    people: tuple[StaffMember, ...]
