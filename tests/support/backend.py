"""The real backend for tests: as a process of its own, or inside the test's event loop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from backend.app import build_app, shop_day, utc_now
from backend.settings import Settings
from backend.web.server import bind, serving
from tests.support.ready_line import first_line

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30.0
STOP_SECONDS = 10.0
NO_LIMIT = "1000000/1"
GENEROUS = {"MALLO_RATE_DEFAULT": NO_LIMIT, "MALLO_RATE_VOICE": NO_LIMIT, "MALLO_RATE_AUTH": NO_LIMIT}


@dataclass
class BackendProcess:
    """``python -m backend`` at ``base_url``, its data in ``data_dir``, its log in ``log_file``.

    ``flags`` and ``environment`` are kept for ``restart``, which takes the same port again.
    """

    base_url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log_file: Path
    flags: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.base_url.rpartition(":")[2])

    def first_run(self) -> dict[str, dict[str, str]]:
        """``first-run.json``: user ids and PINs of the first manager and the first member of staff."""
        read: dict[str, dict[str, str]] = json.loads((self.data_dir / "first-run.json").read_text())
        return read

    def log(self) -> list[dict[str, Any]]:
        """What it logged, one object a record."""
        return [json.loads(line) for line in self.log_file.read_text().splitlines() if line.startswith("{")]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send ``number``, wait, and answer the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(STOP_SECONDS)
        _close_pipes(self.process)
        return code

    def kill(self) -> None:
        """End it as a power cut would."""
        self.stop(signal.SIGKILL)

    def restart(self) -> None:
        """Start it again on the same data, at the same address."""
        again = start_backend(self.data_dir, *self.flags, port=self.port, environment=self.environment)
        self.process = again.process


def start_backend(
    data_dir: Path, *flags: str, port: int = 0, environment: Mapping[str, str] = GENEROUS
) -> BackendProcess:
    """Start it and wait for its ready line. Whoever starts it stops it.

    Raises:
        AssertionError: it ended, or said nothing in time; the message holds its log.
    """
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    log_file = data_dir.parent / f"{data_dir.name}.log"
    with log_file.open("ab") as log:
        process = spawn_backend(data_dir, *flags, port=port, environment=environment, stderr=log)
    line = first_line(process, READY_SECONDS)
    if not line.startswith("ready http://"):
        process.kill()
        process.wait()
        _close_pipes(process)
        raise AssertionError(f"no ready line but {line!r}; the log says: {log_file.read_text()}")
    return BackendProcess(line.split()[1], data_dir, process, log_file, flags, environment)


def spawn_backend(
    data_dir: Path,
    *flags: str,
    port: int = 0,
    environment: Mapping[str, str] = GENEROUS,
    stderr: Any = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Start it without waiting: for tests of how it does not start."""
    command = [sys.executable, "-m", "backend", "--port", str(port), "--data-dir", str(data_dir), *flags]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MALLO_")}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**inherited, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


@contextmanager
def backend_process(data_dir: Path, *flags: str, environment: Mapping[str, str] = GENEROUS) -> Iterator[BackendProcess]:
    """A running backend that is stopped at the end, and must have logged no error."""
    running = start_backend(data_dir, *flags, environment=environment)
    try:
        yield running
    finally:
        running.stop()
    errors = [record for record in running.log() if record.get("level") in ("error", "critical")]
    assert not errors, f"the backend logged errors: {errors}"


def make_settings(data_dir: Path, **changes: Any) -> Settings:
    """Settings for a test: own data folder, no rate limits, unless ``changes`` says so."""
    given = {"data_dir": data_dir, "rate_default": NO_LIMIT, "rate_voice": NO_LIMIT, "rate_auth": NO_LIMIT, **changes}
    return Settings(**given)


@asynccontextmanager
async def running_app(
    settings: Settings, clock: Callable[[], datetime] = utc_now, today: Callable[[], date] = shop_day
) -> AsyncIterator[str]:
    """The application behind its real server, inside this event loop; yields its URL."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with bind("127.0.0.1", 0) as listener:
        async with build_app(settings, clock, today) as app, serving(app, listener, settings.idle_seconds) as url:
            yield url


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
