"""The HTTP server: aiohttp's, with its defaults changed where they were measured to be wrong.

* Unfinished headers and idle connections are cut after ``idle_seconds`` (aiohttp: an hour).
* A malformed request gets a problem, and its bytes stay out of the log (aiohttp logs them with a traceback).
* Connections are bounded in number.
* The stop takes ``STOP_SECONDS`` at most for calls in flight; sockets are closed by ``on_shutdown`` before.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiohttp import web

from backend.web.headers import harden, request_id_of
from backend.web.problems import Reason, internal, problem_response
from shared.problems import ProblemCode

STOP_SECONDS = 0.5
LINGER_SECONDS = 2.0
"""How long the rest of a refused body is read and thrown away, so that the client can read why."""
MAX_CONNECTIONS = 800
BACKLOG = 256

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class _Connection(web.RequestHandler):
    """One connection. aiohttp calls ``handle_error`` for what never reaches the application."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - aiohttp's signature; it quotes the client's bytes
    ) -> web.StreamResponse:
        if request.writer.output_size > 0 or isinstance(exc, ConnectionError):
            # The client is gone, or has had half an answer: aiohttp drops the connection for this.
            raise ConnectionError("nobody to tell") from exc
        request_id = request_id_of(request.headers)
        if status < 500:
            log.info("malformed_request", request_id=request_id, error=type(exc).__name__)
            reason = Reason(ProblemCode.INVALID_REQUEST, "This is not well-formed HTTP.", status=status)
        else:
            log.error("server_error", request_id=request_id, exc_info=exc)
            reason = internal()
        response = problem_response(reason, request_id)
        harden(response.headers, request_id)
        response.force_close()
        return response

    def log_exception(self, *_: Any, **kwargs: Any) -> None:
        error = kwargs.get("exc_info")
        if isinstance(error, web.RequestPayloadError):
            # A body that breaks off or cannot be decompressed: the client's fault, and answered.
            log.info("broken_body")
        else:
            log.error("connection_failed", exc_info=error)


class _Server(web.Server):
    def __init__(self, handler: Any, max_connections: int, **options: Any) -> None:
        super().__init__(handler, **options)
        self._max_connections = max_connections

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        if len(self._connections) > self._max_connections:
            log.warning("too_many_connections", limit=self._max_connections)
            transport.abort()


class Runner(web.AppRunner):
    """``web.AppRunner`` with our server."""

    def __init__(self, app: web.Application, idle_seconds: float, max_connections: int) -> None:
        self._max_connections = max_connections
        super().__init__(
            app,
            access_log=None,
            keepalive_timeout=idle_seconds,
            lingering_time=LINGER_SECONDS,
            shutdown_timeout=STOP_SECONDS,
            logger=logging.getLogger("backend.web.connection"),
        )

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        options = made._kwargs  # noqa: SLF001 - there is no public way
        return _Server(made.request_handler, self._max_connections, request_factory=made.request_factory, **options)


@asynccontextmanager
async def serving(
    app: web.Application, listener: socket.socket, idle_seconds: float, max_connections: int = MAX_CONNECTIONS
) -> AsyncIterator[str]:
    """Serve ``app`` on a bound socket while the context lasts; yields its URL. Further connections are cut at once."""
    runner = Runner(app, idle_seconds, max_connections)
    try:
        await runner.setup()
        await web.SockSite(runner, listener, backlog=BACKLOG).start()
        yield _url(listener)
    finally:
        await runner.cleanup()
        listener.close()


def bind(host: str, port: int) -> socket.socket:
    """A bound socket, not listening yet: callers are refused until ``serving`` begins. Port 0 picks a free one.

    Raises:
        OSError: the address is in use or not ours.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # Without it a restart waits for the old connections' TIME_WAIT.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - told, not bound
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
