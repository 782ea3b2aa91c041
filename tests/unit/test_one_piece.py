"""One piece of several alike is changed alone, however it is pointed at; the others stay as they are."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()


def pieces(*sentences: str) -> list[tuple[int, dict[str, int]]]:
    state = OrderState()
    for words in sentences:
        state = say(words, state, CATALOGUE, ENGINE)[1].state
    return [(item.quantity, dict(item.customization)) for item in state.items]


@pytest.mark.parametrize(
    "words",
    [
        "no wine in one", "yes without wine in one", "no wine in just one", "without wine in the second",
        "두 번째 거만 와인 빼고요", "한 사람만 와인 빼 주세요", "와인 빼 주세요 한 명만", "한 분만 와인 없이요",
    ],
)  # fmt: skip
def test_one_of_two_is_changed(words: str) -> None:
    assert pieces("two french dinners simple", "no changes", words) == [(1, {}), (1, {"wine": 0})]


@pytest.mark.parametrize("words", ["no wine", "와인 빼 주세요", "no wine in both"])
def test_without_a_word_for_one_all_are(words: str) -> None:
    assert pieces("two french dinners simple", "no changes", words) == [(2, {"wine": 0})]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("that's one too many", 2),
        ("one too few", 4),
        ("하나가 많아요", 2),
        ("한 개 더 많은데요", 2),
        ("하나 모자라요", 4),
    ],
)
def test_too_many_and_too_few(words: str, left: int) -> None:
    assert pieces("three french dinners simple", "no changes", words) == [(left, {})]


@pytest.mark.parametrize("words", ["I asked for the english, not the french", "the english, not the french"])
def test_what_was_not_meant_gives_way(words: str) -> None:
    state = OrderState()
    for said in ("one french simple", "no changes", words):
        state = say(said, state, CATALOGUE, ENGINE)[1].state
    assert [(item.menu_code, item.quantity) for item in state.items] == [("english", 1)]
