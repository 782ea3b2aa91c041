"""The model's own answer: cut into sentences, and held to what may be said.

Prices are the catalogue's alone, and that an order was placed is the shop's to say. A sentence that names an amount
which is not one of its prices, or that tells of a placed order, is not spoken.
"""

from __future__ import annotations

import functools
import re

from backend.domain.catalogue import Catalogue
from backend.domain.order import TIER_PRICE

RECITED_LETTERS = 24
"""Letters and digits in a row, as many as a short sentence of an answer has."""
MOST_SENTENCES = 1
"""It is spoken while a model may still write more, and the shop's own question follows it."""
MOST_CHARS = 160
"""About twelve seconds of Korean speech (13 letters a second)."""
_END = re.compile(r"[.?!。…]+[\"'”’)]*(?=\s|$)")
_AMOUNT = re.compile(r"((?:\d[\d,.]*\s*[만천백]?\s*)+)(?:원|won\b|krw\b)|[₩￦]\s*(\d[\d,]*)", re.IGNORECASE)
_PART = re.compile(r"(\d[\d,.]*)\s*([만천백]?)")
_AMOUNT_IN_WORDS = re.compile(r"(?<!\d)[일이삼사오육칠팔구십백천만]+(?:\s*[일이삼사오육칠팔구십백천만]+)*\s*원")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:주문|결제|예약)\S*\s*(?:\S+\s+)?(?:완료|접수|됐|되었|마쳤|끝났)|(?:order|payment)\b.{0,20}\b(?:placed|complete|confirmed|paid)",
    re.IGNORECASE,
)
_UNITS = {"만": 10_000, "천": 1_000, "백": 100, "": 1}


def tame(answer: str, catalogue: Catalogue) -> str:
    """The first sentence of ``answer`` that may be spoken, on one line; empty where there is none."""
    return " ".join(_spoken(sentences(answer), catalogue))


def recites(answer: str, prompt: str) -> bool:
    """Whether a stretch of ``answer`` stands in ``prompt``: a model was talked into reading out what it was told."""
    said = _letters(answer)
    if len(said) < RECITED_LETTERS:
        return False
    told = _letters_of_prompt(prompt)
    return any(said[at : at + RECITED_LETTERS] in told for at in range(len(said) - RECITED_LETTERS + 1))


def sentences(text: str) -> list[str]:
    """``text`` cut after its full stops, question marks and the like; what comes after the last is a sentence too."""
    line = _one_line(text)
    cuts = [found.end() for found in _END.finditer(line)]
    pieces = [line[begin:end].strip() for begin, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [piece for piece in pieces if piece]


def _spoken(whole: list[str], catalogue: Catalogue) -> list[str]:
    prices = _prices(catalogue)
    found: list[str] = []
    room = MOST_CHARS
    for sentence in whole:
        if len(found) == MOST_SENTENCES or len(sentence) > room:
            break
        if _may_be_said(sentence, prices):
            found.append(sentence)
            room -= len(sentence)
    return found


def _may_be_said(sentence: str, prices: frozenset[int]) -> bool:
    if any(never.search(sentence) for never in (_LINK, _AMOUNT_IN_WORDS, _PLACED)):
        return False
    return all(_value(found) in prices for found in _AMOUNT.finditer(sentence))


def _value(found: re.Match[str]) -> int | None:
    """Won, of ``48,000원``, ``4만 8천원`` and ``₩48,000``."""
    try:
        parts = _PART.findall(found[1] or found[2])
        return sum(round(float(number.rstrip(".,").replace(",", "")) * _UNITS[unit]) for number, unit in parts)
    except (ValueError, OverflowError):
        return None


def _prices(catalogue: Catalogue) -> frozenset[int]:
    menus = {menu.price for menu in catalogue.menus}
    portions = {portion.price for menu in catalogue.menus for portion in menu.portions}
    named = {*menus, *portions, *(style.price for style in catalogue.styles), TIER_PRICE}
    return frozenset(named - {0})


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@functools.lru_cache(maxsize=4)
def _letters_of_prompt(prompt: str) -> str:
    """The prompt is the same in every turn of a day, and long: some milliseconds."""
    return _letters(prompt)


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
