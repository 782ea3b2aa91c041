"""The measure itself: what counts as right, as a wrong order, as a question too many; and how sure is how right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import pytest

from backend.domain.order import Item
from backend.domain.proposal import AddItem, Control, Intent, Proposal, UnderstandingRequest
from tests.support.dialogue_files import Dialogue, Expected, shop
from tests.support.dialogue_score import Outcome, Score, median, p99, score
from tests.support.dialogues import all_dialogues, is_held_out
from tools.bench.dialogues import dialogue_report

CATALOGUE = shop().catalogue
TWO = (Item("french", "simple", 2),)
YES = Proposal(Intent.CONFIRM, 0.95, "en", controls=(Control.CONFIRM,))
SETTLED = Proposal(Intent.ORDER, 0.95, "en", controls=(Control.NOTHING_MORE,))


def order(count: int | None, style: str | None = "simple", menu: str | None = "french", sure: float = 0.95) -> Proposal:
    return Proposal(Intent.ORDER, sure, "en", changes=(AddItem(menu, count, style, category="dinner"),))


def hearing(*proposals: Proposal) -> Callable[[UnderstandingRequest], Proposal]:
    """An engine that understands these, one after the other."""
    coming = iter(proposals)
    return lambda _: next(coming)


def of_one(turns: Iterable[Expected], *proposals: Proposal) -> Score:
    return score("x", [Dialogue("some", "customer", tuple(turns))], CATALOGUE, hearing(*proposals))


def ordered(**first: Any) -> tuple[Expected, ...]:
    return (
        Expected("two", items=TWO, **first),
        Expected("done", stage="confirmation"),
        Expected("yes", placed=TWO, stage="completed", decision=3),
    )


def test_right_in_whole() -> None:
    result = of_one(ordered(), order(2), SETTLED, YES)
    assert (result.accuracy, result.wrong_orders, result.orders) == (1.0, 0, 1)
    assert result.outcomes == {Outcome.RIGHT: 1}


def test_another_order_is_a_wrong_order() -> None:
    result = of_one(ordered(), order(3), SETTLED, YES)
    assert (result.accuracy, result.wrong_orders, result.orders) == (0.0, 1, 1)
    assert result.outcomes == {Outcome.WRONG_ORDER: 1}


def test_a_question_too_many_is_no_wrong_cart() -> None:
    result = of_one([Expected("two", items=TWO, stage="customization")], order(2, menu=None))
    assert result.outcomes == {Outcome.QUESTION: 1}
    assert result.scored[0].played[0].turn.state.asked == "which"


def test_what_is_left_out_without_a_question_is_a_wrong_cart() -> None:
    result = of_one([Expected("two", items=(*TWO, Item("cheese", "simple")))], order(2))
    assert result.outcomes == {Outcome.CART: 1}


def test_what_nobody_asked_for_is_a_wrong_cart() -> None:
    result = of_one([Expected("two", items=(), stage="menu_selection")], order(2))
    assert result.outcomes == {Outcome.CART: 1}


def test_other_words_alone() -> None:
    result = of_one([Expected("two", items=TWO, says=("lobster",))], order(2))
    assert result.outcomes == {Outcome.WORDS: 1}


def test_after_the_first_wrong_turn_nothing_is_judged() -> None:
    turns = [Expected("hello"), *ordered(), Expected("thanks", unchanged=True)]
    result = of_one(turns, SETTLED, order(3), SETTLED, YES, SETTLED)
    assert [turn.expected.say for turn in result.judged] == ["two"]


def test_how_sure_is_compared_with_how_right() -> None:
    dialogues = [Dialogue("some", str(n), (Expected("two", items=TWO),)) for n in range(4)]
    proposals = [order(2, sure=0.95), order(2, sure=0.91), order(3, sure=0.92), order(3, sure=0.4)]
    result = score("x", dialogues, CATALOGUE, hearing(*proposals))
    assert (result.sure.turns, result.sure.right) == (3, 2)
    assert [(each.high, each.turns, each.right) for each in result.reliability if each.turns] == [
        (0.5, 1, 0),
        (0.95, 3, 2),
    ]
    assert result.reliability[-2].told == pytest.approx((0.95 + 0.91 + 0.92) / 3)


def test_the_held_out_tenth_is_told_apart() -> None:
    dialogues = [Dialogue("some", str(n), (Expected("two", items=TWO),)) for n in range(200)]
    wrong = [order(3) if is_held_out(each) else order(2) for each in dialogues]
    result = score("x", dialogues, CATALOGUE, hearing(*wrong))
    assert 10 <= len(result.held_out) <= 30
    assert len(result.held_out) + len(result.rest) == 200
    assert result.held_out_gap == 1.0


def test_events_and_what_is_sold_out_are_the_dialogues_own() -> None:
    dialogue = Dialogue("some", "a", (Expected("two", items=()),), sold_out=("french",), events=("christmas_cakes",))
    assert score("x", [dialogue], CATALOGUE, hearing(order(2))).accuracy == 1.0
    assert [event.code for event in dialogue.catalogue(CATALOGUE).events] == ["christmas_cakes"]


def test_percentiles() -> None:
    assert p99([float(n) for n in range(1, 101)]) == 99.0
    assert p99([7.0]) == 7.0
    assert median([1.0, 9.0, 2.0]) == 2.0


def test_the_report_says_what_was_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLO_GEMINI_API_KEY", raising=False)
    few = tuple(islice((each for each in all_dialogues() if each.group == "hurried"), 4))
    text = dialogue_report("gemini", few).text
    assert "gemini: not measured, there is no key" in text
    assert "| wrong orders placed |" in text
    assert "| hurried |" in text
