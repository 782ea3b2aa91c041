"""One message to many: the live line against a plain ``send_str`` loop, round by round; memory of idle connections.

The server is a process of its own, this one is its clients.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from shared import paths
from shared.messages import Notification, Topic
from tools.bench.crowd import Crowd
from tools.bench.figures import Row
from tools.bench.open_files import allow_many_files
from tools.processes import ROOT, clean_environment

CROWDS = (500, 2000)
ROUNDS = 20
WARM_UP = 3
TEXT_BYTES = 300
FRAME_HEAD = 4
SAMPLE = datetime(2026, 1, 1, 0, 0, 0, 123_456, tzinfo=UTC)
IDLE = 2000
FIRST = 200
TIMES_THE_PLAIN_LOOP = 1.3
IDLE_KIB = 16


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    token: str
    user_id: str
    pid: int

    def crowd(self, path: str) -> Crowd:
        """Nobody is connected yet."""
        who = {"type": "auth", "user_id": self.user_id, "user_type": "staff", "token": self.token, "device_id": "x"}
        port = int(self.url.rpartition(":")[2])
        return Crowd("127.0.0.1", port, path, who if path == paths.WS else None)


@dataclass(frozen=True, slots=True)
class Told:
    """Seconds until the last client had it, from the commit and from before it; CPU seconds of the server."""

    since_commit: float
    in_all: float
    cpu: float


@contextmanager
def live_server(folder: Path) -> Iterator[Server]:
    """``broadcast_server`` on a fresh database in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.broadcast_server", str(folder)],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        yield Server(said["url"], said["token"], said["user_id"], process.pid)
    finally:
        process.kill()
        process.communicate()


async def broadcast_rows(folder: Path) -> list[Row]:
    """Measure fresh servers."""
    allow_many_files()
    rows: list[Row] = []
    for count in CROWDS:
        with live_server(folder / str(count)) as server:
            rows += _rows(count, await _rounds(server, count))
    for name, path, goal in (("", paths.WS, IDLE_KIB), (", plain aiohttp without log and sign-in", "/plain", None)):
        with live_server(folder / f"idle{len(rows)}") as server:
            row = f"memory of an idle connection, of {IDLE}{name}"
            rows.append(Row(row, "KiB", [await _memory(server, path)], goal=goal))
    return rows


def _rows(count: int, rounds: Sequence[tuple[Told, Told]]) -> list[Row]:
    name = f"{TEXT_BYTES} bytes to {count} connections"
    guarded = [pair[0] for pair in rounds]
    plain = [pair[1] for pair in rounds]
    times = [ours.since_commit / loop.since_commit for ours, loop in rounds]
    return [
        Row(f"{name}: from the commit until the last has it", "ms", [told.since_commit * 1000 for told in guarded]),
        Row(f"{name}: the same by a plain send_str loop", "ms", [told.since_commit * 1000 for told in plain]),
        Row(f"{name}: time against the plain loop", "times", times, goal=TIMES_THE_PLAIN_LOOP),
        Row(f"{name}: with the commit to the disk before", "ms", [told.in_all * 1000 for told in guarded]),
        Row(f"{name}: CPU of the server", "ms", [told.cpu * 1000 for told in guarded]),
        Row(f"{name}: CPU of the server, plain loop", "ms", [told.cpu * 1000 for told in plain]),
    ]


async def _rounds(server: Server, count: int) -> list[tuple[Told, Told]]:
    """Both in turn, so that what else the machine does hits them alike."""
    guarded, plain = server.crowd(paths.WS), server.crowd("/plain")
    measured: list[tuple[Told, Told]] = []
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        for crowd in (plain, guarded):
            await crowd.come(count)
        for number in range(1, WARM_UP + ROUNDS + 1):
            pair = (
                await _told(http, guarded, "/fire/guarded", TEXT_BYTES - len(empty_notification(number))),
                await _told(http, plain, "/fire/plain", TEXT_BYTES),
            )
            if number > WARM_UP:
                measured.append(pair)
            guarded.stay()
            await http.get("/cpu")
    for crowd in (guarded, plain):
        crowd.leave()
    return measured


async def _told(http: httpx.AsyncClient, crowd: Crowd, path: str, size: int) -> Told:
    crowd.expect(TEXT_BYTES + FRAME_HEAD)
    fired = (await http.get(path, params={"size": size})).raise_for_status().json()
    last = max(await crowd.all_told())
    cpu = (await http.get("/cpu")).json()["cpu"] - fired["committed"]["cpu"]
    return Told(last - fired["committed"]["at"], last - fired["began"]["at"], cpu)


async def _memory(server: Server, path: str) -> float:
    """KiB of the server for each of ``IDLE`` more connections."""
    crowd = server.crowd(path)
    await crowd.come(FIRST)  # what is made once is made now
    process = psutil.Process(server.pid)
    before = process.memory_info().rss
    await crowd.come(IDLE)
    grown = process.memory_info().rss - before
    crowd.leave()
    return grown / IDLE / 1024


def empty_notification(number: int) -> bytes:
    """The shortest notification of that number, as the server makes it."""
    empty = Notification(id=number, topic=Topic.HELP_REQUESTED, at=SAMPLE, data={"filler": ""})
    return empty.model_dump_json().encode()
