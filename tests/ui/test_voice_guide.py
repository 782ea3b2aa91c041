"""The voice guide: what takes the keys is said, the first touch says and the second acts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.customer_window import Customer, customer_window


@pytest.fixture
async def customer(tmp_path: Path, translations: Path, qtbot: QtBot) -> AsyncIterator[Customer]:
    async with customer_window(tmp_path, translations) as opened:
        yield opened


async def heard(customer: Customer, words: str) -> None:
    """Wait until the kiosk has said something with ``words`` in it."""
    await customer.screen.until(lambda: any(words in said for said in customer.counter.backend.said))


async def guided(customer: Customer) -> None:
    await customer.screen.key(Qt.Key.Key_F2)
    await heard(customer, "음성 안내를 켰어요")


async def test_one_touch_says_the_next_one_acts(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    await guided(customer)
    await screen.tap("start")
    assert model.page == "attract"
    await heard(customer, "화면에서 고르기")
    await screen.tap("start")
    await customer.page("menu")
    await heard(customer, "다섯 단계 중 1단계")
    await screen.tap("card_french")
    assert model.page == "menu"
    await heard(customer, "프렌치 디너, 48,000원. 커피, 와인, 샐러드, 스테이크")
    await screen.tap("card_cheese") if screen.look("card_cheese") else await screen.tap("card_english")
    await screen.tap("card_french")
    assert model.page == "menu", "another one was touched in between: it is said again"
    await screen.tap("card_french")
    await customer.page("item")


async def test_an_order_by_keys_alone_hears_every_step(customer: Customer) -> None:
    screen, model = customer.screen, customer.model

    async def go_to(name: str) -> None:
        for _ in range(60):
            if screen.focus() == name:
                return
            await screen.key(Qt.Key.Key_Down)
        raise AssertionError(f"the arrows never reach {name}")

    await guided(customer)
    for name, words in (
        ("start", "화면에서 고르기"),
        ("card_valentine", "발렌타인 디너, 45,000원"),
        ("style_simple", "골라져 있지 않아요"),
        ("addItem", "담기"),
    ):
        await go_to(name)
        await heard(customer, words)
        await screen.key(Qt.Key.Key_Return)
        if name == "style_simple":
            await heard(customer, "심플, 추가금 없음. 담백한 기본 차림. 골라져 있어요")
            await go_to("more")
            await screen.key(Qt.Key.Key_Return)
            await heard(customer, "수량 2개")
    await screen.until(lambda: model.cart.priced and model.cart.count == 2)
    for name in ("toCart", "place"):
        await go_to(name)
        await screen.key(Qt.Key.Key_Return)
    await customer.page("placed")
    await heard(customer, "주문 번호")


async def test_a_question_is_said_with_its_first_answer(customer: Customer) -> None:
    screen = customer.screen
    await screen.tap("start")
    await guided(customer)
    customer.counter.services.idle.advance(61)
    await screen.until(lambda: screen.look("idleQuestion") is not None)
    await heard(customer, "아직 계신가요?")
    await heard(customer, "계속 주문할게요")


async def test_it_says_nothing_while_it_is_off_and_ends_with_the_customer(customer: Customer) -> None:
    screen, said = customer.screen, customer.counter.backend.said
    await screen.tap("start")
    await screen.key(Qt.Key.Key_Down)
    assert said == []
    await guided(customer)
    assert customer.model.display.voiceGuide
    customer.model.start_over()
    assert not customer.model.display.voiceGuide
    await screen.tap("start")
    await customer.page("menu")
