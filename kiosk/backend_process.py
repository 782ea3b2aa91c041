"""The embedded backend: one for all windows that share a data folder.

The first window takes ``DATA_DIR/kiosk.lock`` and owns the backend: starts it, writes ``DATA_DIR/backend.json``,
watches it, starts it again. The others follow that file; when the owner goes, the next one takes over. A lock and
not a process id: it goes with its process, however that ends.

All of it runs in a thread of its own, so that the backend is already coming up while Qt is still being loaded.
"""

from __future__ import annotations

import fcntl
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

logger = structlog.get_logger(__name__)

ROOT: Final = Path(__file__).resolve().parents[1]
LOCK_FILE: Final = "kiosk.lock"
ADDRESS_FILE: Final = "backend.json"

OnChange = Callable[[str | None], None]
"""Gets the base URL, or None when there is no backend just now."""


@dataclass(frozen=True, slots=True)
class ProcessTimes:
    """Seconds. ``stop``: how long an orderly end may take; the backend itself promises 2."""

    ready: float = 30.0
    stop: float = 3.0
    first_pause: float = 0.1
    longest_pause: float = 5.0
    steady: float = 20.0
    look: float = 0.5


def backend_command(data_dir: Path, log_level: str | None = None) -> tuple[str, ...]:
    """How the backend is started; it ends by itself when this process does. No ``log_level``: its own setting."""
    flags = ("--port", "0", "--data-dir", str(data_dir), "--stop-on-stdin-eof")
    level = ("--log-level", log_level) if log_level else ()
    return (sys.executable, "-m", "backend", *flags, *level)


def read_address(data_dir: Path) -> str | None:
    """The running backend's base URL as its owner wrote it down; None when there is none."""
    try:
        document = json.loads((data_dir / ADDRESS_FILE).read_text(encoding="utf-8"))
        url = document["url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return url if isinstance(url, str) else None


class BackendProcess:
    """``start`` at once, ``listen`` when there is somebody to tell, ``stop`` at the end."""

    def __init__(
        self,
        data_dir: Path,
        command: Sequence[str] | None = None,
        times: ProcessTimes | None = None,
        log_level: str | None = None,
    ) -> None:
        self._data_dir = data_dir.resolve()
        self._command = tuple(command or backend_command(self._data_dir, log_level))
        self._times = times or ProcessTimes()
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._listener: OnChange | None = None
        self._url: str | None = None
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="backend", daemon=True)

    def start(self) -> None:
        """Once."""
        self._thread.start()

    def listen(self, listener: OnChange) -> None:
        """``listener`` is called in the thread of this object, at once if the backend is there already."""
        with self._guard:
            self._listener = listener
            if self._url is not None:
                listener(self._url)

    @property
    def pid(self) -> int | None:
        """Of the backend that this window owns, while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def stop(self) -> None:
        """End the backend if it is this window's own. Takes up to ``stop`` s and a bit; idempotent."""
        with self._guard:
            self._listener = None
        self._stop.set()
        process = self._process
        if process is not None:
            _end(process, self._times.stop)
        if self._thread.is_alive():
            self._thread.join(self._times.stop + 2)

    def _tell(self, url: str | None) -> None:
        with self._guard:
            if url == self._url:
                return
            self._url = url
            if self._listener is not None:
                self._listener(url)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with _owned(self._data_dir) as mine:
                    if mine:
                        self._own()
                    else:
                        self._tell(read_address(self._data_dir))
            except OSError as error:
                # A full disk or a folder of somebody else: say so, keep trying; the windows show "no backend".
                logger.warning("data folder not usable", reason=error.strerror)
            self._stop.wait(self._times.look)

    def _own(self) -> None:
        pause = self._times.first_pause
        # An owner that was killed has left its address behind: others would call a backend that is no more.
        (self._data_dir / ADDRESS_FILE).unlink(missing_ok=True)
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self._one_life()
            finally:
                (self._data_dir / ADDRESS_FILE).unlink(missing_ok=True)
                self._tell(None)
            if self._stop.is_set():
                return
            steady = time.monotonic() - began > self._times.steady
            pause = self._times.first_pause if steady else min(self._times.longest_pause, pause * 2)
            self._stop.wait(pause)

    def _one_life(self) -> None:
        """From the start of one process to its end."""
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            self._command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl-C in a terminal is meant for the window, which then ends its backend in order.
            start_new_session=True,
        )
        self._process = process
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        reader = threading.Thread(target=_read, args=(process, lines), name="backend stdout", daemon=True)
        reader.start()
        # Whoever stops while it is being started has not seen it yet.
        url = None if self._stop.is_set() else _ready_url(lines, self._times.ready)
        if url is None:
            _end(process, self._times.stop)
            if not self._stop.is_set():
                logger.error("backend did not become ready", exit_code=process.returncode)
        else:
            _write_address(self._data_dir, url, process.pid)
            self._tell(url)
        code = process.wait()
        reader.join(self._times.stop)
        _hang_up(process)
        if url is not None and not self._stop.is_set():
            logger.warning("backend ended", exit_code=code)


@contextmanager
def _owned(data_dir: Path) -> Iterator[bool]:
    """Whether this process owns the folder's backend while the context is open. Raises OSError."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _read(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """Everything that it prints: a pipe that nobody empties would stop it in the end."""
    if process.stdout is not None:
        with process.stdout as stdout:
            for line in stdout:
                lines.put(line)
    lines.put("")


def _ready_url(lines: queue.SimpleQueue[str], seconds: float) -> str | None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return None
        if not line:
            return None
        word, _, url = line.strip().partition(" ")
        if word == "ready" and url.startswith("http://"):
            return url


def _end(process: subprocess.Popen[str], seconds: float) -> None:
    """Orderly first: the end of its stdin. Then with more and more force."""
    _hang_up(process)
    for force in (None, process.terminate, process.kill):
        if force is not None:
            force()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def _hang_up(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()


def _write_address(data_dir: Path, url: str, pid: int) -> None:
    """Whole or not at all, and for this user only. Raises OSError."""
    temporary = data_dir / f"{ADDRESS_FILE}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": url, "pid": pid}, file)
    temporary.replace(data_dir / ADDRESS_FILE)
