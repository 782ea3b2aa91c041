"""A model is fetched in the background: bounded in size and patience, resumed where it broke off, checked by its hash.

By hand and not through huggingface_hub, which since 2.x begins a file anew in each process (its ``file_download.py``:
the unfinished file has a name of its own), checks no hash, and cannot be stopped in the middle of a call.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx
import structlog

from backend.external.whisper.models import NEEDED, VOCABULARIES

HUB = "https://huggingface.co"
MAX_BYTES = 4 << 30
SPARE_BYTES = 512 << 20
"""Left free on the disk: orders are written there too."""
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
PAUSES = (30.0, 120.0, 600.0, 3_600.0)
"""Between attempts, in seconds; the last one again and again."""
_CHUNK = 1 << 20
_FILES = frozenset((*NEEDED, *VOCABULARIES, "preprocessor_config.json"))

_log = structlog.get_logger(__name__)


class FetchState(StrEnum):
    """Words for ``/api/health``. After ``FINAL`` nothing is tried again until the next start."""

    DOWNLOADING = "downloading"
    DONE = "ready"
    NO_NETWORK = "download_no_network"
    REFUSED = "download_refused"
    NOT_FOUND = "download_not_found"
    TOO_LARGE = "download_too_large"
    NO_SPACE = "download_no_space"
    NOT_WRITABLE = "download_not_writable"
    DAMAGED = "download_damaged"


FINAL = frozenset({FetchState.DONE, FetchState.NOT_FOUND, FetchState.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """``digest`` is SHA-256 in hex for large files, git's blob SHA-1 for the others."""

    name: str
    size: int
    digest: str


class _Failed(Exception):
    def __init__(self, state: FetchState) -> None:
        super().__init__(state.value)
        self.state = state


class ModelFetch:
    """Brings ``repository`` from ``hub`` into ``target``, which comes into being whole or not at all."""

    def __init__(
        self, repository: str, target: Path, hub: str = HUB, pauses: Sequence[float] = PAUSES, most: int = MAX_BYTES
    ) -> None:
        self._repository = repository
        self._target = target
        self._hub = hub
        self._pauses = pauses
        self._most = most
        self.state = FetchState.DOWNLOADING
        self.done_bytes = 0
        self.total_bytes = 0

    async def run(self) -> FetchState:
        """Try until the model is there or it is known that it never will be; returns one of ``FINAL``."""
        attempt = 0
        while True:
            before = self.done_bytes
            self.state = await self._attempt()
            if self.state in FINAL:
                return self.state
            if self.done_bytes > before:
                attempt = 0
            pause = self._pauses[min(attempt, len(self._pauses) - 1)]
            attempt += 1
            await asyncio.sleep(pause)

    async def _attempt(self) -> FetchState:
        _log.info("model_download_begins", repository=self._repository)
        timeout = httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS)
        try:
            async with httpx.AsyncClient(timeout=timeout, follow_redirects=True) as client:
                await self._fetch(client)
        except _Failed as error:
            state = error.state
        except httpx.HTTPStatusError as error:
            missing = error.response.status_code in (401, 403, 404)  # the hub says 401 of what it does not have
            state = FetchState.NOT_FOUND if missing else FetchState.REFUSED
        except (httpx.HTTPError, httpx.InvalidURL):
            state = FetchState.NO_NETWORK
        except OSError:
            state = FetchState.NOT_WRITABLE
        else:
            _log.info("model_download_done", repository=self._repository, bytes=self.total_bytes)
            return FetchState.DONE
        _log.warning("model_download_failed", repository=self._repository, reason=state.value, bytes=self.done_bytes)
        return state

    async def _fetch(self, client: httpx.AsyncClient) -> None:
        commit, files = await self._listed(client)
        self.total_bytes = sum(file.size for file in files)
        if self.total_bytes > self._most:
            raise _Failed(FetchState.TOO_LARGE)
        unfinished = self._target.with_name(f".{self._target.name}.{commit[:12]}")
        self._target.parent.mkdir(parents=True, exist_ok=True)
        for other in self._target.parent.glob(f".{self._target.name}.*"):
            if other != unfinished:
                await asyncio.to_thread(shutil.rmtree, other, ignore_errors=True)
        unfinished.mkdir(exist_ok=True)
        self.done_bytes = sum(path.stat().st_size for path in unfinished.iterdir())
        free = shutil.disk_usage(unfinished).free
        if free < self.total_bytes - self.done_bytes + SPARE_BYTES:
            raise _Failed(FetchState.NO_SPACE)
        for file in files:
            await self._get(client, commit, file, unfinished)
        unfinished.replace(self._target)

    async def _listed(self, client: httpx.AsyncClient) -> tuple[str, list[RemoteFile]]:
        address = f"{self._hub}/api/models/{self._repository}/revision/main"
        response = await client.get(address, params={"blobs": "true"})
        response.raise_for_status()
        try:
            told = response.json()
            commit = str(told["sha"])
            files = [_remote_file(one) for one in told["siblings"] if one["rfilename"] in _FILES]
        except (ValueError, KeyError, TypeError) as error:
            raise _Failed(FetchState.REFUSED) from error
        names = {file.name for file in files}
        if not names.issuperset(NEEDED) or names.isdisjoint(VOCABULARIES) or not re.fullmatch("[0-9a-f]{40}", commit):
            raise _Failed(FetchState.NOT_FOUND)
        return commit, files

    async def _get(self, client: httpx.AsyncClient, commit: str, file: RemoteFile, folder: Path) -> None:
        whole, part = folder / file.name, folder / f"{file.name}.part"
        if whole.is_file() and whole.stat().st_size == file.size:
            return
        have = part.stat().st_size if part.is_file() else 0
        if have < file.size:
            await self._append(client, f"{self._hub}/{self._repository}/resolve/{commit}/{file.name}", file, part, have)
        if part.stat().st_size != file.size or await asyncio.to_thread(_digest, part, file) != file.digest:
            self.done_bytes -= part.stat().st_size
            part.unlink()
            raise _Failed(FetchState.DAMAGED)
        part.replace(whole)

    async def _append(self, client: httpx.AsyncClient, address: str, file: RemoteFile, part: Path, have: int) -> None:
        # Identity: a length of compressed bytes would not be the file's.
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
        async with client.stream("GET", address, headers=headers) as response:
            response.raise_for_status()
            resumed = bool(have) and response.status_code == httpx.codes.PARTIAL_CONTENT
            if have and not resumed:
                self.done_bytes -= have
            with part.open("ab" if resumed else "wb") as out:
                size = have if resumed else 0
                async for chunk in response.aiter_bytes(_CHUNK):
                    size += len(chunk)
                    if size > file.size:
                        raise _Failed(FetchState.DAMAGED)
                    await asyncio.to_thread(out.write, chunk)
                    self.done_bytes += len(chunk)


def _remote_file(told: dict[str, Any]) -> RemoteFile:
    large = told.get("lfs")
    digest = str(large["sha256"]) if large else str(told["blobId"])
    return RemoteFile(str(told["rfilename"]), int(told["size"]), digest)


def _digest(path: Path, file: RemoteFile) -> str:
    if len(file.digest) == hashlib.sha256().digest_size * 2:
        algorithm = hashlib.sha256()
    else:
        algorithm = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            algorithm.update(chunk)
    return algorithm.hexdigest()
