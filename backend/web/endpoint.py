"""How a router declares its calls: one table row a call, from which routes, validation and OpenAPI are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Generic, TypeVar

from aiohttp import web
from pydantic import BaseModel

from backend.domain.people import Caller
from shared.base import WireModel, WireRequest
from shared.problems import ProblemCode


class Access(IntEnum):
    """Who may call. With ``OPEN`` a token is not needed; one that is shown must be valid all the same."""

    OPEN = 0
    CUSTOMER = 1
    STAFF = 2
    MANAGER = 3


@dataclass(frozen=True, slots=True)
class Content:
    """An answer that is not JSON, or one with another status than the call's own."""

    body: bytes
    mime_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Call(Generic[Body]):
    """One validated call. ``body`` is the validated JSON (``None`` where the call has none).

    ``caller`` is None only where ``Access.OPEN`` let somebody in without a token.
    """

    body: Body
    caller: Caller | None
    path: Mapping[str, str]
    query: BaseModel | None
    headers: Mapping[str, str]
    request: web.Request
    request_id: str

    @property
    def signed_in(self) -> Caller:
        """The caller of a call that is not open."""
        if self.caller is None:
            raise RuntimeError("an open call has no caller")
        return self.caller


Answer = WireModel | Content | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row. A handler answers a wire model (JSON), ``Content``, or ``None`` (204).

    ``body`` None: no JSON body is read; the handler may read ``call.request`` (multipart) itself.
    ``upload`` names the multipart file field for OpenAPI; ``content_types`` are the non-JSON answers' types.
    ``max_bytes`` overrides the JSON limit. ``rate`` names a bucket of the rate limiter (settings).
    """

    method: str
    path: str
    handler: Callable[[Call[Any]], Awaitable[Answer]]
    summary: str
    access: Access = Access.OPEN
    body: type[WireRequest] | None = None
    query: type[BaseModel] | None = None
    answer: type[WireModel] | None = None
    status: int = 200
    problems: tuple[ProblemCode, ...] = ()
    upload: str | None = None
    content_types: tuple[str, ...] = ()
    max_bytes: int | None = None
    rate: str = "default"
    tag: str = ""
