"""What a sentence was taken to mean before it was known to be all that is said. Nothing of it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.interfaces import Understood
from backend.timing import Step


@dataclass(frozen=True, slots=True)
class Thought:
    """``version`` is that of the conversation in which it was thought; ``understood`` None: every engine failed."""

    transcript: str
    version: int
    understood: Understood | None
    steps: tuple[Step, ...] = ()

    def fits(self, transcript: str, version: int) -> bool:
        """Whether it is about this sentence in this conversation as it stands."""
        return self.understood is not None and (self.transcript, self.version) == (transcript, version)
