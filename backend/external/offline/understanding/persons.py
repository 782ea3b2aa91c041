"""Whose item it is: ``his``, ``for madame``, ``할아버지 것``. A person is a code here; pronouns fit several of them.

``me`` is the one who speaks. The code of a pronoun (``he``, ``she``, ``they``) is remembered where no more is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ME, HE, SHE, THEY = "me", "he", "she", "they"

PERSONS: Mapping[str, str] = MappingProxyType(
    {
        ME: "mine|my own|for me|for myself|me|i|im|ive|ill",
        HE: "he|hes|hed|him|his|for him",
        SHE: "she|shes|shed|her|hers|for her",
        THEY: "theirs|for them",
        "husband": "my husband|husband|hubby|boyfriend|my boyfriend|my fiance",
        "wife": "my wife|the wife|wife|the missus|missus|madame|girlfriend|my girlfriend|my lady",
        "father": "my dad|dads|my father|father",
        "mother": "my mum|my mom|my mother|mother|mums|moms",
        "brother": "my brother|brother|my uncle",
        "sister": "my sister|sister|my aunt|auntie",
        "son": "my son|my boy|my boys|son|the boy|my lad",
        "daughter": "my daughter|my girl|daughter|the girl",
        "grandfather": "my grandpa|my grandad|grandad|my grandfather|grandfather|grandads",
        "grandmother": "my gran|gran|grandmother|my grandma|my nan|nan|grans",
        "child": "the kid|my kid|the kids|the child|my child|the little one|the baby|kids",
        "friend": "my friend|friend|my mate|my colleague|colleague|my boss|the boss",
    }
)  # fmt: skip
_MEN = ("husband", "father", "brother", "son", "grandfather")
_WOMEN = ("wife", "mother", "sister", "daughter", "grandmother")
_EITHER = ("child", "friend")
_MEANT_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        HE: frozenset((HE, *_MEN, *_EITHER)),
        SHE: frozenset((SHE, *_WOMEN, *_EITHER)),
        THEY: frozenset((HE, SHE, THEY, *_MEN, *_WOMEN, *_EITHER)),
    }
)


def are_one(said: str, known: str) -> bool:
    """Whether the person spoken of can be the one who is known: ``hers`` of what was for the wife."""
    return said == known or known in _MEANT_BY.get(said, ()) or said in _MEANT_BY.get(known, ())
