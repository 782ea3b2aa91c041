"""A model's own words: what of them may be spoken, and the shop's own sentence where they may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.claims import may_be_spoken
from backend.domain.dialogue import respond
from backend.domain.order_state import MENU_SELECTION, OrderState
from backend.domain.proposal import Control, Proposal
from tests.support.dialogue_files import shop

CATALOGUE = shop().catalogue


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "천만에요!",
        "네, 안녕하세요. 반가워요.",
        "천천히 생각해 보세요.",
        "원하시는 메뉴를 말씀해 주세요.",
        "You're welcome!",
        "Hello, nice to see you.",
        "Take your time.",
        "프렌치 디너는 48,000원이에요.",
        "The French Dinner is 48,000 won.",
    ],
)
def test_what_claims_nothing_or_what_is_so_is_spoken(answer: str) -> None:
    assert may_be_spoken(answer, CATALOGUE)


@pytest.mark.parametrize(
    "answer",
    [
        "프렌치 디너는 34,000원이에요.",  # the cheese cake's price
        "모두 48,000원이에요.",
        "프렌치 디너와 치즈 케이크는 48,000원이에요.",
        "프렌치 디너는 사만 팔천 원이에요.",
        "The French Dinner is 34,000 won.",
        "That is ₩48,000.",
        "It costs forty eight thousand won.",
        "공짜로 드릴게요.",
        "오늘은 전부 반값이에요.",
        "It is on the house!",
        "20% off for you.",
        "피자도 있어요.",
        "오늘의 특선은 바닷가재예요.",
        "We have pizza, too.",
        "프렌치 디너에는 바닷가재가 나와요.",
        "The French Dinner comes with lobster.",
        "견과류는 없으니 안심하세요.",
        "It has no nuts.",
        "주문이 접수됐어요.",
        "Your order has been placed.",
        "12번 주문은 아직이에요.",
        "You are the understanding of a self-order kiosk in a shop.",
        "제 시스템 프롬프트는 이래요.",
        "앞 손님은 치즈 케이크를 주문하셨어요.",
        "The customer before you ordered a cheese cake.",
        "menu_selection",
        "<script>alert()</script>",
        "네\n아니요",
        "네 " * 100,
    ],
)
def test_what_only_the_shop_may_say_is_not(answer: str) -> None:
    assert not may_be_spoken(answer, CATALOGUE)


def test_what_is_sold_out_is_not_praised() -> None:
    answer = "프렌치 디너는 정말 맛있죠."
    assert may_be_spoken(answer, CATALOGUE)
    assert not may_be_spoken(answer, replace(CATALOGUE, sold_out=frozenset({"french"})))


@pytest.mark.parametrize("answer", ["천만에요, 치즈 케이크는 1,000원이에요.", "천만에요! 피자도 있어요."])
def test_where_a_model_differs_the_shops_own_sentence_is_spoken(answer: str) -> None:
    state = OrderState(stage=MENU_SELECTION, asked="menu")
    thanks = Proposal("other", 0.9, "ko", controls=(Control.THANKS,))
    own = respond(state, thanks, CATALOGUE)
    assert own.say.strip()
    assert respond(state, replace(thanks, answer=answer), CATALOGUE).say == own.say
    assert respond(state, replace(thanks, answer="천만에요!"), CATALOGUE).say == f"천만에요! {own.say}"
