"""``make bench``: prints the table of docs/measured.md."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench.backend_rows import backend_rows
from tools.bench.dialogues import dialogue_report
from tools.bench.figures import table
from tools.bench.window_rows import first_frame_row, tap_to_ticket_rows

MINIMUM_RUNS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=MINIMUM_RUNS, help=f"runs of each row, at least {MINIMUM_RUNS}")
    parser.add_argument("--engine", choices=("offline", "gemini"), default="offline", help="whose understanding")
    options = parser.parse_args(arguments)
    runs = max(MINIMUM_RUNS, options.runs)
    dialogues = dialogue_report(options.engine)
    with tempfile.TemporaryDirectory(prefix="mallo-bench-") as name:
        folder = Path(name)
        rows = backend_rows(runs, folder / "backend")
        rows.append(asyncio.run(first_frame_row(runs, folder / "frame")))
        rows += asyncio.run(tap_to_ticket_rows(runs, folder / "ticket"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print(f"{table(rows)}\n\n{dialogues.text}")
    return 0 if dialogues.met and all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
