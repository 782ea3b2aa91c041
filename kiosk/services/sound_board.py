"""SoundBoard: the short chimes of ``assets/sounds``."""

from __future__ import annotations


class SoundBoard:
    """``play(name)`` plays ``assets/sounds/<name>.wav``; without a loudspeaker nothing happens."""

    def play(self, name: str) -> None: ...

    async def close(self) -> None: ...
