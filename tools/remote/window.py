"""``RemoteWindow``: a window of the kiosk in a process of its own, worked by the names of its items."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.processes import ROOT, STOP_SECONDS, clean_environment

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "MALLO_KIOSK_TRACE": "1"}
START_SECONDS = 30.0


class RemoteError(Exception):
    """The window did not do what was asked; the message says what was seen instead."""


@dataclass(frozen=True, slots=True)
class Seen:
    """``at`` is the machine's monotonic clock in seconds, comparable between processes. ``value``: the property.

    ``instead``: the other item came.
    """

    at: float
    value: Any = None
    instead: bool = False


class RemoteWindow:
    """Made by ``open_window``. One command at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read())
        self.first_frame_ms: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def pid(self) -> int:
        return self._process.pid

    async def wait(
        self,
        name: str,
        prop: str | None = None,
        text: str | None = None,
        instead: str | None = None,
        seconds: float = 15.0,
    ) -> Seen:
        """Until the item called ``name`` is visible and its property contains ``text``, or ``instead`` is visible.

        Raises RemoteError.
        """
        return await self._ask(do="wait", name=name, prop=prop, text=text, instead=instead, seconds=seconds)

    async def tap(self, name: str, seconds: float = 15.0) -> Seen:
        """Press and release the item's middle, once it can be used. Raises RemoteError."""
        await self.wait(name, "enabled", "True", seconds=seconds)
        return await self._ask(do="tap", name=name)

    async def type(self, text: str) -> None:
        """Type on a keyboard; ``\\n`` is Enter."""
        await self._ask(do="type", text=text)

    async def key(self, key: str) -> None:
        """One key by its Qt name: ``Return``, ``Space``, ``Backspace``, ``1``."""
        await self._ask(do="key", key=key)

    async def grab(self, path: Path) -> None:
        """What the window shows now, as PNG."""
        await self._ask(do="grab", path=str(path))

    async def names(self) -> list[str]:
        """Names of all visible items."""
        return str((await self._ask(do="names")).value).split(",")

    async def _ask(self, **command: Any) -> Seen:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        await self._process.stdin.drain()
        answer = await self._answers.get()
        if "error" in answer:
            raise RemoteError(answer["error"])
        return Seen(answer["at"], answer.get("value"), answer.get("instead", False))

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for raw in self._process.stdout:
            line = raw.decode()
            if line.startswith("@"):
                self._answers.put_nowait(json.loads(line[1:]))
            elif line.startswith("first frame ") and not self.first_frame_ms.done():
                self.first_frame_ms.set_result(int(line.split()[2]))
        gone = "the window's process has ended"
        if not self.first_frame_ms.done():
            self.first_frame_ms.set_exception(RemoteError(gone))
        self._answers.put_nowait({"error": gone})

    async def close(self) -> None:
        """SIGTERM, and SIGKILL where that does not help."""
        if self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        await self._reader
        if self.first_frame_ms.done():
            self.first_frame_ms.exception()


@asynccontextmanager
async def open_window(*arguments: str, environment: Mapping[str, str] | None = None) -> AsyncIterator[RemoteWindow]:
    """``python -m kiosk <arguments>``, shown offscreen; answers after its first frame.

    Raises:
        RemoteError: the process ended before it showed anything.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tools.remote.child",
        *arguments,
        cwd=ROOT,
        env={**clean_environment(), **OFFSCREEN, **(environment or {})},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    window = RemoteWindow(process)
    try:
        async with asyncio.timeout(START_SECONDS):
            await asyncio.shield(window.first_frame_ms)
        yield window
    finally:
        await window.close()
