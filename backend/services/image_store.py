"""Pictures on disk, each under the SHA-256 of its bytes: written whole or not at all, the same bytes once."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import re
import tempfile
from pathlib import Path

from backend.database.interface import StorageFull

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_NAME = re.compile(r"^[a-z0-9_-]{1,100}$")


class ImageStore:
    """Files under ``folder``, which is made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, content: bytes) -> str:
        """Keep ``content``; answers its SHA-256 in hex.

        Raises:
            StorageFull: there is no room left; nothing was kept.
        """
        digest = hashlib.sha256(content).hexdigest()
        await asyncio.to_thread(_write, self._path(digest), content)
        return digest

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or ``None`` when they are not there or no longer what they were."""
        if not _SHA256.match(digest):
            return None
        content = await asyncio.to_thread(_read, self._path(digest))
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return None
        return content

    async def put_named(self, name: str, content: bytes) -> None:
        """Keep what can be made again at any time under a name (``a-z0-9_-``).

        Raises:
            StorageFull: there is no room left.
        """
        await asyncio.to_thread(_write, self._named(name), hashlib.sha256(content).digest() + content)

    async def get_named(self, name: str) -> bytes | None:
        """What ``put_named`` kept, or ``None`` when it is not there or damaged."""
        kept = await asyncio.to_thread(_read, self._named(name))
        if kept is None or hashlib.sha256(kept[32:]).digest() != kept[:32]:
            return None
        return kept[32:]

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _named(self, name: str) -> Path:
        if not _NAME.match(name):
            raise ValueError(name)
        return self._folder / "made" / name


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.stat().st_size == len(content):
        return
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("no room for a picture") from error
        raise
