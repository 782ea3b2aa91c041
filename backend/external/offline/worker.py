"""A child process for native libraries: decoding uploads, hearing, speaking and drawing.

Why a process and not a thread: resvg and PocketSphinx hold the GIL while they work, a decoder may crash on a
hostile upload, and only a process can be stopped in the middle of a call. The child gets no secrets, may write
no file, and its answers are plain JSON and bytes, never pickles.

Frames, both ways: two unsigned 32-bit lengths (big endian), a JSON object, a payload of bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from backend.external.interfaces import (
    AudioTooLong,
    EngineBadResponse,
    EngineMisconfigured,
    EngineUnavailable,
    NotAPicture,
    NotAudio,
    PictureMoves,
    PictureTooLarge,
)

HEADER = struct.Struct(">II")
MAX_ANSWER_BYTES = 64 * 1024 * 1024
MEMORY_BYTES = 1 << 30
ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "TEMP")
ERRORS = {
    "not_audio": NotAudio,
    "too_long": AudioTooLong,
    "not_a_picture": NotAPicture,
    "too_large": PictureTooLarge,
    "animated": PictureMoves,
    "misconfigured": EngineMisconfigured,
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What a job answered: ``fields`` (JSON) and ``payload`` (bytes)."""

    fields: Mapping[str, Any]
    payload: bytes


class WorkerProcess:
    """One child, one job at a time, started at the first job and again after it has died.

    ``close`` is idempotent. Jobs that wait for their turn spend their own time limit. ``memory_bytes`` is the child's
    address space at most.
    """

    def __init__(self, name: str, memory_bytes: int = MEMORY_BYTES) -> None:
        self._name = name
        self._memory_bytes = memory_bytes
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def run(self, job: str, fields: Mapping[str, Any], payload: bytes, seconds: float) -> Result:
        """Run ``job`` (a name in ``worker_main.JOBS``) within ``seconds``.

        Raises:
            NotAudio, EngineMisconfigured: what the job itself found.
            EngineUnavailable: the time ran out or the child died; a new one is started for the next job.
            EngineBadResponse: the job failed.
        """
        try:
            async with asyncio.timeout(seconds), self._turn:
                return await self._exchange(job, fields, payload)
        except TimeoutError as error:
            _log.warning("worker_timeout", worker=self._name, job=job, seconds=seconds)
            raise EngineUnavailable(f"{job} took longer than {seconds} s") from error

    async def close(self) -> None:
        self._closed = True
        await self._stop()

    async def _exchange(self, job: str, fields: Mapping[str, Any], payload: bytes) -> Result:
        child = await self._running()
        head = json.dumps({"job": job, **fields}).encode()
        try:
            reader, writer = _pipes(child)
            writer.write(HEADER.pack(len(head), len(payload)))
            writer.write(head)
            writer.write(payload)
            await writer.drain()
            answer, content = await _read(reader)
        except (OSError, EOFError, ValueError) as error:
            await self._stop()
            _log.warning("worker_died", worker=self._name, job=job)
            raise EngineUnavailable(f"the {self._name} process ended during {job}") from error
        except BaseException:
            # Cancelled or out of time in the middle of a frame: what the child says next belongs to nobody.
            await asyncio.shield(self._stop())
            raise
        failure = answer.get("error")
        if failure is None:
            return Result(answer, content)
        if failure not in ERRORS:
            _log.warning("worker_job_failed", worker=self._name, job=job, kind=failure, at=answer.get("at"))
        raise ERRORS.get(str(failure), EngineBadResponse)(f"{job}: {failure}")

    async def _running(self) -> asyncio.subprocess.Process:
        if self._closed:
            raise EngineUnavailable(f"the {self._name} process is closed")
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self._stop()
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        try:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "backend.external.offline.worker_main",
                str(self._memory_bytes),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=ROOT,
                env={**environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError as error:
            raise EngineUnavailable(f"the {self._name} process cannot be started") from error
        return self._child

    async def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        # The transport closes itself one turn of the loop after the pipes have ended.
        await asyncio.sleep(0)


def _pipes(child: asyncio.subprocess.Process) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if child.stdout is None or child.stdin is None:
        raise OSError("the child has no pipes")
    return child.stdout, child.stdin


async def _read(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    head_size, payload_size = HEADER.unpack(await reader.readexactly(HEADER.size))
    if head_size + payload_size > MAX_ANSWER_BYTES:
        raise ValueError("answer too long")
    answer = json.loads(await reader.readexactly(head_size))
    if not isinstance(answer, dict):
        raise ValueError("answer is not an object")  # noqa: TRY004 - one kind for every malformed frame
    return answer, await reader.readexactly(payload_size)
