"""What was just done to an ingredient is done somewhere else: the sentence names an item and no ingredient."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()
_CAKES = ("a chocolate cake and a cheese cake both grand", "three candles on each")
_STYLES = ("two cheese cakes one grand one simple", "put two candles on the grand one")
_DINNERS = ("프렌치 하나 심플 발렌타인 하나 심플", "와인 다 빼 주세요")


def _told(*sentences: str) -> list[tuple[str, int, dict[str, int]]]:
    state = OrderState()
    for sentence in sentences:
        state = say(sentence, state, shop().catalogue, _ENGINE)[1].state
    return [(item.menu_code, item.quantity, dict(item.customization)) for item in state.items]


@pytest.mark.parametrize(
    ("before", "sentence", "first", "second"),
    [
        (_CAKES, "none on the cheese", {"candle": 3}, {"candle": 0}),
        (_CAKES, "not on the cheese one", {"candle": 3}, {}),
        (_CAKES, "five on the chocolate one", {"candle": 5}, {"candle": 3}),
        (_CAKES, "only on the chocolate", {"candle": 3}, {}),
        (_STYLES, "no, on the simple one", {}, {"candle": 2}),
        (_STYLES, "I meant the simple one", {}, {"candle": 2}),
        (_STYLES, "and the simple one", {"candle": 2}, {"candle": 2}),
        (_STYLES, "the simple one too please", {"candle": 2}, {"candle": 2}),
        (_STYLES, "actually both", {"candle": 2}, {"candle": 2}),
        (_DINNERS, "발렌타인은 말고", {"wine": 0}, {}),
        (_DINNERS, "프렌치만요", {"wine": 0}, {}),
        (("초코 하나 심플 치즈 하나 심플", "치즈만 초 빼고"), "초코도", {"candle": 0}, {"candle": 0}),
        (("french simple and english simple, extra steak on both",), "forget the extra on the english",
            {"steak": 2}, {}),
    ],
)  # fmt: skip
def test_it_goes_where_it_is_said(
    before: tuple[str, ...], sentence: str, first: dict[str, int], second: dict[str, int]
) -> None:
    assert [counts for _, _, counts in _told(*before, sentence)] == [first, second]


@pytest.mark.parametrize("sentence", ["and a cheese cake too", "one more cheese cake"])
def test_another_item_is_another_item(sentence: str) -> None:
    cheese = [quantity for menu, quantity, _ in _told(*_CAKES, sentence) if menu == "cheese"]

    assert sum(cheese) == 2
