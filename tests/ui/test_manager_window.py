"""The manager's window in real QML: signing in, the engines' state, what they cost, the connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kiosk.api.client import BackendClient
from kiosk.api.event_stream import EventStream
from kiosk.api.link import BackendLink
from kiosk.api.studio import StudioClient
from kiosk.errors import KioskError, LocalCode
from kiosk.manager.cost_model import CostView, cost_of
from kiosk.manager.engine_model import EngineModel, engines_of
from kiosk.manager.manager_model import ManagerModel
from kiosk.manager.outage_model import OutageModel
from kiosk.manager.watch import WatchTimes
from kiosk.services.bundle import ManagerServices
from kiosk.services.shop import Shop
from kiosk.settings import KioskSettings
from shared.auth import UserType
from shared.health import Capability, EngineState, ModelNotice
from shared.messages import Topic
from shared.problems import ProblemCode
from tests.fakes.manager_desk import CLOUD, OFFLINE, TODAY, ManagersDesk, chains, engine, off, usage, waited, with_state
from tests.fakes.staff_desk import FakeSounds
from tests.support.backend import BackendProcess
from tests.support.desk_windows import DeskWindow, desk_window, until
from tests.support.kitchen import NOON
from tests.support.staff_station import station

KEY = Qt.Key


@asynccontextmanager
async def _window(services: ManagerServices, look: float = 0.05) -> AsyncIterator[tuple[DeskWindow, Any]]:
    model = ManagerModel(services, clock=lambda: NOON, times=WatchTimes(look=look, usage=look))
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
    rows = [(row.capability, row.engine, row.in_use, row.missing) for row in engines_of(told, TODAY)]
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
    rows = engines_of(OFFLINE, TODAY)
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
        assert not window.has("cost")
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


ALL = chains(*CLOUD)


async def _signed_in(window: DeskWindow, model: Any) -> None:
    _enter(window, "manager", "654321")
    await until(lambda: window.has("overview") and model.connection == "live" and window.has("engine_image"))


def _texts_of(window: DeskWindow, capability: str, vendor: str, name: str) -> list[str]:
    """Texts called ``name`` in one engine's row."""
    row = window.item(f"engine_{capability}_{vendor}")
    return [str(item.property("text")) for item in window.items(name) if row.isAncestorOf(item)]


async def test_a_vendor_that_goes_down_is_told_live_with_why_and_what_to_do(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.engines = ALL
    async with _window(desk.services, look=60) as (window, model):
        await _signed_in(window, model)
        assert not window.has("outageBar")
        desk.backend.engines = with_state(ALL, "gemini", EngineState.UNAVAILABLE, "no_answer")
        desk.live.tell(Topic.ENGINE_CHANGED, {"capability": "language", "engine": "gemini"})
        await until(lambda: window.has("outageBar"))
        assert window.text("outageWhy") == "Gemini (말 알아듣기, 그림 그리기): 답이 없어요."
        assert window.text("outageNow").startswith("인터넷 연결을 확인해 주세요.")
        assert "그동안 손님에게는 내장 규칙, resvg 엔진이 답해요." in window.text("outageNow")
        assert "대신해요" in window.text("serverStatus")
        assert not model.outages.alone
        desk.backend.engines = ALL
        desk.live.tell(Topic.ENGINE_CHANGED, {"capability": "language", "engine": "gemini"})
        await until(lambda: not window.has("outageBar"))
        assert window.text("serverStatus") == "모두 잘 돌아가고 있어요."


async def test_what_was_put_away_comes_back_only_when_it_happens_again(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    down = with_state(ALL, "openai", EngineState.UNAVAILABLE, "quota")
    desk.backend.engines = down
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        await until(lambda: window.has("outageBar"))
        window.tap(window.item("outageClose"))
        assert not window.has("outageBar")
        looks = desk.backend.looks
        await until(lambda: desk.backend.looks > looks + 2)
        assert not window.has("outageBar")
        assert _texts_of(window, "speech_to_text", "openai", "engineState") == ["쓸 수 없음"]
        desk.backend.engines = ALL
        await until(lambda: not model.outages.any)
        desk.backend.engines = down
        await until(lambda: window.has("outageBar"))
        desk.backend.engines = with_state(ALL, "openai", EngineState.MISCONFIGURED, "wrong_key")
        await until(lambda: "OPENAI_API_KEY" in window.text("outageNow"))


async def test_nobody_in_its_place_is_louder(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.engines = with_state(OFFLINE, "espeak-ng", EngineState.UNAVAILABLE, "crashed")
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        await until(lambda: window.has("outageBar") and model.outages.alone)
        assert "손님은 답을 화면에서 글자로 봐요." in window.text("outageNow")
        assert _texts_of(window, "text_to_speech", "espeak-ng", "meanwhile") == ["손님은 답을 화면에서 글자로 봐요."]


async def test_what_was_never_set_up_is_calm_and_says_how_to_switch_it_on(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.engines = chains(*(off(one.capability, one.engine) for one in CLOUD))
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        assert not window.has("outageBar")
        assert not model.outages.any
        assert _texts_of(window, "language", "gemini", "engineState") == ["꺼짐"]
        assert _texts_of(window, "language", "offline", "engineState") == ["쓰는 중"]
        assert _texts_of(window, "language", "gemini", "explanation") == [
            "API 키가 없어요. GEMINI_API_KEY(또는 MALLO_GEMINI_API_KEY)를 설정하고 다시 시작하면 켜져요."
        ]
        assert window.texts("deaf") == ["지금 한국어를 듣는 엔진이 없어요. 손님은 글자나 화면으로 주문할 수 있어요."]


async def test_models_that_are_gone_or_end_soon(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    notices = (
        ModelNotice(code="model_retired", model="gemini-2.0-flash"),
        ModelNotice(code="model_ends_soon", model="gemini-3.8-flash", ends=date(2027, 1, 6)),
    )
    desk.backend.engines = chains(CLOUD[0].model_copy(update={"warnings": notices}))
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        left = (date(2027, 1, 6) - TODAY).days
        assert window.texts("warning") == [
            "gemini-2.0-flash 모델이 없어져서 gemini-3.8-flash 모델을 써요.",
            f"gemini-3.8-flash 모델은 2027년 1월 6일에 끝나요. {left}일 남았어요. "
            "MALLO_GEMINI_LANGUAGE_MODELS에 다음 모델을 적어 주세요.",
        ]
        assert not window.has("outageBar")


async def test_what_the_day_cost(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.used = usage(("gemini", "gemini-3.8-flash", 310_000), ("openai", "gpt-new", None), before=1_000_000)
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        await until(lambda: window.has("cost"))
        assert window.text("costToday") == "오늘 쓴 비용 $0.31"
        assert window.text("costWhole") == "오늘 20번 불렀어요 · 최근 30일 $1.31"
        assert window.text("costUnpriced") == "가격표에 없는 모델은 빠져 있어요."
        assert window.text("costModels") == "gpt-new"
        desk.backend.used = usage(("gemini", "gemini-3.8-flash", 4_000))
        await until(lambda: window.text("costToday") == "오늘 쓴 비용 $0.01 미만")
        assert not window.has("costUnpriced")
        desk.backend.used = None
        window.tap(window.item("signOut"))
        await until(lambda: window.has("managerSignIn"))
        assert not model.cost.known


def test_what_has_no_price_is_not_a_cost_of_nothing() -> None:
    assert cost_of(usage()) == CostView(known=True, days=30)
    told = cost_of(usage(("openai", "b", None), ("openai", "a", None)))
    assert (told.today, told.requests, told.unpriced) == (0.0, 20, ("a", "b"))


def test_only_the_engine_that_ought_to_serve_is_an_outage(qtbot: QtBot) -> None:
    model: Any = OutageModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    second = (*CLOUD[:2], CLOUD[2].model_copy(update={"state": EngineState.UNAVAILABLE, "reason": "timeout"}))
    model.follow(engines_of(chains(*second), TODAY))
    assert model.rows == ()
    without_first = (off(Capability.SPEECH_TO_TEXT, "openai"), second[2])
    model.follow(engines_of(chains(*without_first), TODAY))
    assert [(row.engine, row.reason, row.instead, row.deaf) for row in model.rows] == [
        ("gemini", "timeout", ("pocketsphinx",), ("speech_to_text",))
    ]
    both = with_state(ALL, "gemini", EngineState.UNAVAILABLE, "timeout")
    for wanted in (both, with_state(both, "openai", EngineState.MISCONFIGURED, "region"), ALL, OFFLINE[:1], both):
        model.follow(engines_of(wanted, TODAY))
    model.dismiss()
    assert model.rows == ()
    del tester


async def test_keys_move_a_list_that_is_too_long(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.engines = with_state(
        with_state(ALL, "gemini", EngineState.UNAVAILABLE, "timeout"), "openai", EngineState.MISCONFIGURED, "wrong_key"
    )
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        await until(lambda: window.item("engines").property("cut"))
        window.item("engines").forceActiveFocus(Qt.FocusReason.TabFocusReason)
        window.press(KEY.Key_PageDown)
        assert window.item("engines").property("viewTop") > 0
        window.press(KEY.Key_PageUp)
        assert window.item("engines").property("viewTop") == 0


async def test_against_the_real_backend_the_kitchens_window_is_counted(qtbot: QtBot, backend: BackendProcess) -> None:
    first_run = backend.first_run()
    link = BackendLink(backend.base_url)
    client = BackendClient(link, "office-1")
    shop = Shop(client)
    live = EventStream(link, "office-1")
    settings, studio = KioskSettings.model_validate({}), StudioClient(client)
    services = ManagerServices(settings, link, client, studio, live, shop, FakeSounds(), lambda _: None)
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


async def test_how_long_customers_wait(qtbot: QtBot) -> None:
    desk = ManagersDesk()
    desk.backend.used = usage()
    async with _window(desk.services) as (window, model):
        await _signed_in(window, model)
        assert not window.has("waits")
        desk.backend.used = usage().model_copy(update={"voice": waited()})
        await until(lambda: window.has("waits"))
        assert window.text("waitTurns") == "말로 한 대화 214번 · 그중 131번은 모델 없이"
        QAbstractItemModelTester(model.waits, QAbstractItemModelTester.FailureReportingMode.Fatal)
        rows = model.waits.rowCount()
        assert rows == 7
        roles = {name.data(): role for role, name in model.waits.roleNames().items()}
        assert model.waits.data(model.waits.index(0), roles[b"span"]) == "total"
        assert str(window.item("wait_total").property("half")) == "0.64"
        model.signOut()
        assert model.waits.rowCount() == 0
