"""The manager's window in real QML: signing in, the engines' state, the connections; on doubles and for real."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kiosk.api.client import BackendClient
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, LocalCode
from kiosk.manager.engine_model import EngineModel, engines_of
from kiosk.manager.manager_model import ManagerModel
from kiosk.services.bundle import ManagerServices
from kiosk.services.shop import Shop
from kiosk.settings import KioskSettings
from shared.auth import UserType
from shared.health import Capability, EngineState
from shared.problems import ProblemCode
from tests.fakes.manager_desk import OFFLINE, ManagersDesk, engine
from tests.fakes.staff_desk import FakeSounds
from tests.support.backend import BackendProcess
from tests.support.desk_windows import DeskWindow, desk_window, until
from tests.support.staff_station import station

KEY = Qt.Key


@asynccontextmanager
async def _window(services: ManagerServices, look_again: float = 0.05) -> AsyncIterator[tuple[DeskWindow, Any]]:
    model = ManagerModel(services, look_again=look_again)
    try:
        with desk_window("Manager", model) as window:
            yield window, cast("Any", model)
    finally:
        await model.close()


def _enter(window: DeskWindow, user: str, pin: str) -> None:
    window.activate()
    window.type(user)
    window.press(KEY.Key_Tab)
    window.type(pin)
    window.press(KEY.Key_Return)


def test_each_capability_has_a_row_and_the_first_that_is_ready_is_in_use() -> None:
    told = [
        engine(Capability.IMAGE, "resvg"),
        engine(Capability.LANGUAGE, "gemini", EngineState.MISCONFIGURED, reason="no key"),
        engine(Capability.LANGUAGE, "offline"),
        engine(Capability.LANGUAGE, "spare"),
        engine(Capability.TEXT_TO_SPEECH, "espeak-ng", EngineState.UNAVAILABLE),
    ]
    rows = [(row.capability, row.engine, row.in_use, row.missing) for row in engines_of(told)]
    assert rows == [
        ("language", "gemini", False, False),
        ("language", "offline", True, False),
        ("language", "spare", False, False),
        ("speech_to_text", "", False, True),
        ("text_to_speech", "espeak-ng", False, False),
        ("image", "resvg", True, False),
    ]


def test_engines_are_told_row_by_row(qtbot: QtBot) -> None:
    model = EngineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = engines_of(OFFLINE)
    for wanted in (rows, rows[:2], rows[1:], [*rows, rows[0]], []):
        model.show(wanted)
        assert model.rowCount() == len(wanted)
    del tester


async def test_a_manager_sees_engines_and_connections(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.engines = (*OFFLINE[:1], *OFFLINE[2:])
    async with _window(desk.services) as (window, model):
        _enter(window, "manager", "654321")
        await until(lambda: window.has("overview") and model.connection == "live")
        await until(lambda: window.has("engine_image"))
        assert window.texts("engineState") == ["쓰는 중", "없음", "쓰는 중", "쓰는 중"]
        assert [window.item(name).property("value") for name in ("customers", "staff", "managers")] == [3, 2, 1]
        assert "쓸 수 없는 엔진" in window.text("serverStatus")
        desk.backend.engines = OFFLINE
        await until(lambda: window.texts("engineState") == ["쓰는 중"] * 4)
        assert window.text("serverStatus") == "모두 잘 돌아가고 있어요."
        assert "다음 판" in window.text("later")


async def test_a_wrong_pin_and_a_member_of_staff_are_refused(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    async with _window(desk.services) as (window, model):
        _enter(window, "manager", "111111")
        await until(lambda: "맞지 않아요" in window.text("signInProblem"))
        desk.backend.user_type = UserType.STAFF
        window.type("654321")
        window.press(KEY.Key_Return)
        await until(lambda: "이 창을 쓸 수 없어요" in window.text("signInProblem"))
        assert model.screen == "sign_in"


async def test_a_backend_that_falls_silent_is_told_and_comes_back(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    async with _window(desk.services) as (window, model):
        _enter(window, "manager", "654321")
        await until(lambda: model.connection == "live")
        desk.backend.failing = KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
        await until(lambda: window.has("managerLost"))
        assert model.engines.rowCount() == 4
        desk.backend.failing = None
        await until(lambda: not window.has("managerLost"))


@pytest.mark.parametrize("code", [ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN])
async def test_a_token_that_has_run_out_leads_back_to_the_sign_in(qtbot: QtBot, code: ProblemCode) -> None:
    desk = ManagersDesk()
    async with _window(desk.services) as (window, model):
        _enter(window, "manager", "654321")
        await until(lambda: model.connection == "live")
        desk.backend.failing = KioskError(code)
        await until(lambda: window.has("managerSignIn"))
        assert model.entry.error == code.value
        looks = desk.backend.looks
        await until(lambda: model.screen == "sign_in")
        assert desk.backend.looks == looks


async def test_going_out_leaves_nothing_behind(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    async with _window(desk.services) as (window, model):
        _enter(window, "manager", "654321")
        await until(lambda: model.connection == "live")
        model.setLanguage("en")
        window.tap(window.item("signOut"))
        await until(lambda: window.has("managerSignIn"))
        assert (model.user, model.engines.rowCount(), model.language, desk.languages) == ("", 0, "en", ["en"])


async def test_against_the_real_backend_the_kitchens_window_is_counted(qtbot: QtBot, backend: BackendProcess) -> None:
    first_run = backend.first_run()
    link = BackendLink(backend.base_url)
    client = BackendClient(link, "office-1")
    shop = Shop(client)
    services = ManagerServices(KioskSettings.model_validate({}), link, client, shop, FakeSounds(), lambda _: None)
    async with _window(services) as (window, model), station(backend.base_url) as kitchen:
        _enter(window, first_run["manager"]["user_id"], first_run["manager"]["pin"])
        await until(lambda: model.connection == "live")
        assert model.engines.rowCount() >= len(Capability)
        assert (model.database, model.staff) == ("ok", 0)
        await kitchen.enter(first_run["staff"]["user_id"], first_run["staff"]["pin"])
        await until(lambda: window.item("staff").property("value") == 1)
        backend.kill()
        await until(lambda: window.has("managerLost"))
    await shop.close()
    await client.close()
