"""TimeLine: when a device's samples were really there, told from blocks that are handed over late."""

from __future__ import annotations

from collections import deque

WINDOW_SECONDS = 1.0
MOVED_SECONDS = 0.008
"""Less is no reason to move: whoever follows the line, an echo canceller, has to find its way anew after it."""
GONE_SECONDS = 0.5
"""Later than that is no busy machine, but a device that was away."""


class TimeLine:
    """A block is never handed over before it was there, only after: the one that was least late tells the time of all.
    Where every block of a second is later than that, samples were lost before them.

    A loudspeaker's are handed over ``ahead``, several in a hurry at the beginning: the first tells the time, and it
    only becomes later, where a second of blocks says that the device had to wait.

    Times are in seconds of one clock.
    """

    def __init__(self, *, ahead: bool = False) -> None:
        self._ahead = ahead
        self._seconds = 0.0
        self._begun: float | None = None
        self._recent: deque[tuple[float, float]] = deque()
        """Of the last second: when a block came, and when the first sample of all was there to judge by that. Only
        those that were less late than all after them: the least late one is the first."""

    def end_of(self, seconds: float, at: float) -> float:
        """When the last sample of a block of so many ``seconds``, handed over at ``at``, was there."""
        self._seconds += seconds
        begun = at - self._seconds
        if self._begun is not None and begun - self._begun > GONE_SECONDS:
            self._recent.clear()
            self._begun = begun
        while self._recent and (self._recent[-1][1] >= begun):
            self._recent.pop()
        self._recent.append((at, begun))
        while self._recent[0][0] < at - WINDOW_SECONDS:
            self._recent.popleft()
        least_late = self._recent[0][1]
        if self._begun is None:
            self._begun = least_late
        later = least_late - self._begun
        if later > MOVED_SECONDS or (later < -MOVED_SECONDS and not self._ahead):
            self._begun = least_late
        return self._begun + self._seconds
