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
from tools.bench.delivery_rows import delivery_rows
from tools.bench.dialogues import dialogue_report
from tools.bench.figures import Row, table
from tools.bench.vendor_rows import vendor_rows
from tools.bench.window_rows import first_frame_row, tap_to_ticket_rows

MINIMUM_RUNS = 20
PARTS = ("dialogues", "backend", "delivery", "vendors", "windows")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=MINIMUM_RUNS, help=f"runs of each row, at least {MINIMUM_RUNS}")
    parser.add_argument("--engine", choices=("offline", "gemini"), default="offline", help="whose understanding")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    options = parser.parse_args(arguments)
    runs = max(MINIMUM_RUNS, options.runs)
    parts = PARTS if options.only is None else (options.only,)
    dialogues = dialogue_report(options.engine) if "dialogues" in parts else None
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="mallo-bench-") as name:
        folder = Path(name)
        if "backend" in parts:
            rows += backend_rows(runs, folder / "backend")
        if "delivery" in parts:
            rows += asyncio.run(delivery_rows(folder / "delivery"))
        if "vendors" in parts:
            rows += vendor_rows(runs, folder / "vendors")
        if "windows" in parts:
            rows.append(asyncio.run(first_frame_row(runs, folder / "frame")))
            rows += asyncio.run(tap_to_ticket_rows(runs, folder / "ticket"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print("\n\n".join(part for part in (table(rows) if rows else "", dialogues.text if dialogues else "") if part))
    return 0 if (dialogues is None or dialogues.met) and all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
