"""How long an engine that hears may be silent: it answers in one piece, so its silence begins with the recording."""

from __future__ import annotations

SENTENCE_SECONDS = 10.0
"""Up to so long a recording is sent and heard like any sentence; a longer one is granted a tenth of what is over it."""


def hearing_patience(stall_seconds: float, recording_seconds: float) -> float:
    """Seconds from handing over a recording of ``recording_seconds`` until the whole transcript has to be there."""
    return stall_seconds + max(0.0, recording_seconds - SENTENCE_SECONDS) / 10
