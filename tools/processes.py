"""Start this checkout's own processes and end them again, whatever happens in between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STOP_SECONDS = 5
GENEROUS_RATES = {
    "MALLO_RATE_DEFAULT": "1000000/1",
    "MALLO_RATE_VOICE": "1000000/1",
    "MALLO_RATE_AUTH": "1000000/1",
}
"""One client does the work of a hundred kiosks here; its limits are lifted, nothing else."""


VENDOR_VARIABLES = ("GEMINI_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL")
"""Read by the backend beside ``MALLO_…``: whoever has them set does not pay for what is played and measured here."""


def clean_environment() -> dict[str, str]:
    """This process's variables without a shop's settings, anybody's keys, and models that somebody else fetched."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MALLO_") and name not in VENDOR_VARIABLES
    }
    return {**kept, "HF_HUB_CACHE": os.devnull}


@dataclass(frozen=True, slots=True)
class RunningBackend:
    url: str
    pid: int


@contextmanager
def running_backend(data_dir: Path, environment: Mapping[str, str] = GENEROUS_RATES) -> Iterator[RunningBackend]:
    """``python -m backend`` on a free port.

    Raises:
        RuntimeError: it ended before it was ready; its own words stand on stderr.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "backend", "--port", "0", "--data-dir", str(data_dir), "--log-level", "warning"],
        cwd=ROOT,
        env={**clean_environment(), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError("the backend ended before it was ready")
        yield RunningBackend(line.split()[1], process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
