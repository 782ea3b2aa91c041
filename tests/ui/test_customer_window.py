"""The customer window when things go wrong, and what every customer may do anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import JsonValue
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kiosk.errors import KioskError, LocalCode
from shared.messages import Notification, Topic
from shared.orders import BoardResponse, HelpMode
from shared.problems import ProblemCode
from tests.fakes.shop_counter import NOON, line
from tests.fakes.sound_devices import SILENCE, SPEECH, heard
from tests.support.customer_window import Customer, customer_window


@pytest.fixture
async def customer(tmp_path: Path, translations: Path, qtbot: QtBot) -> AsyncIterator[Customer]:
    async with customer_window(tmp_path, translations) as opened:
        yield opened


async def test_idle_customer_is_asked_and_stays_by_one_tap(customer: Customer) -> None:
    screen, services = customer.screen, customer.counter.services
    await screen.tap("start")
    services.order.add(line("french"))
    services.idle.advance(61)
    await screen.until(lambda: screen.look("idleQuestion") is not None)
    assert any("아직 계신가요" in said for said in await spoken(customer))
    await screen.tap("stillHere")
    await screen.until(lambda: screen.look("idleQuestion") is None)
    assert customer.model.cart.count == 1


async def spoken(customer: Customer) -> list[str]:
    await customer.screen.until(lambda: bool(customer.counter.backend.said))
    return customer.counter.backend.said


async def test_idle_customer_is_wiped_with_all_that_was_theirs(customer: Customer) -> None:
    screen, model, services = customer.screen, customer.model, customer.counter.services
    await screen.tap("start")
    await screen.tap("bar_contrast")
    await screen.tap("bar_language")
    services.order.add(line("french"))
    await screen.until(lambda: model.cart.priced)
    await screen.until(lambda: not services.voice.busy)
    services.idle.advance(61)
    await screen.until(lambda: not services.voice.busy)
    services.idle.advance(31)
    await customer.page("attract")
    assert services.order.snapshot.lines == ()
    assert (model.display.language, model.display.highContrast) == ("ko", False)
    assert (model.voice.transcript, model.voice.caption, model.keyboard.text) == ("", "", "")
    await screen.until(lambda: bool(customer.counter.backend.ended))


async def test_lost_backend_is_told_and_the_cart_is_kept(customer: Customer) -> None:
    screen, model, counter = customer.screen, customer.model, customer.counter
    await screen.tap("start")
    counter.services.order.add(line("french", "grand"))
    await screen.until(lambda: model.cart.priced)
    counter.backend.down = True
    counter.link.down()
    await screen.until(lambda: screen.look("backendLost") is not None)
    assert model.cart.count == 1
    counter.backend.down = False
    counter.link.up("http://127.0.0.1:1")
    await screen.until(lambda: screen.look("backendLost") is None)
    await screen.tap("toCart")
    await screen.tap("place")
    await customer.page("placed")
    assert len(counter.backend.placed) == 1


async def test_missing_microphone_says_what_why_and_how(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.ear.trouble = KioskError(LocalCode.NO_MICROPHONE)
    await screen.tap("startTalking")
    await screen.until(lambda: screen.look("problem") is not None)
    banner = screen.find("problem")
    assert banner.property("title") == "마이크를 찾을 수 없어요."
    assert "글자로 입력" in str(banner.property("body"))
    assert any("마이크" in said for said in await spoken(customer)), "seen and heard"
    await screen.until(lambda: not counter.services.voice.busy)
    assert screen.look("problem") is not None, "what is said about it does not take it away"
    await screen.tap("bannerClose")
    await screen.until(lambda: screen.look("problem") is None)


async def test_a_microphone_that_is_switched_off_is_told_to_the_customer_and_once_to_staff(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    for _ in range(2):
        counter.ear.trouble = KioskError(LocalCode.MICROPHONE_SILENT)
        customer.model.start_talking()
        await screen.until(lambda: screen.look("problem") is not None)
        assert screen.find("problem").property("title") == "마이크가 꺼져 있는 것 같아요."
        assert screen.text_of("bannerAction") == "글자로 적기"
        await screen.until(lambda: counter.backend.helped == ["microphone"])
        customer.model.start_over()


async def test_a_microphone_that_is_set_too_loud_is_told_to_staff_alone_and_once(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    voice = counter.services.voice
    for _ in range(2):
        customer.model.start_talking()
        await screen.until(lambda: voice.snapshot.ready)
        counter.ear.give([heard(SPEECH, clipped=True)] * 120)
        await screen.until(lambda: voice.snapshot.overdriven and bool(counter.backend.helped))
        assert counter.backend.helped == ["microphone_loud"]
        assert screen.look("problem") is None
        customer.model.start_over()
        assert not voice.snapshot.overdriven


async def test_nobody_is_listened_to_on_the_attract_screen(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await screen.tap("startTalking")
    await screen.until(lambda: counter.ear.open_now and counter.services.voice.snapshot.open)
    customer.model.start_over()
    await screen.until(lambda: not counter.ear.open_now)
    await screen.tap("startTalking")
    await screen.until(lambda: counter.ear.open_now and counter.services.voice.busy)
    counter.ear.hear(SILENCE, 1.0)
    await screen.until(lambda: not counter.services.voice.busy)
    assert counter.ear.open_now
    counter.services.idle.advance(1_000)
    await customer.page("attract")
    await screen.until(lambda: not counter.ear.open_now)
    assert not counter.services.voice.snapshot.open


async def test_refused_order_is_told_and_can_be_tried_again(customer: Customer) -> None:
    screen, model, counter = customer.screen, customer.model, customer.counter
    await screen.tap("start")
    counter.services.order.add(line("french"))
    await screen.tap("toCart")
    counter.backend.before_place = KioskError(ProblemCode.SOLD_OUT)
    await screen.until(lambda: model.cart.priced and model.cart.canPlace)
    await screen.tap("place")
    await screen.until(lambda: screen.look("problem") is not None)
    assert screen.find("problem").property("title") == "고르신 메뉴가 방금 품절됐어요."
    assert model.page == "cart"


async def test_sold_out_is_seen_at_once_and_cannot_be_opened(customer: Customer) -> None:
    screen, model, counter = customer.screen, customer.model, customer.counter
    await screen.tap("start")
    counter.backend.sold_out = {"english"}
    counter.services.shop.heard(notice("english"))
    await screen.until(lambda: not screen.find("card_english").isEnabled())
    assert "품절" in screen.text_of("card_english")
    model.open_item("english")
    await customer.page("item")
    await screen.tap("style_simple")
    assert not model.item.canAdd


def notice(code: str) -> Notification:
    data = {"code": code, "sold_out": True}
    return Notification.model_validate({"id": 1, "topic": Topic.CATALOGUE_CHANGED, "at": NOON, "data": data})


def told(topic: Topic, **data: JsonValue) -> Notification:
    return Notification(id=1, topic=topic, at=NOON, data=data)


async def test_language_switches_words_of_screen_and_catalogue(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    await screen.tap("bar_language")
    assert screen.text_of("bar_help") == "Staff"
    assert screen.text_of("card_french") == "French Dinner, ₩48,000"
    assert customer.counter.languages == ["en"]
    await screen.tap("bar_language")
    assert screen.text_of("bar_help") == "직원 호출"
    assert screen.text_of("card_french") == "프렌치 디너, 48,000원"


async def test_help_is_called_once_and_told(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await screen.tap("start")
    await screen.tap("bar_help")
    await screen.until(lambda: screen.look("helpDialog") is not None)
    assert counter.backend.helped == ["menu"]
    await screen.tap("helpClose")
    assert customer.model.page == "menu"


async def test_staff_see_that_who_called_works_by_keys(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await screen.tap("start")
    await screen.key(Qt.Key.Key_Tab)
    screen.find("bar_help").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    await screen.key(Qt.Key.Key_Space)
    await screen.until(lambda: screen.look("helpDialog") is not None)
    assert counter.backend.helped_with == [(HelpMode.KEYS, ())]
    await screen.key(Qt.Key.Key_Space)
    await screen.until(lambda: screen.look("helpDialog") is None)
    await screen.tap("bar_help")
    await screen.until(lambda: len(counter.backend.helped_with) == 2)
    assert counter.backend.helped_with[1] == (HelpMode.TOUCH, ())


async def test_staff_see_the_cart_of_who_called_and_the_kiosk_says_at_once_that_they_come(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.services.front.open()
    await screen.tap("start")
    counter.services.order.add(line("french", "grand", 2))
    await screen.tap("bar_help")
    await screen.until(lambda: screen.look("helpDialog") is not None)
    assert counter.backend.helped_with == [(HelpMode.TOUCH, (line("french", "grand", 2),))]
    assert screen.find("helpDialog").property("title") == "직원을 불렀어요"
    await screen.tap("helpClose")
    await screen.until(counter.street.live.is_set)
    counter.street.send(told(Topic.HELP_ANSWERED, help_id="help-2"))
    counter.street.send(told(Topic.HELP_ANSWERED, help_id="help-1"))
    await screen.until(lambda: screen.look("helpDialog") is not None)
    assert screen.find("helpDialog").property("title") == "직원이 가고 있어요"
    await screen.until(lambda: any("가고 있어요" in said for said in counter.backend.said))
    await screen.tap("helpClose")
    await screen.until(lambda: screen.look("helpDialog") is None)


async def test_numbers_that_are_ready_are_called_out_on_the_attract_screen(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    assert screen.look("numbersBoard") is None
    counter.backend.numbers = BoardResponse(preparing=(41, 42), ready=(39,), top=1, epoch="e")
    counter.services.front.open()
    await screen.until(lambda: screen.look("numbersBoard") is not None)
    assert (screen.text_of("numbersReady"), screen.text_of("numbersPreparing")) == ("39", "41  42")
    counter.street.send(told(Topic.BOARD_CHANGED, order_number=41, status="ready"))
    await screen.until(lambda: screen.text_of("numbersReady") == "41  39")
    assert screen.text_of("numbersPreparing") == "42"
    await screen.tap("start")
    await customer.page("menu")


async def test_a_sold_out_mark_reaches_an_open_menu_before_the_first_touch_of_a_cart(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.services.front.open()
    await screen.until(counter.street.live.is_set)
    await screen.tap("start")
    await screen.until(lambda: screen.look("card_french") is not None)
    counter.backend.sold_out.add("french")
    counter.street.send(told(Topic.CATALOGUE_CHANGED, code="french", sold_out=True))
    await screen.until(lambda: screen.text_of("card_french").endswith("품절"))


async def test_home_asks_before_it_wipes(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    await screen.tap("start")
    customer.counter.services.order.add(line("french"))
    await screen.tap("bar_home")
    await screen.tap("stay")
    assert model.cart.count == 1
    await screen.tap("bar_home")
    await screen.tap("leave")
    await customer.page("attract")
    assert model.cart.count == 0


async def test_keys_stay_inside_an_open_question_and_come_back_after_it(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    customer.counter.services.order.add(line("french"))
    await screen.tap("bar_home")
    await screen.until(lambda: screen.look("homeQuestion") is not None)
    await screen.turn()
    seen = set()
    for _ in range(6):
        seen.add(screen.focus())
        await screen.key(Qt.Key.Key_Tab)
    assert seen == {"stay", "leave"}
    await screen.tap("stay")
    assert screen.focus() == "bar_home"


async def test_modes_are_one_tap_away_and_really_change_the_screen(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    normal = screen.find("voiceButton").property("font").pixelSize()
    bar = screen.find("bottomBar").mapToScene(screen.find("bottomBar").boundingRect().topLeft()).y()
    await screen.tap("bar_large")
    assert screen.find("voiceButton").property("font").pixelSize() >= normal * 1.25
    await screen.tap("bar_large")
    assert screen.find("bottomBar").mapToScene(screen.find("bottomBar").boundingRect().topLeft()).y() == bar
    await screen.tap("bar_low")
    assert screen.find("stage").y() > 300
    await screen.tap("bar_low")
    await screen.tap("bar_contrast")
    await screen.turn(120)
    image = screen.window.grabWindow()
    assert image.pixelColor(4, image.height() // 2).name() == "#000000"


async def test_lists_keep_qt_s_rules(customer: Customer) -> None:
    screen, model, services = customer.screen, customer.model, customer.counter.services
    await screen.tap("start")
    lists: list[QAbstractItemModel] = [
        model.dinners,
        model.cakes,
        model.showcase,
        model.cart.lines,
        model.item.styles,
        model.item.ingredients,
        model.item.colours,
        model.voice.chips,
    ]
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(each, mode) for each in lists]
    for code in ("french", "cheese", "french", "custom"):
        services.order.add(line(code))
    services.order.remove(0)
    services.order.set_quantity(0, 3)
    model.open_item("custom")
    model.item.set_count("macaron", 3)
    model.open_item("champagne")
    model.display.speak("en")
    await screen.turn()
    assert [row.name for row in model.cart.lines.rows] == ["Cheese Cake", "Custom Cake"]
    assert len(testers) == len(lists)
    services.order.end()
    assert model.cart.lines.rowCount() == 0
