"""Some pieces of a dish otherwise than the others, as English says it; sentences without blanks."""

from __future__ import annotations

import pytest

from tests.unit.test_some_pieces import talk, told


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("four english dinners simple", "no bacon on two and no eggs on the other two"),
            [("english", 2, "simple", {"bacon": 0}), ("english", 2, "simple", {"egg_scramble": 0})],
        ),
        (
            ("two cheese cakes simple", "none on one and three candles on the other one"),
            [("cheese", 1, "simple", {"candle": 0}), ("cheese", 1, "simple", {"candle": 3})],
        ),
        (
            ("three chocolate cakes grand, nuts on one of them only",),
            [("chocolate", 1, "grand", {"nuts": 1}), ("chocolate", 2, "grand", {})],
        ),
        (
            ("three english dinners simple. bacon and eggs off two please",),
            [("english", 1, "simple", {}), ("english", 2, "simple", {"bacon": 0, "egg_scramble": 0})],
        ),
        (
            ("five french dinners deluxe", "remove the wine from two and the salad from the other three"),
            [("french", 2, "deluxe", {"wine": 0}), ("french", 3, "deluxe", {"salad": 0})],
        ),
        (
            ("three french dinners simple and a cheese cake grand", "no wine for one of the french"),
            [("cheese", 1, "grand", {}), ("french", 1, "simple", {"wine": 0}), ("french", 2, "simple", {})],
        ),
        (
            ("four valentine dinners simple", "no wine for two of us"),
            [("valentine", 2, "simple", {}), ("valentine", 2, "simple", {"wine": 0})],
        ),
        (("two french dinners grand", "an extra wine on both"), [("french", 2, "grand", {"wine": 2})]),
    ],
)
def test_pieces_are_told_after_what_is_done(
    sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    "words",
    ["only one with wine", "wine for only one of them", "wine on just one please", "just one of them with wine"],
)
def test_only_one_with_it_leaves_the_others_without(words: str) -> None:
    order = sorted(told(talk("three french dinners simple", words)), key=str)
    assert order == [("french", 1, "simple", {}), ("french", 2, "simple", {"wine": 0})]


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("three wines in total", [("french", 1, "simple", {}), ("french", 1, "simple", {"wine": 2})]),
        ("four wines altogether please", [("french", 2, "simple", {"wine": 2})]),
        ("only one wine between us", [("french", 1, "simple", {}), ("french", 1, "simple", {"wine": 0})]),
        ("와인은 합쳐서 세 잔이요", [("french", 1, "simple", {}), ("french", 1, "simple", {"wine": 2})]),
        ("how much is the wine in total", [("french", 2, "simple", {})]),
    ],
)
def test_a_number_for_all_together_is_shared_out(words: str, items: list[tuple[str, int, str, dict[str, int]]]) -> None:
    assert sorted(told(talk("two french dinners simple", words)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (
            ("three cheese cakes, one of each style",),
            [("cheese", 1, "simple", {}), ("cheese", 1, "grand", {}), ("cheese", 1, "deluxe", {})],
        ),
        (
            ("four champagne feasts", "two in each style please"),
            [("champagne", 2, "grand", {}), ("champagne", 2, "deluxe", {})],
        ),
        (
            ("three french dinners grand, but make one of them a valentine",),
            [("french", 2, "grand", {}), ("valentine", 1, "grand", {})],
        ),
        (
            ("two french, make one of them english", "all simple"),
            [("english", 1, "simple", {}), ("french", 1, "simple", {})],
        ),
        (
            ("two valentine dinners and a cheese cake", "grand for those and simple for the cake"),
            [("cheese", 1, "simple", {}), ("valentine", 2, "grand", {})],
        ),
        (
            ("one french and two cheese cakes", "simple for the dinner and deluxe for the rest"),
            [("cheese", 2, "deluxe", {}), ("french", 1, "simple", {})],
        ),
    ],
)
def test_pieces_that_are_dealt_out(
    sentences: tuple[str, ...], items: list[tuple[str, int, str, dict[str, int]]]
) -> None:
    assert sorted(told(talk(*sentences)), key=str) == sorted(items, key=str)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("twofrenchdinnersgrand", [("french", 2, "grand", {})]),
        ("onecheesecakesimplewithtwoblueberries", [("cheese", 1, "simple", {"blueberry": 2})]),
        ("grandmother wants nothing", []),
        ("grandson", []),
    ],
)
def test_words_written_together(words: str, items: list[tuple[str, int, str, dict[str, int]]]) -> None:
    assert told(talk(words)) == items
