"""Hangul syllables and how they are heard."""

from __future__ import annotations

_VOWEL_AS_HEARD = {1: 5, 3: 7, 10: 15, 11: 15, 7: 5}
"""Vowels that nobody tells apart in speech: ㅐ, ㅒ and ㅖ as ㅔ, ㅙ and ㅚ as ㅞ (indices into Hangul's order)."""
_WITHOUT_GLIDE = {2: 0, 6: 4, 12: 8, 17: 13}
"""ㅑ, ㅕ, ㅛ and ㅠ are ㅏ, ㅓ, ㅗ and ㅜ after ㅈ, ㅉ and ㅊ: ``쵸코`` and ``초코`` sound the same."""
_PALATALS = (12, 13, 14)
_FIRST, _LAST, _FINALS, _VOWELS = 0xAC00, 0xD7A3, 28, 21


def is_hangul(letter: str) -> bool:
    return _FIRST <= ord(letter) <= _LAST


def as_heard(letter: str) -> str:
    """A syllable with its vowel as it is heard; other letters stay."""
    if not is_hangul(letter):
        return letter
    code = ord(letter) - _FIRST
    vowel = code // _FINALS % _VOWELS
    heard = _VOWEL_AS_HEARD.get(vowel, vowel)
    if code // (_FINALS * _VOWELS) in _PALATALS:
        heard = _WITHOUT_GLIDE.get(heard, heard)
    return chr(ord(letter) + (heard - vowel) * _FINALS)


def sound_of(word: str) -> str:
    return "".join(map(as_heard, word))
