"""A sentence without its spaces and punctuation, and where they were: Korean is written with and without them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_VOWEL_AS_HEARD = {1: 5, 3: 7, 10: 15, 11: 15, 7: 5}
"""Vowels that nobody tells apart in speech: ㅐ, ㅒ and ㅖ as ㅔ, ㅙ and ㅚ as ㅞ (indices into Hangul's order)."""
_FIRST, _LAST, _FINALS, _VOWELS = 0xAC00, 0xD7A3, 28, 21
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_STRONG = ".?!\n;。？！"
_WEAK = ',，、:/()[]{}~"“”‘’<>|'


@dataclass(frozen=True, slots=True)
class Text:
    """``raw`` is lower case without spaces and marks; ``sound`` the same with vowels as heard, equally long.

    ``starts[i]``: a written word begins at ``i`` (``starts[len(raw)]`` is true). ``breaks`` are the positions before
    which a comma or a full stop stood, ``stops`` those of a full stop.
    """

    raw: str
    sound: str
    starts: tuple[bool, ...]
    breaks: frozenset[int]
    stops: frozenset[int]
    language: str

    def word_end(self, start: int) -> int:
        """Where the written word that ``start`` lies in ends."""
        return self.starts.index(True, start + 1)


def is_hangul(letter: str) -> bool:
    return _FIRST <= ord(letter) <= _LAST


def as_heard(letter: str) -> str:
    """A syllable with its vowel as it is heard; other letters stay."""
    if not is_hangul(letter):
        return letter
    code = ord(letter) - _FIRST
    vowel = code // _FINALS % _VOWELS
    heard = _VOWEL_AS_HEARD.get(vowel, vowel)
    return chr(ord(letter) + (heard - vowel) * _FINALS)


def sound_of(word: str) -> str:
    return "".join(map(as_heard, word))


def compact(phrase: str) -> str:
    """A phrase of the catalogue or the vocabulary as ``Text.raw`` would have it."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", phrase).lower() if letter.isalnum())


def read(transcript: str, language: str = "ko") -> Text:
    """Take a sentence apart. ``language`` counts where the sentence has no letters."""
    text = unicodedata.normalize("NFKC", transcript).lower()
    text = _THOUSANDS.sub("", text).replace("'", "").replace("’", "").replace("`", "")
    letters: list[str] = []
    starts: list[bool] = []
    breaks: set[int] = set()
    stops: set[int] = set()
    fresh = True
    for letter in text:
        if letter.isalnum():
            turns = bool(letters) and letters[-1].isascii() != letter.isascii() and not fresh
            starts.append(fresh or (turns and letter.isascii() and letter.isalpha()))
            letters.append(letter)
            fresh = False
            continue
        fresh = True
        if letter in _STRONG:
            stops.add(len(letters))
            breaks.add(len(letters))
        elif letter in _WEAK:
            breaks.add(len(letters))
    raw = "".join(letters)
    return Text(raw, sound_of(raw), (*starts, True), frozenset(breaks), frozenset(stops), _language_of(raw, language))


def _language_of(raw: str, otherwise: str) -> str:
    if any(is_hangul(letter) for letter in raw):
        return "ko"
    return "en" if any(letter.isascii() and letter.isalpha() for letter in raw) else otherwise
