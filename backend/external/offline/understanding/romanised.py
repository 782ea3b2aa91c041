"""Korean written in Latin letters (``ttalgi``, ``juseyo``, ``du gae``), by a key in which its spellings fall together.

The spelling is the Revised Romanization (National Institute of Korean Language, 2000) with the sound changes that
visitors write down (``kamsahamnida``); the key then drops what people spell in many ways: g/k, d/t, b/p, eo/o, eu/u.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from backend.external.offline.understanding.hangul import is_hangul

_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_LEADS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWEL_LETTERS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
_TAILS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
_CARRIED = (
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m", "b", "bs", "s", "ss",
    "ng", "j", "ch", "k", "t", "p", "",
)  # fmt: skip
"""A final consonant before a vowel is spoken with it."""
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_SAME = (
    ("eo", "o"), ("eu", "u"), ("ae", "e"), ("oe", "e"), ("oo", "u"), ("ee", "i"), ("c(?!h)", "k"), ("sh", "s"),
    ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("f", "p"), ("y(?=e)", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
_RULES = tuple((re.compile(before), after) for before, after in _SAME)


def romanised(word: str) -> str:
    """``word`` in Latin letters, as it is spoken."""
    out: list[str] = []
    letters = [_parts(letter) for letter in word]
    for at, (lead, vowel, tail) in enumerate(letters):
        if vowel < 0:
            out.append(word[at])
            continue
        following = letters[at + 1] if at + 1 < len(letters) and letters[at + 1][1] >= 0 else None
        out.append(_LEADS[lead] + _VOWEL_LETTERS[vowel] + _tail(tail, following))
    return "".join(out)


def _parts(letter: str) -> tuple[int, int, int]:
    if not is_hangul(letter):
        return 0, -1, 0
    code = ord(letter) - _FIRST
    return code // (_FINALS * _VOWELS), code // _FINALS % _VOWELS, code % _FINALS


def _tail(tail: int, following: tuple[int, int, int] | None) -> str:
    if following is None or not tail:
        return _TAILS[tail]
    if not _LEADS[following[0]]:
        return _CARRIED[tail]
    return _NASAL.get(_TAILS[tail], _TAILS[tail]) if _LEADS[following[0]] in ("n", "m") else _TAILS[tail]


def romanised_key(word: str) -> str:
    """The spelling of a Latin word without what people disagree on; equal for ``ttalgi`` and ``dalgi``."""
    key = word.lower()
    for rule, after in _RULES:
        key = rule.sub(after, key)
    return key


_WORDS = (
    "주세요|하나|둘|한 개|두 개|세 개|네 개|다섯 개|네|아니요|아니오|아뇨|감사합니다|고맙습니다|안녕하세요|안녕|"
    "얼마예요|있어요|없어요|빼 주세요|추가|추가요|이거|그거|여기요|포장|매장|취소|취소해 주세요|직원|추천|"
    "추천해 주세요|다시|디너|케이크|비싸요|너무|뭐예요|빨간|파란|하얀|분홍|노란|초록|검은|생일|축하해|됐어요|"
    "괜찮아요|맛있어요|좋아요|한 판|두 판|한 잔|두 잔|세 잔|그대로|하고|그리고|몇 개"
)


def _table() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for phrase in _WORDS.split("|"):
        for spelling in (romanised(phrase.replace(" ", "")), " ".join(romanised(part) for part in phrase.split())):
            found.setdefault(" ".join(romanised_key(part) for part in spelling.split()), phrase)
    return MappingProxyType(found)


_BY_KEY = _table()
_LATIN_WORDS = re.compile(r"[a-z]{2,}(?: [a-z]{2,})?")
_ENGLISH_TOO = frozenset(
    {"nae", "to", "tom", "tor", "net", "doll", "dull", "duel", "tall", "all", "ho", "hail", "toll", "till"}
)


def in_hangul(text: str) -> str:
    """``text`` (lower case) with the Korean words of a visitor in Hangul; all else stays."""
    return _LATIN_WORDS.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    words = found[0].split(" ")
    whole = _BY_KEY.get(" ".join(romanised_key(word) for word in words)) if len(words) == 2 else None
    if whole is not None:
        return whole
    return " ".join(word if word in _ENGLISH_TOO else _BY_KEY.get(romanised_key(word), word) for word in words)
