"""Whether an engine is asked at all: a circuit breaker.

Own code, for neither circuitbreaker 2.1 nor purgatory 3.0 lets a single trial through at a time or keeps an engine shut
for as long as its vendor asks (ADR 0013).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from backend.external.interfaces import (
    EngineError,
    EngineMisconfigured,
    EngineModelGone,
    EngineRateLimited,
    QuotaExhausted,
)

FAILURES = 2
"""So many in a row shut the gate: one may be chance, and each may cost a customer seconds."""
PAUSE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 300.0
_PAUSES: tuple[tuple[type[EngineError], float], ...] = (
    (QuotaExhausted, 600.0),
    (EngineRateLimited, 5.0),
    (EngineMisconfigured, 300.0),
    (EngineModelGone, 300.0),
)
"""What will not be better at the next call shuts the gate at once; for so long, where the vendor does not say."""
LONGEST_WISH_SECONDS = 3600.0


class Gate:
    """Open to calls; shut for a while after failures; then ajar: one call at a time is let in as a trial.

    Each trial that fails doubles the pause, up to five minutes. ``clock`` is monotonic, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._shut_until: float | None = None
        self._pause = PAUSE_SECONDS
        self._trying = False

    @property
    def is_open(self) -> bool:
        return self._shut_until is None

    @property
    def trial_due(self) -> bool:
        """It was shut, the pause is over, and nobody tries yet."""
        return self._shut_until is not None and not self._trying and self._clock() >= self._shut_until

    def admits(self) -> bool:
        return self.is_open or self.trial_due

    def enter(self) -> None:
        """A call begins; it ends with ``succeeded``, ``failed`` or ``left``."""
        self._trying = not self.is_open

    def succeeded(self) -> None:
        self._failures = 0
        self._shut_until = None
        self._pause = PAUSE_SECONDS
        self._trying = False

    def failed(self, error: EngineError, *, at_once: bool = False) -> None:
        """``at_once``: shut it, however many failures there were before."""
        self._failures += 1
        at_once |= self._trying or self._failures >= FAILURES
        self._trying = False
        pause = next((seconds for kind, seconds in _PAUSES if isinstance(error, kind)), None)
        if pause is None and not at_once:
            return
        if pause is None:
            pause = self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        wished = error.retry_after
        seconds = pause if wished is None else min(max(wished, 0.0), LONGEST_WISH_SECONDS)
        self._shut_until = self._clock() + seconds

    def left(self) -> None:
        """The call ended without telling anything about the engine: it was cancelled, or its caller was at fault."""
        self._trying = False

    def ajar(self) -> None:
        """There is a reason to believe that it works again: the next call is the trial."""
        if self._shut_until is not None:
            self._shut_until = self._clock()
