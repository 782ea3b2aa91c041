"""Composing Hangul from the keys of the two-set (두벌식) keyboard. Pure: no Qt.

Unicode 17, chapter 3.12: syllable = 0xAC00 + (lead * 21 + vowel) * 28 + tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEADS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_VOWEL_PAIRS: Final = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
_TAIL_PAIRS: Final = {
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
_SPLIT: Final = {whole: (pair[0], pair[1]) for pair, whole in {**_VOWEL_PAIRS, **_TAIL_PAIRS}.items()}


def is_vowel(jamo: str) -> bool:
    return jamo in VOWELS


def is_jamo(key: str) -> bool:
    return len(key) == 1 and (key in LEADS or key in VOWELS)


@dataclass(frozen=True, slots=True)
class Syllable:
    """The syllable under the cursor: any part may be empty, a tail only after lead and vowel."""

    lead: str = ""
    vowel: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        if self.lead and self.vowel:
            code = (LEADS.index(self.lead) * 21 + VOWELS.index(self.vowel)) * 28 + TAILS.index(self.tail)
            return chr(0xAC00 + code)
        return self.lead + self.vowel


def press(now: Syllable, jamo: str) -> tuple[str, Syllable]:
    """Add one jamo. Answers the finished text before the new syllable, and the new syllable.

    Raises:
        ValueError: ``jamo`` is not on the two-set keyboard.
    """
    if not is_jamo(jamo):
        raise ValueError(jamo)
    return _press_vowel(now, jamo) if is_vowel(jamo) else _press_consonant(now, jamo)


def _press_vowel(now: Syllable, vowel: str) -> tuple[str, Syllable]:
    if now.tail:  # the tail was the next syllable's lead all along: 갑 + ㅣ -> 가비, 값 + ㅣ -> 갑시
        kept, moved = _SPLIT.get(now.tail, ("", now.tail))
        return Syllable(now.lead, now.vowel, kept).text, Syllable(moved, vowel)
    if now.vowel:
        joined = _VOWEL_PAIRS.get(now.vowel + vowel)
        if joined is not None:
            return "", Syllable(now.lead, joined)
        return now.text, Syllable("", vowel)
    return "", Syllable(now.lead, vowel)


def _press_consonant(now: Syllable, consonant: str) -> tuple[str, Syllable]:
    if now.lead and now.vowel:
        if not now.tail and consonant in TAILS:
            return "", Syllable(now.lead, now.vowel, consonant)
        joined = _TAIL_PAIRS.get(now.tail + consonant)
        if joined is not None:
            return "", Syllable(now.lead, now.vowel, joined)
    return now.text, Syllable(consonant)


def erase(now: Syllable) -> Syllable:
    """Take back the last jamo: 값 -> 갑 -> 가 -> ㄱ -> nothing."""
    if now.tail:
        return Syllable(now.lead, now.vowel, _SPLIT[now.tail][0] if now.tail in _SPLIT else "")
    if now.vowel:
        return Syllable(now.lead, _SPLIT[now.vowel][0] if now.vowel in _SPLIT else "")
    return Syllable()
