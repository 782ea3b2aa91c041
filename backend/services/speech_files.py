"""Speech on disk: one file a sentence, least recently heard first to go. Blocking: call it from a thread.

A file is the SHA-256 of its name and its sound, and then the sound. So a file that a power cut left half written, or
that somebody renamed, is never served; nothing has to be forced to the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path

import structlog

MAX_EVICTIONS = 64
"""Files that one ``write`` deletes at most: a limit that became smaller is reached over several."""

_NAME = re.compile(r"^[0-9a-f]{64}$")
_UNFINISHED = ".new-"
_DIGEST_BYTES = hashlib.sha256().digest_size

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SpeechFiles:
    """Files under ``folder``, of ``max_bytes`` together; 0: none, and the folder is not touched.

    What goes wrong with the disk is logged once and means that nothing is kept or found. One process a folder.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._sizes: OrderedDict[str, int] | None = None
        """By name, the least recently heard first. None: not read yet, or the folder cannot be read."""
        self._bytes = 0
        self._trouble: str | None = None

    def has(self, name: str) -> bool:
        """Whether ``name`` (64 hexadecimal digits) should be there. It may be damaged all the same."""
        with self._lock:
            return name in self._opened()

    def lacks(self, name: str) -> bool:
        """Whether it is known without looking at the disk that ``name`` is not there. Does not block: for anybody."""
        sizes = self._sizes
        return sizes is not None and name not in sizes

    def read(self, name: str) -> bytes | None:
        """The sound, which counts as heard now; None when it is not there or is not what was written."""
        if not self.has(name):
            return None
        path = self._folder / name
        try:
            kept = path.read_bytes()
        except OSError:
            self._forget(name)
            return None
        audio = kept[_DIGEST_BYTES:]
        if kept[:_DIGEST_BYTES] != _digest(name, audio):
            log.warning("kept_speech_damaged", bytes=len(kept))
            self._forget(name)
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with self._lock:
            if name in self._opened():
                self._opened().move_to_end(name)
        with contextlib.suppress(OSError):
            os.utime(path)
        return audio

    def write(self, name: str, audio: bytes) -> bool:
        """Keep ``audio``, and make room for it; False when it was not kept."""
        size = _DIGEST_BYTES + len(audio)
        if size > self._max_bytes:
            return False
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._put(name, audio)
        except OSError as error:
            self._tell(type(error).__name__)
            return False
        self._trouble = None
        with self._lock:
            sizes = self._opened()
            self._bytes += size - sizes.pop(name, 0)
            sizes[name] = size
            gone = self._too_old(sizes)
        for old in gone:
            with contextlib.suppress(OSError):
                (self._folder / old).unlink()
        return True

    def _put(self, name: str, audio: bytes) -> None:
        # mkstemp makes the file the owner's alone.
        handle, made = tempfile.mkstemp(dir=self._folder, prefix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(name, audio) + audio)
            Path(made).replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                Path(made).unlink()
            raise

    def _too_old(self, sizes: OrderedDict[str, int]) -> list[str]:
        gone: list[str] = []
        while self._bytes > self._max_bytes and len(gone) < MAX_EVICTIONS:
            name, size = sizes.popitem(last=False)
            self._bytes -= size
            gone.append(name)
        return gone

    def _forget(self, name: str) -> None:
        with self._lock:
            self._bytes -= self._opened().pop(name, 0)

    def _opened(self) -> OrderedDict[str, int]:
        if self._sizes is not None:
            return self._sizes
        if not self._max_bytes:
            self._sizes = OrderedDict()
            return self._sizes
        try:
            found = self._found()
        except FileNotFoundError:
            found = OrderedDict()
        except OSError as error:
            self._tell(type(error).__name__)
            return OrderedDict()
        self._sizes, self._bytes = found, sum(found.values())
        return found

    def _found(self) -> OrderedDict[str, int]:
        """What earlier processes kept, in the order in which it was heard last."""
        # The folder may be older than its rights: what the kiosk says to customers is nobody else's business.
        self._folder.chmod(0o700)
        heard: list[tuple[int, str, int]] = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith(_UNFINISHED):
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()
                elif _NAME.match(entry.name) and entry.is_file(follow_symlinks=False):
                    state = entry.stat(follow_symlinks=False)
                    heard.append((state.st_mtime_ns, entry.name, state.st_size))
        return OrderedDict((name, size) for _, name, size in sorted(heard))

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning("speech_not_kept", error=trouble)
        self._trouble = trouble


def _digest(name: str, audio: bytes) -> bytes:
    return hashlib.sha256(name.encode() + audio).digest()
