"""The two bases of every wire model."""

from pydantic import BaseModel, ConfigDict


class WireModel(BaseModel):
    """What a server says: immutable; fields that a newer server adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class WireRequest(BaseModel):
    """What a client says: immutable; an unknown field is a mistake and is told so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
