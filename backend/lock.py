"""One backend a data folder."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

FILE = "backend.lock"
WAIT_SECONDS = 2.5
"""A backend that is told to stop needs up to 2 s; the kiosk starts the next one at once."""


class DataDirInUse(Exception):
    """Another backend works in the folder. ``pid`` is its process id, as far as it is known."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


@asynccontextmanager
async def data_dir_lock(folder: Path, wait_seconds: float = WAIT_SECONDS) -> AsyncIterator[None]:
    """Make ``folder`` (0700) if it is not there, and hold it. The lock goes with the process, however it ends.

    Raises:
        DataDirInUse: it stays taken.
        OSError: it cannot be made or written.
    """
    descriptor = _open(folder)
    try:
        await _take(descriptor, wait_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _open(folder: Path) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


async def _take(descriptor: int, wait_seconds: float) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if loop.time() >= deadline:
                raise DataDirInUse(os.pread(descriptor, 20, 0).decode("ascii", "replace")) from error
            await asyncio.sleep(0.05)
        else:
            return
