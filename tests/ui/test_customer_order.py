"""Whole orders in the real customer window: by touch, by keys, by a typed sentence, by voice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shared.messages import Topic
from shared.orders import OrderStatus, Service
from shared.voice import Intent, Stage
from tests.fakes.shop_counter import Understood, line, suggestion
from tests.support.customer_window import Customer, customer_window


@pytest.fixture
async def customer(tmp_path: Path, translations: Path, qtbot: QtBot) -> AsyncIterator[Customer]:
    async with customer_window(tmp_path, translations) as opened:
        yield opened


async def test_order_by_touch(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    await screen.tap("start")
    await screen.tap("card_french")
    assert not model.item.canAdd, "a style has to be chosen first"
    await screen.tap("style_grand")
    await screen.tap("section_ingredients")
    steak = screen.find("ingredient_steak")
    more = next(child for child in screen.items() if child.objectName() == "more" and steak.isAncestorOf(child))
    more.setObjectName("more steak")
    await screen.tap("more steak")
    await screen.tap("addItem")
    await customer.page("menu")
    await screen.until(lambda: "71,000원" in screen.text_of("toCart"))
    await screen.tap("toCart")
    await customer.page("cart")
    await screen.tap("toGo")
    await screen.until(lambda: model.cart.priced)
    assert "71,000원" in screen.text_of("place")
    await screen.tap("place")
    await customer.page("placed")

    placed = customer.counter.backend.placed
    assert [(i.menu_code, i.style, i.customization) for i in placed[0].items] == [("french", "grand", {"steak": 2})]
    assert placed[0].service is Service.TO_GO
    assert screen.text_of("orderNumber") == str(placed[0].order_number)


async def test_order_by_keys_alone(customer: Customer) -> None:
    screen, model = customer.screen, customer.model

    async def go_to(name: str) -> None:
        for _ in range(60):
            if screen.focus() == name:
                return
            await screen.key(Qt.Key.Key_Down)
        raise AssertionError(f"the arrows never reach {name}")

    await go_to("start")
    await screen.key(Qt.Key.Key_Return)
    for name in ("card_valentine", "style_simple", "addItem"):
        await go_to(name)
        await screen.key(Qt.Key.Key_Return)
    await screen.until(lambda: model.cart.priced and model.cart.count == 1)
    for name in ("toCart", "place"):
        await go_to(name)
        await screen.key(Qt.Key.Key_Space)
    await customer.page("placed")
    assert customer.counter.backend.placed[0].items[0].menu_code == "valentine"


async def test_typed_sentence_leads_through_style_to_confirmation(customer: Customer) -> None:
    screen, model, backend = customer.screen, customer.model, customer.counter.backend
    backend.script["딸기 케이크"] = Understood(
        "어떤 스타일로 드릴까요?", (("strawberry", "", 1),), Stage.STYLE_SELECTION, 0
    )
    backend.script["그랜드요"] = Understood(
        "그랜드 스타일이에요. 주문할까요?", (("strawberry", "grand", 1),), Stage.CONFIRMATION, 0
    )
    backend.script["네"] = Understood("주문했어요.", (("strawberry", "grand", 1),), Stage.COMPLETED, places=True)
    await screen.tap("start")
    await screen.tap("transcript")
    for key in "ㄸㅏㄹㄱㅣ":
        await screen.tap(f"key_{key}") if key != "ㄸ" else await shifted(customer, key)
    await screen.tap("key_space")
    for key in "ㅋㅔㅇㅣㅋㅡ":
        await screen.tap(f"key_{key}")
    assert model.keyboard.text == "딸기 케이크"
    await screen.tap("key_done")
    await customer.page("item")
    assert (model.item.code, model.item.section, model.item.canAdd) == ("strawberry", "style", False)
    assert screen.text_of("caption") == "어떤 스타일로 드릴까요?"

    model.voice.say("그랜드요")
    await customer.page("cart")
    assert model.cart.lines.rows[0].fresh, "the changed line lights up"
    model.voice.say("네")
    await customer.page("placed")


async def shifted(customer: Customer, key: str) -> None:
    await customer.screen.tap("key_shift")
    await customer.screen.tap(f"key_{key}")


async def test_physical_keyboard_writes_into_the_same_text(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    await screen.tap("start")
    await screen.tap("transcript")
    for key in (Qt.Key.Key_H, Qt.Key.Key_I):
        await screen.key(key)
    assert model.keyboard.text == "hi"
    await screen.key(Qt.Key.Key_Escape)
    assert screen.look("entrySheet") is None
    assert model.keyboard.text == ""


async def test_voice_button_shows_four_states(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.backend.script[counter.backend.heard] = Understood(
        "어떤 스타일로 드릴까요?", (("french", "", 1),), Stage.STYLE_SELECTION, 0
    )
    counter.output.slow = True
    await screen.tap("startTalking")
    await screen.until(lambda: screen.text_of("voiceButton") == "듣고 있어요")
    await screen.until(lambda: screen.look("microphoneLight") is not None)
    await screen.tap("voiceButton")
    await screen.until(lambda: screen.text_of("voiceButton") == "말하고 있어요")
    assert customer.model.page == "item"
    assert screen.look("microphoneLight") is not None
    counter.output.stop()
    await screen.until(lambda: screen.text_of("voiceButton") == "듣고 있어요")
    assert screen.text_of("caption") == "어떤 스타일로 드릴까요?"
    await screen.tap("voiceButton")
    await screen.until(lambda: screen.text_of("voiceButton") == "눌러서 말하기")
    assert screen.look("microphoneLight") is None
    assert not counter.ear.open_now


async def test_who_cannot_read_the_letters_says_so(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    customer.counter.backend.script["글씨가 안 보여요"] = Understood(
        "글씨를 더 크게 할게요.", intent=Intent.HELP, controls=("larger",)
    )
    await screen.tap("start")
    model.voice.say("글씨가 안 보여요")
    await screen.until(lambda: model.display.largeText)
    assert customer.counter.backend.helped == []


async def test_somebody_is_called_by_voice(customer: Customer) -> None:
    customer.counter.backend.script["직원 좀 불러 주세요"] = Understood(
        "직원을 불렀어요.", intent=Intent.HELP, controls=("call_staff",), staff_called=True
    )
    await customer.screen.tap("start")
    customer.model.voice.say("직원 좀 불러 주세요")
    await customer.screen.until(lambda: customer.counter.backend.helped != [])


async def test_unsure_answer_offers_chips_that_answer_for_the_customer(customer: Customer) -> None:
    screen, backend = customer.screen, customer.counter.backend
    backend.script["케이크"] = Understood(
        "어떤 케이크요?", intent=Intent.RECOMMENDATION, chips=(suggestion("cheese", "치즈 케이크"),)
    )
    backend.script["치즈 케이크"] = Understood("네.", (("cheese", "simple", 1),), Stage.CONFIRMATION, 0)
    await screen.tap("start")
    customer.model.voice.say("케이크")
    await screen.tap("chip_cheese")
    await customer.page("cart")


async def test_second_tap_within_half_a_second_adds_nothing(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    await screen.tap("start")
    await screen.tap("card_french")
    await screen.tap("style_simple")
    button = screen.centre("addItem")
    for _ in range(2):
        QTest.mouseClick(screen.window, Qt.MouseButton.LeftButton, pos=button.toPoint())
    await customer.page("menu")
    assert model.cart.count == 1


async def test_sliding_off_a_button_does_nothing(customer: Customer) -> None:
    screen = customer.screen
    start = screen.centre("start").toPoint()
    away = screen.centre("startTalking").toPoint()
    away.setY(away.y() - 600)
    QTest.mousePress(screen.window, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(screen.window, away)
    QTest.mouseRelease(screen.window, Qt.MouseButton.LeftButton, pos=away)
    await screen.turn()
    assert customer.model.page == "attract"


async def test_changing_and_removing_lines(customer: Customer) -> None:
    screen, model, order = customer.screen, customer.model, customer.counter.services.order
    await screen.tap("start")
    order.add(line("french", "simple"))
    order.add(line("cheese", "grand"))
    model.show_cart()
    await customer.page("cart")
    model.change_line(0)
    await customer.page("item")
    assert model.item.editing
    await screen.tap("style_deluxe")
    await screen.tap("addItem")
    await customer.page("cart")
    assert [entry.draft.style for entry in order.snapshot.lines] == ["deluxe", "grand"]
    model.cart.remove(0)
    model.cart.remove(0)
    await customer.page("menu")


async def test_order_status_is_followed_and_the_screen_goes_home_by_itself(customer: Customer) -> None:
    screen, model, counter = customer.screen, customer.model, customer.counter
    await screen.tap("start")
    counter.services.order.add(line("french"))
    counter.services.order.place()
    await customer.page("placed")
    await screen.until(lambda: model.placed.live)
    ready = counter.backend.placed[0].model_copy(update={"status": OrderStatus.READY, "version": 3})
    await screen.turn(20)
    counter.live.tell(Topic.ORDER_STATUS, {"order": ready.model_dump(mode="json")})
    await screen.until(lambda: model.placed.status == "ready")
    await screen.until(lambda: not counter.services.voice.busy)
    leave_now(model)
    await screen.until(lambda: screen.look("idleQuestion") is not None)
    await screen.tap("stillHere")
    await screen.until(lambda: screen.look("idleQuestion") is None)
    assert model.page == "placed", "who is still reading is asked first, and stays"
    leave_now(model)
    await screen.until(lambda: screen.look("idleQuestion") is not None)
    await screen.until(lambda: not counter.services.voice.busy)
    counter.services.idle.advance(31)
    await customer.page("attract")
    assert counter.services.order.snapshot.placed is None


def leave_now(model: Any) -> None:
    """The usual time on the last page is over."""
    model._leave.stop()
    model._leave.timeout.emit()


async def test_custom_cake_is_drawn_anew_after_each_change(customer: Customer) -> None:
    screen, model, backend = customer.screen, customer.model, customer.counter.backend
    await screen.tap("start")
    await screen.tap("tab_cake")
    await screen.tap("card_custom")
    await screen.until(lambda: not model.item.drawing and len(backend.drawn) == 1)
    first = model.item.picture
    await screen.tap("colour_pink")
    await screen.until(lambda: not model.item.drawing and len(backend.drawn) == 2)
    cake = backend.drawn[-1].item.cake
    assert cake is not None
    assert cake.colour == "pink"
    assert model.item.picture != ""
    assert first != ""
