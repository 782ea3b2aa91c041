"""Whose item is whose: it is remembered with the piece, and what is taken out is that person's alone."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.domain.proposal import Control
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import request_for, say

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()
TWO_EN = "a french grand for my wife and an english simple for me"
TWO_KO = "엄마는 프렌치 그랜드 저는 잉글리시 심플이요"


def after(*sentences: str) -> OrderState:
    state = OrderState()
    for words in sentences:
        state = say(words, state, CATALOGUE, ENGINE)[1].state
    return state


def codes(state: OrderState) -> list[tuple[str, int]]:
    return [(item.menu_code, item.quantity) for item in state.items]


@pytest.mark.parametrize(
    "words", ["cancel hers", "cancel my wife's order please", "take hers off", "cancel hers, she's not hungry"]
)
def test_what_is_hers_goes_alone_in_english(words: str) -> None:
    state = after(TWO_EN)
    assert state.whose == (("wife",), ("me",))
    assert codes(after(TWO_EN, words)) == [("english", 1)]


@pytest.mark.parametrize(
    "words", ["엄마 거는 취소해 주세요", "엄마 거 빼 주세요", "엄마 건 취소할게요", "엄마 것만 취소요"]
)
def test_what_is_hers_goes_alone_in_korean(words: str) -> None:
    assert codes(after(TWO_KO, words)) == [("english", 1)]


@pytest.mark.parametrize("words", ["cancel his", "할아버지 거는 취소해 주세요"])
def test_of_somebody_unknown_it_is_asked_which(words: str) -> None:
    state = after("one french grand and one english simple", words)
    assert codes(state) == [("french", 1), ("english", 1)]
    assert state.asked == "which"


def test_one_piece_of_several_goes() -> None:
    state = after("two french dinners simple, one is for my mum", "cancel hers")
    assert codes(state) == [("french", 1)]
    assert state.whose == ((),)


@pytest.mark.parametrize("words", ["cancel the order", "cancel everything", "주문 취소해 주세요", "다 취소해 주세요"])
def test_the_whole_order_is_still_cancelled(words: str) -> None:
    state = after(TWO_EN)
    assert Control.CANCEL in ENGINE.propose(request_for(words, state, CATALOGUE)).controls


def test_mine_with_a_blank_is_no_removal() -> None:
    assert codes(after("제 거는 프렌치 심플 친구 거는 치즈 케이크 심플이요")) == [("french", 1), ("cheese", 1)]
    assert codes(after(TWO_KO, "프렌치 제거해 주세요")) == [("english", 1)]
