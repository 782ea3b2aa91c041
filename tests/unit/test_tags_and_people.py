"""Said to hear that it is so; for how many people; ages; names read off the menu; a removal that goes on."""

from __future__ import annotations

import pytest

from backend.domain.order_state import OrderState
from tests.support.dialogues import say
from tests.unit.test_some_pieces import CATALOGUE, ENGINE, talk, told


@pytest.mark.parametrize(
    ("order", "words", "answer"),
    [
        ("one chocolate cake grand", "no nuts on it, right?", "You can add nuts"),
        ("one french dinner simple, no wine", "there's no wine in it, right?", "no wine"),
        ("one french dinner simple", "that's one french, isn't it?", "One French Dinner"),
        ("two english dinners simple", "that's two english, yeah?", "Two English Dinners"),
    ],
)
def test_a_tag_asks_and_changes_nothing(order: str, words: str, answer: str) -> None:
    before = talk(order)
    turn = say(words, before, CATALOGUE, ENGINE)[1]
    assert told(turn.state) == told(before)
    assert answer in turn.say


def test_something_new_is_ordered_with_a_tag() -> None:
    assert len(told(talk("two english dinners simple", "and one cheese cake, right?"))) == 2


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("champagne feast for two, grand", 1),
        ("champagne feast for four, grand", 2),
        ("champagne feast for three people, grand", 2),
        ("a champagne feast grand for two", 1),
        ("strawberry cake for six, grand", 1),
        ("french dinner for two, grand", 2),
        ("two french dinners grand for two", 2),
    ],
)
def test_people_take_as_many_pieces_as_they_need(words: str, count: int) -> None:
    assert [item.quantity for item in talk(words).items] == [count]


@pytest.mark.parametrize("words", ["we are four, what do you recommend", "table for four, what would you suggest"])
def test_a_party_is_recommended_something_to_share(words: str) -> None:
    assert "good to share" in say(words, OrderState(), CATALOGUE, ENGINE)[1].say


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("strawberry cake simple, my son turns seven so seven candles",),
            [("strawberry", 1, "simple", {"candle": 7})],
        ),
        (("french, english, valentine... what's in the valentine one",), []),
        (("cheese or chocolate, which one is cheaper",), []),
        (
            ("three french and two english, all simple", "take one french off", "and one english"),
            [("english", 1, "simple", {}), ("french", 2, "simple", {})],
        ),
        (
            ("one french dinner simple", "and one english simple"),
            [("english", 1, "simple", {}), ("french", 1, "simple", {})],
        ),
        (("two cheese cakes simple", "forget the cheese cakes altogether"), []),
        (("one french dinner simple", "i changed my mind, strawberry"), [("strawberry", 1, "simple", {})]),
        (
            ("english dinner deluxe plus three extra slices of bread", "sorry, two extra is fine"),
            [("english", 1, "deluxe", {"bread": 3})],
        ),
    ],
)
def test_what_stands_in_the_order(
    sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == items


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("two french dinners simple", "with to glasses of wine each"),
            [("french", 2, "simple", {"wine": 2})],
        ),
        (("one fresh dinner simple", "with no whine"), [("french", 1, "simple", {"wine": 0})]),
        (
            ("english dinner for me and valentine for my wife", "the two in simple"),
            [("english", 1, "simple", {}), ("valentine", 1, "simple", {})],
        ),
        (
            ("one french dinner grand for me", "and the same for my wife but without wine"),
            [("french", 1, "grand", {}), ("french", 1, "grand", {"wine": 0})],
        ),
        (
            ("two english grand, one chocolate simple", "make the english simple as well"),
            [("chocolate", 1, "simple", {}), ("english", 2, "simple", {})],
        ),
        (
            ("two chocolate cakes deluxe and one cheese cake deluxe", "one chocolate less and one cheese more"),
            [("cheese", 2, "deluxe", {}), ("chocolate", 1, "deluxe", {})],
        ),
        (("five english dinners simple for my boys and the boss",), [("english", 5, "simple", {})]),
        (("french deluxe", "one cup of coffee more"), [("french", 1, "deluxe", {"coffee": 2})]),
        (
            ("five english dinners simple", "bacon on three of them double"),
            [("english", 2, "simple", {}), ("english", 3, "simple", {"bacon": 2})],
        ),
    ],
)
def test_as_it_is_said_and_heard(sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("there are six of us, three want french and three want english", [("english", 3), ("french", 3)]),
        ("two of us want the valentine and one of us wants french", [("french", 1), ("valentine", 2)]),
        ("one cheesecake. one cheesecake please", [("cheese", 1)]),
        ("one cheesecake and one cheesecake grand", [("cheese", 1), ("cheese", 1)]),
        ("two of each cake except the custom one", [("cheese", 2), ("chocolate", 2), ("strawberry", 2)]),
    ],
)
def test_how_many_of_what(words: str, items: list[tuple[str, int]]) -> None:
    assert sorted((item.menu_code, item.quantity) for item in talk(words).items) == items


def test_a_number_that_is_only_asked_counts_nothing() -> None:
    order = talk("chocolate cake grand", "how many candles sweetie? six? okay six candles")
    assert told(order) == [("chocolate", 1, "grand", {"candle": 6})]


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("1 french simple - 2 english grand - 1 cheesecake deluxe",),
            [("cheese", 1, "deluxe", {}), ("english", 2, "grand", {}), ("french", 1, "simple", {})],
        ),
        (
            ("french dinner grand with extra salad", "never mind the salad, normal is fine"),
            [("french", 1, "grand", {})],
        ),
        (
            ("chocolate cake deluxe with extra chocolate", "take the extra chocolate off again"),
            [("chocolate", 1, "deluxe", {})],
        ),
        (
            ("two valentine dinners grand, one with two wines and one with none",),
            [("valentine", 1, "grand", {"wine": 0}), ("valentine", 1, "grand", {"wine": 2})],
        ),
        (("something romantic for two please", "perfect, we'll have two, both grand"), [("valentine", 2, "grand", {})]),
    ],
)
def test_what_was_added_goes_again(
    sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("one valentine grand", "make it two, and one without wine"),
            [("valentine", 1, "grand", {}), ("valentine", 1, "grand", {"wine": 0})],
        ),
        (
            ("one english no bread simple and one english with extra bread deluxe",),
            [("english", 1, "deluxe", {"bread": 2}), ("english", 1, "simple", {"bread": 0})],
        ),
        (
            ("one french grand without wine, one cheese grand", "remove the french", "no! the other one"),
            [("french", 1, "grand", {"wine": 0})],
        ),
        (
            ("one champagne feast", "ok grand, and a strawberry cake simple"),
            [("champagne", 1, "grand", {}), ("strawberry", 1, "simple", {})],
        ),
        (("how about two valentines", "in grand"), [("valentine", 2, "grand", {})]),
        (("how about two valentines?",), []),
    ],
)
def test_more_in_one_breath(sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("three french dinners grand, wine only for two of us",),
            [("french", 2, "grand", {}), ("french", 1, "grand", {"wine": 0})],
        ),
        (
            ("two chocolate cakes, one grand one deluxe, nuts on the grand one",),
            [("chocolate", 1, "grand", {"nuts": 1}), ("chocolate", 1, "deluxe", {})],
        ),
        (
            ("i'd prefer the chocolate cake over the cheesecake, one, deluxe",),
            [("chocolate", 1, "deluxe", {})],
        ),
        (
            ("a french, an english and a cheesecake, all simple", "just keep the french"),
            [("french", 1, "simple", {})],
        ),
        (
            ("three valentines simple", "one of them gets two glasses of wine, the others none"),
            [("valentine", 1, "simple", {"wine": 2}), ("valentine", 2, "simple", {"wine": 0})],
        ),
    ],
)
def test_whose_it_is_and_what_stays(
    sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)
