"""``make barrier-free``: look at every screen and print the sheet; exit code 1 on a breach.

``--only TEXT`` (repeatable) keeps the windows whose name (``portrait ko large``) contains TEXT, ``--all`` lists every
breach, ``--jobs N`` processes look at once.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

OUT: Final = Path(__file__).resolve().parents[2] / "build" / "barrier_free"

from tools.barrier_free import sheet, studio  # noqa: E402 -- Qt's platform has to be chosen first
from tools.barrier_free.child import look_at  # noqa: E402 -- as above
from tools.barrier_free.look import Breach, Look  # noqa: E402 -- as above


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", action="append", default=[])
    arguments.add_argument("--all", action="store_true")
    arguments.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    chosen = arguments.parse_args()
    windows = [w for w in studio.everything() if all(text in w.title for text in chosen.only)]
    began = time.monotonic()
    looks: list[Look] = []
    found: list[Breach] = []
    with ProcessPoolExecutor(chosen.jobs, multiprocessing.get_context("spawn")) as pool:
        for some, breaches in pool.map(look_at, windows):
            looks += some
            found += breaches
    found += studio.compared(looks)
    written = sheet.lines(found, time.monotonic() - began, len(looks), every=chosen.all)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "sheet.txt").write_text("\n".join(written) + "\n", encoding="utf-8")
    print("\n".join(written))
    return 1 if sheet.broken(found) else 0


if __name__ == "__main__":
    sys.exit(main())
