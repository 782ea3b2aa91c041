"""How an English word sounds, roughly: recognisers write ``whine`` for wine, ``stake`` for steak, ``inglish``.

A much shortened Metaphone (L. Philips, Computer Language 7/12, 1990): consonants that are spelt in several ways get one
letter, vowels fall into three classes, what is not spoken goes.
"""

from __future__ import annotations

import re

_RULES = tuple(
    (re.compile(before), after)
    for before, after in (
        (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^wh", "w"), (r"^ps", "s"), (r"^x", "s"), (r"tch", "C"),
        (r"ch", "C"), (r"sh", "S"), (r"th", "d"), (r"ph", "f"), (r"gh(?=t|$)", ""), (r"ck", "k"),
        (r"q(u)?", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"z", "s"), (r"dge", "j"),
        (r"mb$", "m"), (r"e$", ""), (r"([aeiou])gh", r"\1"), (r"^[aeiou]+", "A"),
        (r"ee|ea|ie|ei|y(?![aeiou])", "i"), (r"ai|ay", "e"), (r"oo|ou|ow|u", "o"), (r"oa", "o"),
        (r"[aeiou]{2,}", "o"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_INNER_VOWELS = re.compile(r"(?<!^)[aeio]")


def english_sound(word: str) -> str:
    """Equal for words that sound alike: ``cheez`` and ``cheese``."""
    sound = word.lower()
    for rule, after in _RULES:
        sound = rule.sub(after, sound)
    return sound


def consonants(word: str) -> str:
    """The sound without the vowels inside it: equal for ``stake`` and ``steak``, ``strwbry`` and ``strawberry``."""
    return _INNER_VOWELS.sub("", english_sound(word)).replace("l", "r")
