"""Pictures of cakes and dinners without any model: a parametric drawing of the order's own data.

The same item gives the same bytes, and nothing is shown that the kitchen does not put on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.domain.catalogue import Catalogue
from backend.domain.order import OrderRuleError, check_item
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
from backend.external.offline.drawing.looks import colour_of, picture_svg
from backend.external.offline.drawing.scene import SIZES
from backend.external.offline.drawing.scenery import Scenery
from backend.external.offline.photo import PillowBench, Touch
from backend.external.offline.picture_note import Shown, read_note, with_note
from backend.external.offline.wishes import Changes, changed, read_wish
from backend.external.offline.worker import WorkerProcess
from backend.external.picture_bytes import read_picture

_SECONDS = 10.0
"""The first drawing waits for its child to start, on a machine that may be busy with something else."""
SAME_RATIO = 0.03


def _version() -> str:
    """Changes with the drawing itself, so that nobody has to remember to say that old pictures are out of date."""
    sources = sorted(Path(drawing.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:8]


class ResvgImageEngine:
    """Draws items of the catalogue, and draws its own pictures anew as a wish says. Without ``photos`` it leaves
    photographs alone. It cannot draw a wish: requests without an item are refused."""

    def __init__(
        self,
        worker: WorkerProcess,
        catalogue: Callable[[], Catalogue],
        font: Path,
        photos: PillowBench | None = None,
    ) -> None:
        self._worker = worker
        self._catalogue = catalogue
        self._font = font
        self._photos = photos
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
        if request.item is None:
            raise EngineRejected("only items of the catalogue can be drawn")
        return await self._drawn(Shown(request.item), request.aspect_ratio)

    async def edit(self, edit: PictureEdit) -> Picture:
        """A picture of its own is drawn anew as the wish says; a photograph gets another light, cut or background.

        Raises:
            NotOffered: nothing of the wish can be done in this picture.
            EngineBadResponse: no such aspect ratio.
            EngineError: as for ``generate``.
        """
        if edit.aspect_ratio not in SIZES:
            raise EngineBadResponse(f"no such aspect ratio: {edit.aspect_ratio}")
        catalogue = self._catalogue()
        shown = self._own(edit.content, catalogue)
        menu = catalogue.menu(shown.item.menu_code) if shown else None
        changes = read_wish(edit.prompt, menu, catalogue)
        if shown is None:
            return await self._retouched(edit, changes)
        wished = changed(shown, changes, catalogue)
        header = read_picture(edit.content)
        if wished == shown and header and SIZES[edit.aspect_ratio] == (header.width, header.height):
            raise NotOffered("nothing in the wish can be drawn")
        return await self._drawn(wished, edit.aspect_ratio)

    def _own(self, content: bytes, catalogue: Catalogue) -> Shown | None:
        shown = read_note(content)
        if shown is None:
            return None
        try:
            check_item(shown.item, replace(catalogue, sold_out=frozenset()))
        except OrderRuleError:
            return None
        return shown

    async def _retouched(self, edit: PictureEdit, changes: Changes) -> Picture:
        if self._photos is None or changes.about_the_food:
            raise NotOffered("only what is drawn here can be changed in its parts")
        touch = Touch(
            warmth=changes.warmth,
            light=changes.light,
            zoom=changes.zoom,
            blur=changes.blur or changes.backdrop is not None,
        )
        header = read_picture(edit.content)
        across, down = map(int, edit.aspect_ratio.split(":"))
        if header is None or (
            touch == Touch() and abs(header.width / header.height / (across / down) - 1) < SAME_RATIO
        ):
            raise NotOffered("nothing in the wish can be done to a photograph")
        return await self._photos.touch(edit.content, edit.aspect_ratio, touch)

    async def _drawn(self, shown: Shown, ratio: str) -> Picture:
        if ratio not in SIZES:
            raise EngineBadResponse(f"no such aspect ratio: {ratio}")
        setting = shown.setting
        backdrop = setting.backdrop and colour_of("cream" if setting.backdrop == "plain" else setting.backdrop)
        scenery = Scenery(backdrop, setting.warmth, setting.light, setting.zoom)
        svg = picture_svg(shown.item, self._catalogue(), ratio, scenery)
        if svg is None:
            raise EngineRejected("only items of the catalogue can be drawn")
        if not self._font.is_file():
            raise EngineMisconfigured(f"{self._font.name} is missing")
        result = await self._worker.run("draw", {"font": str(self._font)}, svg.encode(), _SECONDS)
        if not result.payload.startswith(b"\x89PNG"):
            raise EngineBadResponse("not a PNG")
        content = with_note(result.payload, shown)
        return Picture(content, "image/png", *SIZES[ratio], self.info, shown.item)
