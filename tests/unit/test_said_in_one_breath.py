"""English that says a thing twice, takes it back, or asks for one more that is made otherwise."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()


def _told(*sentences: str) -> list[tuple[str, int, str | None, dict[str, int]]]:
    state = OrderState()
    for sentence in sentences:
        state = say(sentence, state, shop().catalogue, _ENGINE)[1].state
    items = [(item.menu_code, item.quantity, item.style, dict(item.customization)) for item in state.items]
    return sorted(items, key=str)


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (("french grand no coffee", "sorry I meant no salad"), [("french", 1, "grand", {"salad": 0})]),
        (("french grand", "no coffee no wait yes coffee but no salad"), [("french", 1, "grand", {"salad": 0})]),
        (("chocolate cake grand", "nuts, lots of nuts, three nuts"), [("chocolate", 1, "grand", {"nuts": 3})]),
        (("french grand", "I'd rather have a second coffee than the wine"),
            [("french", 1, "grand", {"coffee": 2, "wine": 0})]),
        (("french grand", "and one without wine"), [("french", 1, "grand", {"wine": 0}), ("french", 1, "grand", {})]),
        (("two french grand", "and one without wine"),
            [("french", 1, "grand", {"wine": 0}), ("french", 1, "grand", {})]),
        (("two french grand", "a third one with no salad"),
            [("french", 1, "grand", {"salad": 0}), ("french", 2, "grand", {})]),
        (("two french simple, one with two wines and one with no wine",),
            [("french", 1, "simple", {"wine": 0}), ("french", 1, "simple", {"wine": 2})]),
        (("four cheese cakes", "grand. actually make two of them simple"),
            [("cheese", 2, "grand", {}), ("cheese", 2, "simple", {})]),
        (("an english for her and a french for me, simple",),
            [("english", 1, "simple", {}), ("french", 1, "simple", {})]),
        (("french and english, both simple, with an extra coffee on the french",),
            [("english", 1, "simple", {}), ("french", 1, "simple", {"coffee": 2})]),
        (("what dinners do you have", "two number ones and a number three"),
            [("french", 2, None, {}), ("valentine", 1, None, {})]),
        (("two dinners and a chocolate cake, all simple", "one english one valentine"),
            [("chocolate", 1, "simple", {}), ("english", 1, "simple", {}), ("valentine", 1, "simple", {})]),
        (("two cheese cakes", "one simple and the other grand"),
            [("cheese", 1, "grand", {}), ("cheese", 1, "simple", {})]),
        (("two french, one grand and one deluxe", "can you leave the wine out of the deluxe one"),
            [("french", 1, "deluxe", {"wine": 0}), ("french", 1, "grand", {})]),
        (("french simple", "take the coffee out", "and the salad"),
            [("french", 1, "simple", {"coffee": 0, "salad": 0})]),
        (("two cheese cakes grand", "one with blueberries", "the other with two candles"),
            [("cheese", 1, "grand", {"blueberry": 1}), ("cheese", 1, "grand", {"candle": 2})]),
        (("french simple and valentine simple", "both without wine", "no wait leave it on the valentine"),
            [("french", 1, "simple", {"wine": 0}), ("valentine", 1, "simple", {})]),
        (("strawberry cake simple", "more strawberries", "fewer, ten is enough"),
            [("strawberry", 1, "simple", {"strawberry": 10})]),
        (("three french deluxe and one champagne deluxe", "an extra wine for the champagne too"),
            [("champagne", 1, "deluxe", {"wine": 2}), ("french", 3, "deluxe", {})]),
        (("I'll have what's cheapest", "simple please"), [("cheese", 1, "simple", {})]),
        (("two cakes", "a cheese cake", "and a chocolate cake"), [("cheese", 1, None, {}), ("chocolate", 1, None, {})]),
    ],
)  # fmt: skip
def test_what_stands_in_the_end(
    sentences: tuple[str, ...], items: list[tuple[str, int, str | None, dict[str, int]]]
) -> None:
    assert _told(*sentences) == sorted(items, key=str)
