"""Whole conversations of different customers, through the offline understanding and the dialogue."""

from __future__ import annotations

import pytest

from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import shop
from tests.support.dialogues import Dialogue, all_dialogues, is_held_out, play

DIALOGUES = tuple(all_dialogues())


@pytest.fixture(scope="module")
def engine() -> OfflineUnderstanding:
    return OfflineUnderstanding()


@pytest.mark.parametrize("dialogue", [each for each in DIALOGUES if not is_held_out(each)], ids=str)
def test_the_order_is_what_the_customer_meant(dialogue: Dialogue, engine: OfflineUnderstanding) -> None:
    """A known failure must fail: who mends it takes the mark away. A wrong order is never a known failure."""
    played = play(dialogue, shop().catalogue, engine.propose)
    failures = [line for turn in played for line in turn.readable()]
    assert not any(turn.wrong_order for turn in played), "\n".join(failures)
    assert bool(failures) == bool(dialogue.known_failure), "\n".join(failures) or "no longer fails: take the mark away"


def test_names_of_dialogues_are_unique() -> None:
    names = [str(dialogue) for dialogue in DIALOGUES]
    assert len(names) == len(set(names))
