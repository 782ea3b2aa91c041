"""The shop's own engines that need a child process, made together and closed together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.picture import ResvgImageEngine
from backend.external.offline.sphinx import PocketSphinxSpeechToText
from backend.external.offline.worker import WorkerProcess
from backend.external.sound_check import SoundCheck

FONT = Path("fonts") / "Pretendard-Bold.otf"


class OfflineEngines:
    """``hearing``, ``speech``, ``pictures``, and the ``sound_check`` of recordings that a vendor will hear.

    Children start at their first job: one for sound heard (it may take seconds), one for what is spoken and drawn
    (always short), one for recordings that are only looked at (they come from anybody and may break it).
    """

    def __init__(self, catalogue: Callable[[], Catalogue], assets: Path) -> None:
        self._listener = WorkerProcess("listener")
        self._maker = WorkerProcess("maker")
        self._checker = WorkerProcess("checker")
        self.sound_check = SoundCheck(self._checker)
        self.hearing = PocketSphinxSpeechToText(self._listener, catalogue)
        self.speech = EspeakTextToSpeech(self._maker)
        self.pictures = ResvgImageEngine(self._maker, catalogue, assets / FONT)

    def child_pids(self) -> tuple[int, ...]:
        """Process ids of the children that run now, for figures of memory."""
        return tuple(pid for pid in (self._listener.pid, self._maker.pid, self._checker.pid) if pid is not None)

    async def close(self) -> None:
        await self._listener.close()
        await self._maker.close()
        await self._checker.close()
