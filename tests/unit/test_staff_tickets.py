"""What a ticket says: differences, allergens, age, owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.staff.tickets import Age, CakeNote, Change, MenuWords, Ticket, age_of, ticket_of
from shared.orders import Cake, CakeFlavour, Order, OrderStatus
from tests.support.kitchen import NOON, line, order, shop_menu

KOREAN = MenuWords(shop_menu(), "ko")


def _ticket(placed: Order, me: str = "staff-1") -> Ticket:
    return ticket_of(placed, KOREAN, me, NOON, fresh=False, busy=False)


def test_a_line_carries_only_what_differs_from_the_menu_in_the_menus_order() -> None:
    shown = KOREAN.line(line("french", "grand", 2, {"wine": 2, "coffee": 0, "steak": 1}))
    assert (shown.quantity, shown.name, shown.style) == (2, "프렌치 디너", "그랜드")
    assert shown.changes == (Change("커피", 0, 1), Change("와인", 2, 1))


def test_a_custom_cake_says_how_it_is_made() -> None:
    cake = Cake(flavour=CakeFlavour.MATCHA, colour="#ffeedd", tiers=2, lettering="생일 축하")
    assert KOREAN.line(line("custom", "deluxe", cake=cake)).cake == CakeNote("matcha", "#ffeedd", 2, "생일 축하")


def test_allergens_follow_what_is_really_inside() -> None:
    assert KOREAN.allergens([line("english")]) == KOREAN.allergens([line("english", customization={"steak": 2})])
    with_all = KOREAN.allergens([line("english")])
    without_egg = KOREAN.allergens([line("english", customization={"egg_scramble": 0})])
    without_either = KOREAN.allergens([line("english", customization={"egg_scramble": 0, "bread": 0})])
    assert len(with_all) == 2
    assert len(without_egg) == 1
    assert set(without_egg) < set(with_all)
    assert without_either == ()
    with_nuts = KOREAN.allergens([line("chocolate", customization={"nuts": 1})])
    assert set(with_nuts) > set(KOREAN.allergens([line("chocolate")]))


def test_allergens_are_named_once_over_several_lines() -> None:
    named = KOREAN.allergens([line("english"), line("strawberry"), line("custom")])
    assert len(named) == len(set(named))


def test_what_the_menu_no_longer_has_is_shown_by_its_code() -> None:
    nothing = MenuWords(None, "ko")
    shown = nothing.line(line("gone", "grand", customization={"wine": 2}))
    assert (shown.name, shown.style, shown.changes) == ("gone", "grand", (Change("wine", 2, 0),))


def test_words_in_english() -> None:
    shown = MenuWords(shop_menu(), "en").line(line("french", customization={"wine": 0}))
    assert (shown.name, shown.changes) == ("French Dinner", (Change("wine", 0, 1),))


@pytest.mark.parametrize(
    ("seconds", "minutes", "age"),
    [
        (-90, 0, Age.CALM),
        (0, 0, Age.CALM),
        (299, 4, Age.CALM),
        (300, 5, Age.SOON),
        (479, 7, Age.SOON),
        (480, 8, Age.LATE),
        (86_400, 1_440, Age.LATE),
    ],
)
def test_age_changes_at_five_and_eight_minutes(seconds: int, minutes: int, age: Age) -> None:
    assert age_of(NOON - timedelta(seconds=seconds), NOON) == (minutes, age)


def test_mine_is_what_is_assigned_to_me() -> None:
    mine = _ticket(order(7, status=OrderStatus.PREPARING, assigned_to="staff-1"))
    theirs = _ticket(order(8, status=OrderStatus.PREPARING, assigned_to="staff-2"))
    nobodys = _ticket(order(9), me="")
    assert (mine.mine, theirs.mine, nobodys.mine) == (True, False, False)
    assert (mine.owner, theirs.owner, nobodys.owner) == ("staff-1", "staff-2", "")


def test_a_changed_order_is_read_anew() -> None:
    words = MenuWords(shop_menu(), "ko")
    before = order(7, line("french"))
    assert words.body(before) is not None
    changed = before.model_copy(update={"items": (line("cheese", "simple", 3),)})
    lines, _ = words.body(changed)
    assert [(each.quantity, each.name) for each in lines] == [(3, "치즈 케이크")]
    assert words.body(before)[0][0].name == "프렌치 디너"
