"""A crowd in a process of its own, so that who measures does not wait for what the crowd reads.

``python -m tools.bench.crowd_process``: one line of JSON on stdin says where and who, ``ready`` on stdout that all are
connected; at the end of stdin they go.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from shared import paths
from tools.bench.crowd import Crowd
from tools.bench.open_files import allow_many_files
from tools.processes import ROOT, clean_environment

Groups = Sequence[tuple[Mapping[str, object], int]]
"""What the clients of a group say first, and how many they are."""


@contextmanager
def crowd_process(port: int, groups: Groups) -> Iterator[None]:
    """Connected while the context lasts, and alive: they answer the server's pings.

    Raises:
        RuntimeError: they were not let in; the process's own words stand on stderr.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.crowd_process"],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"port": port, "groups": groups}) + "\n")
        process.stdin.flush()
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the crowd was not let in")
        yield
    finally:
        process.kill()
        process.communicate()


async def _main() -> None:
    wanted = json.loads(sys.stdin.readline())
    crowds: list[Crowd] = []
    for message, count in wanted["groups"]:
        crowds.append(Crowd("127.0.0.1", wanted["port"], paths.WS, message))
        await crowds[-1].come(count)
    print("ready", flush=True)
    ended = asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))
    while not ended.done():
        for crowd in crowds:
            crowd.stay()
        await asyncio.wait({ended}, timeout=1)


if __name__ == "__main__":
    allow_many_files()
    asyncio.run(_main())
