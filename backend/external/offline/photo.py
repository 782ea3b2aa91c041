"""Pictures from outside, opened and cut by Pillow in a child process of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from backend.external.interfaces import EngineBadResponse, EngineInfo, Picture
from backend.external.offline.worker import WorkerProcess

INFO = EngineInfo("pillow", "")
RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16")
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Touch:
    """Steps of warmer, lighter and nearer (0: as it is), and whether what is around the middle is out of focus."""

    warmth: int = 0
    light: int = 0
    zoom: int = 0
    blur: bool = False


class PillowBench:
    """See ``interfaces.PictureBench``. ``worker`` is nobody else's: an upload may end it."""

    def __init__(self, worker: WorkerProcess) -> None:
        self._worker = worker

    async def open(self, content: bytes) -> Picture:
        return await self._made("picture_open", {}, content)

    async def crop(self, content: bytes, ratio: str, x: float, y: float, zoom: float) -> Picture:
        if ratio not in RATIOS:
            raise EngineBadResponse(f"no such aspect ratio: {ratio}")
        across, down = map(int, ratio.split(":"))
        wanted = {"ratio": across / down, "x": x, "y": y, "zoom": zoom}
        return await self._made("picture_crop", wanted, content)

    async def touch(self, content: bytes, ratio: str, touch: Touch) -> Picture:
        """A photograph in ``ratio``, in another light. Raises EngineError."""
        across, down = map(int, ratio.split(":"))
        return await self._made("picture_touch", {"ratio": across / down, **asdict(touch)}, content)

    async def _made(self, job: str, fields: Mapping[str, Any], content: bytes) -> Picture:
        made = await self._worker.run(job, fields, content, _SECONDS)
        return Picture(made.payload, "image/jpeg", made.fields["width"], made.fields["height"], INFO)
