"""What was said and did nothing is asked for, and nothing is placed by a yes to that."""

from __future__ import annotations

import pytest

from backend.domain.dialogue import respond
from backend.domain.order import Item
from backend.domain.order_state import Asked, Line, OrderState
from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    Control,
    PortionChange,
    PortionMode,
    Proposal,
    UnderstandingRequest,
)
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.left_over import left_over
from backend.external.offline.understanding.resolving import resolve
from backend.external.offline.understanding.scanner import scan
from backend.external.offline.understanding.text import read
from tests.support.dialogue_files import shop
from tests.support.dialogues import say

ENGINE = OfflineUnderstanding()
NO_WINE = (PortionChange("wine", PortionMode.SET, 0),)


def left(sentence: str, *changes: Change) -> tuple[str, ...]:
    request = UnderstandingRequest(sentence, shop().catalogue)
    lexicon = ENGINE.prepare(request.catalogue)
    found = scan(read(sentence), lexicon)
    return left_over(resolve(found.spans, request, lexicon), changes, request, found.text)


@pytest.mark.parametrize(
    ("sentence", "change", "words"),
    [
        ("발렌타인 둘 심플 와인은 필요 없고요", AddItem("valentine", 2, "simple"), ("와인",)),
        ("발렌타인 둘 심플 와인은 필요 없고요", AddItem("valentine", 2, "simple", NO_WINE), ()),
        ("프렌치 두 개 잉글리시 세 개", AddItem("french", 2), ("잉글리시", "세 개")),
        ("프렌치 하나 그랜드로 주세요", AddItem("french", 1), ("그랜드",)),
        ("프렌치 하나 와인은 빼고", AddItem("french", 1), ("와인", "빼고")),
        ("프렌치 말고 잉글리시 두 개", AddItem("english", 2), ()),
        ("프렌치 두 개 아니 세 개", AddItem("french", 3), ()),
        ("two french, no wine", AddItem("french", 2), ("wine",)),
        ("two french, our bus number 12 leaves soon", AddItem("french", 2), ()),
    ],
)
def test_what_nothing_was_made_of_is_found(sentence: str, change: Change, words: tuple[str, ...]) -> None:
    assert left(sentence, change) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "프렌치 두 개 심플로 와인 세 잔씩 주세요",
        "딸기 둘 초코 하나 이렇게 세 개 다 그랜드로요",
        "프렌치 말고 잉글리시 두 개 디럭스로요",
        "치즈 케이크 네 개 아니 세 개요",
        "three cheese cakes, one grand and the rest simple",
    ],
)
def test_of_what_was_understood_nothing_is_left(sentence: str) -> None:
    proposal, _ = say(sentence, OrderState(), shop().catalogue, ENGINE)
    assert proposal.changes
    assert proposal.unclear == ()


def test_a_yes_to_what_was_not_understood_places_nothing() -> None:
    catalogue = shop().catalogue
    state = OrderState((Line(Item("french", "simple"), settled=True),), 0, "confirmation", asked=Asked.CONFIRM)
    half = Proposal("order", 0.6, "ko", changes=(ChangeItem(style="grand"),), unclear=("와인",))
    turn = respond(state, half, catalogue)
    assert turn.state.items == (Item("french", "grand"),)
    assert "와인" in turn.say
    assert turn.state.asked == Asked.CHANGE
    yes = Proposal("confirm", 0.98, "ko", controls=(Control.CONFIRM,))
    again = respond(turn.state, yes, catalogue)
    assert not again.place
    assert respond(again.state, yes, catalogue).place
