"""Pictures, whichever engine draws them. The name is given by the contract; the engines are injected."""

from __future__ import annotations

from backend.domain.order import Item
from backend.external.interfaces import ImageEngine, Picture, PictureEdit, PictureRequest
from backend.services.engine_chain import EngineChain

DRAWING_SECONDS = 40.0
"""An image model takes 5 to 30 s; the server gives a call 60 s in all."""


class GeminiImageService:
    """Draws and edits with a chain of engines; see ``EngineChain.ask`` for what they raise together."""

    def __init__(self, engines: EngineChain[ImageEngine], seconds: float = DRAWING_SECONDS) -> None:
        self._engines = engines
        self._seconds = seconds

    async def generate_image(self, prompt: str, aspect_ratio: str, item: Item | None = None) -> tuple[bytes, str]:
        """A picture of ``prompt`` and its MIME type. Engines without a model need the ``item`` itself.

        Raises:
            EngineError.
        """
        picture = await self.draw(PictureRequest(prompt, aspect_ratio, item))
        return picture.content, picture.mime_type

    async def edit_image(
        self, base_image_bytes: bytes, base_mime_type: str, prompt: str, aspect_ratio: str
    ) -> tuple[bytes, str]:
        """The picture with the change that ``prompt`` wishes, and its MIME type.

        Raises:
            NotOffered: no engine that is set up edits pictures.
            EngineError.
        """
        edit = PictureEdit(base_image_bytes, base_mime_type, prompt, aspect_ratio)
        picture = await self.change(edit)
        return picture.content, picture.mime_type

    async def change(self, edit: PictureEdit) -> Picture:
        """As ``edit_image``, with its size and who made it.

        Raises:
            NotOffered: no engine that is set up can make that change.
            EngineError.
        """
        return await self._engines.ask(lambda engine: engine.edit(edit), self._seconds)

    async def draw(self, request: PictureRequest) -> Picture:
        """The picture with its size and who drew it.

        Raises:
            EngineError.
        """
        return await self._engines.ask(lambda engine: engine.generate(request), self._seconds)
