"""B32: every language has the same modes and the same ways to speak and be spoken to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from tools.barrier_free.look import Breach, Look

HANGUL: Final = re.compile(r"[가-힣]")
THEIRS: Final = ("key_", "transcript", "chip_", "lettering")
"""Targets that carry the customer's own words, or letters."""
OWN_NAMES: Final = frozenset({"한국어", "가나다"})
"""A language is called by its own name."""


def same_ways(looks: Iterable[Look]) -> list[Breach]:
    """The bar and the voice of one screen and mode are the same in all languages."""
    ways: dict[tuple[str, str, str], dict[str, tuple[Look, frozenset[str]]]] = defaultdict(dict)
    for look in looks:
        names = frozenset(
            n.name for n in look.nodes if n.name.startswith("bar_") or n.name in {"voiceButton", "caption"}
        )
        ways[look.screen, look.mode, look.orientation][look.language] = (look, names)
    found = []
    for languages in ways.values():
        every = frozenset().union(*(names for _, names in languages.values()))
        for look, names in languages.values():
            found += [Breach("B32", look.title, name, "missing", "as in the other languages") for name in every - names]
    return found


def own_words(look: Look) -> list[Breach]:
    """What is said and shown outside Korean is not Korean; what the customer themselves said or wrote may be."""
    if look.language == "ko":
        return []
    found = []
    for node in look.targets:
        name = node.spoken.name if node.spoken is not None else ""
        if HANGUL.search(name) and name not in OWN_NAMES and not node.name.startswith(THEIRS):
            found.append(Breach("B32", look.title, look.called(node), f"called “{name}”", f"words in {look.language}"))
    return found
