"""What no picture of a screen can show: time, speech, modes and the ways to ask for something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.domain.proposal import Control
from kiosk.settings import KioskSettings
from tests.fakes.shop_counter import line
from tests.support.customer_window import Customer, customer_window

KEYS = {
    Control.CONFIRM: "place",
    Control.DENY: "leave",
    Control.NOTHING_MORE: "toCart",
    Control.CANCEL: "bar_home",
    Control.START_OVER: "bar_home",
    Control.BACK: "bar_back",
    Control.REPEAT: "bar_repeat",
    Control.CALL_STAFF: "bar_help",
    Control.LARGER: "bar_large",
}
TALK_ALONE = {Control.CHOOSE, Control.USUAL, Control.WAIT, Control.THANKS}
"""A chip is the choice itself; the others are part of talking."""
WITHOUT_A_KEY = {Control.LOUDER, Control.QUIETER, Control.SLOWER, Control.FASTER, Control.UNDO}
"""What docs/barrier_free.md owns up to under B9, B22 and B23."""


@pytest.fixture
async def customer(tmp_path: Path, translations: Path, qtbot: QtBot) -> AsyncIterator[Customer]:
    async with customer_window(tmp_path, translations) as opened:
        yield opened


async def test_the_idle_question_comes_20_s_ahead_and_is_put_off_ten_times(customer: Customer) -> None:
    screen, services = customer.screen, customer.counter.services
    await screen.tap("start")
    services.order.add(line("french"))
    await screen.until(lambda: customer.model.cart.priced and not services.voice.busy)
    for _ in range(10):
        services.idle.advance(services.settings.idle_ask_seconds)
        await screen.until(lambda: screen.look("idleQuestion") is not None)
        assert services.idle.snapshot.seconds_left >= 20
        await screen.until(lambda: not services.voice.busy)
        await screen.tap("stillHere")
        assert screen.look("idleQuestion") is None
    assert customer.model.cart.count == 1


@pytest.mark.parametrize("seconds", [19.9, 0.0])
def test_a_shorter_warning_cannot_be_set(tmp_path: Path, seconds: float) -> None:
    with pytest.raises(ValueError, match="idle_wipe_seconds"):
        KioskSettings.model_validate({"data_dir": tmp_path, "idle_wipe_seconds": seconds})


async def test_the_total_is_spoken_before_an_order_is_placed(customer: Customer) -> None:
    screen, backend = customer.screen, customer.counter.backend
    await screen.tap("start")
    customer.counter.services.order.add(line("french", "grand"))
    await screen.until(lambda: customer.model.cart.priced)
    assert screen.look("place") is None, "the order is placed from its summary alone"
    await screen.tap("toCart")
    await screen.until(lambda: any("53,000원" in said for said in backend.said))
    assert backend.placed == []


async def test_modes_last_through_the_order_and_end_with_it(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    for key in ("bar_large", "bar_contrast", "bar_low"):
        await screen.tap(key)
    await screen.tap("start")
    customer.counter.services.order.add(line("french", "grand"))
    model.show_cart()
    await customer.page("cart")
    customer.counter.services.order.place()
    await customer.page("placed")
    display = model.display
    assert (display.largeText, display.highContrast, display.lowScreen) == (True, True, True)
    model.start_over()
    assert (display.largeText, display.highContrast, display.lowScreen) == (False, False, False)


async def test_whatever_is_said_stands_as_a_caption(customer: Customer) -> None:
    screen, backend = customer.screen, customer.counter.backend
    await screen.tap("start")
    customer.model.voice.announce("직원이 가고 있어요.")
    await screen.until(lambda: "직원이 가고 있어요." in backend.said)
    assert screen.text_of("caption") == "직원이 가고 있어요."


async def test_what_can_be_asked_of_the_kiosk_by_voice_has_its_key(customer: Customer) -> None:
    screen, seen = customer.screen, set[str]()
    assert set(Control) == KEYS.keys() | TALK_ALONE | WITHOUT_A_KEY, "say where the new one is touched"
    await screen.tap("start")
    customer.counter.services.order.add(line("french", "grand"))
    seen |= {item.objectName() for item in screen.items()}
    await screen.tap("toCart")
    await customer.page("cart")
    seen |= {item.objectName() for item in screen.items()}
    await screen.tap("bar_home")
    seen |= {item.objectName() for item in screen.items()}
    assert set(KEYS.values()) <= seen


async def test_a_key_of_the_bar_keeps_the_focus_while_it_changes_the_mode(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    for key in ("bar_large", "bar_contrast", "bar_language"):
        screen.find(key).forceActiveFocus()
        await screen.tap(key)
        assert screen.focus() == key


async def test_what_was_chosen_stays_chosen_when_it_is_pressed_again(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    await screen.tap("card_french")
    for _ in range(2):
        await screen.tap("style_grand")
        assert screen.find("style_grand").property("checked")
        assert not screen.find("style_simple").property("checked")
    for _ in range(2):
        await screen.tap("section_ingredients")
        assert screen.find("section_ingredients").property("checked")
