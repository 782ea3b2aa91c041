"""What is not known as it stands, in the spelling of the known word that sounds the same, or that a finger slipped on.

``업써요``, ``와이는``, ``주믄할게요``, ``두 캐``; ``frecnh``, ``remoove``, ``etra``. Korean words are compared by a
key in which fall together what recognisers take for each other: plain, tense and aspirated consonants, ㅐ and ㅔ, ㅗ
and ㅓ, ㅡ and ㅜ, and a final consonant that is carried to the next syllable. English words may have one letter
doubled, lost, or in its neighbour's place; another letter makes another word (``stuff`` is no staff), left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from backend.external.offline.understanding.hangul import is_hangul
from backend.external.offline.understanding.ordinary import ORDINARY
from backend.external.offline.understanding.text import Text

_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_SILENT = 11
_FOLDED: Mapping[int, int] = str.maketrans("ㄲㅋㄸㅌㅃㅍㅆㅉㅊㅗㅛㅡ", "ㄱㄱㄷㄷㅂㅂㅅㅈㅈㅓㅕㅜ")
"""Sounds that recognisers take for each other, in one letter."""
_LEADS: str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_NUCLEI: str = "ㅏㅔㅑㅔㅓㅔㅕㅔㅗㅘㅞㅞㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS: tuple[str, ...] = ("", *"ㄱㄱㄱㄴㄴㄴㄷㄹㄹㄹㄹㄹㄹㄹㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ")
_CARRIED: tuple[str, ...] = (
    "", "ㄱ", "ㄲ", "ㄱㅆ", "ㄴ", "ㄴㅈ", "ㄴ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅆ", "ㄹㅌ", "ㄹㅍ", "ㄹ", "ㅁ",
    "ㅂ", "ㅂㅆ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "",
)  # fmt: skip
"""A final consonant, or two, before a syllable that begins with none."""
_TAIL_OF_LEAD = (1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 0, 22, 0, 23, 24, 25, 26, 27)
_LONGEST = 8
"""Syllables of the longest word that is looked for."""
_MOST_UNKNOWN, _LONGEST_TEXT = 40, 300
"""Letters: of what is longer, or more unknown, nothing is guessed, so that no text takes long."""
_SHORTEST_TYPED = 5
"""Letters of the shortest English word that is taken for a slip of the finger."""
_COUNTS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "스무")
_COUNTERS = ("개", "잔", "판", "병", "접시", "줄", "조각", "인분", "세트", "덩이", "단", "층", "번째")
_NUMBERS = ("하나", "다섯", "여섯", "일곱", "여덟", "아홉", "스물")
_ANSWERS = ("네", "응", "끝")
"""Words of one syllable that are taken as they sound where they are all that is said."""
_PARTICLES = (
    "은",
    "는",
    "을",
    "를",
    "으로",
    "로",
    "에는",
    "하고",
    "이랑",
    "이요",
    "이에요",
    "이",
    "으로요",
    "에",
    "이랑요",
)
_REAL_WORDS = ("모드", "아까", "안에", "내요", "했어", "안마", "먹어서")
"""Frequent words that sound like others: mode, earlier, inside, pay."""


def heard(word: str) -> str:
    """The key of a Korean word by its sound: equal for ``없어`` and ``업써``, ``그대로`` and ``구대로``."""
    return spoken_letters(word).translate(_FOLDED)


def spoken_letters(word: str) -> str:
    """The letters of a Korean word as they are spoken: ``맞아`` and ``마자`` are the same."""
    out: list[str] = []
    for at, letter in enumerate(word):
        if not is_hangul(letter):
            out.append(letter)
            continue
        lead, vowel, tail = _taken_apart(letter)
        out.append(("" if lead == _SILENT else _LEADS[lead]) + _NUCLEI[vowel])
        if tail:
            carried = at + 1 < len(word) and is_hangul(word[at + 1]) and _taken_apart(word[at + 1])[0] == _SILENT
            out.append(_CARRIED[tail] if carried else _TAILS[tail])
    return "".join(out)


def _taken_apart(letter: str) -> tuple[int, int, int]:
    code = ord(letter) - _FIRST
    return code // (_FINALS * _VOWELS), code // _FINALS % _VOWELS, code % _FINALS


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    instead: str


class Respelling:
    """Known words by their sound and by what fingers make of them. ``hangul``: forms as in ``Text.raw``;
    ``single``: names of one syllable, which are only taken where a number follows; ``latin``: single English words."""

    def __init__(self, hangul: Iterable[str], single: Iterable[str], latin: Iterable[str]) -> None:
        counted = (count + counter for count in _COUNTS for counter in _COUNTERS)
        self._hangul: dict[str, str] = {}
        for form in (*hangul, *_NUMBERS, *counted):
            if len(form) > 1 and all(map(is_hangul, form)):
                self._hangul.setdefault(heard(form), form)
        self._single = {heard(form): form for form in single}
        self._latin = frozenset(word for word in latin if len(word) >= _SHORTEST_TYPED)
        self._lost: Mapping[str, str] = {
            word[:at] + word[at + 1 :]: word
            for word in sorted(self._latin)
            for at in range(1, len(word) - (0 if word.endswith("e") else 1))
        }

    def of(self, text: Text, gaps: Sequence[tuple[int, int]]) -> Text | None:
        """The text with its unknown stretches in a known spelling; None where there is none."""
        if len(text.raw) > _LONGEST_TEXT or sum(end - start for start, end in gaps) > _MOST_UNKNOWN:
            return None
        changes = [change for start, end in gaps for change in self._in_gap(text, start, end)]
        for change in reversed(changes):
            text = text.replaced(change.start, change.end, change.instead)
        return text if changes else None

    def _in_gap(self, text: Text, start: int, end: int) -> Iterator[_Change]:
        at = start
        while at < end:
            change = self._at(text, at, start, end)
            if change is not None:
                yield change
            at = change.end if change is not None else at + 1
            while at < end and not text.starts[at]:
                at += 1

    def _at(self, text: Text, at: int, start: int, end: int) -> _Change | None:
        if not is_hangul(text.raw[at]):
            stop = text.word_end(at)
            word = text.raw[at:stop]
            typed = self._typed(word) if text.starts[at] and stop <= end and word.isascii() else None
            return _Change(at, stop, typed) if typed else None
        word = text.raw[at : text.word_end(at)]
        if text.starts[at] and word.startswith(_REAL_WORDS):
            return None
        longer = self._by_sound(text, at) if text.starts[at] or at == start else None
        return longer or self._short(text, at, end)

    def _by_sound(self, text: Text, at: int) -> _Change | None:
        for stop in range(min(at + _LONGEST, len(text.raw)), at + 1, -1):
            word = text.raw[at:stop]
            apart = not text.starts[at] and any(text.starts[at + 1 : stop])
            if apart or not all(map(is_hangul, word)):
                continue
            form = self._same_sound(word, begins=text.starts[at])
            if form is not None:
                return _Change(at, stop, form) if form != word else None
            form = self._with_carried(text, at, stop)
            if form is not None:
                return _Change(at, stop + 1, form)
        return None

    def _same_sound(self, word: str, *, begins: bool) -> str | None:
        """The known word that ``word`` sounds like; only few of its sounds may be others (``초콜`` is no ``저걸``)."""
        form = self._hangul.get(heard(word))
        if form is None or len(form) != len(word):
            return None
        others = Levenshtein.distance(spoken_letters(word), spoken_letters(form))
        return form if others <= (1 + len(word) // 4 if begins or len(word) > 2 else 0) else None

    def _with_carried(self, text: Text, at: int, stop: int) -> str | None:
        """``와이는``: the final consonant of a name at the beginning of its particle."""
        if stop >= len(text.raw) or text.starts[stop] or not is_hangul(text.raw[stop]):
            return None
        last, following = text.raw[stop - 1], text.raw[stop]
        lead, vowel, tail = _taken_apart(following)
        if _taken_apart(last)[2] or not _TAIL_OF_LEAD[lead]:
            return None
        word = text.raw[at : stop - 1] + chr(ord(last) + _TAIL_OF_LEAD[lead])
        form = self._same_sound(word, begins=text.starts[at])
        silent = chr(_FIRST + (_SILENT * _VOWELS + vowel) * _FINALS + tail)
        if form is None or silent + text.raw[stop + 1 : text.word_end(stop - 1)] not in _PARTICLES:
            return None
        return form + silent

    def _short(self, text: Text, at: int, end: int) -> _Change | None:
        """One syllable: an answer that is all that is said, what a number follows, a counter, or a particle."""
        stop = text.word_end(at)
        word = text.raw[at]
        if len(text.raw) == 1:
            return next((_Change(0, 1, answer) for answer in _ANSWERS if heard(answer) == heard(word)), None)
        if text.starts[at] and stop == at + 1:
            numbered = text.raw[stop : stop + 1].isdigit() or text.raw.startswith(_COUNTS, stop)
            form = self._single.get(heard(word)) if numbered else None
            return _Change(at, stop, form) if form else None
        if at and text.raw[at - 1].isdigit():
            return next((_Change(at, at + 1, each) for each in _COUNTERS if heard(each) == heard(word)), None)
        if stop == end and not text.starts[at]:
            rest = text.raw[at:stop]
            same = (each for each in _PARTICLES if len(each) == len(rest) and heard(each) == heard(rest))
            return next((_Change(at, stop, each) for each in same), None)
        return None

    def _typed(self, word: str) -> str | None:
        """The known word that ``word`` is with a letter too many, lost, or two of them exchanged.

        The first and the last stay, but for a silent e: ``gran`` is not grand, ``serve`` no server.
        """
        if word in self._latin or word in ORDINARY or len(word) < _SHORTEST_TYPED - 1:
            return None
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
        one_too_many = (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))
        for candidate in (*swapped, *one_too_many):
            if candidate in self._latin:
                return candidate
        return self._lost.get(word)
