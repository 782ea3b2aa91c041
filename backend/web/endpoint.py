"""How a router declares its calls: one table row a call, from which routes, validation and OpenAPI are made."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
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
    """An answer that is not JSON, or one with another status than the call's own.

    A ``body`` that is not bytes is sent piece by piece as it comes; where it raises, the connection is cut, so that
    nobody takes half an answer for a whole one. It is closed (``aclose``) in the end.
    """

    body: bytes | AsyncGenerator[bytes, None]
    mime_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """A request header that a call reads, for OpenAPI. The handler checks it."""

    name: str
    description: str
    pattern: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Upload:
    """A file from a multipart body, read within the endpoint's ``max_bytes``; ``fields`` are the other parts as text.

    ``filename`` and ``mime_type`` are the client's words: trust neither.
    """

    content: bytes
    filename: str
    mime_type: str
    fields: Mapping[str, str]


Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Call(Generic[Body]):
    """One validated call. ``body`` is the validated JSON (``None`` where the call has none).

    ``caller`` is None only where ``Access.OPEN`` let somebody in without a token. ``upload`` is there where
    the endpoint names an upload.
    """

    body: Body
    caller: Caller | None
    path: Mapping[str, str]
    query: BaseModel | None
    headers: Mapping[str, str]
    request: web.Request
    request_id: str
    upload: Upload | None = None

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

    ``body`` None: no JSON body is read. ``upload`` names the file field of a multipart body, which is read, bounded,
    into ``call.upload`` before the handler runs; ``upload_fields`` are the text fields that may come with it.
    ``content_types`` are the non-JSON answers' types; ``other_answers`` names further statuses that are no problems.
    ``max_bytes`` overrides the JSON limit and bounds the file. ``rate`` names a bucket of the rate limiter (settings).
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
    headers: tuple[Header, ...] = ()
    problems: tuple[ProblemCode, ...] = ()
    other_answers: Mapping[int, str] = field(default_factory=dict)
    upload: str | None = None
    upload_fields: tuple[str, ...] = ()
    content_types: tuple[str, ...] = ()
    max_bytes: int | None = None
    rate: str = "default"
    tag: str = ""
