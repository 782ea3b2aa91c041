"""How the backend is: its database and each engine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from backend.database.interface import Database, DatabaseError
from backend.services.engine_link import Health
from shared.health import Capability, EngineHealth, EngineState, HealthResponse, ModelNotice

DATABASE_SECONDS = 2.0
OK, DEGRADED, UNAVAILABLE = "ok", "degraded", "unavailable"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class HealthService:
    """``engines`` in the order in which they are tried."""

    def __init__(self, database: Database, engines: Sequence[Health], version: str) -> None:
        self._database = database
        self._engines = engines
        self._version = version

    async def check(self) -> HealthResponse:
        """``status`` is ok, degraded (a capability has no engine that is ready) or unavailable (no database)."""
        epoch = await self._epoch()
        engines = tuple(_to_wire(engine) for engine in self._engines)
        served = {engine.capability for engine in engines if engine.state is EngineState.READY}
        status = OK if served == set(Capability) else DEGRADED
        return HealthResponse(
            status=UNAVAILABLE if epoch is None else status,
            version=self._version,
            database=UNAVAILABLE if epoch is None else OK,
            epoch=epoch or "",
            engines=engines,
        )

    async def _epoch(self) -> str | None:
        try:
            async with asyncio.timeout(DATABASE_SECONDS), self._database.read() as db:
                return await db.log.epoch()
        except (DatabaseError, TimeoutError) as error:
            log.warning("database_check_failed", error=type(error).__name__)
            return None


def _to_wire(engine: Health) -> EngineHealth:
    return EngineHealth(
        capability=Capability(engine.capability),
        engine=engine.info.engine,
        state=EngineState(engine.state),
        languages=engine.info.languages,
        reason=engine.reason,
        model=engine.info.model,
        warnings=tuple(ModelNotice(code=w.code, model=w.model, ends=w.ends) for w in engine.warnings),
    )
