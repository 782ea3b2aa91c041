"""Sentences out of the speech grammar."""

from __future__ import annotations

import random
import re

from backend.external.offline.speech_grammar import SpeechGrammar

_TOKEN = re.compile(r"<\w+>|/[\d.]+/|[a-z][a-z']*|[\[\]()|]")


def sample(grammar: SpeechGrammar, count: int, seed: int) -> list[str]:
    """``count`` sentences, the same for the same ``seed``."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    return [" ".join(_Reader(grammar, chance).rule("sentence", 0)) for _ in range(count)]


class _Reader:
    def __init__(self, grammar: SpeechGrammar, chance: random.Random) -> None:
        self._grammar = grammar
        self._chance = chance

    def rule(self, name: str, depth: int) -> list[str]:
        ways = self._grammar.rules[name]
        way = ways[0] if depth > 6 else self._chance.choice(ways)
        words, rest = self._alternatives(_TOKEN.findall(way), depth)
        assert not rest
        return words

    def _alternatives(self, tokens: list[str], depth: int) -> tuple[list[str], list[str]]:
        """One of the alternatives up to the closing bracket, and the tokens from there on."""
        found: list[list[str]] = [[]]
        while tokens and tokens[0] not in ")]":
            token, *tokens = tokens
            if token == "|":
                found.append([])
            elif token in "([":
                inner, tokens = self._alternatives(tokens, depth)
                closing, *tokens = tokens
                found[-1] += inner if closing == ")" or self._chance.random() < 0.5 else []
            elif token.startswith("<"):
                found[-1] += self.rule(token[1:-1], depth + 1)
            elif not token.startswith("/"):
                found[-1].append(token)
        return self._chance.choice(found), tokens
