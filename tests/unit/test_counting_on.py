"""A number that names nothing counts what the number before it counted, in both languages."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import say


def _counts(*sentences: str) -> list[tuple[int, dict[str, int]]]:
    state, engine, catalogue = OrderState(), OfflineUnderstanding(), shop().catalogue
    for words in sentences:
        _, turn = say(words, state, catalogue, engine)
        state = turn.state
    return [(item.quantity, dict(item.customization)) for item in state.items]


@pytest.mark.parametrize(
    ("sentences", "counts"),
    [
        (("valentine deluxe with three wines", "no, I meant two"), {"wine": 2}),
        (("valentine deluxe with three wines", "no I meant five in total"), {"wine": 5}),
        (("chocolate cake grand with four candles", "cut it down to two"), {"candle": 2}),
        (("english simple with triple bacon", "no make that double"), {"bacon": 2}),
        (("cheese cake simple with six candles", "just the four"), {"candle": 4}),
        (("strawberry cake simple with five more strawberries", "no, ten more"), {"strawberry": 22}),
        (("프렌치 디너 심플 와인 세 잔", "아니 두 잔이요"), {"wine": 2}),
        (("딸기 케이크 심플로 딸기 스무 개", "아니 열다섯 개"), {"strawberry": 15}),
    ],
)
def test_a_number_that_corrects_counts_the_same(sentences: tuple[str, ...], counts: dict[str, int]) -> None:
    assert _counts(*sentences) == [(1, counts)]


@pytest.mark.parametrize(
    "sentences",
    [
        ("french simple with two wines", "no make it two"),
        ("french simple, no wine", "make it two"),
        ("프렌치 디너 심플 와인 세 잔", "아니 두 개요"),
    ],
)
def test_elsewhere_it_counts_pieces(sentences: tuple[str, ...]) -> None:
    assert [quantity for quantity, _ in _counts(*sentences)] == [2]
