"""What comes with one menu only, or is left of its kind: offered by its name, and taken or left by a yes or a no."""

from __future__ import annotations

import pytest

from backend.domain.dialogue import respond
from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import request_for

CATALOGUE = shop().catalogue


def _after(*sentences: str) -> tuple[OrderState, str]:
    engine, state, said = OfflineUnderstanding(), OrderState(), ""
    for sentence in sentences:
        turn = respond(state, engine.propose(request_for(sentence, state, CATALOGUE, "")), CATALOGUE)
        state, said = turn.state, turn.say
    return state, said


@pytest.mark.parametrize("coffee", ["커피 한 잔만 주세요", "gimme a coffee"])
def test_it_is_offered_and_taken_by_a_yes(coffee: str) -> None:
    state, said = _after(coffee)
    assert "프렌치 디너로 드릴 수 있어요" in said or "That would be the French Dinner" in said
    state, _ = _after(coffee, "네" if "커피" in coffee else "sure")
    assert [item.menu_code for item in state.items] == ["french"]


@pytest.mark.parametrize(
    ("coffee", "no", "question"),
    [("커피 한 잔만 주세요", "아니요", "어떤 메뉴"), ("gimme a coffee", "no thanks", "Which dish")],
)
def test_a_no_leaves_it(coffee: str, no: str, question: str) -> None:
    state, said = _after(coffee, no)
    assert not state.items
    assert state.pending is None
    assert question in said


@pytest.mark.parametrize(("words", "style"), [("the one with champagne", "grand"), ("샴페인 나오는 거요", "그랜드")])
def test_who_says_its_style_takes_it(words: str, style: str) -> None:
    state, _ = _after(words, style)
    assert [(item.menu_code, item.style) for item in state.items] == [("champagne", "grand")]


@pytest.mark.parametrize(("order", "content"), [("french dinner simple", "perfect"), ("치즈 케이크 심플", "좋아요")])
def test_who_is_content_changes_nothing_and_is_not_asked_what(order: str, content: str) -> None:
    state, _ = _after(order, content)
    assert state.stage == "confirmation"
