"""Sentences as rules: drawing one at random by weight, and telling whether one follows the rules. Pure.

The notation is that of JSGF's right-hand sides: ``a | b``, ``(a | b)``, ``[a]``, ``<rule>``, and ``/0.2/`` before an
alternative for its weight (1 when not given). Before what stands in square brackets it is the chance that it is said
(0.5 when not given).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_PIECE = re.compile(r"<\w+>|/[\d.]+/|[a-z][a-z']*|[\[\]()|]")
_FIRST_RULE = "sentence"
_SAID = 0.5
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class _Choice:
    """``ways`` with their weights added up, for ``random.choices``."""

    ways: tuple[tuple[str | _Choice, ...], ...]
    up_to: tuple[float, ...]


class SentenceRules:
    """``rules`` are alternatives by rule name; it begins at the one named ``sentence``.

    Raises:
        ValueError: brackets that do not match.
        KeyError: a rule that is named and not there.
    """

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        self._rules = {name: _parsed(" | ".join(ways)) for name, ways in rules.items()}
        for name in re.findall(r"<(\w+)>", " ".join(way for ways in rules.values() for way in ways)):
            self._rules[name]

    def draw(self, count: int, seed: int) -> list[tuple[str, ...]]:
        """``count`` sentences as words, the same for the same ``seed``."""
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        found = []
        for _ in range(count):
            words: list[str] = []
            self._say(self._rules[_FIRST_RULE], chance, words, 0)
            found.append(tuple(words))
        return found

    def follows(self, sentence: str) -> bool:
        """Whether the whole ``sentence`` can be said by the rules."""
        words = tuple(sentence.split())
        return len(words) in self._ends(self._rules[_FIRST_RULE], words, 0)

    def _say(self, choice: _Choice, chance: random.Random, words: list[str], depth: int) -> None:
        if depth > _DEEPEST:  # a list of things wanted goes on by itself
            return
        for part in chance.choices(choice.ways, cum_weights=choice.up_to)[0]:
            if isinstance(part, _Choice):
                self._say(part, chance, words, depth)
            elif part.startswith("<"):
                self._say(self._rules[part[1:-1]], chance, words, depth + 1)
            else:
                words.append(part)

    def _ends(self, choice: _Choice, words: Sequence[str], start: int) -> set[int]:
        """Where what begins at ``start`` may end."""
        found: set[int] = set()
        for way in choice.ways:
            reached = {start}
            for part in way:
                reached = {end for at in reached for end in self._part_ends(part, words, at)}
                if not reached:
                    break
            found |= reached
        return found

    def _part_ends(self, part: str | _Choice, words: Sequence[str], at: int) -> set[int]:
        if isinstance(part, _Choice):
            return self._ends(part, words, at)
        if part.startswith("<"):
            return self._ends(self._rules[part[1:-1]], words, at) if at < len(words) else set()
        return {at + 1} if at < len(words) and words[at] == part else set()


def _parsed(text: str) -> _Choice:
    return _alternatives(_PIECE.findall(text))


def _alternatives(pieces: list[str], closing: str = "") -> _Choice:
    """Takes from ``pieces`` what it reads, the closing bracket too."""
    ways: list[list[str | _Choice]] = [[]]
    weights: dict[int, float] = {}
    while pieces:
        piece = pieces.pop(0)
        if piece == closing:
            break
        if piece == "|":
            ways.append([])
        elif piece in ("(", "["):
            ways[-1].append(_alternatives(pieces, {"(": ")", "[": "]"}[piece]))
        elif piece.startswith("/"):
            weights[len(ways) - 1] = float(piece.strip("/"))
        elif piece in (")", "]"):
            raise ValueError(piece)
        else:
            ways[-1].append(piece)
    else:
        if closing:
            raise ValueError(closing)
    return _weighed(ways, weights, closing)


def _weighed(ways: Sequence[Sequence[str | _Choice]], weights: Mapping[int, float], closing: str) -> _Choice:
    each = [weights.get(number, 1.0) for number in range(len(ways))]
    all_ways = [tuple(way) for way in ways]
    if closing == "]":
        said = weights.get(0, _SAID)
        each = [said / len(ways)] * len(ways) + [1 - said]
        all_ways.append(())
    return _Choice(tuple(all_ways), tuple(accumulate(each)))
