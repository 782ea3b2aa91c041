"""What happens around every request: id, guards, problems, figures, access log."""

from __future__ import annotations

import asyncio
import time

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from structlog.contextvars import bind_contextvars, reset_contextvars

from backend.external.interfaces import EngineError
from backend.timing import Step, gathered, server_timing
from backend.web.guards import Guard
from backend.web.headers import harden, request_id_of
from backend.web.metrics import Metrics
from backend.web.piecewise import PiecewiseResponse
from backend.web.problems import internal, problem_response, reason_of

REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
STEPS: web.RequestKey[list[Step]] = web.RequestKey("steps", list)
_QUIET = frozenset({"/api/health", "/metrics"})

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def make_middleware(guard: Guard, metrics: Metrics, answer_seconds: float) -> Middleware:
    """The one middleware. It never raises but for a broken connection or its own cancellation."""

    @web.middleware
    async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.perf_counter()
        request_id = request_id_of(request.headers)
        request[REQUEST_ID] = request_id
        # Not ``bound_contextvars``: a WebSocket would hold its generators for as long as it is open.
        before = bind_contextvars(request_id=request_id)
        try:
            with gathered() as steps:
                request[STEPS] = steps
                response = await _answer(request, handler, guard, request_id)
                await _deliver(request, response, answer_seconds)
            seconds = time.perf_counter() - began
            route = _route(request)
            if not isinstance(response, web.WebSocketResponse):
                metrics.observe(request.method if route != "unknown" else "-", route, response.status, seconds)
            write = log.debug if route in _QUIET else log.info
            # The path without its query string; the template where there is one: ids stay out of it.
            write("request", method=request.method, route=route, status=response.status, ms=round(seconds * 1000, 1))
        finally:
            reset_contextvars(**before)
        return response

    return around


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """For ``on_response_prepare``: it sees WebSocket upgrades too."""
    harden(response.headers, request.get(REQUEST_ID) or request_id_of(request.headers))
    if steps := request.get(STEPS):
        response.headers["Server-Timing"] = server_timing(steps)


async def _answer(request: web.Request, handler: Handler, guard: Guard, request_id: str) -> web.StreamResponse:
    try:
        guard.check(request)
        return await handler(request)
    except web.HTTPRedirection:
        raise
    except Exception as error:
        if isinstance(error, ConnectionError) and (request.transport is None or request.transport.is_closing()):
            raise
        reason = reason_of(error)
        if reason is None:
            log.exception("unforeseen_error", route=_route(request), exc_info=error)
            reason = internal()
        elif reason.status is None and reason.code.value == "internal":
            log.exception("database_error", route=_route(request), exc_info=error)
        response = problem_response(reason, request_id)
        if not request.content.at_eof():
            # The rest of a refused body is not read as if it were the next request.
            response.force_close()
        return response


async def _deliver(request: web.Request, response: web.StreamResponse, seconds: float) -> None:
    """Write the answer here, within a bound: aiohttp waits for ever for a client that stopped reading."""
    if isinstance(response, web.WebSocketResponse):
        return
    try:
        async with asyncio.timeout(seconds):
            if isinstance(response, PiecewiseResponse):
                await response.send(request)
            else:
                await response.prepare(request)
                await response.write_eof()
    except TimeoutError:
        log.warning("client_stopped_reading", route=_route(request))
        _cut(request)
    except EngineError as error:
        # Half of it has been sent: the client must not take it for the whole.
        log.warning("answer_broke_off", route=_route(request), kind=type(error).__name__)
        _cut(request)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"
