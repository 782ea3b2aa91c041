"""DoubleTalk: whether somebody besides the loudspeaker makes a sound (Geigel 1977: louder than its echo can be)."""

from __future__ import annotations

from collections import deque

import numpy as np

KNOWN_WINDOWS = 60
"""2 s of the loudspeaker: as long as it takes to know how loud its echo is."""
REMEMBERED_WINDOWS = 200
ABOVE_DB = 6.0
AUDIBLE_DBFS = -60.0
HELD_WINDOWS = 12
"""An echo may come so late, through two buffers and a room."""
DECAY_DB = 5.5
"""A window: a room in which sound dies away by 60 dB in 0.35 s."""


class DoubleTalk:
    """Fed with the levels of both sides, window by window (32 ms), in dBFS. It learns from every window, a customer's
    too: after much double talk it hears less rather than taking the kiosk for a customer."""

    def __init__(self) -> None:
        self._coupling: deque[float] = deque(maxlen=REMEMBERED_WINDOWS)
        self._recent: deque[float] = deque(maxlen=HELD_WINDOWS)
        self._far = -100.0

    def feed(self, near: float, far: float) -> bool:
        """Whether ``near`` is louder than the echo of ``far``; False until that is known."""
        self._recent.append(far)
        self._far = max(*self._recent, self._far - DECAY_DB)
        if self._far < AUDIBLE_DBFS:
            return False
        known = len(self._coupling) >= KNOWN_WINDOWS
        usual = float(np.percentile(np.fromiter(self._coupling, float), 95)) if known else 0.0
        self._coupling.append(near - self._far)
        return known and near > self._far + usual + ABOVE_DB
