"""Korean endings and counting: which particle follows a word, and how many of a thing are said."""

from __future__ import annotations

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_DIGIT_FINAL = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
"""Final consonants of the digits as they are read (영 일 삼 육 칠 팔); 2, 4, 5 and 9 end in a vowel."""
_LETTER_FINAL = {"l": _RIEUL, "r": _RIEUL, "m": 16, "n": 4, "k": 1, "b": 17, "p": 17, "t": 19}
_UNITS = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def final_of(word: str) -> int:
    """Index of the word's last final consonant in Hangul's order, 0 for none. Closing marks are passed over."""
    for letter in reversed(word.lower()):
        if _FIRST_SYLLABLE <= ord(letter) <= _LAST_SYLLABLE:
            return (ord(letter) - _FIRST_SYLLABLE) % _FINALS
        if letter.isalnum():
            return _DIGIT_FINAL.get(letter, _LETTER_FINAL.get(letter, 0))
    return 0


def topic(word: str) -> str:
    return word + ("은" if final_of(word) else "는")


def subject(word: str) -> str:
    return word + ("이" if final_of(word) else "가")


def object_(word: str) -> str:
    return word + ("을" if final_of(word) else "를")


def as_(word: str) -> str:
    """``word`` with 으로/로; a final ㄹ takes 로."""
    return word + ("로" if final_of(word) in (0, _RIEUL) else "으로")


def is_(word: str) -> str:
    """``word`` with 이에요/예요."""
    return word + ("이에요" if final_of(word) else "예요")


def and_is(word: str) -> str:
    """``word`` with 이고/고."""
    return word + ("이고" if final_of(word) else "고")


def politely(word: str) -> str:
    """``word`` with 이요/요: a short answer that is not blunt."""
    return word + ("이요" if final_of(word) else "요")


def listed(words: list[str]) -> str:
    return ", ".join(words)


def native(number: int) -> str:
    """The form that stands before a counter: 한, 두, 열두, 스무. 1 to 99; beyond, and 0, as digits."""
    if not 1 <= number <= 99:
        return str(number)
    if number == 20:
        return "스무"
    tens, units = divmod(number, 10)
    return _TENS[tens] + _UNITS[units]


def count(number: int, counter: str = "개") -> str:
    """``두 개``, ``스무 개``, ``열두 잔``."""
    return f"{native(number)} {counter}" if 1 <= number <= 99 else f"{number}{counter}"


def won(amount: int) -> str:
    return f"{amount:,}원"
