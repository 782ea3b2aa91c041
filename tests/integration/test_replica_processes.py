"""Two backend processes on one PostgreSQL behind a proxy: killed, cut off, their LISTEN connections ended."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from tools.torture.run import Run

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(900)]

ORDERS = 20


async def test_clients_move_over_and_nothing_is_lost_or_doubled(
    tmp_path: Path, postgres_url: str, postgres_server: str
) -> None:
    async def end_listeners() -> None:
        admin = await asyncpg.connect(postgres_server)
        try:
            await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'")
        finally:
            await admin.close()

    run = Run(
        tmp_path,
        ORDERS,
        seed=7,
        replicas=2,
        database_url=postgres_url,
        only=("backend killed", "lines cut"),
        more={"listeners ended": end_listeners},
        calm=(0.0, 0.2),
        most=3,
    )
    tally = await run.go()
    assert len(tally.confirmed) >= ORDERS, str(tally)
    assert tally.passed, f"{tally}; lost {tally.lost}, doubled {tally.doubled}, gaps {tally.gaps}"
    assert tally.accidents == {"backend killed": 1, "lines cut": 1, "listeners ended": 1}
