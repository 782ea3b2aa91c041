"""An answer that is sent piece by piece while it is made."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from aiohttp import web


class PiecewiseResponse(web.StreamResponse):
    """Sends ``chunks`` when it is delivered. ``aclose`` is for whoever made it and does not deliver it."""

    def __init__(self, chunks: AsyncGenerator[bytes, None], status: int, mime_type: str) -> None:
        super().__init__(status=status)
        self.headers["Content-Type"] = mime_type
        self._chunks = chunks

    async def send(self, request: web.BaseRequest) -> None:
        """Headers, all pieces, the end. What making a piece raises comes out of here, with the end not sent."""
        try:
            await self.prepare(request)
            async for piece in self._chunks:
                await self.write(piece)
            await self.write_eof()
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Idempotent."""
        await self._chunks.aclose()
