"""``French, English, Valentine ... what's in the Valentine?``: names that are read off the menu, and not ordered.

Several bare names, without a number or a word of ordering, in a sentence that goes on to ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SOFT = (Kind.FILLER, Kind.AND, Kind.PARTICLE, Kind.TOPIC, Kind.MENU_WORD)
_FEWEST = 2


def is_read_aloud(spans: Sequence[Span]) -> bool:
    """Whether the part of the sentence that does not ask is nothing but names."""
    names = [span for span in spans if span.has(Kind.MENU, Kind.CATEGORY)]
    return len(names) >= _FEWEST and all(span.has(Kind.MENU, Kind.CATEGORY, *_SOFT) for span in spans)
