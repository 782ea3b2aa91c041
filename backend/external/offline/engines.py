"""The shop's own engines that need a child process, made together and closed together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.external.offline.espeak import EspeakTextToSpeech
from backend.external.offline.photo import PillowBench
from backend.external.offline.picture import ResvgImageEngine
from backend.external.offline.sphinx import PocketSphinxSpeechToText
from backend.external.offline.worker import WorkerProcess
from backend.external.sound_check import SoundCheck

OPENER_BYTES = 768 * 1024 * 1024
"""A picture of 40 megapixels takes 160 MB, and as much again while it is turned upright."""
FONT = Path("fonts") / "Pretendard-Bold.otf"


class OfflineEngines:
    """``hearing``, ``speech``, ``pictures``, the ``bench`` for pictures that come from outside, and the ``sound_check``
    of recordings that a vendor will hear.

    Children start at their first job: one for sound heard (it may take seconds), one for what is spoken and drawn
    (always short), and one each for recordings that are only looked at and for uploaded pictures: they come from
    anybody and may break it.
    """

    def __init__(self, catalogue: Callable[[], Catalogue], assets: Path) -> None:
        self._listener = WorkerProcess("listener")
        self._maker = WorkerProcess("maker")
        self._checker = WorkerProcess("checker")
        self._opener = WorkerProcess("opener", OPENER_BYTES)
        self.sound_check = SoundCheck(self._checker)
        self.hearing = PocketSphinxSpeechToText(self._listener, catalogue)
        self.speech = EspeakTextToSpeech(self._maker)
        self.bench = PillowBench(self._opener)
        self.pictures = ResvgImageEngine(self._maker, catalogue, assets / FONT, self.bench)

    def child_pids(self) -> tuple[int, ...]:
        """Process ids of the children that run now, for figures of memory."""
        return tuple(
            pid for pid in (self._listener.pid, self._maker.pid, self._checker.pid, self._opener.pid) if pid is not None
        )

    async def close(self) -> None:
        await self._listener.close()
        await self._maker.close()
        await self._checker.close()
        await self._opener.close()
