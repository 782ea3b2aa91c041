"""Pictures on disk, each under the SHA-256 of its bytes: written whole or not at all, the same bytes once."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from backend.database.interface import StorageFull

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_NAME = re.compile(r"^[a-z0-9_-]{1,100}$")
_UNFINISHED = ".new-"
_ASIDE = ".aside-"
KEEP_SECONDS = 3600.0
"""A file without a row is left alone for so long: its row may be on its way. No call lasts longer."""
SWEPT_AT_ONCE = 200


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

    async def size_of(self, digest: str) -> int:
        """Bytes on this disk, 0 when it is not here."""
        return await asyncio.to_thread(_size, self._path(digest)) if _SHA256.match(digest) else 0

    async def sweep_named(
        self, prefix: str, keep: Callable[[str], bool], keep_seconds: float, most_bytes: int
    ) -> tuple[int, int]:
        """Delete what ``put_named`` kept under names that begin so, the oldest first: what is older than
        ``keep_seconds``, and what is too much of ``most_bytes``; never what ``keep`` says yes to.

        Answers how many went, and the bytes that are left.
        """
        return await asyncio.to_thread(_thin_out, self._folder / "made", prefix, keep, keep_seconds, most_bytes)

    async def sweep(
        self, in_use: Callable[[Collection[str]], Awaitable[Collection[str]]], keep_seconds: float = KEEP_SECONDS
    ) -> int:
        """Delete what no row refers to (``in_use`` answers which of the hashes it is given have one) and what a killed
        process left half written, once it is older than ``keep_seconds``; answers how many files went.

        A file is put aside before its row is looked for: whoever keeps the same bytes meanwhile writes them anew, and
        whoever found the file just before has made it young, and it is put back.
        """
        gone = 0
        for folder in await asyncio.to_thread(_hash_folders, self._folder):
            names = await asyncio.to_thread(_aged, folder, keep_seconds)
            for start in range(0, len(names), SWEPT_AT_ONCE):
                some = names[start : start + SWEPT_AT_ONCE]
                used = await in_use([digest for digest in map(_digest_of, some) if digest])
                idle = [name for name in some if _digest_of(name) not in used]
                for name in some:
                    if name.startswith(_ASIDE) and name not in idle:
                        await asyncio.to_thread(_put_back, folder / name)
                aside = [path for name in idle if (path := await asyncio.to_thread(_put_aside, folder, name))]
                # Again, now that nobody can find them: a row may have come between the first look and this.
                used = await in_use([digest for path in aside if (digest := _digest_of(path.name))])
                for path in aside:
                    if _digest_of(path.name) in used or await asyncio.to_thread(_is_young, path, keep_seconds):
                        await asyncio.to_thread(_put_back, path)
                    else:
                        await asyncio.to_thread(path.unlink, missing_ok=True)
                        gone += 1
        return gone

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
    if _is_there(path, len(content)):
        return
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("no room for a picture") from error
        raise


def _is_there(path: Path, size: int) -> bool:
    """Whether the bytes are kept already; then they count as new again, so that no sweep takes them away."""
    try:
        if path.stat().st_size != size:
            return False
        os.utime(path)
    except OSError:
        return False
    return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _thin_out(
    folder: Path, prefix: str, keep: Callable[[str], bool], keep_seconds: float, most_bytes: int
) -> tuple[int, int]:
    found: list[tuple[float, int, Path]] = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{prefix}*"):
            with contextlib.suppress(OSError):
                found.append((path.stat().st_mtime, path.stat().st_size, path))
    gone, left = 0, sum(size for _, size, _ in found)
    for at, size, path in sorted(found):
        if keep(path.name) or (at > time.time() - keep_seconds and left <= most_bytes):
            continue
        path.unlink(missing_ok=True)
        gone, left = gone + 1, left - size
    return gone, left


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on the disk before its row is: a power cut leaves no row without its file."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash_folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and len(path.name) == 2)
    except OSError:
        return []


def _aged(folder: Path, keep_seconds: float) -> list[str]:
    """Names of the files in ``folder`` that are older than that; of those put aside, all."""
    return sorted(
        path.name for path in folder.iterdir() if path.name.startswith(_ASIDE) or not _is_young(path, keep_seconds)
    )


def _is_young(path: Path, keep_seconds: float) -> bool:
    try:
        return path.stat().st_mtime > time.time() - keep_seconds
    except OSError:
        return False


def _digest_of(name: str) -> str | None:
    """The hash that a file's name says; None for what was never finished."""
    digest = name.removeprefix(_ASIDE)
    return digest if _SHA256.match(digest) else None


def _put_aside(folder: Path, name: str) -> Path | None:
    if name.startswith((_ASIDE, _UNFINISHED)):
        return folder / name
    if _digest_of(name) is None:
        return None
    try:
        return (folder / name).rename(folder / f"{_ASIDE}{name}")
    except OSError:
        return None


def _put_back(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.rename(path.with_name(path.name.removeprefix(_ASIDE)))
