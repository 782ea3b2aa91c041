"""The backend as the kiosk's own process: started, watched, shared, taken over, ended."""

from __future__ import annotations

import gc
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.__main__ import backend_log_level
from kiosk.backend_process import ADDRESS_FILE, BackendProcess, ProcessTimes, backend_command, read_address
from kiosk.settings import KioskSettings

ROOT = Path(__file__).parents[2]
FAST = ProcessTimes(first_pause=0.05, longest_pause=0.2, look=0.05)
PATIENCE = 30.0


class Window:
    """Listens as a window does."""

    def __init__(self, data_dir: Path, command: tuple[str, ...] | None = None, times: ProcessTimes = FAST) -> None:
        self.told: list[str | None] = []
        self.changed = threading.Condition()
        self.backend = BackendProcess(data_dir, command, times)
        self.backend.listen(self._heard)
        self.backend.start()

    def _heard(self, url: str | None) -> None:
        with self.changed:
            self.told.append(url)
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[], object]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, PATIENCE), f"not told in time; so far {self.told}"

    def url(self) -> str:
        """The address that is served now."""
        self.wait_for(lambda: self.told and self.told[-1] is not None)
        url = self.told[-1]
        assert url is not None
        return url


@pytest.fixture
def windows() -> Iterator[list[Window]]:
    opened: list[Window] = []
    yield opened
    for window in opened:
        window.backend.stop()


def _serves(url: str) -> bool:
    with httpx.Client(trust_env=False) as client:
        return client.get(f"{url}/api/menu").status_code == 200


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _wait(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.01)


def test_the_address_of_a_killed_owner_is_forgotten_before_the_next_backend_serves(
    tmp_path: Path, windows: list[Window]
) -> None:
    """A staff window that opened right after a crash called a backend that was no more."""
    (tmp_path / ADDRESS_FILE).write_text(json.dumps({"url": "http://127.0.0.1:9", "pid": 1}))
    never_ready = (sys.executable, "-c", "import sys; sys.stdin.read()")
    windows.append(Window(tmp_path, never_ready))
    _wait(lambda: read_address(tmp_path) is None)


def test_stopped_while_it_starts_leaves_nothing_open(tmp_path: Path) -> None:
    """The stop that comes between the start of the process and the first look at it: its pipes were left open."""
    never_ready = (sys.executable, "-c", "import sys; sys.stdin.read()")
    with warnings.catch_warnings(record=True, action="always") as leaks:
        for n in range(20):
            backend = BackendProcess(tmp_path / str(n), never_ready, FAST)
            backend.start()
            time.sleep(n / 10_000)
            backend.stop()
            del backend
        gc.collect()
    assert not leaks


def test_started_written_down_and_ended(tmp_path: Path, windows: list[Window]) -> None:
    window = Window(tmp_path / "data")
    windows.append(window)
    url = window.url()
    assert _serves(url)
    file = tmp_path / "data" / ADDRESS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = json.loads(file.read_text())
    assert written == {"url": url, "pid": window.backend.pid}
    window.backend.stop()
    window.backend.stop()
    assert not _alive(written["pid"])
    assert read_address(tmp_path / "data") is None


def test_started_again_when_it_is_killed(tmp_path: Path, windows: list[Window]) -> None:
    window = Window(tmp_path / "data")
    windows.append(window)
    first = window.url()
    pid = window.backend.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    window.wait_for(lambda: None in window.told)
    second = window.url()
    assert _serves(second)
    assert window.told == [first, None, second]


def test_a_second_window_uses_it_and_takes_over(tmp_path: Path, windows: list[Window]) -> None:
    owner = Window(tmp_path / "data")
    windows.append(owner)
    url = owner.url()
    follower = Window(tmp_path / "data")
    windows.append(follower)
    assert follower.url() == url
    assert follower.backend.pid is None
    owner.backend.stop()
    follower.wait_for(lambda: follower.told[-1] not in {None, url})
    assert _serves(follower.url())
    assert follower.backend.pid is not None


def test_a_follower_that_closes_leaves_it_running(tmp_path: Path, windows: list[Window]) -> None:
    owner = Window(tmp_path / "data")
    windows.append(owner)
    url = owner.url()
    follower = Window(tmp_path / "data")
    windows.append(follower)
    assert follower.url() == url
    follower.backend.stop()
    assert _serves(url)


def test_it_does_not_outlive_a_kiosk_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom kiosk.backend_process import BackendProcess\n"
        "p = BackendProcess(Path(sys.argv[1]))\np.listen(lambda url: print(url, p.pid, flush=True))\np.start()\n"
        "time.sleep(100)"
    )
    kiosk = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert kiosk.stdout is not None
    with kiosk.stdout as told:
        pid = int(told.readline().split()[1])
    kiosk.kill()
    kiosk.wait()
    _wait(lambda: not _alive(pid))


@pytest.mark.parametrize(
    "code",
    ["import sys; sys.exit(3)", "print('ready nonsense', flush=True)", "print('hello', flush=True)"],
)
def test_one_that_does_not_start_is_tried_again_with_pauses(
    tmp_path: Path, windows: list[Window], code: str, expected_errors: set[str]
) -> None:
    expected_errors.add("backend did not become ready")
    log = tmp_path / "starts"
    counted = f"open({str(log)!r}, 'a').write('x')\n{code}"
    window = Window(tmp_path / "data", (sys.executable, "-c", counted))
    windows.append(window)
    _wait(lambda: log.exists() and len(log.read_text()) >= 3)
    window.backend.stop()
    assert window.told == []
    assert read_address(tmp_path / "data") is None


def test_one_that_says_nothing_is_ended(tmp_path: Path, windows: list[Window], expected_errors: set[str]) -> None:
    expected_errors.add("backend did not become ready")
    log = tmp_path / "pids"
    silent = f"import os, time\nopen({str(log)!r}, 'a').write(f'{{os.getpid()}} ')\ntime.sleep(100)"
    times = ProcessTimes(ready=0.3, stop=0.1, first_pause=0.05, longest_pause=0.1, look=0.05)
    window = Window(tmp_path / "data", (sys.executable, "-c", silent), times)
    windows.append(window)
    _wait(lambda: log.exists() and len(log.read_text().split()) >= 2)
    first = int(log.read_text().split()[0])
    _wait(lambda: not _alive(first))
    window.backend.stop()


def test_a_folder_that_cannot_be_used(tmp_path: Path, windows: list[Window]) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    window = Window(tmp_path / "data")
    windows.append(window)
    window.backend.stop()
    assert window.told == []


@pytest.mark.parametrize("text", ["", "[]", "{", '{"url": 5}', '{"pid": 1}'])
def test_an_address_file_that_is_not_one(tmp_path: Path, text: str) -> None:
    (tmp_path / ADDRESS_FILE).write_text(text)
    assert read_address(tmp_path) is None


@pytest.mark.parametrize(
    ("flags", "environment", "level"),
    [
        ({}, {}, "warning"),
        ({"log_level": "debug"}, {"MALLO_LOG_LEVEL": "error"}, "debug"),
        ({}, {"MALLO_LOG_LEVEL": "info"}, None),
    ],
)
def test_the_backend_is_as_talkative_as_it_was_asked_to_be(
    flags: dict[str, Any], environment: dict[str, str], level: str | None
) -> None:
    assert backend_log_level(KioskSettings(**flags), environment) == level


def test_the_command_names_the_level_only_where_one_is_given(tmp_path: Path) -> None:
    assert "--log-level" not in backend_command(tmp_path)
    assert backend_command(tmp_path, "warning")[-2:] == ("--log-level", "warning")


def test_the_command_names_the_folder(tmp_path: Path) -> None:
    assert backend_command(tmp_path)[-1] == "--stop-on-stdin-eof"
    assert str(tmp_path) in backend_command(tmp_path)
