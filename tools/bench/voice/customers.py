"""What the customers of the bench say, in whose voice, and what a language model makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from backend.domain.catalogue import Menu, Style
from backend.services.catalogue_files import read_catalogue
from kiosk.audio.interfaces import SAMPLE_RATE
from tools.sound_scenes import LEVEL, SPEAKERS, Sound, Speaker, at_level, spoken

ASSETS = Path(__file__).resolve().parents[3] / "assets"
DISHES = ("strawberry", "french", "chocolate", "cheese", "valentine", "english")
COUNTS = {
    "ko": ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """``reply``: the JSON that a language model answers, where one is asked."""

    words: str
    speaker: Speaker = SPEAKERS[0]
    reply: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return _language(self.speaker)

    def sound(self, level: float = LEVEL) -> Sound:
        """From the first to the last voiced sample."""
        return at_level(spoken(self.words, self.speaker), level)

    @property
    def seconds(self) -> float:
        return self.sound().size / SAMPLE_RATE


def new_orders() -> Iterator[Sentence]:
    """96 of them, by changing voices, so different that not even the first clause of an answer was spoken before."""
    catalogue = read_catalogue(ASSETS / "catalogue").catalogue
    korean = cycle(one for one in SPEAKERS if _language(one) == "ko")
    english = cycle(one for one in SPEAKERS if _language(one) == "en")
    styles = cycle(catalogue.styles)
    for voices, count, dish in product((korean, english), range(len(COUNTS["ko"])), DISHES):
        menu = catalogue.menu(dish)
        if menu is None:
            raise LookupError(dish)
        yield _order(next(voices), menu, next(styles), count)


def known_orders() -> Iterator[Sentence]:
    """Four of them, over and over: what is answered to them was spoken before."""
    return cycle(list(islice(new_orders(), 4)))


def _language(speaker: Speaker) -> str:
    return "en" if speaker.voice.startswith("en") else "ko"


def _order(speaker: Speaker, menu: Menu, style: Style, count: int) -> Sentence:
    language, quantity = _language(speaker), count + 2
    many, dish, kind = COUNTS[language][count], menu.name.in_language(language), style.name.in_language(language)
    if language == "en":
        words = f"{many} {dish} {kind} style please"
        answer = f"{many} {dish}, {kind} style, gladly."
    else:
        words = f"{dish} {many} 개 {kind}로 주세요"
        answer = f"네, {dish} {many} 개 {kind}로 준비해 드릴게요."
    change = {"words": words, "do": "add", "menu": menu.code, "quantity": quantity, "style": style.code}
    reply = {
        "intent": "order",
        "language": language,
        "changes": [change],
        "confidence": 0.95,
        "answer": answer,
    }
    return Sentence(words, speaker, reply)
