"""Particles and counting."""

from __future__ import annotations

import pytest

from backend.domain import korean


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("케이크", ("케이크는", "케이크가", "케이크를", "케이크로", "케이크예요")),
        ("와인", ("와인은", "와인이", "와인을", "와인으로", "와인이에요")),
        ("초콜릿", ("초콜릿은", "초콜릿이", "초콜릿을", "초콜릿으로", "초콜릿이에요")),
        ("스타일", ("스타일은", "스타일이", "스타일을", "스타일로", "스타일이에요")),
        ("'생일'", ("'생일'은", "'생일'이", "'생일'을", "'생일'로", "'생일'이에요")),
        ("3", ("3은", "3이", "3을", "3으로", "3이에요")),
        ("2", ("2는", "2가", "2를", "2로", "2예요")),
    ],
)
def test_particles_follow_the_last_sound(word: str, forms: tuple[str, ...]) -> None:
    said = (korean.topic(word), korean.subject(word), korean.object_(word), korean.as_(word), korean.is_(word))
    assert said == forms


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "한 개"),
        (2, "두 개"),
        (4, "네 개"),
        (10, "열 개"),
        (12, "열두 개"),
        (20, "스무 개"),
        (21, "스물한 개"),
        (0, "0개"),
    ],
)
def test_native_counting(number: int, words: str) -> None:
    assert korean.count(number) == words


def test_money_has_commas() -> None:
    assert korean.won(1_234_567) == "1,234,567원"
