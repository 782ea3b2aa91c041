"""The staff window's view models, without a window."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from kiosk.errors import KioskError, LocalCode
from kiosk.staff.alarm import SOUNDS
from kiosk.staff.help_model import HelpModel, HelpView
from kiosk.staff.staff_model import StaffModel
from kiosk.staff.ticket_model import TicketModel
from kiosk.staff.tickets import MenuWords, Ticket, ticket_of
from shared.orders import OrderStatus
from shared.problems import ProblemCode
from tests.fakes.staff_desk import FakeDesk
from tests.support.desk_windows import ROOT
from tests.support.kitchen import NOON, line, order, shop_menu

Shown = Any  # PySide6's stubs tell nothing of what a Property yields
WORDS = MenuWords(shop_menu(), "ko")


def _tester(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def _role(model: QAbstractItemModel, name: str) -> int:
    return next(role for role, known in model.roleNames().items() if known.data() == name.encode())


def _ticket(number: int, minutes_ago: float = 0, **changes: bool) -> Ticket:
    flags = {"fresh": False, "busy": False} | changes
    return ticket_of(order(number, minutes_ago=minutes_ago), WORDS, "staff-1", NOON, **flags)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def model(qtbot: QtBot, desk: FakeDesk) -> Iterator[StaffModel]:
    made = StaffModel(desk.services, clock=desk.clock)
    yield made
    made.close()


# Lists.


@pytest.mark.parametrize("seed", range(10))
def test_any_change_of_a_column_is_told_row_by_row_and_never_by_a_reset(qtbot: QtBot, seed: int) -> None:
    model = TicketModel()
    tester = _tester(model)
    resets = QSignalSpy(model.modelReset)
    dice = random.Random(seed)  # noqa: S311 - a seeded game
    for _ in range(40):
        tickets = [_ticket(number, dice.choice((0, 6)), busy=dice.random() < 0.2) for number in range(12)]
        wanted = dice.sample(tickets, dice.randint(0, len(tickets)))
        model.show(wanted)
        assert list(model.rows) == wanted
        assert model.rowCount() == len(wanted)
    assert resets.count() == 0
    del tester


def test_a_ticket_that_stays_the_same_is_not_touched(qtbot: QtBot) -> None:
    model = TicketModel()
    model.show([_ticket(1), _ticket(2)])
    changed, inserted, moved = (
        QSignalSpy(model.dataChanged),
        QSignalSpy(model.rowsInserted),
        QSignalSpy(model.rowsMoved),
    )
    model.show([_ticket(1), _ticket(2), _ticket(3)])
    assert (changed.count(), inserted.count(), moved.count()) == (0, 1, 0)
    model.show([_ticket(1), _ticket(2, 6), _ticket(3)])
    assert changed.count() == 1
    assert changed.at(0)[2] == [_role(model, "minutes"), _role(model, "age")]


def test_roles_are_what_qml_can_read(qtbot: QtBot) -> None:
    model = TicketModel()
    placed = order(7, line("french", "grand", 2, {"wine": 2}))
    model.show([ticket_of(placed, WORDS, "", NOON, fresh=True, busy=False)])
    first = model.index(0)
    assert first.data(_role(model, "lines")) == [
        {
            "quantity": 2,
            "name": "프렌치 디너",
            "style": "그랜드",
            "changes": [{"name": "와인", "count": 2, "default": 1}],
            "cake": None,
            "done": False,
        }
    ]
    assert first.data(_role(model, "status")) == "received"
    assert first.data(0) is None
    assert QModelIndex().data(_role(model, "number")) is None


def test_help_calls_are_told_row_by_row(qtbot: QtBot) -> None:
    model = HelpModel()
    tester = _tester(model)
    first, second = HelpView("h1", "kiosk-1", "cart", 1), HelpView("h2", "kiosk-2", "", 0)
    model.show([first])
    model.show([first, second])
    model.show([HelpView("h1", "kiosk-1", "cart", 2), second])
    assert [call.seconds for call in model.rows] == [2, 0]
    model.show([second])
    model.show([])
    assert model.rowCount() == 0
    del tester


# Signing in.


def test_a_wrong_pin_is_told_and_the_right_one_opens_the_board(model: Shown, desk: FakeDesk) -> None:
    refused = QSignalSpy(model.entry.refused)
    model.entry.submit("staff-1", "000000")
    assert (model.screen, model.entry.error, refused.count()) == ("sign_in", "wrong_credentials", 1)
    model.entry.submit("staff-1", "999999")
    assert refused.count() == 2
    model.entry.submit(" staff-1 ", "123456")
    assert (model.screen, model.user, model.entry.error) == ("board", "staff-1", "")


def test_a_lock_counts_down_and_nothing_is_sent_before_it_opens(model: Shown, desk: FakeDesk) -> None:
    desk.board.refuse_with = KioskError(ProblemCode.LOCKED_OUT, params={"retry_after_seconds": 30})
    model.entry.submit("staff-1", "000000")
    assert model.entry.waitSeconds == 30
    desk.board.refuse_with = None
    desk.board.asked.clear()
    assert (model.entry.lockedUser, model.entry.error) == ("staff-1", "locked_out")
    desk.clock.forward(29.5)
    model.tick()
    model.entry.submit("staff-1", "123456")
    assert (model.entry.waitSeconds, desk.board.asked) == (1, [])
    desk.clock.forward(1)
    model.tick()
    model.entry.submit("staff-1", "123456")
    assert (model.entry.waitSeconds, model.screen) == (0, "board")


def test_signing_out_leaves_nothing_behind(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(1))
    model.pick("order-1")
    model.signOut()
    assert (model.screen, model.selected, model.received.count, model.lastUpdate) == ("sign_in", "", 0, "")


def test_a_lock_is_one_persons_and_others_come_in(model: Shown, desk: FakeDesk) -> None:
    desk.board.refuse_with = KioskError(ProblemCode.LOCKED_OUT, params={"retry_after_seconds": 900})
    model.entry.submit("staff-1", "000000")
    desk.board.refuse_with = None
    model.entry.submit("staff-2", "123456")
    assert (model.screen, model.user) == ("board", "staff-2")


# Picking.


def test_digits_pick_by_number_ending_and_beginning(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(127, minutes_ago=3), order(21, minutes_ago=2), order(1, minutes_ago=1))
    for typed, picked in (("1", "order-1"), ("2", "order-127"), ("7", "order-127")):
        model.typeDigit(typed)
        assert model.selected == picked
    desk.clock.forward(2)
    model.typeDigit("2")
    assert (model.typed, model.selected) == ("2", "order-21")
    model.typeDigit("9")
    assert (model.typedFound, model.selected) == (False, "")
    desk.clock.forward(2)
    model.tick()
    assert model.typed == ""


def test_arrows_walk_over_the_board(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(1, minutes_ago=9), order(2, minutes_ago=8), order(3, minutes_ago=7, status=OrderStatus.READY))
    walked = []
    for across, down in ((0, 1), (0, 1), (0, 1), (1, 0), (1, 0), (-1, 0), (0, -1)):
        model.move(across, down)
        walked.append(model.selected)
    assert walked == ["order-1", "order-2", "order-2", "order-3", "order-3", "order-1", "order-1"]


def test_with_nothing_picked_a_key_picks_the_oldest_and_does_nothing_yet(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    model.claim()
    assert model.notice.code == "pick_first"
    desk.board.hold(order(1, minutes_ago=2), order(2))
    model.bump()
    assert (model.selected, desk.board.asked) == ("order-1", [])


# Acting.


def test_a_ticket_goes_through_the_kitchen_and_back(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5))
    model.pick("order-5")
    model.claim()
    assert (model.received.count, model.preparing.count, model.selected) == (0, 1, "order-5")
    assert model.preparing.rows[0].mine
    model.bump()
    model.bump()
    assert (model.ready.count, model.handedOver.count, model.selected) == (0, 1, "")
    model.recall()
    assert model.ready.count == 1
    model.recall("order-5")
    model.recall("order-5")
    model.recall("order-5")
    assert (model.received.count, model.notice.code) == (1, "nothing_to_recall")
    assert [action for action, _ in desk.board.asked] == ["claim", "bump", "bump", "recall", "recall", "recall"]


def test_what_somebody_else_cooks_cannot_be_claimed(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5, status=OrderStatus.PREPARING, assigned_to="staff-2"))
    model.claim("order-5")
    assert (model.notice.code, model.notice.number, model.notice.who) == ("taken", 5, "staff-2")
    assert desk.board.asked == []


def test_a_conflict_says_who_was_quicker_and_goes_away(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5, assigned_to="staff-2", status=OrderStatus.PREPARING))
    desk.board.refuse_with = KioskError(ProblemCode.CONFLICT, params={"changed_by": "staff-3"})
    model.bump("order-5")
    shown = model.notice
    assert (shown.code, shown.number, shown.who, shown.status) == ("conflict", 5, "staff-3", "preparing")
    desk.clock.forward(11)
    model.tick()
    assert shown.code == ""


def test_a_change_on_its_way_is_not_sent_twice(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5))
    desk.board.slow = True
    model.bump("order-5")
    model.bump("order-5")
    assert desk.board.asked == [("bump", "order-5")]
    assert model.received.rows[0].busy


def test_cancelling_asks_first(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5), order(6, status=OrderStatus.READY))
    model.askCancel("order-6")
    assert (model.asking, model.notice.code) == (0, "too_late_to_cancel")
    model.askCancel("order-5")
    assert model.asking == 5
    model.clear()
    assert (model.asking, desk.board.asked) == (0, [])
    model.askCancel("order-5")
    model.confirmCancel()
    assert (desk.board.asked, model.received.count, model.asking) == ([("cancel", "order-5")], 0, 0)


def test_an_order_that_goes_away_takes_the_question_with_it(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5))
    model.askCancel("order-5")
    desk.board.hold()
    assert (model.asking, model.selected) == (0, "")
    model.confirmCancel()
    assert desk.board.asked == []


def test_out_of_reach_is_told(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5))
    desk.board.refuse_with = KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
    model.bump("order-5")
    assert model.notice.code == "backend_unreachable"


# Being told.


def test_a_new_order_sounds_until_somebody_has_come(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.arrive(order(5))
    assert (model.alarm.attention, desk.sounds.played) == (True, ["new_order"])
    desk.clock.forward(11)
    model.tick()
    assert desk.sounds.played == ["new_order", "urgent"]
    model.acknowledge()
    desk.clock.forward(11)
    model.tick()
    assert (model.alarm.attention, desk.sounds.played) == (False, ["new_order", "urgent"])


def test_a_help_call_sounds_until_it_is_answered(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.call_help("h1")
    model.acknowledge()
    desk.clock.forward(11)
    model.tick()
    assert (model.help.count, desk.sounds.played) == (1, ["alarm"] * 2)
    model.answerFirstHelp()
    model.answerFirstHelp()
    assert (model.help.count, desk.board.asked) == (0, [("answer_help", "h1")])


def test_the_sounds_are_there() -> None:
    for name in SOUNDS:
        assert (ROOT / "assets" / "sounds" / f"{name}.wav").read_bytes()[:4] == b"RIFF"


def test_the_last_update_stands_still_while_the_connection_is_lost(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    last = model.lastUpdate
    desk.board.lose()
    desk.clock.forward(90)
    model.tick()
    assert (model.connection, model.lastUpdate) == ("lost", last)
    desk.board.enter()
    assert (model.connection, model.lastUpdate) != ("lost", last)


def test_language_changes_names_too(model: Shown, desk: FakeDesk) -> None:
    desk.board.enter()
    desk.board.hold(order(5))
    model.setLanguage("en")
    assert (model.language, desk.languages) == ("en", ["en"])
    assert model.received.rows[0].lines[0].name == "French Dinner"


def test_closed_it_listens_no_more(model: Shown, desk: FakeDesk) -> None:
    model.close()
    model.close()
    desk.board.enter()
    assert model.screen == "sign_in"
