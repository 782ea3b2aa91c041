"""What items would come to is told without ordering them; a yes orders them as they were said; budgets hold."""

from __future__ import annotations

import pytest

from backend.domain.answers import answer
from backend.domain.catalogue import Catalogue
from backend.domain.order_state import Asked, OrderState
from backend.domain.proposal import Question, QuestionKind
from backend.domain.recommending import History, suggest
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

ENGINE = OfflineUnderstanding()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shop().catalogue


def _after(*sentences: str, catalogue: Catalogue) -> tuple[OrderState, str]:
    state, said = OrderState(), ""
    for sentence in sentences:
        _, turn = say(sentence, state, catalogue, ENGINE)
        state, said = turn.state, turn.say
    return state, said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("how much would three french grand be", "159,000"),
        ("what's the total for two english and a chocolate cake", "120,000"),
        ("프렌치 두 개 디럭스로 하면 얼마예요?", "120,000"),
        ("치즈 케이크 두 개 디럭스에 블루베리 추가하면 다 얼마예요?", "98,000"),
    ],
)
def test_it_is_told_and_not_ordered(asked: str, told: str, catalogue: Catalogue) -> None:
    state, said = _after(asked, catalogue=catalogue)
    assert told in said
    assert state.items == ()
    assert state.asked == Asked.OFFER


@pytest.mark.parametrize("yes", ["yes please", "ok order those", "네 그걸로 주세요"])
def test_a_yes_orders_what_was_priced(yes: str, catalogue: Catalogue) -> None:
    state, _ = _after("how much would three french grand be", yes, catalogue=catalogue)
    assert [(item.menu_code, item.quantity, item.style) for item in state.items] == [("french", 3, "grand")]


def test_and_two_asks_the_price_of_two(catalogue: Catalogue) -> None:
    state, said = _after("how much would three french grand be", "and two?", catalogue=catalogue)
    assert "106,000" in said
    assert state.items == ()


def test_another_offer_forgets_what_was_priced(catalogue: Catalogue) -> None:
    state, _ = _after(
        "how much would three french grand be", "what do you recommend for a birthday", "yes", catalogue=catalogue
    )
    assert [item.menu_code for item in state.items] != ["french"]


def test_a_budget_counts_the_cheapest_style_that_there_is(catalogue: Catalogue) -> None:
    """The feast has no simple style: 90,000 won do not buy one."""
    feast = next(menu for menu in catalogue.menus if len(catalogue.styles_of(menu)) < len(catalogue.styles))
    least = catalogue.least_price(feast)
    assert least > feast.price
    for budget, fits in ((least - 1, False), (least, True)):
        question = Question(QuestionKind.RECOMMEND, menus=(feast.code,), budget=budget)
        assert bool(suggest(question, catalogue, History())) is fits
        listed = answer(Question(QuestionKind.MENUS, budget=budget), OrderState(), catalogue, History()).listed
        assert (feast.code in listed) is fits
