"""Sentences as recognisers and hurried fingers damage them: one slip each, drawn by a seed, the same in every run.

Korean slips follow what speech recognition and spelling by ear get wrong: vowels that sound alike, plain for tense and
aspirated consonants, a final consonant carried to the next syllable (연음), lost particles, spaces and digits. English
ones: homophones, lost articles and plurals, numbers in digits, no capitals and stops.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

Damage = Callable[[str, random.Random], "str | None"]
"""A sentence with one slip in it, or None where this slip cannot happen."""

_FIRST, _LAST, _FINALS, _VOWELS = 0xAC00, 0xD7A3, 28, 21
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_NUCLEI = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_SILENT = 11
"""The lead ㅇ."""
_HEARD_VOWELS = MappingProxyType({"ㅐ": "ㅔ", "ㅔ": "ㅐ", "ㅙ": "ㅚ", "ㅚ": "ㅙ", "ㅖ": "ㅔ", "ㅗ": "ㅓ", "ㅓ": "ㅗ",
                                  "ㅡ": "ㅜ", "ㅜ": "ㅡ"})  # fmt: skip
_HEARD_LEADS = MappingProxyType({"ㅂ": "ㅍ", "ㅍ": "ㅂ", "ㅃ": "ㅂ", "ㄱ": "ㅋ", "ㅋ": "ㄱ", "ㄷ": "ㅌ", "ㅌ": "ㄷ",
                                 "ㄸ": "ㄷ", "ㅈ": "ㅊ", "ㅊ": "ㅈ", "ㅆ": "ㅅ", "ㄲ": "ㄱ"})  # fmt: skip
_CARRIED = MappingProxyType(
    {"ㄱ": ("", "ㄱ"), "ㄲ": ("", "ㄲ"), "ㄴ": ("", "ㄴ"), "ㄷ": ("", "ㄷ"), "ㄹ": ("", "ㄹ"), "ㅁ": ("", "ㅁ"),
     "ㅂ": ("", "ㅂ"), "ㅅ": ("", "ㅅ"), "ㅆ": ("", "ㅆ"), "ㅈ": ("", "ㅈ"), "ㅊ": ("", "ㅊ"), "ㅌ": ("", "ㅌ"),
     "ㅍ": ("", "ㅍ"), "ㅎ": ("", "ㅇ"), "ㅀ": ("", "ㄹ"), "ㄶ": ("", "ㄴ"), "ㅄ": ("ㅂ", "ㅆ"), "ㄺ": ("ㄹ", "ㄱ")}
)  # fmt: skip
"""Final consonant before a vowel -> what stays, what goes over."""
_PARTICLE = re.compile(r"(?<=[가-힣])(?<![나둘셋개명거건쪽심플랜드럭스])(?:을|를|은|는)(?=\s|$)")
"""Not after a number or a style: ``하나는``, ``심플은`` are some of them, which is another wish without it."""
_WORDS_AND_DIGITS = (
    ("하나", "1"), ("둘", "2"), ("셋", "3"), ("넷", "4"), ("다섯", "5"), ("여섯", "6"), ("한", "1"), ("두", "2"),
    ("세", "3"), ("네", "4"),
)  # fmt: skip
_COUNTER = r"(?=\s?(?:개|잔|판|병|접시|줄|세트|조각)(?![가-힣]{3}))"
_COUNTERS = ("개", "잔", "판", "병", "번", "만", "천", "살", "명")
_ENGLISH_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HOMOPHONES = MappingProxyType(
    {
        "two": ("to", "too"), "four": ("for", "fore"), "eight": ("ate",), "one": ("won",), "three": ("free", "tree"),
        "wine": ("whine", "vine"), "steak": ("stake",), "steaks": ("stakes",), "french": ("frensh", "fresh"),
        "simple": ("sample", "symbol"), "grand": ("grant", "gland"), "deluxe": ("the lux", "the luxe", "delux"),
        "candles": ("candels", "handles"), "candle": ("candel", "handle"), "dinner": ("diner", "dinna"),
        "dinners": ("diners",), "cheese": ("cheez", "chees"), "bacon": ("beacon", "baken"), "bread": ("bred",),
        "english": ("inglish", "englich"), "valentine": ("ballantine", "valentin"), "coffee": ("cough fee", "coffey"),
        "salad": ("salat", "sallad"), "strawberry": ("straw berry", "strawbery"), "blueberries": ("blue berries",),
        "chocolate": ("choclate", "chocolat"), "champagne": ("shampain", "sham pain", "champaign"),
        "yes": ("yas", "yess"), "please": ("pleas", "peas"), "cake": ("kake", "cape"), "no": ("know",),
        "order": ("odor",), "baguette": ("bag get", "bagette"), "nuts": ("knots",), "custom": ("costume", "customs"),
    }
)  # fmt: skip


def _syllables(words: str) -> list[int]:
    return [at for at, letter in enumerate(words) if _FIRST <= ord(letter) <= _LAST]


def _taken_apart(letter: str) -> tuple[int, int, int]:
    code = ord(letter) - _FIRST
    return code // (_FINALS * _VOWELS), code // _FINALS % _VOWELS, code % _FINALS


def _put_together(lead: int, vowel: int, tail: int) -> str:
    return chr(_FIRST + (lead * _VOWELS + vowel) * _FINALS + tail)


def _with(words: str, at: int, letters: str, until: int | None = None) -> str:
    return words[:at] + letters + words[at + 1 if until is None else until :]


def vowels(words: str, dice: random.Random) -> str | None:
    """``그렌드``, ``새트``."""
    found = [at for at in _syllables(words) if _NUCLEI[_taken_apart(words[at])[1]] in _HEARD_VOWELS]
    if not found:
        return None
    at = dice.choice(found)
    lead, vowel, tail = _taken_apart(words[at])
    return _with(words, at, _put_together(lead, _NUCLEI.index(_HEARD_VOWELS[_NUCLEI[vowel]]), tail))


def consonants(words: str, dice: random.Random) -> str | None:
    """``딸키``, ``디럭스`` heard as ``티럭스``."""
    found = [at for at in _syllables(words) if _LEADS[_taken_apart(words[at])[0]] in _HEARD_LEADS]
    if not found:
        return None
    at = dice.choice(found)
    lead, vowel, tail = _taken_apart(words[at])
    return _with(words, at, _put_together(_LEADS.index(_HEARD_LEADS[_LEADS[lead]]), vowel, tail))


def carried(words: str, dice: random.Random) -> str | None:
    """``와인은`` -> ``와이는``, ``맞습니다`` stays: only what stands before a vowel."""
    found = []
    for at in _syllables(words)[:-1]:
        following = words[at + 1]
        tail = _TAILS[_taken_apart(words[at])[2]]
        if _FIRST <= ord(following) <= _LAST and _taken_apart(following)[0] == _SILENT and tail in _CARRIED:
            found.append(at)
    if not found:
        return None
    at = dice.choice(found)
    (lead, vowel, tail), (_, next_vowel, next_tail) = _taken_apart(words[at]), _taken_apart(words[at + 1])
    stays, goes = _CARRIED[_TAILS[tail]]
    two = _put_together(lead, vowel, _TAILS.index(stays)) + _put_together(_LEADS.index(goes), next_vowel, next_tail)
    return _with(words, at, two, at + 2)


def no_particle(words: str, dice: random.Random) -> str | None:
    found = [match for match in _PARTICLE.finditer(words) if match.start() > 1]
    if not found:
        return None
    lost = dice.choice(found)
    return words[: lost.start()] + words[lost.end() :]


def no_spaces(words: str, _: random.Random) -> str | None:
    """None at all: how many Koreans type."""
    return words.replace(" ", "") if " " in words and _syllables(words) else None


def lost_space(words: str, dice: random.Random) -> str | None:
    found = [at for at, letter in enumerate(words) if letter == " " and at and words[at - 1] not in ",.?!"]
    return _with(words, dice.choice(found), "") if found and _syllables(words) else None


def torn_word(words: str, dice: random.Random) -> str | None:
    """A space inside a word."""
    inside = [at for at in _syllables(words) if at + 1 < len(words) and _FIRST <= ord(words[at + 1]) <= _LAST]
    if not inside:
        return None
    at = dice.choice(inside)
    return words[: at + 1] + " " + words[at + 1 :]


def digits(words: str, dice: random.Random) -> str | None:
    """``두 개`` -> ``2개``, ``2개`` -> ``두 개``; ``two`` -> ``2``."""
    found: list[tuple[int, int, str]] = []
    for word, digit in _WORDS_AND_DIGITS:
        whole = rf"(?<![가-힣]){word}{_COUNTER if len(word) == 1 else '(?=[^가-힣]|$)'}"
        found += [(m.start(), m.end(), digit) for m in re.finditer(whole, words)]
    spelt = {digit: word for word, digit in _WORDS_AND_DIGITS if len(word) == 1}
    found += [
        (m.start(), m.end(), spelt[m[0]] + ("" if words[m.end()] == " " else " "))
        for m in re.finditer(rf"(?<!\d)[1-4]{_COUNTER}", words)
    ]
    for value, word in enumerate(_ENGLISH_NUMBERS[1:], 2):
        found += [(m.start(), m.end(), str(value)) for m in re.finditer(rf"\b{word}\b", words, re.IGNORECASE)]
    if not found:
        return None
    start, end, instead = dice.choice(found)
    return words[:start] + instead + words[end:]


def homophones(words: str, dice: random.Random) -> str | None:
    found = [match for match in re.finditer(r"[A-Za-z]+", words) if match[0].lower() in _HOMOPHONES]
    if not found:
        return None
    heard = dice.choice(found)
    return words[: heard.start()] + dice.choice(_HOMOPHONES[heard[0].lower()]) + words[heard.end() :]


def no_articles(words: str, _: random.Random) -> str | None:
    """As people speak whose language has none."""
    bare = re.sub(r"\b(?:the|an?)\s+(?=[a-z])(?!few|couple|lot|bit|little|dozen|pair)", "", words, flags=re.IGNORECASE)
    return bare if bare != words else None


def no_plurals(words: str, dice: random.Random) -> str | None:
    found = list(re.finditer(r"\b(dinner|cake|candle|wine|glasse|steak|baguette|coffee|macaron|tier)s\b", words))
    if not found:
        return None
    lost = dice.choice(found)
    return words[: lost.end() - 1] + words[lost.end() :]


def no_stops(words: str, _: random.Random) -> str | None:
    """Neither capitals nor stops nor apostrophes: as many recognisers write."""
    bare = re.sub(r"[,.!'’](?!\d)", "", words).lower()
    return bare if bare != words and "?" not in words else None


def slip_of_a_finger(words: str, dice: random.Random) -> str | None:
    """One letter of a longer English word is doubled, lost, or changes places with its neighbour."""
    found = list(re.finditer(r"[A-Za-z]{5,}", words))
    if not found:
        return None
    word = dice.choice(found)
    at = word.start() + dice.randrange(1, len(word[0]) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return _with(words, at, words[at] * 2)
    return _with(words, at, "" if kind == 1 else words[at + 1] + words[at], at + (1 if kind == 1 else 2))


def stammer(words: str, dice: random.Random) -> str | None:
    """A word begun twice: ``프 프렌치``, ``fr french``."""
    found = list(re.finditer(r"(?<![가-힣\d])[가-힣]{2,}|(?<![A-Za-z'])[A-Za-z]{4,}", words))
    found = [match for match in found if not match[0].startswith(_COUNTERS)]
    if not found:
        return None
    word = dice.choice(found)
    begun = word[0][: 1 if _syllables(word[0]) else 2]
    return words[: word.start()] + begun + " " + words[word.start() :]


KOREAN: Mapping[str, Damage] = MappingProxyType(
    {
        "vowels": vowels, "consonants": consonants, "carried consonant": carried, "lost particle": no_particle,
        "no spaces": no_spaces, "lost space": lost_space, "torn word": torn_word, "digits": digits, "stammer": stammer,
        "no stops": no_stops,
    }
)  # fmt: skip
ENGLISH: Mapping[str, Damage] = MappingProxyType(
    {
        "homophones": homophones, "lost articles": no_articles, "lost plural": no_plurals, "no stops": no_stops,
        "digits": digits, "slip of a finger": slip_of_a_finger, "stammer": stammer,
    }
)  # fmt: skip


def damaged(words: str, kind: str, damage: Damage) -> str | None:
    """``words`` with one slip of this kind, the same in every run; None where it cannot happen, or changes nothing."""
    dice = random.Random(f"{kind}: {words}")  # noqa: S311 - the same slips in every run
    heard = damage(words, dice)
    return heard if heard != words else None
