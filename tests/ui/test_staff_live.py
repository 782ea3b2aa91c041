"""The staff window against the real backend process: what is placed is seen, and what staff do is in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator

import httpx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.backend import BackendProcess
from tests.support.desk_windows import until
from tests.support.staff_station import Customer, station

KEY = Qt.Key


@pytest.fixture
async def customer(backend: BackendProcess) -> AsyncIterator[Customer]:
    async with httpx.AsyncClient(base_url=backend.base_url) as http:
        yield Customer(http)


def _staff(backend: BackendProcess) -> tuple[str, str]:
    account = backend.first_run()["staff"]
    return account["user_id"], account["pin"]


def _manager(backend: BackendProcess) -> tuple[str, str]:
    account = backend.first_run()["manager"]
    return account["user_id"], account["pin"]


def _stored(backend: BackendProcess, order_id: str) -> tuple[str, str | None]:
    """Status and owner as they stand in the database file."""
    connection = sqlite3.connect(backend.data_dir / "mallo.sqlite3")
    try:
        row = connection.execute("SELECT status, assigned_to FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    finally:
        connection.close()
    return row[0], row[1]


async def test_an_order_placed_over_http_becomes_a_ticket_without_refreshing(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    before = await customer.order()
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        await kitchen.shows(before["order_number"])
        assert kitchen.sounds.played == []  # what stood there already makes no noise
        placed = await customer.order(service="to_go")
        await kitchen.shows(placed["order_number"])
        assert kitchen.sounds.played == ["new_order"]
        assert kitchen.window.has("edgeFlash")
        assert kitchen.window.texts("name") == ["프렌치 디너 · 그랜드"] * 2
        assert [text.replace("\u00a0", " ") for text in kitchen.window.texts("differences")] == ["와인 2 (+1)"] * 2


async def test_claim_ready_and_hand_over_by_keyboard_change_the_order_in_the_database(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    me, pin = _staff(backend)
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(me, pin)
        placed = await customer.order()
        number, order_id = placed["order_number"], placed["id"]
        await kitchen.shows(number)
        assert _stored(backend, order_id) == ("received", None)
        kitchen.window.type(str(number))
        steps = (
            (KEY.Key_Return, "preparing", me),
            (KEY.Key_Backspace, "received", None),
            (KEY.Key_Space, "preparing", me),
            (KEY.Key_Space, "ready", me),
            (KEY.Key_Space, "completed", me),
            (KEY.Key_Backspace, "ready", me),  # nothing picked: the one handed over last
        )
        for key, status, owner in steps:
            kitchen.window.press(key)
            await until(lambda: not kitchen.board.snapshot.busy)
            assert _stored(backend, order_id) == (status, owner)
        await until(lambda: kitchen.view.ready.count == 1)


async def test_twenty_orders_are_cooked_by_keyboard_alone_and_stand_so_in_the_database(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    """Each is found by its number, taken, its lines made one by one, said to be ready, handed over."""
    me, pin = _staff(backend)
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(me, pin)
        cake = {"menu_code": "cheese", "style": "simple", "quantity": 1}
        dinner = {"menu_code": "french", "style": "grand", "quantity": 2, "customization": {"wine": 0}}
        placed = await customer.orders(20, dinner, cake)
        await until(lambda: kitchen.view.received.count == 20)
        keys = (KEY.Key_Return, KEY.Key_Period, KEY.Key_Period, KEY.Key_Space, KEY.Key_Space)
        for order in placed:
            kitchen.window.type(str(order["order_number"]))
            for key in keys:
                kitchen.window.press(key)
                await until(lambda: not kitchen.board.snapshot.busy)
        assert {_stored(backend, order["id"]) for order in placed} == {("completed", me)}
        assert all(order.done == (0, 1) for order in kitchen.board.snapshot.handed_over)
        assert kitchen.view.received.count == kitchen.view.preparing.count == kitchen.view.ready.count == 0
        assert not kitchen.view.notice.code


async def test_cancelling_after_the_question_reaches_the_database(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        placed = await customer.order()
        await kitchen.shows(placed["order_number"])
        kitchen.window.press(KEY.Key_Down, KEY.Key_Delete)
        await until(lambda: kitchen.window.has("cancelOrder"))
        kitchen.window.tap(kitchen.window.item("cancelOrder"))
        await until(lambda: not kitchen.window.has(f"ticket{placed['order_number']}"))
        assert _stored(backend, placed["id"])[0] == "cancelled"


async def test_a_killed_backend_is_loud_and_when_it_is_back_nothing_is_lost(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        first = await customer.order()
        await kitchen.shows(first["order_number"])
        backend.kill()
        await until(lambda: kitchen.window.has("lostBanner"))
        kitchen.window.press(KEY.Key_Down, KEY.Key_Return)
        await until(lambda: "연결이 안 돼서" in "".join(kitchen.window.texts("noticeText")))
        assert kitchen.window.has(f"ticket{first['order_number']}")

        backend.restart()
        await until(lambda: kitchen.view.connection == "live")
        assert not kitchen.window.has("lostBanner")
        second = await customer.order()
        await kitchen.shows(second["order_number"])
        assert kitchen.window.has(f"ticket{first['order_number']}")
        kitchen.window.type(str(first["order_number"]))
        kitchen.window.press(KEY.Key_Return)
        await until(lambda: kitchen.view.preparing.count == 1)
        assert _stored(backend, first["id"])[0] == "preparing"


async def test_orders_placed_while_the_line_was_down_are_there_when_it_is_back(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        kitchen.window.press(KEY.Key_Escape)
        backend.kill()
        await until(lambda: kitchen.view.connection == "lost")
        backend.restart()
        placed = [await customer.order() for _ in range(5)]
        await until(lambda: kitchen.view.received.count == 5)
        for order in placed:
            await kitchen.shows(order["order_number"])
        assert "new_order" in kitchen.sounds.played


async def test_a_wrong_pin_is_refused_then_locked_with_the_time_to_wait(qtbot: QtBot, backend: BackendProcess) -> None:
    me, pin = _staff(backend)
    wrong = "000000" if pin != "000000" else "111111"
    async with station(backend.base_url) as kitchen:
        window = kitchen.window
        window.type(me)
        window.press(KEY.Key_Tab)
        for attempt in range(6):
            if kitchen.view.entry.waitSeconds:
                break
            window.type(wrong)
            window.press(KEY.Key_Return)
            await until(lambda: not kitchen.view.entry.busy and kitchen.view.entry.error)
            if attempt == 0:
                assert "맞지 않아요" in window.text("signInProblem")
            assert window.text("pinField") == ""
        assert kitchen.view.entry.waitSeconds > 0
        assert "잠겼어요" in window.text("signInProblem")


async def test_a_backend_out_of_reach_is_told_at_sign_in(qtbot: QtBot, backend: BackendProcess) -> None:
    async with station(backend.base_url) as kitchen:
        backend.stop()
        kitchen.window.type("staff-1")
        kitchen.window.press(KEY.Key_Tab)
        kitchen.window.type("123456")
        kitchen.window.press(KEY.Key_Return)
        await until(lambda: "연결할 수 없어요" in kitchen.window.text("signInProblem"))


async def test_of_two_windows_one_claims_and_the_other_is_told_who(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    async with station(backend.base_url, "kitchen-1") as here, station(backend.base_url, "kitchen-2") as there:
        me, pin = _staff(backend)
        boss, boss_pin = _manager(backend)
        await here.enter(me, pin)
        await there.enter(boss, boss_pin)
        placed = await customer.order()
        number = placed["order_number"]
        await here.shows(number)
        await there.shows(number)

        # Both act on the same version, the second before the first one's news has arrived.
        here.view.claim(placed["id"])
        there.view.bump(placed["id"])
        await until(lambda: not here.board.snapshot.busy and not there.board.snapshot.busy)
        _, owner = _stored(backend, placed["id"])
        winner, loser = (here, there) if owner == me else (there, here)
        await until(lambda: loser.window.has("noticeText"))
        assert f"{number}번은 {owner} 님이 먼저 바꿨어요" in loser.window.text("noticeText")
        assert not winner.window.has("noticeText")
        await until(lambda: loser.window.texts("owner") == [owner])
        assert winner.window.texts("owner") == ["나"]

        # And when the news is there, taking it is refused at once.
        loser.view.claim(placed["id"])
        await until(lambda: loser.window.text("noticeText") == f"{number}번은 {owner} 님이 맡고 있어요.")


async def test_a_help_call_reaches_the_kitchen(qtbot: QtBot, backend: BackendProcess, customer: Customer) -> None:
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        await customer.call_staff("kiosk-door", "cart")
        await until(lambda: kitchen.window.has("helpText"))
        assert "kiosk-door" in kitchen.window.text("helpText")
        assert kitchen.sounds.played == ["alarm"]
        kitchen.window.press(KEY.Key_F1)
        await until(lambda: not kitchen.window.has("helpStrip"))


async def test_two_screens_agree_on_lines_that_are_made_calls_that_are_answered_and_what_is_sold_out(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    me, pin = _staff(backend)
    async with station(backend.base_url, "kitchen-1") as here, station(backend.base_url, "kitchen-2") as there:
        await here.enter(me, pin)
        await there.enter(me, pin)
        placed = await customer.order()
        await here.shows(placed["order_number"])
        here.view.bump(placed["id"])
        await until(lambda: there.view.preparing.count == here.view.preparing.count == 1)
        await until(lambda: not here.board.snapshot.busy)
        here.view.toggleLine(placed["id"], 0)
        await until(lambda: there.board.snapshot.orders[0].done == (0,))
        await customer.call_staff("kiosk-door", "cart")
        await until(lambda: here.view.help.count == there.view.help.count == 1)
        there.view.answerFirstHelp()
        await until(lambda: here.view.help.count == there.view.help.count == 0)
        assert not here.view.notice.code
        here.view.shelf.toggle("cheese")
        await until(lambda: there.view.shelf.missing == here.view.shelf.missing == "치즈 케이크")


async def test_who_goes_out_and_comes_in_again_sees_every_open_order(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    async with station(backend.base_url) as kitchen:
        await kitchen.enter(*_staff(backend))
        first = await customer.order()
        await kitchen.shows(first["order_number"])
        kitchen.window.tap(kitchen.window.item("signOut"))
        await until(lambda: kitchen.window.has("staffSignIn"))
        second = await customer.order()
        await kitchen.enter(*_staff(backend))
        await kitchen.shows(first["order_number"])
        await kitchen.shows(second["order_number"])


async def test_a_manager_gives_an_order_to_somebody_whose_window_rings(
    qtbot: QtBot, backend: BackendProcess, customer: Customer
) -> None:
    me, pin = _staff(backend)
    async with station(backend.base_url, "kitchen-1") as kitchen, station(backend.base_url, "office-1") as office:
        await kitchen.enter(me, pin)
        await office.enter(*_manager(backend))
        placed = await customer.order()
        number = placed["order_number"]
        for one in (kitchen, office):
            await one.shows(number)
        kitchen.window.activate()
        kitchen.window.press(KEY.Key_Escape)  # somebody has seen that it is new
        await until(lambda: not kitchen.board.snapshot.unseen)
        rung = len(kitchen.sounds.played)
        assert not kitchen.view.give.may, "staff take orders themselves"
        await until(lambda: office.view.give.may)
        office.window.activate()
        office.window.type(str(number))
        office.window.press(KEY.Key_F4)
        await until(lambda: office.window.has("givePanel"))
        row = next(row for row in office.view.give.rows.rows if row.user_id == me)
        office.window.type(str(row.number))
        await until(lambda: kitchen.window.has("given"))
        assert kitchen.sounds.played[rung:] == ["new_order"]
        assert kitchen.window.has("edgeFlash")
        assert kitchen.window.text("owner") == "나"
        assert _stored(backend, placed["id"]) == ("received", me)
        await until(lambda: office.window.text("owner") == me)
        assert not office.window.has("given")
        kitchen.window.activate()
        kitchen.window.press(KEY.Key_Escape)
        await until(lambda: not kitchen.window.has("given"))
