"""Words for several ingredients: which of them is meant is told by the dish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from backend.external.offline.understanding.kinds import Kind

FAMILIES: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType(
    {
        ("bread", "baguette"): ("bread", "breads", "빵"),
        ("coffee", "coffee_pot"): ("coffee", "coffees", "커피"),
        ("wine", "champagne"): ("alcohol", "booze", "술", "알코올", "알콜", "주류"),
    }
)
"""Codes of ingredients, the one that is named so first, and the words for all of them."""


def family_words(known: Sequence[str]) -> Iterator[tuple[Kind, str, str]]:
    """Kind, code and phrase for the lexicon; ``known`` are the codes of the catalogue's ingredients."""
    for codes, phrases in FAMILIES.items():
        for code in codes:
            if code in known:
                yield from ((Kind.INGREDIENT, code, phrase) for phrase in phrases)
