"""Counts of an ingredient as English says them: another, a glass less, two extra in all, and what is not liked."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()


def _counts(*sentences: str) -> dict[str, int]:
    state = OrderState()
    for sentence in sentences:
        state = say(sentence, state, shop().catalogue, _ENGINE)[1].state
    return dict(state.items[0].customization)


@pytest.mark.parametrize(
    ("sentences", "counts"),
    [
        (("french grand and another wine",), {"wine": 2}),
        (("french grand", "another coffee", "and another"), {"coffee": 3}),
        (("french grand", "two more glasses of wine"), {"wine": 3}),
        (("french grand", "one more glass of wine", "one more glass"), {"wine": 3}),
        (("french grand with three glasses of wine", "one glass less"), {"wine": 2}),
        (("french grand with three glasses of wine", "two glasses fewer please"), {}),
        (("french grand", "take off one glass"), {"wine": 0}),
        (("champagne feast deluxe", "plus an extra steak", "make it two extra steaks"), {"steak": 4}),
        (("french grand", "extra steak", "no extra steak after all"), {}),
        (("english deluxe", "drop the eggs and double the bacon"), {"egg_scramble": 0, "bacon": 2}),
        (("cheese cake simple", "no candle", "nah put it back on"), {}),
    ],
)
def test_counts(sentences: tuple[str, ...], counts: dict[str, int]) -> None:
    assert _counts(*sentences) == counts


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("we don't drink wine", {"wine": 0}),
        ("my wife hates coffee", {"coffee": 0}),
        ("I can't drink alcohol", {"wine": 0}),
        ("와인은 못 마셔요", {"wine": 0}),
        ("술은 빼 주세요", {"wine": 0}),
    ],
)
def test_what_is_not_liked_is_left_out_and_not_added(sentence: str, counts: dict[str, int]) -> None:
    assert _counts("french dinner simple", sentence) == counts


@pytest.mark.parametrize(
    ("dish", "sentence", "counts"),
    [
        ("champagne feast grand", "without coffee", {"coffee_pot": 0}),
        ("champagne feast grand", "two more bread", {"baguette": 6}),
        ("champagne feast grand", "빵 두 개 더 주세요", {"baguette": 6}),
        ("champagne feast grand", "no alcohol", {"champagne": 0, "wine": 0}),
        ("english dinner grand", "no bread", {"bread": 0}),
        ("french dinner grand", "without coffee", {"coffee": 0}),
    ],
)
def test_a_word_for_several_means_what_the_dish_has(dish: str, sentence: str, counts: dict[str, int]) -> None:
    assert _counts(dish, sentence) == counts
