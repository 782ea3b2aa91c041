"""Which name was meant by a misspelt or misheard word: distance over decomposed jamo, for English over letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from backend.external.offline.understanding.english_sounds import consonants, english_sound
from backend.external.offline.understanding.hangul import is_hangul, sound_of
from backend.external.offline.understanding.ordinary import ORDINARY
from backend.external.offline.understanding.romanised import romanised, romanised_key

_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_LEADS: str = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ"
"""Lead consonants with tense and aspirated ones as their plain one: the confusion of recognisers."""
_VOWEL_LETTERS: str = "ㅏㅔㅑㅔㅓㅔㅕㅔㅗㅘㅞㅞㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS: tuple[str, ...] = ("", *"ㄱㄱㄱㄴㄴㄴㄷㄹㄹㄹㄹㄹㄹㄹㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ")
_NEAR_VOWELS = frozenset(
    {"ㅡㅜ", "ㅜㅡ", "ㅓㅗ", "ㅗㅓ", "ㅔㅣ", "ㅣㅔ", "ㅓㅡ", "ㅡㅓ", "ㅏㅓ", "ㅓㅏ", "ㅔㅓ", "ㅓㅔ", "ㄴㅇ", "ㅇㄴ"}
)
_SHORT_JAMO = 6
"""A name of two syllables: one wrong vowel at most, and a near one."""
_ALLOWED = 0.26
_ALLOWED_LATIN = 0.25
_SHORTEST_LATIN = 5
_FEW_LETTERS = 2
_SHORTEST_SOUND = 4
_SHORTEST_BEGINNING = 4
_TELLING_CONSONANTS = 3
_LONGEST_CUT_OFF = 4


def jamo(word: str) -> str:
    """``word`` as folded jamo: ``케잌`` and ``게익`` are the same."""
    return "".join(map(_letters, sound_of(word)))


def _letters(letter: str) -> str:
    if not is_hangul(letter):
        return letter
    code = ord(letter) - _FIRST
    lead, vowel, tail = code // (_FINALS * _VOWELS), code // _FINALS % _VOWELS, code % _FINALS
    return ("" if _LEADS[lead] == "ㅇ" else _LEADS[lead]) + _VOWEL_LETTERS[vowel] + _TAILS[tail]


@dataclass(frozen=True, slots=True)
class Guess:
    """``form`` is the known form that a word is taken for; ``likeness`` 0 to 1."""

    form: str
    likeness: float


def nearest_of(word: str, forms: Collection[str]) -> Guess | None:
    """Of a few forms the one that ``word`` is, with up to two letters otherwise: ``fresh`` of the dinners is French."""
    near = [form for form in forms if word[0] == form[0] and abs(len(form) - len(word)) <= _FEW_LETTERS]
    found = min(near, key=lambda form: Levenshtein.distance(word, form), default=None)
    if found is None or len(word) < _SHORTEST_LATIN or Levenshtein.distance(word, found) > _FEW_LETTERS:
        return None
    return Guess(found, 0.75)


class SoundIndex:
    """Known forms by their sound."""

    def __init__(self, forms: Collection[str]) -> None:
        self._hangul: Mapping[str, str] = {jamo(form): form for form in forms if is_hangul(form[0])}
        self._latin = tuple(form for form in forms if form.isascii() and len(form) >= _SHORTEST_LATIN)
        self._sounds = tuple(self._hangul)
        self._cut_off = {
            sound_of(form[1:]): form for form in forms if is_hangul(form[0]) and 3 <= len(form) <= _LONGEST_CUT_OFF
        }
        """``렌치`` for ``프렌치``: a recogniser misses the beginning."""
        self._romanised = {romanised_key(romanised(form)): form for form in forms if is_hangul(form[0])}
        self._by_sound: dict[str, list[str]] = {}
        for form in forms:
            if form.isascii() and len(form) >= _SHORTEST_SOUND:
                self._by_sound.setdefault(consonants(form), []).append(form)

    def shortened(self, word: str) -> str | None:
        """The Korean name that ``word`` is the first half of, or more: ``그랜``, ``발렌``; None where it is none's."""
        if len(word) < 2:
            return None
        forms = [form for form in self._hangul.values() if form.startswith(word) and len(form) <= 2 * len(word)]
        return min(forms, key=len, default=None)

    def nearest(self, word: str) -> Guess | None:
        """The form that ``word`` is a slip of, or None. Words of one syllable are never guessed."""
        if len(word) < 2:
            return None
        if word.isascii():
            return self._nearest_latin(word)
        cut = self._cut_off.get(sound_of(word))
        if cut is not None:
            return Guess(cut, 0.75)
        sound = jamo(word)
        for candidate, distance, _ in process.extract(
            sound, self._sounds, scorer=Levenshtein.distance, score_cutoff=3, limit=3
        ):
            if self._is_slip(sound, candidate, int(distance)):
                likeness = 1 - distance / max(len(sound), len(candidate), 1)
                return Guess(self._hangul[candidate], round(max(0.6, likeness), 3))
        return None

    def _nearest_latin(self, word: str) -> Guess | None:
        """The nearest by letters, else by sound, else the name that the word is the beginning of."""
        if len(word) < _SHORTEST_SOUND or word in ORDINARY:
            return None
        same = self.sounding(word)
        if same is not None:
            return same
        romanised_form = self._romanised.get(romanised_key(word))
        if romanised_form is not None:
            return Guess(romanised_form, 0.9)
        found = process.extractOne(word, self._latin, scorer=Levenshtein.distance, score_cutoff=3)
        if found and found[1] <= max(1, int(_ALLOWED_LATIN * len(found[0]))) and word[0] == found[0][0]:
            return Guess(found[0], round(1 - found[1] / len(found[0]), 3))
        return self._sounding_like(word) or self.beginning_with(word)

    def sounding(self, word: str) -> Guess | None:
        """A name that sounds the same as the English ``word``."""
        same = [form for form in self._by_sound.get(consonants(word), ()) if english_sound(form) == english_sound(word)]
        return Guess(same[0], 0.85) if same else None

    def _sounding_like(self, word: str) -> Guess | None:
        """Equal consonants; a short name must also have its vowels, or be a slip of one letter."""
        for form in self._by_sound.get(consonants(word), ()):
            distance = Levenshtein.distance(word, form)
            long_enough = len(consonants(word)) >= _TELLING_CONSONANTS and distance <= max(2, len(form) // 3)
            if long_enough or (distance == 1 and len(form) >= _SHORTEST_LATIN):
                return Guess(form, round(max(0.7, 1 - distance / len(form)), 3))
        return None

    def beginning_with(self, word: str, shortest: int = _SHORTEST_BEGINNING) -> Guess | None:
        """``choc``, ``champ``: long enough a beginning of one word of a name."""
        found = [form for form in self._latin if form.startswith(word)]
        if not found or len(word) < shortest:
            return None
        return Guess(min(found, key=len), 0.75)

    @staticmethod
    def _is_slip(sound: str, candidate: str, distance: int) -> bool:
        if distance == 0:
            return True
        if len(candidate) <= _SHORT_JAMO:
            if distance != 1:
                return False
            if len(sound) != len(candidate):
                shorter = len(candidate) == _SHORT_JAMO and len(sound) == len(candidate) - 1
                return shorter or (len(candidate) >= 5 and sound[: len(candidate) - 1] == candidate[:-1])
            return any(a + b in _NEAR_VOWELS for a, b in zip(sound, candidate, strict=True) if a != b)
        return distance <= _ALLOWED * len(candidate)
