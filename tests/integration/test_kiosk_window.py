"""``python -m kiosk``: a window as a process of its own, shown, stopped in order, with nothing left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from kiosk.backend_process import ADDRESS_FILE, read_address
from tests.support.backend import BackendProcess

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
Start = Callable[..., "KioskProcess"]


class KioskProcess:
    """One window; ``errors`` is where its log goes."""

    def __init__(self, errors: Path, *flags: str, **environment: str) -> None:
        self.errors = errors
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MALLO_", "QT_")) and name not in {"DISPLAY", "WAYLAND_DISPLAY"}
        }
        with errors.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk", *flags],
                cwd=ROOT,
                env={**inherited, "MALLO_KIOSK_TRACE": "1", **environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self._out: IO[str] = self.process.stdout

    def line(self, beginning: str) -> str:
        """The next line on its stdout that begins so."""
        for line in self._out:
            if line.startswith(beginning):
                return line
        raise AssertionError(f"it never said {beginning!r}; its log: {self.errors.read_text()}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(15)
        self._out.close()
        return code

    def complaints(self) -> list[str]:
        """What the kiosk itself logged as a warning or worse, but for sound, which this machine may not have."""
        records = [json.loads(line) for line in self.errors.read_text().splitlines() if line.startswith("{")]
        others = [
            line for line in self.errors.read_text().splitlines() if line.startswith(("Traceback", "QML", "  File"))
        ]
        told = [r for r in records if r["level"] in {"warning", "error", "critical"}]
        return others + [str(r) for r in told if "QVncServer created" not in str(r.get("message", ""))]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[KioskProcess] = []

    def begin(*flags: str, **environment: str) -> KioskProcess:
        kiosk = KioskProcess(tmp_path / f"kiosk-{len(running)}.log", *flags, **environment)
        running.append(kiosk)
        return kiosk

    yield begin
    for kiosk in running:
        if kiosk.process.poll() is None:
            kiosk.process.kill()
        kiosk.process.wait()
        kiosk._out.close()


def _wait(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.02)


def _running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("window", ["customer", "staff", "manager"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_shown_with_its_own_backend_and_ended_in_order(
    tmp_path: Path, start: Start, window: str, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    kiosk = start(window, "--data-dir", str(data), QT_QPA_PLATFORM="offscreen")
    assert re.fullmatch(r"first frame \d+ ms\n", kiosk.line("first frame"))
    _wait(lambda: read_address(data))
    pid = json.loads((data / ADDRESS_FILE).read_text())["pid"]
    assert kiosk.stop(number) == 0
    assert not _running(pid)
    assert not (data / ADDRESS_FILE).exists()
    assert kiosk.complaints() == []


def test_with_a_backend_of_somebody_else(start: Start, backend: BackendProcess, tmp_path: Path) -> None:
    kiosk = start(
        "customer", "--backend-url", backend.base_url, "--data-dir", str(tmp_path / "own"), QT_QPA_PLATFORM="offscreen"
    )
    kiosk.line("first frame")
    _wait(lambda: any(record.get("route") == "/api/menu" for record in backend.log()))
    assert kiosk.stop() == 0
    assert kiosk.complaints() == []
    assert not (tmp_path / "own" / "mallo.sqlite3").exists()


def test_no_screen_is_served_by_vnc_on_this_machine_only(start: Start, tmp_path: Path) -> None:
    kiosk = start("staff", "--data-dir", str(tmp_path / "data"), "--vnc-port", "5960")
    said = kiosk.line("no screen here")
    found = re.search(r"vnc://127\.0\.0\.1:(\d+) \(1600 x 900\)", said)
    assert found is not None
    port = int(found[1])
    kiosk.line("first frame")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as viewer:
        assert viewer.recv(12).startswith(b"RFB 003.")
    assert kiosk.complaints() == []
    assert kiosk.stop() == 0


@pytest.mark.parametrize(
    ("flags", "environment", "word"),
    [
        (("customer", "--backend-url", "not a url"), {}, "MALLO_KIOSK_BACKEND_URL"),
        (("customer",), {"MALLO_KIOSK_PANEL_WIDTH": "wide"}, "MALLO_KIOSK_PANEL_WIDTH"),
        (("customer", "--language", "ko"), {"MALLO_KIOSK_IDLE_ASK_SECONDS": "0"}, "MALLO_KIOSK_IDLE_ASK_SECONDS"),
        (("kitchen",), {}, "invalid choice"),
    ],
)
def test_wrong_settings_are_named(
    start: Start, tmp_path: Path, flags: tuple[str, ...], environment: dict[str, str], word: str
) -> None:
    kiosk = start(*flags, "--data-dir", str(tmp_path / "data"), **environment)
    assert kiosk.process.wait(PATIENCE) == 2
    assert word in kiosk.errors.read_text()
    assert "Traceback" not in kiosk.errors.read_text()


def test_a_missing_sound_card_is_said_and_the_window_runs_on(start: Start, tmp_path: Path) -> None:
    flags = ("customer", "--data-dir", str(tmp_path / "data"))
    kiosk = start(*flags, QT_QPA_PLATFORM="offscreen", PULSE_SERVER="unix:/nonexistent")
    _wait(lambda: "no sound card" in kiosk.errors.read_text())
    assert kiosk.process.poll() is None
    assert kiosk.stop() == 0


def test_the_device_keeps_its_name(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    names = []
    for _ in range(2):
        kiosk = start("staff", "--data-dir", str(data), QT_QPA_PLATFORM="offscreen")
        kiosk.line("first frame")
        names.append((data / "device_id").read_text())
        kiosk.stop()
    assert names[0] == names[1]
    assert re.fullmatch(r"kiosk-[0-9a-f]{8}\n", names[0])
