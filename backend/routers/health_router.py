"""Liveness and figures."""

from __future__ import annotations

from collections.abc import Callable

from backend.services.health_service import UNAVAILABLE, HealthService
from backend.web.endpoint import Access, Call, Content, Endpoint
from shared import paths
from shared.health import HealthResponse


class HealthRouter:
    """``GET /api/health`` (open) and ``GET /metrics`` (a manager's)."""

    def __init__(self, health: HealthService, exposition: Callable[[], bytes], exposition_type: str) -> None:
        self._health = health
        self._exposition = exposition
        self._exposition_type = exposition_type

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                paths.HEALTH,
                self._check,
                "Is it alive, and what can its engines do? 503 without a database",
                answer=HealthResponse,
                other_answers={503: "There is no database"},
                tag="health",
            ),
            Endpoint(
                "GET",
                paths.METRICS,
                self._figures,
                "Figures for Prometheus",
                access=Access.MANAGER,
                content_types=("text/plain",),
                tag="health",
            ),
        ]

    async def _check(self, _: Call[None]) -> HealthResponse | Content:
        health = await self._health.check()
        if health.status == UNAVAILABLE:
            return Content(health.model_dump_json().encode(), "application/json", 503)
        return health

    async def _figures(self, _: Call[None]) -> Content:
        return Content(self._exposition(), self._exposition_type)
