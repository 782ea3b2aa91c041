"""WhenHeard: the moment at which a block that a loudspeaker was handed is really heard, as the device tells it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.audio.interfaces import Played

WAITING_BLOCKS: Final = 4
"""Before a device has begun it is handed so many in a hurry, at moments that tell nothing."""
MOST_AHEAD_SECONDS: Final = 1.0
CLOCKS_SECONDS: Final = 5.0
"""So long a comparison of two clocks holds: one of them may be set meanwhile."""


class WhenHeard:
    """One stream, one thread. PortAudio tells with each block when it will be heard, behind what waits in the device.

    On a busy machine nothing else does: of a device that ran empty 44 times in 26 s, and was 2.4 s late in the end, the
    told moments were within 5 ms, but for the block in which it ran empty; the moments of handing over were not. An
    echo canceller needs that: where its reference jumps, what the kiosk says is taken for a customer.
    """

    def __init__(self, tell: Callable[[Played], None]) -> None:
        """``tell`` gets every block once, in order, with its moment where that is known."""
        self._tell = tell
        self._clocks: deque[tuple[float, float]] = deque()
        """When, and how far our clock was ahead: of the last seconds those that are less than all after them."""
        self._waiting: list[Played] = []
        self._begun = False

    def handed(self, block: Played, times: object) -> None:
        """``times``: as PortAudio gives them to a callback."""
        heard_at, tells = self._heard_at(block.at, times)
        self._waiting.append(block)
        if not self._begun and heard_at is None and tells and len(self._waiting) <= WAITING_BLOCKS:
            return
        waiting, self._waiting, self._begun = self._waiting, [], True
        if heard_at is not None:
            heard_at -= sum(each.seconds for each in waiting[:-1])
        for each in waiting:
            self._tell(replace(each, heard_at=heard_at))
            if heard_at is not None:
                heard_at += each.seconds

    def _heard_at(self, at: float, times: object) -> tuple[float | None, bool]:
        """On our clock; and whether this device tells such a thing at all."""
        if not isinstance(times, Mapping):
            return None, False
        now, heard = float(times.get("current_time", 0.0)), float(times.get("output_buffer_dac_time", 0.0))
        if now <= 0 or heard <= 0:
            return None, False
        ahead = self._ahead(at, at - now)
        # While it has not begun, or has run empty, it tells the present.
        return (heard + ahead if now < heard < now + MOST_AHEAD_SECONDS else None), True

    def _ahead(self, at: float, ahead: float) -> float:
        """Other threads run between the reading of both clocks: the pair with the least between them is right."""
        while self._clocks and self._clocks[-1][1] >= ahead:
            self._clocks.pop()
        self._clocks.append((at, ahead))
        while self._clocks[0][0] < at - CLOCKS_SECONDS:
            self._clocks.popleft()
        return self._clocks[0][1]
