"""The pieces of one sentence that hold, after what the speaker took back."""

from __future__ import annotations

from dataclasses import dataclass

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span


@dataclass(slots=True)
class Sentence:
    """The pieces that hold, and what was taken back. ``replaced``: the menu that gives way to the one that stays."""

    spans: list[Span]
    correcting: bool
    replaced: str | None = None

    def has(self, *kinds: Kind) -> bool:
        return any(span.has(*kinds) for span in self.spans)
