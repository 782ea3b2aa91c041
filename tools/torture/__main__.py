"""``make torture ARGS="--orders 10000 --seed 7"``: exit code 1 when an order was lost or doubled."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.torture.run import Run, Tally


async def _watched(run: Run) -> Tally:
    """Control-C ends it in order; how far it is, is told each minute."""

    async def tell() -> None:
        while True:
            await asyncio.sleep(60)
            print(f"{len(run.tally.confirmed)} confirmed, {run.tally.accidents.total()} accidents", flush=True)

    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, run.enough)
    telling = asyncio.create_task(tell())
    try:
        return await run.go()
    finally:
        telling.cancel()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--orders", type=int, default=1000, help="how many are confirmed to customers")
    parser.add_argument("--seed", type=int, default=None, help="of the accidents; none: a new one, which is printed")
    parser.add_argument("--replicas", type=int, default=1, help="backends; more than one need --database-url")
    parser.add_argument("--database-url", help="an empty PostgreSQL database, as postgresql+asyncpg://…")
    given = parser.parse_args(arguments)
    if given.replicas > 1 and not given.database_url:
        parser.error("several backends share a PostgreSQL: --database-url")
    seed = given.seed if given.seed is not None else secrets.randbelow(1_000_000)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mallo-torture-") as name:
        run = Run(Path(name), given.orders, seed, replicas=given.replicas, database_url=given.database_url)
        tally = asyncio.run(_watched(run))
    print(tally)
    if not tally.passed:
        print(f"lost: {sorted(tally.lost)}\ndoubled: {tally.doubled}\ngaps: {tally.gaps}")
    return 0 if tally.passed else 1


if __name__ == "__main__":
    sys.exit(main())
