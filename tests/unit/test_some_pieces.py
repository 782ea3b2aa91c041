"""Changes to some of an item's pieces, and changes that fit several items: asked for, never guessed."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from backend.domain.dialogue import respond
from backend.domain.order_state import Asked, OrderState
from backend.domain.proposal import UNSAID, ChangeItem, Control, Proposal, RemoveItem
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()


def talk(*sentences: str) -> OrderState:
    state = OrderState()
    for words in sentences:
        state = say(words, state, CATALOGUE, ENGINE)[1].state
    return state


def told(state: OrderState) -> list[tuple[str, int, str | None, dict[str, int]]]:
    return [(item.menu_code, item.quantity, item.style, dict(item.customization)) for item in state.items]


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("프렌치 디너 네 개 심플", "하나만 디럭스로 바꿔 주세요"),
            [("french", 1, "deluxe", {}), ("french", 3, "simple", {})],
        ),
        (
            ("four french dinners simple", "two of them without wine"),
            [("french", 2, "simple", {}), ("french", 2, "simple", {"wine": 0})],
        ),
        (
            ("프렌치 디너 세 개 심플", "하나는 잉글리시로 바꿔 주세요"),
            [("english", 1, "simple", {}), ("french", 2, "simple", {})],
        ),
        (
            ("잉글리시 두 개 그랜드", "하나는 베이컨 빼고 하나는 빵 빼 주세요"),
            [("english", 1, "grand", {"bacon": 0}), ("english", 1, "grand", {"bread": 0})],
        ),
        (("one french dinner simple", "make one of them deluxe"), [("french", 1, "deluxe", {})]),
    ],
)
def test_only_so_many_pieces_are_changed(
    sentences: tuple[str, ...], items: list[tuple[str, int, str | None, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


TWO_OF_EACH = ("프렌치 두 개 심플 치즈 케이크 두 개 심플", "하나만 빼 주세요")


def test_what_fits_several_items_is_asked_for_and_changes_nothing() -> None:
    state = talk(*TWO_OF_EACH)
    assert state.asked == Asked.WHICH
    assert [item.quantity for item in state.items] == [2, 2]


@pytest.mark.parametrize(
    ("answer", "quantities"),
    [("치즈요", [2, 1]), ("첫 번째 거요", [1, 2]), ("둘 다요", [1, 1]), ("아니 됐어요", [2, 2])],
)
def test_the_answer_decides_which(answer: str, quantities: list[int]) -> None:
    state = talk(*TWO_OF_EACH, answer)
    assert [item.quantity for item in state.items] == quantities
    assert state.undecided is None


def test_an_open_question_is_kept_with_the_conversation() -> None:
    """A stored conversation is read back as it was, whether something is to be changed or taken out."""
    whole = TypeAdapter(OrderState)
    for change in (ChangeItem(UNSAID, quantity_by=-1), RemoveItem(UNSAID)):
        state = talk(TWO_OF_EACH[0])
        proposal = Proposal("order", 0.9, "ko", changes=(change,))
        asked = respond(state, proposal, CATALOGUE).state
        again = whole.validate_json(whole.dump_json(asked))
        assert again == asked
        chosen = respond(again, Proposal("order", 0.9, "ko", controls=(Control.CHOOSE,), choice=1), CATALOGUE).state
        assert [item.menu_code for item in chosen.items][:1] == ["french"]
        assert sum(item.quantity for item in chosen.items) == (3 if isinstance(change, ChangeItem) else 2)


def test_something_else_leaves_the_question_unanswered() -> None:
    state = talk(*TWO_OF_EACH, "딸기 케이크 하나 심플로 주세요")
    assert [item.quantity for item in state.items] == [2, 2, 1]
    assert state.undecided is None


def test_what_fits_one_item_only_is_that_items() -> None:
    state = talk("프렌치 하나 심플")
    turn = respond(state, Proposal("order", 0.9, "ko", changes=(ChangeItem(UNSAID, quantity_by=1),)), CATALOGUE)
    assert turn.state.items[0].quantity == 2
