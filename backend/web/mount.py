"""From an endpoint row to an aiohttp route: rate, token, access, body, handler, answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import HttpVersion11, web
from pydantic import BaseModel

from backend.domain.people import Caller
from backend.errors import Refusal
from backend.web.access import Callers, bearer_token, check_access
from backend.web.body import read_json, read_upload
from backend.web.endpoint import Answer, Call, Content, Endpoint
from backend.web.middleware import REQUEST_ID
from backend.web.patience import Patience
from backend.web.piecewise import PiecewiseResponse
from backend.web.rate_limit import RateLimiter
from backend.web.validation import parse_json, parse_query
from shared.limits import MAX_JSON_BYTES
from shared.problems import ProblemCode

GUESSES = "auth"
"""Calls with tokens that nobody has count here: tokens cannot be tried out at the speed of other calls."""


class Mount:
    """Makes routes of endpoint rows."""

    def __init__(self, callers: Callers, limiter: RateLimiter, patience: Patience) -> None:
        self._callers = callers
        self._limiter = limiter
        self._patience = patience

    def route(self, row: Endpoint) -> web.RouteDef:
        async def handle(request: web.Request) -> web.StreamResponse:
            call = await self._call(row, request)
            async with asyncio.timeout(self._patience.handler):
                answer = await row.handler(call)
            return to_response(answer, row.status)

        return web.route(row.method, row.path, handle, expect_handler=_expect)

    def raw(self, route: web.RouteDef, bucket: str = "default") -> web.RouteDef:
        """A route that reads its request itself (WebSocket): limited in rate like the others."""

        async def handle(request: web.Request) -> web.StreamResponse:
            self._limiter.take(bucket, f"address {request.remote}")
            return await route.handler(request)

        return web.route(route.method, route.path, handle, expect_handler=_expect)

    async def _call(self, row: Endpoint, request: web.Request) -> Call[Any]:
        caller = await self._caller(row, request)
        check_access(row.access, caller)
        _check_path(request.match_info)
        limit = row.max_bytes or MAX_JSON_BYTES
        body: BaseModel | None = None
        upload = None
        query = parse_query(row.query, _multi(request)) if row.query else None
        if row.upload:
            upload = await read_upload(request, row.upload, row.upload_fields, limit, self._patience.upload)
        elif row.body:
            body = parse_json(row.body, await read_json(request, limit, self._patience.json))
        return Call(
            body=body,
            caller=caller,
            path=request.match_info,
            query=query,
            headers=request.headers,
            request=request,
            request_id=request[REQUEST_ID],
            upload=upload,
        )

    async def _caller(self, row: Endpoint, request: web.Request) -> Caller | None:
        address = f"address {request.remote}"
        token = bearer_token(request.headers)
        if token is None:
            self._limiter.take(row.rate, address)
            return None
        caller = await self._callers.caller_of(token)
        if caller is None:
            self._limiter.take(GUESSES, address)
            raise Refusal(ProblemCode.UNAUTHENTICATED, "The token is unknown or has expired.", reason="unknown_token")
        self._limiter.take(row.rate, f"user {caller.user_id}")
        return caller


def to_response(answer: Answer, status: int) -> web.StreamResponse:
    """``None`` is 204; a model is JSON; ``Content`` is itself."""
    if answer is None:
        return web.Response(status=204)
    if isinstance(answer, Content):
        if not isinstance(answer.body, bytes):
            piecewise = PiecewiseResponse(answer.body, answer.status, answer.mime_type)
            piecewise.headers.update(answer.headers)
            return piecewise
        mime_type = answer.mime_type if answer.body else None
        response = web.Response(status=answer.status, body=answer.body, headers=dict(answer.headers))
        if mime_type:
            response.headers["Content-Type"] = mime_type
        return response
    return web.Response(status=status, body=answer.model_dump_json().encode(), content_type="application/json")


def _multi(request: web.Request) -> Mapping[str, list[str]]:
    return {name: request.query.getall(name) for name in request.query}


def _check_path(values: Mapping[str, str]) -> None:
    for value in values.values():
        if not value.isprintable() or len(value) > 200:
            raise Refusal(ProblemCode.NOT_FOUND)


async def _expect(request: web.Request) -> None:
    """Send ``100 Continue``; aiohttp's own handler answers other expectations in plain text, before any middleware."""
    if request.version == HttpVersion11 and request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0
