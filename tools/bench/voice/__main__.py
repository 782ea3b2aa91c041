"""``make bench-voice``: prints the table of docs/voice.md. Exit code 1 where a goal was missed."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import structlog

from tools.bench.voice import noise_rows, rows
from tools.bench.voice.bench import Bench
from tools.bench.voice.recorder import recording
from tools.bench.voice.report import Line, span_table, table
from tools.bench.voice.turns import NotAnswered
from tools.sound_stage import sound_stage

RUNS = 20
QUICK_RUNS = 4
ROWS = {
    "model": rows.with_a_model,
    "instant": rows.with_instant_engines,
    "local": rows.answered_locally,
    "barge-in": noise_rows.barge_in,
    "babble": noise_rows.among_others,
    "pink": noise_rows.in_noise,
    "own-voice": noise_rows.beside_its_loudspeaker,
    "first": rows.first_after_start,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a goal was missed, 2 where there can be no sound."""
    parser = argparse.ArgumentParser(prog="make bench-voice", description=__doc__)
    parser.add_argument("--only", choices=ROWS, action="append", help="one row of it; may be given again")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_RUNS} turns a row instead of {RUNS}")
    parser.add_argument("--runs", type=int, help="turns a row")
    given = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    runs = given.runs or (QUICK_RUNS if given.quick else RUNS)
    try:
        return asyncio.run(_measured(given.only or list(ROWS), runs))
    except RuntimeError as error:
        print(f"bench-voice: {error}", file=sys.stderr)
        return 2


async def _measured(names: Sequence[str], runs: int) -> int:
    with tempfile.TemporaryDirectory(prefix="mallo-voice-") as name, sound_stage(one_clock=True) as stage:
        # The kiosk's sound is in this process. Its HOME stays: only players need the stage's.
        os.environ.update({key: value for key, value in stage.environment.items() if key != "HOME"})
        with recording(stage) as recorder:
            bench = Bench(stage, recorder, Path(name), runs)
            try:
                for row in names:
                    began, before = time.monotonic(), len(bench.lines)
                    try:
                        await ROWS[row](bench)
                    except (RuntimeError, TimeoutError, LookupError, NotAnswered) as error:
                        bench.lines.append(Line(row, "", "", "", f"not measured: {error!r}", met=False))
                    told = "; ".join(line.ours for line in bench.lines[before:])
                    bench.tell(f"{row} ({time.monotonic() - began:.0f} s): {told}")
            finally:
                await bench.close()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print(table(bench.lines))
    if bench.spans:
        print("\n" + span_table(bench.spans))
    return 0 if all(line.met is not False for line in bench.lines) else 1


if __name__ == "__main__":
    sys.exit(main())
