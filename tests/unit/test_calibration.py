"""How sure the rules say they are is how often they are right, on the project's own dialogues."""

from __future__ import annotations

import pytest

from backend.external.offline.understanding.engine import OfflineUnderstanding
from tests.support.dialogue_files import all_dialogues, shop
from tests.support.dialogue_score import SURE_GOAL, Outcome, Score, score

RIGHT_FLOOR = 0.93
WRONG_ORDERS_CEILING = 1
HELD_OUT_FLOOR = 0.75
"""What was measured last (docs/dialogue.md). The goals of issue 3 of 7 are higher: 95 %, none, the held-out tenth at
most 3 points below the rest; ``make bench`` holds to those and misses them. These keep what is reached: raise them
with each step. The held-out tenth has a floor of its own: a greatest distance would be broken by every mended rule.
"""
FEW = 40
"""Below this many turns a share says nothing."""


@pytest.fixture(scope="module")
def result() -> Score:
    return score("offline", all_dialogues(pending=True), shop().catalogue, OfflineUnderstanding().propose)


def test_no_more_wrong_orders_are_placed_than_are_known(result: Score) -> None:
    assert result.wrong_orders <= WRONG_ORDERS_CEILING, [
        str(each.dialogue) for each in result.rest if each.outcome is Outcome.WRONG_ORDER
    ]


def test_as_many_dialogues_are_right_in_whole_as_were(result: Score) -> None:
    assert result.accuracy >= RIGHT_FLOOR, f"{result.accuracy:.1%} of {len(result.scored)}: {dict(result.outcomes)}"


def test_as_many_of_the_held_out_tenth_are_right_as_were(result: Score) -> None:
    assert result.held_out_accuracy >= HELD_OUT_FLOOR, f"{result.held_out_accuracy:.1%} of {len(result.held_out)}"


def test_who_is_sure_is_right(result: Score) -> None:
    sure = result.sure
    assert sure.turns >= FEW
    assert sure.accuracy >= SURE_GOAL, f"{sure.right} of {sure.turns} turns"


def test_who_is_less_sure_is_less_often_right(result: Score) -> None:
    """Sure, fairly sure and unsure turns, in this order."""
    low = [each for each in result.reliability if each.high <= 0.8]
    middle = [each for each in result.reliability if 0.8 < each.high <= 0.9]
    parts = [sum(each.right for each in bins) / max(1, sum(each.turns for each in bins)) for bins in (low, middle)]
    assert parts[0] <= parts[1] <= result.sure.accuracy
