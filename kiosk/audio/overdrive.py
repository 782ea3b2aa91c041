"""Overdrive: a microphone that is set so loud that what customers say is cut off at its limits."""

from __future__ import annotations

from collections import deque

from kiosk.audio.interfaces import FRAME_SECONDS

LOOKED_AT_SECONDS = 2.0
"""Of voice: a shout or a knock alone says nothing."""
CLIPPED_PART = 0.25


class Overdrive:
    """Fed with the frames in which the customer speaks."""

    def __init__(self) -> None:
        self._clipped: deque[bool] = deque(maxlen=round(LOOKED_AT_SECONDS / FRAME_SECONDS))

    def feed(self, *, clipped: bool) -> bool:
        """Whether much of the last 2 s of voice was cut off."""
        self._clipped.append(clipped)
        full = len(self._clipped) == self._clipped.maxlen
        return full and sum(self._clipped) >= CLIPPED_PART * len(self._clipped)
