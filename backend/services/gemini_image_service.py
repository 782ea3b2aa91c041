"""Pictures, whichever engine draws them. The name is given by the contract; the engines are injected."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.order import Item
from backend.external.interfaces import ImageEngine, Picture, PictureRequest
from backend.services.engine_chain import first_that_works

DRAWING_SECONDS = 60.0


class GeminiImageService:
    """A chain of engines in order of wish; see ``first_that_works`` for what they raise together."""

    def __init__(self, engines: Sequence[ImageEngine], seconds: float = DRAWING_SECONDS) -> None:
        self._engines = tuple(engines)
        self._seconds = seconds

    async def generate_image(self, prompt: str, aspect_ratio: str, item: Item | None = None) -> tuple[bytes, str]:
        """A picture of ``prompt`` and its MIME type. Engines without a model need the ``item`` itself.

        Raises:
            EngineError.
        """
        picture = await self.draw(PictureRequest(prompt, aspect_ratio, item))
        return picture.content, picture.mime_type

    async def draw(self, request: PictureRequest) -> Picture:
        """The picture with its size and who drew it.

        Raises:
            EngineError.
        """

        async def ask(engine: ImageEngine) -> Picture:
            return await engine.generate(request)

        return await first_that_works(self._engines, ask, self._seconds)
