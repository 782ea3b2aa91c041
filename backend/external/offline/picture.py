"""Pictures of cakes and dinners without any model: a parametric drawing of the order's own data.

The same item gives the same bytes, and nothing is shown that the kitchen does not put on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import (
    EngineBadResponse,
    EngineInfo,
    EngineMisconfigured,
    EngineRejected,
    NotOffered,
    Picture,
    PictureEdit,
    PictureRequest,
)
from backend.external.offline import drawing
from backend.external.offline.drawing.looks import picture_svg
from backend.external.offline.drawing.scene import SIZES
from backend.external.offline.worker import WorkerProcess

_SECONDS = 5.0


def _version() -> str:
    """Changes with the drawing itself, so that nobody has to remember to say that old pictures are out of date."""
    sources = sorted(Path(drawing.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:8]


class ResvgImageEngine:
    """Draws items of the catalogue. It cannot draw a wish: requests without an item are refused."""

    def __init__(self, worker: WorkerProcess, catalogue: Callable[[], Catalogue], font: Path) -> None:
        self._worker = worker
        self._catalogue = catalogue
        self._font = font
        self._model = f"parametric-{_version()}"

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("resvg", self._model)

    async def generate(self, request: PictureRequest) -> Picture:
        """A PNG of ``request.item``; its size is that of the ratio in ``drawing.scene.SIZES``.

        Raises:
            EngineRejected: no item, or one that the catalogue does not have.
            EngineMisconfigured: the font is missing.
            EngineUnavailable, EngineBadResponse: the child process failed.
        """
        if request.aspect_ratio not in SIZES:
            raise EngineBadResponse(f"no such aspect ratio: {request.aspect_ratio}")
        svg = picture_svg(request.item, self._catalogue(), request.aspect_ratio) if request.item else None
        if svg is None:
            raise EngineRejected("only items of the catalogue can be drawn")
        if not self._font.is_file():
            raise EngineMisconfigured(f"{self._font.name} is missing")
        result = await self._worker.run("draw", {"font": str(self._font)}, svg.encode(), _SECONDS)
        if not result.payload.startswith(b"\x89PNG"):
            raise EngineBadResponse("not a PNG")
        return Picture(result.payload, "image/png", *SIZES[request.aspect_ratio], self.info)

    async def edit(self, edit: PictureEdit) -> Picture:  # noqa: ARG002 - the interface's argument
        """Raises NotOffered: pictures are drawn here from the order's data, not painted over."""
        raise NotOffered("edit")
