"""Endpoint rows that give back what they got, mounted on the real application, for tests of the mounting itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from backend.domain.people import Caller
from backend.web.application import make_application
from backend.web.endpoint import Access, Answer, Call, Content, Endpoint
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.patience import Patience
from backend.web.rate_limit import Rate, RateLimiter
from backend.web.server import bind, serving
from shared.base import WireModel, WireRequest

UPLOAD_LIMIT = 1024 * 1024


class Words(WireRequest):
    text: str


class Echo(WireModel):
    text: str
    caller: str | None = None
    size: int = 0


class FakeCallers:
    """Tokens are ``<type>-token``."""

    async def caller_of(self, token: str) -> Caller | None:
        kind, _, word = token.partition("-")
        return Caller(f"{kind}-1", kind) if word == "token" else None


async def _echo(call: Call[Words]) -> Echo:
    return Echo(text=call.body.text, caller=call.caller.user_id if call.caller else None)


async def _who(call: Call[None]) -> Echo:
    return Echo(text="", caller=call.signed_in.user_id)


async def _upload(call: Call[None]) -> Echo:
    assert call.upload is not None
    fields = ",".join(f"{k}={v}" for k, v in call.upload.fields.items())
    return Echo(text=f"{call.upload.filename} {call.upload.mime_type} {fields}", size=len(call.upload.content))


async def _large(_: Call[None]) -> Content:
    return Content(b"x" * 64 * 1024 * 1024, "application/octet-stream")


async def _sleep(_: Call[None]) -> Answer:
    await asyncio.Event().wait()
    return None


async def _fail(_: Call[None]) -> Answer:
    raise KeyError("010-1234-5678")


async def _upgrade_too_late(call: Call[None]) -> Answer:
    """A WebSocket's handshake with a client that is just going: its transport is closing, and not gone yet."""
    assert call.request.transport is not None
    call.request.transport.abort()
    await web.WebSocketResponse().prepare(call.request)
    return None


def echo_rows() -> list[Endpoint]:
    return [
        Endpoint("POST", "/echo", _echo, "Echo", body=Words, answer=Echo),
        Endpoint("GET", "/customer", _who, "Who", access=Access.CUSTOMER, answer=Echo),
        Endpoint("GET", "/staff", _who, "Who", access=Access.STAFF, answer=Echo),
        Endpoint("GET", "/manager", _who, "Who", access=Access.MANAGER, answer=Echo),
        Endpoint("POST", "/upload", _upload, "Up", upload="file", upload_fields=("language",), max_bytes=UPLOAD_LIMIT),
        Endpoint("GET", "/large", _large, "Large", content_types=("application/octet-stream",)),
        Endpoint("GET", "/endless", _sleep, "Endless", status=204),
        Endpoint("GET", "/late", _upgrade_too_late, "Late", status=204),
        Endpoint("GET", "/items/{code}", _fail, "Fail", rate="slow"),
    ]


def echo_app(metrics: Metrics | None, patience: Patience) -> web.Application:
    return make_application(
        echo_rows(),
        (),
        callers=FakeCallers(),
        limiter=RateLimiter({"default": Rate(100_000, 1), "auth": Rate(3, 60), "slow": Rate(2, 60)}),
        guard=Guard("127.0.0.1", allowed_hosts=("kiosk.shop",), allowed_origins=("https://studio.shop",)),
        metrics=metrics or Metrics(),
        patience=patience,
    )


@asynccontextmanager
async def echo_server(
    idle_seconds: float = 10.0,
    metrics: Metrics | None = None,
    patience: Patience = Patience(),  # noqa: B008 - frozen
) -> AsyncIterator[str]:
    """The rows behind the real server; yields the URL."""
    with bind("127.0.0.1", 0) as listener:
        async with serving(echo_app(metrics, patience), listener, idle_seconds) as url:
            yield url
