"""What the last answer named can be ordered without its name."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()


def _after(*sentences: str) -> OrderState:
    state = OrderState()
    for sentence in sentences:
        state = say(sentence, state, shop().catalogue, _ENGINE)[1].state
    return state


def _order(state: OrderState) -> list[tuple[str, int, str | None]]:
    return [(item.menu_code, item.quantity, item.style) for item in state.items]


@pytest.mark.parametrize(
    ("asked", "taken", "order"),
    [
        ("tell me about the english and the french", "one of each please", [("english", 1, None), ("french", 1, None)]),
        ("how much are the french and the english", "two of each", [("french", 2, None), ("english", 2, None)]),
        ("what's in the cheese cake and the chocolate cake", "both, deluxe",
            [("cheese", 1, "deluxe"), ("chocolate", 1, "deluxe")]),
        ("발렌타인이랑 프렌치 중에 뭐가 더 싸요", "그럼 둘 다 하나씩", [("valentine", 1, None), ("french", 1, None)]),
        ("치즈 케이크랑 초코 케이크 뭐가 달라요", "둘 다 주세요 심플로",
            [("cheese", 1, "simple"), ("chocolate", 1, "simple")]),
        ("tell me about the english and the french", "the second one", [("french", 1, None)]),
    ],
)  # fmt: skip
def test_all_that_was_named(asked: str, taken: str, order: list[tuple[str, int, str | None]]) -> None:
    assert _order(_after(asked, taken)) == order


@pytest.mark.parametrize(
    ("taken", "order"),
    [
        ("i'll take that instead", [("cheese", 1, None)]),
        ("ok scrap the champagne, i'll take that", [("cheese", 1, None)]),
        ("add one of those as well", [("champagne", 1, None), ("cheese", 1, None)]),
        ("the grand will do", [("champagne", 1, "grand")]),
    ],
)
def test_away_from_the_choice_of_a_menu(taken: str, order: list[tuple[str, int, str | None]]) -> None:
    assert _order(_after("can i get the champagne feast", "what's the cheapest food you've got", taken)) == order


def test_one_of_several_is_asked_for() -> None:
    state = _after("tell me about the english and the french", "I'll have that one")

    assert state.asked == "which"
    assert set(state.offered) == {"english", "french"}


def test_what_was_named_is_forgotten_when_something_is_ordered() -> None:
    state = _after("tell me about the english and the french", "a cheese cake, simple")

    assert state.named == ()
    assert len(_after("tell me about the english and the french", "a cheese cake, simple", "one more").items) == 1


def test_two_that_were_wondered_about_are_compared() -> None:
    state = _after("maybe the english, or the french, I don't know")
    answered = say("what's the difference?", state, shop().catalogue, _ENGINE)[1]

    assert "bacon" in answered.say
    assert "salad" in answered.say
