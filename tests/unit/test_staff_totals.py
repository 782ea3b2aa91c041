"""All-day totals, who has how many, and when the kitchen is rung."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.services.help_calls import HelpCall
from kiosk.services.staff_board import BoardSnapshot
from kiosk.staff.alarm import HELP_SOUND, NEW_ORDER_SOUND, URGENT_SOUND, Alarm, next_alarm
from kiosk.staff.tickets import MenuWords
from kiosk.staff.totals import Load, Total, load_of, totals_of
from shared.orders import Order, OrderStatus
from tests.support.kitchen import NOON, line, order, shop_menu

KOREAN = MenuWords(shop_menu(), "ko")


def _portion(orders: list[Order], code: str) -> Total | None:
    return next((total for total in totals_of(orders, KOREAN).portions if total.code == code), None)


def test_steaks_of_all_open_orders_are_summed_as_the_customers_changed_them() -> None:
    orders = [
        order(1, line("french", quantity=2)),  # one steak each
        order(2, line("champagne", "grand"), status=OrderStatus.PREPARING),  # two
        order(3, line("valentine", customization={"steak": 3}), line("english", customization={"steak": 0})),
        order(4, line("french"), status=OrderStatus.READY),  # made already
    ]
    assert _portion(orders, "steak") == Total("steak", "스테이크", 7, 8)
    assert _portion(orders, "egg_scramble") == Total("egg_scramble", "에그 스크램블", 1, 1)
    assert _portion(orders, "sponge") is None


def test_what_is_to_do_stands_first_and_nothing_is_no_row() -> None:
    orders = [
        order(1, line("french", quantity=3), line("cheese", customization={"candle": 0})),
        order(2, line("valentine", quantity=9), status=OrderStatus.READY),
    ]
    menus = totals_of(orders, KOREAN).menus
    assert [(total.code, total.to_do, total.all) for total in menus] == [
        ("french", 3, 3),
        ("cheese", 1, 1),
        ("valentine", 0, 9),
    ]
    assert _portion(orders, "candle") is None
    assert totals_of([], KOREAN).portions == ()


def test_load_counts_what_each_prepares_and_how_much_of_it_is_late() -> None:
    preparing = OrderStatus.PREPARING
    orders = [
        order(1, status=preparing, assigned_to="staff-1", minutes_ago=1),
        order(2, status=preparing, assigned_to="staff-2", minutes_ago=9),
        order(3, status=preparing, assigned_to="staff-2", minutes_ago=1),
        order(4, status=OrderStatus.READY, assigned_to="staff-2"),
        order(5),
    ]
    assert load_of(orders, "staff-1", NOON) == (Load("staff-1", True, 1, 0), Load("staff-2", False, 2, 1))


def _later(alarm: Alarm, board: BoardSnapshot, seconds: float) -> Alarm:
    return next_alarm(alarm, board, NOON + timedelta(seconds=seconds))


def test_ten_seconds_unacknowledged_ring_louder_and_twice_as_often() -> None:
    quiet = next_alarm(Alarm(), BoardSnapshot(user_id="staff-1"), NOON)
    board = BoardSnapshot(user_id="staff-1", unseen=frozenset({"order-1"}), news=1)
    rung = {}
    alarm = quiet
    for second in range(26):
        alarm = _later(alarm, board, second)
        assert alarm.urgent == (second >= 10)
        if alarm.sound:
            rung[second] = alarm.sound
    assert rung == {0: NEW_ORDER_SOUND, 10: URGENT_SOUND, 15: URGENT_SOUND, 20: URGENT_SOUND, 25: URGENT_SOUND}
    # A second one does not make the first younger; both seen: still.
    both = replace(board, unseen=frozenset({"order-1", "order-2"}), news=2)
    alarm = _later(alarm, both, 26)
    assert (alarm.urgent, alarm.seconds, alarm.sound) == (True, 26, NEW_ORDER_SOUND)
    alarm = _later(alarm, replace(both, unseen=frozenset()), 40)
    assert (alarm.urgent, alarm.seconds, alarm.sound) == (False, 0, "")


def test_a_call_that_nobody_answers_for_thirty_seconds_rings_twice_as_often() -> None:
    board = BoardSnapshot(user_id="staff-1", help_calls=(HelpCall("h1", "kiosk-1", "cart", NOON),), help_news=1)
    rung = []
    alarm = Alarm()
    for second in range(41):
        alarm = _later(alarm, board, second)
        assert alarm.help_urgent == (second >= 30)
        if alarm.sound:
            assert alarm.sound == HELP_SOUND
            rung.append(second)
    assert rung == [0, 10, 20, 30, 35, 40]
