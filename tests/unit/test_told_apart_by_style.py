"""An item told apart by its style is changed or taken off itself; what is not in the order takes nothing off."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()
_CATALOGUE = shop().catalogue
_TWO = "프렌치 두 개 하나는 심플 하나는 디럭스"


def _styles(*sentences: str) -> list[tuple[str, str | None]]:
    state = OrderState()
    for words in sentences:
        state = say(words, state, _CATALOGUE, _ENGINE)[1].state
    return [(item.menu_code, item.style) for item in state.items]


@pytest.mark.parametrize(
    "words",
    [
        "심플을 그랜드로 바꿔 주세요", "심플은 그랜드로요", "심플로 한 거 그랜드로 바꿀게요",
        "심플 말고 그랜드로 해 주세요",
        "change the simple to grand", "swap the simple one for grand", "make the simple one grand",
    ],
)  # fmt: skip
def test_the_style_that_it_has_says_which_one_is_changed(words: str) -> None:
    assert _styles(_TWO, words) == [("french", "grand"), ("french", "deluxe")]


@pytest.mark.parametrize("words", ["심플은 취소해 주세요", "cancel the simple one", "심플은 빼 주세요"])
def test_the_style_that_it_has_says_which_one_is_taken_off(words: str) -> None:
    assert _styles(_TWO, words) == [("french", "deluxe")]


@pytest.mark.parametrize(
    "words", ["cancel the grand one", "그랜드는 취소해 주세요", "cancel the valentine", "발렌타인 취소해 주세요"]
)
def test_what_is_not_there_takes_nothing_off(words: str) -> None:
    assert _styles(_TWO, words) == _styles(_TWO)
