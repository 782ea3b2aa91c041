"""Dialogue files: what may stand in them, and what a writer is told who made a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.domain.order import Cake, Item
from backend.domain.proposal import AddItem, Control, Intent, Proposal, UnderstandingRequest
from tests.support.dialogue_files import Dialogue, DialogueError, read_dialogues, shop
from tests.support.dialogues import ORDER, QUESTION, is_held_out, play

TURN = "- name: a\n  turns:\n    - say: no\n      {}\n"


def read_one(folder: Path, text: str) -> Dialogue:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = read_dialogues(path)
    return found


def test_what_is_written_is_read(tmp_path: Path) -> None:
    dialogue = read_one(
        tmp_path,
        """
- name: everything
  history: {menus: [french, cheese], style: grand, average: 53000}
  today: 12-20
  sold_out: cheese
  turns:
    - say: no
      items:
        - french x2 simple, wine 2, coffee 1
        - custom, colour pink, lettering "Mina, love"
        - {menu: custom, style: grand, colour: "#ffaacc", tiers: 2}
      says: [A, b]
      decision: advance
      asks: nothing
      payable: 100,000
      staff: false
    - say: "네: 그래요"
      placed: true
""",
    )
    first, second = dialogue.turns
    items = (
        Item("french", "simple", 2, {"wine": 2}),
        Item("custom", None, 1, {}, Cake(colour="pink", lettering="Mina, love")),
        Item("custom", "grand", 1, {}, Cake(colour="#ffaacc", tiers=2)),
    )
    assert (first.say, first.items, first.says, first.decision) == ("no", items, ("A", "b"), 1)
    assert (first.asks, first.payable, first.staff, first.placed) == ("", 100_000, False, None)
    assert (second.say, second.placed, second.stage, second.decision) == ("네: 그래요", items, "completed", 3)
    assert (dialogue.group, dialogue.language, dialogue.events) == ("some", "ko", ("christmas_cakes",))
    assert dialogue.history.frequent_menus == ("french", "cheese")
    assert dialogue.catalogue(shop().catalogue).sold_out == {"cheese"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("items: frnch x2", "some.yaml:4: 'frnch' is no menu; did you mean 'french'?"),
        ("items: french x2 simple, nuts 2", "'nuts' is no part of french"),
        ("items: french, wine 12", "the shop does not sell that: count_out_of_range"),
        ("items: champagne simple", "the shop does not sell that: style_not_offered"),
        ("items: french simple grand", "is not 'menu xN style'"),
        ("items: custom, colour #ffaacc", "'colour' needs a value"),
        ("stage: confirm", "did you mean 'confirmation'?"),
        ("stage: completed", "nothing is placed yet"),
        ("placed: true", "no items were named before"),
        ("placd: true", "'placd' is no field of a turn; did you mean 'placed'?"),
        ("says:", 'says is empty; write ""'),
        ("says: a: b", "needs quotes"),
        ("decision: 7", "'7' is no decision."),
        ("payable: much", "payable must be a whole number"),
        ("say: yes", "'say' stands twice in a turn"),
        ("unchanged: perhaps", "'perhaps' is no unchanged"),
    ],
)
def test_a_mistake_is_told_where_it_is(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(DialogueError) as caught:
        read_one(tmp_path, TURN.format(written))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: a", "the file must be a list"),
        ("- turns:\n    - say: a", "a dialogue needs 'name'"),
        ("- name: a\n  turns: []", "at least one turn"),
        ("- name: a\n  turns:\n    - items: []", "a turn needs 'say'"),
        ("- name: a\n  today: 13-40\n  turns:\n    - say: a", "today must be MM-DD"),
        ("- name: a\n  history: {menu: french}\n  turns:\n    - say: a", "did you mean 'menus'?"),
        ("- name: a\n  turns:\n    - say: a\n- name: a\n  turns:\n    - say: a", "two dialogues are called 'a'"),
    ],
)
def test_a_file_that_is_no_set_of_dialogues(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DialogueError, match=told.replace("?", r"\?")):
        read_one(tmp_path, text)


def ordering(request: UnderstandingRequest) -> Proposal:
    """An engine that hears two French dinners in "two", one in anything else, and a yes in "yes"."""
    if request.transcript == "yes":
        return Proposal(Intent.CONFIRM, 0.9, "en", controls=(Control.CONFIRM,))
    if request.transcript == "done":
        return Proposal(Intent.ORDER, 0.9, "en", controls=(Control.NOTHING_MORE,))
    count = 2 if request.transcript == "two" else 1
    return Proposal(Intent.ORDER, 0.9, "en", changes=(AddItem("french", count, "simple"),))


ORDERED = """
- name: a
  turns:
    - say: {}
      items: french x2 simple
    - say: done
      stage: confirmation
    - say: yes
      {}
"""


def test_a_right_order_has_no_differences(tmp_path: Path) -> None:
    played = play(read_one(tmp_path, ORDERED.format("two", "placed: true")), shop().catalogue, ordering)
    assert not any(turn.differences or turn.wrong_order for turn in played)
    assert [turn.placed for turn in played] == [False, False, True]


def test_another_order_than_meant_is_a_wrong_order(tmp_path: Path) -> None:
    played = play(read_one(tmp_path, ORDERED.format("one", "placed: true")), shop().catalogue, ordering)
    assert [turn.wrong_order for turn in played] == [False, False, True]
    assert [[each.kind for each in turn.differences] for turn in played] == [[ORDER], [], [ORDER]]
    assert "items are [french x1 simple], not [french x2 simple]" in played[0].readable()[1]


def test_an_order_that_nobody_asked_for_is_a_wrong_order(tmp_path: Path) -> None:
    played = play(read_one(tmp_path, ORDERED.format("two", "unchanged: true")), shop().catalogue, ordering)
    assert played[-1].wrong_order
    assert [each.kind for each in played[-1].differences] == [ORDER, QUESTION]


def test_about_a_tenth_is_held_out_and_always_the_same() -> None:
    held_out = [number for number in range(2_000) if is_held_out(Dialogue("some", f"customer {number}", ()))]
    assert 150 <= len(held_out) <= 250
    assert [number for number in held_out if number < 40] == [14, 27, 38]
