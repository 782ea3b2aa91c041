"""What is only thought of, or asked about, orders, changes and cancels nothing; what is decided beside it holds."""

from __future__ import annotations

import pytest

from backend.domain.order import Item
from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

_ENGINE = OfflineUnderstanding()
_CATALOGUE = shop().catalogue


def _said(*sentences: str) -> OrderState:
    state = OrderState()
    for words in sentences:
        state = say(words, state, _CATALOGUE, _ENGINE)[1].state
    return state


def _items(*sentences: str) -> list[tuple[str, int, str | None, dict[str, int]]]:
    def told(item: Item) -> tuple[str, int, str | None, dict[str, int]]:
        return item.menu_code, item.quantity, item.style, dict(item.customization)

    return [told(item) for item in _said(*sentences).items]


@pytest.mark.parametrize(
    "words",
    [
        "그냥 다 관둘까", "전부 그랜드로 할걸", "와인을 뺄까요", "하나 더 시킬까 말까", "디럭스로 올릴까 싶은데",
        "취소도 되나요", "주문하면 취소돼요?", "취소 가능한가요", "하나 줄일까 그냥 놔두세요",
    ],
)  # fmt: skip
def test_thinking_or_asking_changes_nothing(words: str) -> None:
    before = ("프렌치 하나 심플",)
    assert _items(*before, words) == _items(*before)


@pytest.mark.parametrize(
    "words",
    [
        "이렇게 주문하면 되나요", "그렇게 주문하면 돼요?", "주문할까 말까", "취소 가능한가요", "주문하지 말아 주세요",
        "엄마 이거 주문해도 돼?", "어 엄마 나 지금 주문해", "네 두 번째 거는 빼고요", "네?", "yes?", "don't order yet",
        "can i order this mum",
    ],
)  # fmt: skip
def test_asking_how_to_order_places_nothing(words: str) -> None:
    state = _said("프렌치 하나 심플 그대로", words)
    assert (state.stage, state.order_id) == ("confirmation", None)


def test_what_is_decided_in_the_same_breath_holds() -> None:
    assert _items("프렌치로 할까 아니 잉글리시로 주세요") == [("english", 1, None, {})]
    assert _items("프렌치 하나", "심플로 할까 디럭스로 할까 에이 그랜드로") == [("french", 1, "grand", {})]
    assert _items("발렌타인 두 개 심플로 주시고 와인은 뺄까") == [("valentine", 2, "simple", {})]


@pytest.mark.parametrize("words", ["초 추가 취소", "초 추가한 거 빼 주세요", "초 추가 취소해 주세요"])
def test_what_was_added_is_called_off_and_the_cake_stays(words: str) -> None:
    assert _said("딸기 하나 심플", "초 추가", words).items == _said("딸기 하나 심플", "없어요").items


@pytest.mark.parametrize("words", ["that's too much wine", "too many baguettes", "와인이 너무 많아요"])
def test_too_much_of_it_is_no_wish_for_more(words: str) -> None:
    before = ("샴페인 축제 하나 디럭스",)
    assert _items(*before, words) == _items(*before)


@pytest.mark.parametrize("words", ["actually put it back", "put them back please", "bring it back"])
def test_what_was_taken_off_is_put_back(words: str) -> None:
    before = ("two valentines grand and an english simple",)
    assert _items(*before, "cancel the english", words) == _items(*before)
