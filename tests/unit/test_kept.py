"""Two negatives keep a thing: what shall not be taken out stays, in both languages."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()
BOTH = ("one french and one english, both simple", "프렌치 하나 잉글리시 하나 다 심플로")


def after(*sentences: str) -> OrderState:
    state = OrderState()
    for words in sentences:
        state = say(words, state, CATALOGUE, ENGINE)[1].state
    return state


@pytest.mark.parametrize(
    "words",
    [
        "don't remove the french",
        "please do not take off the french",
        "don't take the english off",
        "don't skip the coffee",
        "don't you leave out the wine",
        "프렌치는 빼지 마세요",
        "잉글리시 안 빼도 돼요",
        "와인 빼지 말아 주세요",
    ],
)
def test_what_is_kept_stays(words: str) -> None:
    for order in BOTH:
        assert after(order, words).items == after(order).items


@pytest.mark.parametrize(
    "words", ["don't remove the french, remove the english", "프렌치는 빼지 말고 잉글리시 빼 주세요"]
)
def test_the_other_one_goes_all_the_same(words: str) -> None:
    assert [item.menu_code for item in after(BOTH[0], words).items] == ["french"]


@pytest.mark.parametrize("words", ["don't leave out the wine", "와인 빼지 마세요"])
def test_what_had_been_taken_out_comes_back(words: str) -> None:
    assert after("one french simple without wine", words).items == after("one french simple").items


@pytest.mark.parametrize(
    "words", ["I don't eat pork so leave off the bacon", "don't put bacon in", "베이컨은 안 먹으니까 빼 주세요"]
)
def test_other_refusals_still_take_it_out(words: str) -> None:
    (item,) = after("one english dinner grand", words).items
    assert item.customization == {"bacon": 0}
