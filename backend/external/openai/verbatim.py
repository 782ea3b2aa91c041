"""Whether a voice said what it was given to say. A model that converses may answer, shorten or round."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from backend.external.spoken_text import language_of, speakable

_ALIKE = 92.0
"""Per cent. A transcript of what was read differs by a spelling or a particle; an answer shares half at most."""
_NUMERAL = frozenset("영공일이삼사오육칠팔구십백천만억한하두둘세셋네넷다섯여곱덟홉열스물석넉")
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_BELOW_TWENTY)} | {
    word: 20 + 10 * at for at, word in enumerate(_TENS)
}
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_TOKENS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def is_verbatim(said: str, text: str) -> bool:
    """Whether ``said`` (a transcript) is ``text`` but for spelling, spaces, signs and figures written as words.

    Figures must be the same, however they are written: a wrong price is worse than no voice.
    """
    if language_of(text) == "ko":
        given, heard = _korean(text), _korean(said)
        return fuzz.ratio(given, heard) >= _ALIKE and not _numerals_differ(given, heard)
    return _numbers(text) == _numbers(said) and fuzz.ratio(_english(text), _english(said)) >= _ALIKE


def _korean(text: str) -> str:
    """Letters alone, figures as they are spoken."""
    return _letters(speakable(_plain(text), "ko"))


def _numerals_differ(given: str, heard: str) -> bool:
    """Whether any difference between the two has a syllable of a numeral in it.

    Such syllables are particles too ("이"): then a reading that differs just there is refused for nothing, and another
    engine speaks.
    """
    return any(
        _NUMERAL.intersection(given[step.src_start : step.src_end] + heard[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(given, heard)
        if step.tag != "equal"
    )


def _english(text: str) -> str:
    """Words alone, each number as its figure."""
    return " ".join(_words(text))


def _numbers(text: str) -> list[str]:
    return [word for word in _words(text) if word[0].isdigit()]


def _words(text: str) -> list[str]:
    plain = _DIGITS.sub(lambda found: found[0].replace(",", ""), _plain(speakable(text, "en")).casefold())
    words: list[str] = []
    number = _Number()
    for token in _TOKENS.findall(plain.replace("'", "")):
        if number.takes(token):
            continue
        words += number.end()
        if not number.takes(token):
            words.append(token)
    return words + number.end()


class _Number:
    """A figure in English words, taken one by one: forty, eight, thousand."""

    def __init__(self) -> None:
        self._total = self._part = 0
        self._last = ""

    def takes(self, word: str) -> bool:
        """Whether ``word`` goes on with the number."""
        if word in _SMALL:
            follows = self._last in ("", "and", *_LARGE) or (self._last in _TENS and 0 < _SMALL[word] < 10)
            if not follows:
                return False
            self._part += _SMALL[word]
        elif word in _LARGE and self._last not in ("", "and"):
            if word == "hundred":
                self._part *= 100
            else:
                self._total, self._part = self._total + self._part * _LARGE[word], 0
        elif word != "and" or self._last not in _LARGE:
            return False
        self._last = word
        return True

    def end(self) -> list[str]:
        """Its figure, if there is one, and an "and" that was not part of it."""
        if not self._last:
            return []
        told = [str(self._total + self._part), *(["and"] if self._last == "and" else [])]
        self._total, self._part, self._last = 0, 0, ""
        return told


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
