"""SoundBoard: the short chimes of ``assets/sounds``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from kiosk.audio.interfaces import SoundOutput
from kiosk.errors import KioskError
from kiosk.tasks import TaskScope

logger = structlog.get_logger(__name__)


class SoundBoard:
    """Each sound has something to see as well, so one that cannot be played is only noted in the log."""

    def __init__(self, output: SoundOutput, folder: Path) -> None:
        self._output = output
        self._folder = folder
        self._scope = TaskScope("sounds")
        self._read: dict[str, bytes] = {}

    def play(self, name: str) -> None:
        """Play ``assets/sounds/<name>.wav``; a sound that is still playing is cut off."""
        self._scope.start(self._play(name), "play", group="play")

    async def close(self) -> None:
        """Idempotent."""
        self._output.stop()
        await self._scope.close()

    async def _play(self, name: str) -> None:
        try:
            wav = self._read.get(name)
            if wav is None:
                wav = await asyncio.to_thread((self._folder / f"{name}.wav").read_bytes)
                self._read[name] = wav
            await self._output.play(wav)
        except (OSError, KioskError) as error:
            logger.info("chime not played", sound=name, reason=type(error).__name__)
