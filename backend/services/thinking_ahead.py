"""What a sentence was taken to mean before it was known to be all that is said. Nothing of it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.external.interfaces import Understood
from backend.timing import Step

CALLS_A_DAY = 2_000
"""Of a model, ahead of a turn's end, for each process: more than the turns of a full day at several kiosks."""
Outcome = Literal["asked", "used", "refused"]
Count = Callable[[Outcome], None]


class AheadBudget:
    """How often a day a model may be asked about a sentence that may not be all: asked in vain it is paid for all the
    same. Counted in memory, by the shop's days: a restart begins anew.

    ``count`` hears of each call that was made, turned out to be of use, or was one too many.
    """

    def __init__(
        self, a_day: int = CALLS_A_DAY, today: Callable[[], date] = date.today, count: Count | None = None
    ) -> None:
        self._a_day = a_day
        self._today = today
        self._count = count
        self._day: date | None = None
        self._asked = 0

    def take(self) -> bool:
        """Whether one more is within it; it counts as made then."""
        if (day := self._today()) != self._day:
            self._day, self._asked = day, 0
        allowed = self._asked < self._a_day
        self._asked += allowed
        self._tell("asked" if allowed else "refused")
        return allowed

    def used(self) -> None:
        """What was thought ahead was what was meant."""
        self._tell("used")

    def _tell(self, outcome: Outcome) -> None:
        if self._count is not None:
            self._count(outcome)


@dataclass(frozen=True, slots=True)
class Thought:
    """``version`` is that of the conversation in which it was thought; ``understood`` None: every engine failed."""

    transcript: str
    version: int
    understood: Understood | None
    steps: tuple[Step, ...] = ()
    by_model: bool = False
    """A model was asked, out of the day's budget."""

    def fits(self, transcript: str, version: int) -> bool:
        """Whether it is about this sentence in this conversation as it stands."""
        return self.understood is not None and (self.transcript, self.version) == (transcript, version)
