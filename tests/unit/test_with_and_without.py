"""Whether it is asked what something is in, or what it is not in: the wrong one of the two can make somebody ill."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from backend.domain.proposal import QuestionKind
from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import request_for

_ENGINE = OfflineUnderstanding()


@pytest.mark.parametrize(
    ("words", "containing"),
    [
        ("which one has no egg", False), ("which ones don't have eggs", False), ("what has no egg in it", False),
        ("which cake does not contain egg", False), ("anything without egg", False),
        ("달걀 안 들어간 거 있어요", False),
        ("which cakes contain egg", True), ("what has egg in it", True), ("달걀 들어간 게 뭐예요", True),
    ],
)  # fmt: skip
def test_which_of_the_two_is_asked(words: str, containing: bool) -> None:
    questions = _ENGINE.propose(request_for(words, OrderState(), shop().catalogue, "")).questions
    assert [(each.kind, each.allergens, each.containing) for each in questions] == [
        (QuestionKind.ALLERGENS, ("egg",), containing)
    ]
