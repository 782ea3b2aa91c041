"""``first-run.json``: the PINs of the first manager and the first member of staff, for the shop's owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FILE_NAME = "first-run.json"


def write_first_run(data_dir: Path, people: Mapping[str, Mapping[str, str]]) -> Path:
    """Write the file whole or not at all, readable by its owner alone, and on the disk when this returns.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / FILE_NAME
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(people, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(data_dir, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name too
    finally:
        os.close(folder)
    return path
