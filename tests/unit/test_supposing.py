"""A condition asks what it would cost: nothing changes, the price is told, and a yes makes it so."""

from __future__ import annotations

import pytest

from backend.domain.dialogue import respond
from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import request_for

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()


def said(*sentences: str) -> tuple[OrderState, str]:
    """The order and the last answer after these sentences."""
    state, answer = OrderState(), ""
    for words in sentences:
        turn = respond(state, ENGINE.propose(request_for(words, state, CATALOGUE)), CATALOGUE)
        state, answer = turn.state, turn.say
    return state, answer


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("심플로 바꾸면요?", "96,000원"),
        ("디럭스로 하면 얼마예요", "14,000원 더"),
        ("스테이크 하나 더 넣으면 얼마나 더 나와요?", "36,000원 더"),
        ("세 개로 하면 얼마예요?", "159,000원"),
    ],
)
def test_what_is_supposed_is_priced_and_nothing_changes(words: str, amount: str) -> None:
    before, _ = said("프렌치 디너 두 개 그랜드")
    state, answer = said("프렌치 디너 두 개 그랜드", words)
    assert state.items == before.items
    assert amount in answer


def test_a_yes_makes_it_so() -> None:
    state, _ = said("프렌치 디너 두 개 그랜드", "심플로 바꾸면요?", "네 그렇게 해 주세요")
    assert [(item.style, item.quantity) for item in state.items] == [("simple", 2)]


@pytest.mark.parametrize("answer", ["아니요", "그냥 이대로 주문할게요"])
def test_a_no_leaves_it_as_it_is(answer: str) -> None:
    state, _ = said("프렌치 디너 두 개 그랜드", "심플로 바꾸면요?", answer)
    assert [(item.style, item.quantity) for item in state.items] == [("grand", 2)]


@pytest.mark.parametrize(
    "words", ["심플로 바꿔 주시면 좋겠어요", "심플로 해 주시면 돼요", "심플로 바꿔 주시면 감사하겠습니다"]
)
def test_a_wish_in_the_form_of_a_condition_is_an_order(words: str) -> None:
    state, _ = said("프렌치 디너 두 개 그랜드", words)
    assert [item.style for item in state.items] == ["simple"]
