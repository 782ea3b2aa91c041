"""The child's side of ``worker``: reads a job, runs it, answers, until its input ends.

Heavy libraries are imported by the first job that needs them. The child may write no file and leaves no core:
recordings never touch the disk, not even after a crash.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import struct
import sys
import traceback
from collections.abc import Mapping
from typing import Any, BinaryIO

from backend.external.offline.job import JobError

JOBS = {
    "hear": "backend.external.offline.sphinx_job",
    "measure": "backend.external.offline.measure_job",
    "speak": "backend.external.offline.espeak_job",
    "phonemes": "backend.external.offline.espeak_job",
    "draw": "backend.external.offline.draw_job",
    "picture_open": "backend.external.offline.photo_job",
    "picture_crop": "backend.external.offline.photo_job",
    "picture_touch": "backend.external.offline.photo_job",
    "whisper_load": "backend.external.whisper.whisper_job",
    "whisper_hear": "backend.external.whisper.whisper_job",
}
_HEADER = struct.Struct(">II")


def main(memory_bytes: int) -> None:
    """Serve jobs from standard input to standard output, in no more than ``memory_bytes`` of address space."""
    requests, answers = _take_over_the_pipes()
    _give_up_rights(memory_bytes)
    while head := requests.read(_HEADER.size):
        head_size, payload_size = _HEADER.unpack(head)
        request = json.loads(requests.read(head_size))
        fields, payload = _run(request, requests.read(payload_size))
        body = json.dumps(fields).encode()
        answers.write(_HEADER.pack(len(body), len(payload)) + body)
        answers.write(payload)
        answers.flush()


def _take_over_the_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Native libraries print where they like: keep the answer pipe for ourselves and give them nothing."""
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)
    return sys.stdin.buffer, answers


def _give_up_rights(memory_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    limits = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, memory_bytes))
    for kind, limit in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _run(request: Mapping[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    name = request["job"]
    try:
        job = getattr(importlib.import_module(JOBS[name]), name)
        fields, content = job(request, payload)
    except JobError as error:
        return {"error": error.kind}, b""
    except Exception as error:  # noqa: BLE001 - whatever it was, the next job deserves an answer
        frame = traceback.extract_tb(error.__traceback__)[-1]
        # A name for a report: pathlib would build an object for each, and is not imported in this child.
        return {"error": type(error).__name__, "at": f"{os.path.basename(frame.filename)}:{frame.lineno}"}, b""  # noqa: PTH119
    return fields, content


if __name__ == "__main__":
    main(int(sys.argv[1]))
