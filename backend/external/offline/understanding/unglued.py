"""English written without blanks: ``twofrenchdinnersgrand``, ``nowineplease``.

A written word that is not known is taken apart where all of it is known words, and one of them a name of the catalogue
or a word with which people order. What is known only in part stays as it is: ``grandmother`` is nobody's grand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from backend.external.offline.understanding.text import Text

_SHORTEST, _LONGEST = 6, 60
"""Letters of a word that is taken apart."""
_LONGEST_PIECE = 20
_SHORTEST_NAME = 4
_LETTERS = ("a", "i")
_TELLING = frozenset(("please", "thanks", "thankyou", "order", "without", "everything"))
_NO_PIECES = frozenset(("mother", "father", "son", "daughter", "child", "children", "parents", "ma", "pa", "master"))
_FREQUENT = frozenset(("the", "and", "with", "for", "of", "on", "to", "in", "no", "my", "me", "it", "is"))


class Ungluing:
    """``names``: single words and whole names of the catalogue; ``words``: the others that are known. ASCII."""

    def __init__(self, names: Collection[str], words: Collection[str]) -> None:
        self._names = frozenset(name for name in names if len(name) >= _SHORTEST_NAME)
        known = {word for word in (*names, *words) if len(word) > 1} | _FREQUENT
        self._words = frozenset(known - _NO_PIECES)

    def of(self, text: Text, gaps: Sequence[tuple[int, int]]) -> Text | None:
        """The text with blanks in its unknown stretches; None where none of them can be taken apart."""
        cuts: set[int] = set()
        for start, end in gaps:
            at = start
            while at < end:
                stop = text.word_end(at)
                word = text.raw[at:stop]
                if text.starts[at] and stop <= end and _SHORTEST <= len(word) <= _LONGEST and word.isascii():
                    cuts |= {at + cut for cut in self._cuts(word)}
                at = stop
        return text.written_apart(cuts) if cuts else None

    def _cuts(self, word: str) -> tuple[int, ...]:
        """Where a word falls into the fewest known ones; empty where it does not, or they order nothing."""
        best: list[tuple[int, ...] | None] = [(), *([None] * len(word))]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_PIECE), end):
                before = best[start]
                piece = word[start:end]
                if before is None or not (piece in self._words or piece in _LETTERS or piece.isdigit()):
                    continue
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, end)
        ends = best[-1]
        if ends is None or len(ends) < 2:
            return ()
        pieces = [word[start:end] for start, end in zip((0, *ends), ends, strict=False)]
        return ends[:-1] if any(piece in self._names or piece in _TELLING for piece in pieces) else ()
