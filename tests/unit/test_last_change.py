"""What the last change did is told from the items before and after it, and can be said of another item."""

from __future__ import annotations

import pytest

from backend.domain.order import Item
from backend.domain.proposal import ChangeItem, PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.offline.understanding.last_change import Done, as_it_was, done_last, touched
from tests.support.dialogue_files import shop

CATALOGUE = shop().catalogue
ENGINE = OfflineUnderstanding()
FRENCH, ENGLISH = Item("french", "simple"), Item("english", "grand")
NO_STEAK = Item("french", "simple", customization={"steak": 0})


def asked(words: str, items: tuple[Item, ...], before: tuple[Item, ...]) -> UnderstandingRequest:
    return UnderstandingRequest(words, CATALOGUE, items, 0, "customization", "customization", before=before)


def test_the_item_that_is_made_otherwise_was_touched_and_what_was_left_of_its_line_was_not() -> None:
    two = Item("french", "simple", 2)
    request = asked("", (FRENCH, NO_STEAK), (two,))
    assert touched(request) == (1,)
    assert done_last(request) == Done((PortionChange("steak", PortionMode.SET, 0),))
    assert as_it_was(1, request) == Done((PortionChange("steak", PortionMode.SET, 1),))


def test_nothing_was_touched_before_the_first_change() -> None:
    assert touched(asked("", (FRENCH,), ())) == ()


@pytest.mark.parametrize("words", ["잉글리시도요", "잉글리시도 똑같이 해 주세요", "두 번째도요", "the english one too"])
def test_too_does_it_again_on_the_item_that_is_named(words: str) -> None:
    proposal = ENGINE.propose(asked(words, (NO_STEAK, ENGLISH), (FRENCH, ENGLISH)))
    assert proposal.changes == (ChangeItem(1, portions=(PortionChange("steak", PortionMode.SET, 0),)),)


def test_not_that_one_but_this_one_takes_it_there() -> None:
    proposal = ENGINE.propose(asked("아니 잉글리시에", (NO_STEAK, ENGLISH), (FRENCH, ENGLISH)))
    assert proposal.changes == (
        ChangeItem(0, portions=(PortionChange("steak", PortionMode.SET, 1),)),
        ChangeItem(1, portions=(PortionChange("steak", PortionMode.SET, 0),)),
    )


@pytest.mark.parametrize(
    "words", ["나머지는 커피 빼 주세요", "다른 하나는 커피 없이요", "the other one without coffee"]
)
def test_what_is_said_of_the_others_is_not_about_the_one_that_was_touched(words: str) -> None:
    proposal = ENGINE.propose(asked(words, (FRENCH, NO_STEAK), (Item("french", "simple", 2),)))
    assert proposal.changes == (ChangeItem(0, portions=(PortionChange("coffee", PortionMode.SET, 0),)),)


@pytest.mark.parametrize("words", ["프렌치만요", "음 프렌치만 추가할게요"])
def test_only_there_puts_the_others_back(words: str) -> None:
    more = {"steak": 2}
    items = (Item("french", "simple", customization=more), Item("english", "grand", customization=more))
    proposal = ENGINE.propose(asked(words, items, (FRENCH, ENGLISH)))
    assert proposal.changes == (ChangeItem(1, portions=(PortionChange("steak", PortionMode.SET, 1),)),)


def test_what_was_just_added_and_is_not_wanted_after_all_is_as_it_was() -> None:
    items = (Item("french", "simple", customization={"steak": 2}),)
    proposal = ENGINE.propose(asked("아 스테이크는 됐어요", items, (FRENCH,)))
    assert proposal.changes == (ChangeItem(portions=(PortionChange("steak", PortionMode.SET, 1),)),)
