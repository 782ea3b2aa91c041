"""What may be said at once, of a turn that a model is still writing about."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from backend.domain.opener import Opening


@dataclass(frozen=True, slots=True)
class Decided:
    kind: Opening
    language: str


class Openable:
    """One sentence of the customer: decided once, or never. Of one event loop."""

    def __init__(self) -> None:
        self._decided: asyncio.Future[Decided | None] = asyncio.get_running_loop().create_future()
        self.closed = False

    def decide(self, kind: Opening, language: str) -> None:
        """Nothing happens where it is decided already."""
        if not self._decided.done():
            self._decided.set_result(Decided(kind, language))

    def close(self) -> None:
        """The answer is there, or there is none: nothing need be said before it. Idempotent."""
        self.closed = True
        if not self._decided.done():
            self._decided.set_result(None)

    async def known(self) -> Decided | None:
        """None: nothing is said before the answer."""
        return await asyncio.shield(self._decided)
