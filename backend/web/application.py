"""Put the web part together: rows, routes, middleware."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiohttp import web

from backend.web.access import Callers
from backend.web.endpoint import Endpoint
from backend.web.guards import Guard
from backend.web.metrics import Metrics
from backend.web.middleware import add_headers, make_middleware
from backend.web.mount import Mount
from backend.web.patience import Patience
from backend.web.rate_limit import RateLimiter
from shared.limits import MAX_JSON_BYTES


def make_application(
    endpoints: Sequence[Endpoint],
    routes: Iterable[web.RouteDef],
    *,
    callers: Callers,
    limiter: RateLimiter,
    guard: Guard,
    metrics: Metrics,
    patience: Patience = Patience(),  # noqa: B008 - frozen
) -> web.Application:
    """An application that serves the rows and, beside them, ``routes`` (WebSocket)."""
    app = web.Application(
        middlewares=[make_middleware(guard, metrics, patience.answer)], client_max_size=MAX_JSON_BYTES
    )
    app.on_response_prepare.append(add_headers)
    mount = Mount(callers, limiter, patience)
    app.add_routes([mount.route(row) for row in endpoints])
    app.add_routes([mount.raw(route) for route in routes])
    return app
