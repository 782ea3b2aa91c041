"""Pictures from the backend as files that QML can show: decoded off the GUI thread, no HTTP in QML."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QUrl

from kiosk.errors import KioskError


class Pictures:
    """Backend path -> ``file:`` URL. A picture that did not come may be asked for again."""

    def __init__(self, folder: Path, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._folder = folder
        self._fetch = fetch
        self._urls: dict[str, str] = {}

    @property
    def urls(self) -> dict[str, str]:
        return dict(self._urls)

    async def load(self, path: str) -> str:
        """Fetch once. Raises KioskError: unreachable, not found, or no room on the disk (``storage_full``)."""
        if path in self._urls:
            return self._urls[path]
        data = await self._fetch(path)
        file = self._folder / hashlib.sha256(data).hexdigest()[:32]
        await asyncio.to_thread(file.write_bytes, data)
        self._urls[path] = QUrl.fromLocalFile(str(file)).toString()
        return self._urls[path]

    async def load_all(self, paths: tuple[str, ...], came: Callable[[], None]) -> None:
        """Each in turn; ``came()`` after each. One that fails is left out: its card keeps the plain plate."""
        for path in paths:
            if path in self._urls:
                continue
            try:
                await self.load(path)
            except (KioskError, OSError):
                continue
            came()
