"""``python -m backend`` as whoever starts it sees it."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.support.backend import ROOT, BackendProcess, backend_process, spawn_backend, start_backend


def _refused(data_dir: Path, *flags: str, port: int = 0) -> tuple[int, str]:
    """Exit code and stderr of a backend that is not to start."""
    process = spawn_backend(data_dir, *flags, port=port)
    try:
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert out == b""
    return process.returncode, err.decode()


def test_it_serves_when_it_says_ready(backend: BackendProcess) -> None:
    answer = httpx.get(f"{backend.base_url}/api/health")
    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"


def test_the_data_folder_is_its_owners_alone(backend: BackendProcess) -> None:
    assert stat.S_IMODE(backend.data_dir.stat().st_mode) == 0o700
    readable = [p for p in backend.data_dir.rglob("*") if stat.S_IMODE(p.stat().st_mode) & 0o077]
    assert not readable


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    running = start_backend(tmp_path / "data")
    began = time.monotonic()
    assert running.stop(number) == 0
    assert time.monotonic() - began < 2


SLOW_START = """
import asyncio, sys
from contextlib import asynccontextmanager
import backend.__main__ as program

@asynccontextmanager
async def never(settings):
    try:
        print("starting", flush=True)
        await asyncio.Event().wait()
        yield
    finally:
        print("put away", flush=True)

program.build_app = never
sys.exit(program.main(sys.argv[1:]))
"""


def test_it_stops_in_order_also_while_it_starts(tmp_path: Path) -> None:
    words = (sys.executable, "-c", SLOW_START, "--port", "0", "--data-dir", str(tmp_path / "data"))
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"starting\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == b"put away\n"
        assert process.wait() == 0


def test_it_ends_with_the_process_that_holds_its_stdin(tmp_path: Path) -> None:
    running = start_backend(tmp_path / "data", "--stop-on-stdin-eof")
    assert running.process.stdin is not None
    running.process.stdin.close()
    assert running.process.wait(5) == 0
    assert running.process.stdout is not None
    running.process.stdout.close()


def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """As the kiosk does it: the parent holds the pipe; SIGKILL lets it do nothing more."""
    command = 'sleep 60 | "$0" -m backend --port 0 --data-dir "$1" --stop-on-stdin-eof'
    parent = subprocess.Popen(
        ["/bin/sh", "-c", command, sys.executable, tmp_path / "data"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert parent.stdout is not None
    try:
        assert parent.stdout.readline().startswith(b"ready ")
        sleeper = _child_named(parent.pid, "sleep")
        os.kill(sleeper, signal.SIGKILL)
        # The write end of the pipe is gone with its holder; stdout ends when the backend has.
        assert parent.stdout.read() == b""
        assert parent.wait(5) == 0
    finally:
        parent.stdout.close()
        if parent.poll() is None:
            os.killpg(parent.pid, signal.SIGKILL)
            parent.wait()


def _child_named(pid: int, name: str) -> int:
    return next(child.pid for child in psutil.Process(pid).children() if child.name() == name)


def test_a_second_backend_on_the_same_data_is_refused(backend: BackendProcess) -> None:
    code, err = _refused(backend.data_dir)
    assert code == 4
    assert f"process {backend.process.pid}" in err
    assert "Traceback" not in err


def test_the_next_backend_waits_for_the_last_to_stop(tmp_path: Path) -> None:
    first = start_backend(tmp_path / "data")
    first.process.send_signal(signal.SIGTERM)
    second = start_backend(tmp_path / "data")
    first.stop()
    assert second.stop() == 0


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    running = start_backend(tmp_path / "data")
    running.kill()
    running.restart()
    assert running.stop() == 0


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        (("--log-level", "error", "--host", "192.0.2.1"), 3, "cannot listen on 192.0.2.1"),
        (("--database-url", "nonsense"), 5, "the database cannot be opened"),
        (("--database-url", "sqlite+aiosqlite:////dev/null/x.sqlite3"), 5, "the database cannot be opened"),
        (("--database-url", "postgresql+asyncpg://a:hidden@127.0.0.1:1/x"), 5, "the database cannot be opened"),
        (("--assets-dir", "/no/such/folder"), 6, "menus.json cannot be read"),
    ],
)
def test_what_stops_it_from_starting_is_said_in_a_line(
    tmp_path: Path, flags: tuple[str, ...], code: int, words: str
) -> None:
    got, err = _refused(tmp_path / "data", *flags)
    assert (got, words in err) == (code, True), err
    assert "Traceback" not in err
    assert "hidden" not in err


def test_a_taken_port_is_said_in_a_line(tmp_path: Path, backend: BackendProcess) -> None:
    code, err = _refused(tmp_path / "other", port=backend.port)
    assert code == 3
    assert str(backend.port) in err


def test_a_parent_that_ends_before_it_is_ready_is_told_apart_from_a_taken_port(tmp_path: Path) -> None:
    with spawn_backend(tmp_path / "data") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 1
    assert "who started it ended" in err
    assert "Traceback" not in err


def test_a_stdout_that_is_closed_on_purpose_stops_nobody(tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m backend --port 0 --log-level error --data-dir {tmp_path / 'data'} >&-"
    process = subprocess.Popen(("/bin/sh", "-c", command), cwd=ROOT, stderr=subprocess.PIPE)
    lock = tmp_path / "data" / "backend.lock"
    deadline = time.monotonic() + 20
    while not (lock.exists() and lock.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.terminate()
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"menus": [', "menus.json: Invalid JSON"),
        ('[{"index": 1}]', "menus.json[0].code: Field required"),
        ("[]", "there are no menus"),
    ],
)
def test_a_broken_catalogue_is_named_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    shutil.copytree(ROOT / "assets" / "catalogue", tmp_path / "assets" / "catalogue")
    (tmp_path / "assets" / "catalogue" / "menus.json").write_text(text)
    code, err = _refused(tmp_path / "data", "--assets-dir", str(tmp_path / "assets"))
    assert code == 6
    assert words in err
    assert "Traceback" not in err


def test_a_damaged_database_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mallo.sqlite3").write_bytes(b"\x07" * 8192)
    code, err = _refused(tmp_path / "data")
    assert code == 5
    assert "damaged" in err
    assert "Traceback" not in err


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, err = _refused(tmp_path / "file")
    assert (code, "is not a folder" in err) == (2, True)


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    process = spawn_backend(tmp_path / "data", environment={"MALLO_RATE_VOICE": "often"})
    _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert b"MALLO_RATE_VOICE" in err


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, err = _refused(tmp_path / "file" / "data")
    assert code == 2
    assert str(tmp_path / "file") in err


def test_logs_are_json_lines(tmp_path: Path) -> None:
    with backend_process(tmp_path / "data") as running:
        httpx.get(f"{running.base_url}/api/menu?token=geheim", headers={"X-Request-ID": "kiosk-1-turn-9"})
        running.stop()
        record = next(r for r in running.log() if r["event"] == "request" and r["route"] == "/api/menu")
    assert record["status"] == 200
    assert record["request_id"] == "kiosk-1-turn-9"
    assert "geheim" not in running.log_file.read_text()
