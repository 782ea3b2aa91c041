"""What is typed rather than spoken, in words: ``x3``, ``+2``, ``-bacon``, ``ㄱㄱ``; and English numbers in Hangul."""

from __future__ import annotations

import re
from collections.abc import Callable

_HANGUL = re.compile(r"[가-힣]")
_WORDS = {
    "ㄱ": "주세요", "ㄱㄱ": "주문할게요", "ㄱㄱㄱ": "주문할게요", "고고": "주문할게요", "ㅎㅇ": "하이",
    "ㄳ": "감사", "ㄱㅅ": "감사", "ㅇㅇ": "응",
    "ㅇㅇㅇ": "응", "ㄴㄴㄴ": "아니", "ㅎㅎ": "", "ㅋㅋ": "", "ㅋㅋㅋ": "", "ㅋ": "", "ㅇㅋ": "오케이",
    "ㄴㄴ": "아니", "ㄴ": "아니", "ㅇ": "응", "ㅊㅋ": "축하", "ㅈㅅ": "죄송", "ㅅㄱ": "수고", "ㅃ": "빼",
    "투": "2", "쓰리": "3", "포": "4", "파이브": "5", "y": "yes", "n": "no", "k": "ok", "ty": "thanks", "thx": "thanks",
    "nvm": "never mind", "plz": "please", "qty": "", "w": "with", "wo": "without",
}  # fmt: skip
_JAMO_RUN = re.compile(r"[ㄱ-ㅎ]+")
_WORD = re.compile(r"(?<![\w가-힣ㄱ-ㅎ'.\-])(?:[가-힣]+|[a-z]+)(?![\w가-힣'.\-])")
_HEX = re.compile(r"#([0-9a-f]{6})(?![0-9a-z])")
_SLASHED = re.compile(r"\bw/(o\b)?")
_TIMES = re.compile(r"(?:(?<=\s)|(?<=[가-힣])|^)[x×*]\s?(?P<after>\d{1,3})\b|\b(?P<before>\d{1,3})\s?[x×*](?=\s|$)")
_CROSSED_OUT = re.compile(r"(?<=[가-힣])\s?[x×](?=\s*(?:[,./)]|$))")
"""``커피x``: none of it."""
_PLUS_NUMBER = re.compile(r"\+\s?(?P<count>\d{1,2})(?P<unit>개|잔|병|접시)?(?!\d)")
_MINUS_NUMBER = re.compile(r"(?<=[가-힣\s])[-−]\s?(?P<count>\d{1,2})(?P<unit>개|잔|병|접시)?(?!\d)")
_DASH_BETWEEN = re.compile(r"(?<=\S)\s+[-–—−]\s+(?=\S)")
"""``1 french simple - 2 english grand``: one thing after another; ``french -wine`` takes away."""
_PLUS_NAME = re.compile(r"(?:(?<=\s)|^)\+\s?(?=[a-z가-힣])")
_MINUS_NAME = re.compile(r"(?:(?<=\s)|^)[-−](?=[a-z가-힣])")


def jamo_in_words(text: str) -> str:
    """Single consonants are typed for whole words. Before NFKC, which takes them for parts of syllables."""
    return _JAMO_RUN.sub(lambda found: f" {_WORDS[found[0]]} " if found[0] in _WORDS else found[0], text)


def written_out(text: str) -> str:
    """``text`` (lower case, NFKC) in words. Signs are read in the language that they stand in."""
    korean = _HANGUL.search(text) is not None
    text = _SLASHED.sub(lambda found: "without " if found[1] else "with ", text)
    text = _HEX.sub(r" hexcolour\1 ", text)
    text = _TIMES.sub(lambda found: f" {found['after'] or found['before']} ", text)
    for rule, word in _rules_ko() if korean else _rules_en():
        text = rule.sub(word, text)
    return _WORD.sub(lambda found: _WORDS.get(found[0], found[0]), text)


def _rules_ko() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return (
        (_CROSSED_OUT, " 빼고 "),
        (_PLUS_NUMBER, lambda found: f" {found['count']}{found['unit'] or '개'} 추가, "),
        (_MINUS_NUMBER, lambda found: f" {found['count']}{found['unit'] or '개'} 빼고, "),
    )


def _rules_en() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return (
        (_DASH_BETWEEN, ", "),
        (_PLUS_NUMBER, lambda found: f", add {found['count']} "),
        (_MINUS_NUMBER, lambda found: f", remove {found['count']} "),
        (_PLUS_NAME, ", add "),
        (_MINUS_NAME, ", no "),
    )
