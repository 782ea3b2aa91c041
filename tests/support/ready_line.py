"""The first line of a child process, which says where it serves."""

from __future__ import annotations

import os
import selectors
import subprocess
import time


def first_line(process: subprocess.Popen[bytes], seconds: float) -> str:
    """What it says first, without its end of line; less, or nothing, when it ends or the time runs out."""
    assert process.stdout is not None
    deadline = time.monotonic() + seconds
    line = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not line.endswith(b"\n") and selector.select(max(0.0, deadline - time.monotonic())):
            piece = os.read(process.stdout.fileno(), 1024)
            if not piece:
                break
            line += piece
    return line.decode().strip()
