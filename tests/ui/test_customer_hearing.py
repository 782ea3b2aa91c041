"""Where a language is not heard, the customer learns it before saying a word, and writes instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.errors import KioskError, LocalCode
from shared.problems import ProblemCode
from shared.voice import Stage
from tests.fakes.shop_counter import ASSETS, Understood, line
from tests.support.customer_window import Customer, customer_window


@pytest.fixture
async def customer(tmp_path: Path, translations: Path, qtbot: QtBot) -> AsyncIterator[Customer]:
    async with customer_window(tmp_path, translations, look_again=0.5) as opened:
        yield opened


async def deaf_to_korean(customer: Customer) -> None:
    customer.counter.backend.hears = ("en",)
    await customer.counter.services.hearing.refresh()


async def test_the_first_screen_says_it_and_offers_to_write(customer: Customer) -> None:
    screen, services = customer.screen, customer.counter.services
    assert screen.text_of("startTalking") == "눌러서 말하기"
    await deaf_to_korean(customer)
    assert screen.text_of("startTalking") == "글자로 적기"
    told = "지금은 한국어를 듣지 못해요. 글자로 적거나 화면을 눌러 주세요. English speech works."
    assert screen.text_of("invitation") == told
    await screen.tap("startTalking")
    await screen.until(lambda: screen.look("entrySheet") is not None)
    assert screen.text_of("notHeard") == told
    await screen.until(lambda: told in customer.counter.backend.said)
    assert services.voice.snapshot.transcript == ""


async def test_the_voice_button_writes_and_what_is_written_counts(customer: Customer) -> None:
    screen, model, backend = customer.screen, customer.model, customer.counter.backend
    await deaf_to_korean(customer)
    await screen.tap("start")
    assert screen.text_of("voiceButton") == "글자로 적기"
    assert "듣지 못해요" in screen.text_of("caption")
    backend.script["ㄴ"] = Understood("어떤 스타일로 드릴까요?", (("french", "", 1),), Stage.STYLE_SELECTION, 0)
    await screen.tap("voiceButton")
    await screen.tap("key_ㄴ")
    await screen.tap("key_done")
    await customer.page("item")
    assert model.item.code == "french"


async def test_in_the_other_language_it_listens(customer: Customer) -> None:
    screen, services = customer.screen, customer.counter.services
    await deaf_to_korean(customer)
    await screen.tap("start")
    await screen.tap("bar_language")
    assert screen.text_of("voiceButton") == "Tap to talk"
    await screen.tap("voiceButton")
    await screen.until(lambda: services.voice.snapshot.ready)
    customer.model.voice.cancel()


async def test_who_is_already_speaking_is_told_at_once(customer: Customer) -> None:
    screen, services = customer.screen, customer.counter.services
    await screen.tap("startTalking")
    await screen.until(lambda: services.voice.snapshot.ready)
    await deaf_to_korean(customer)
    await screen.until(lambda: screen.look("problem") is not None)
    assert screen.find("problem").property("title") == "지금은 한국어를 듣지 못해요."
    assert screen.text_of("bannerAction") == "글자로 적기"
    await screen.tap("bannerAction")
    await screen.until(lambda: screen.look("entrySheet") is not None)


async def test_a_refusal_of_the_backend_is_remembered(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await screen.tap("startTalking")
    await screen.until(lambda: counter.services.voice.snapshot.ready and counter.services.voice.busy)
    counter.backend.hears = ("en",)
    await screen.tap("voiceButton")
    await screen.until(lambda: screen.look("problem") is not None)
    assert screen.text_of("bannerAction") == "글자로 적기"
    await screen.until(lambda: screen.text_of("voiceButton") == "글자로 적기")


@pytest.mark.parametrize(
    ("error", "offered"),
    [
        (KioskError(LocalCode.NO_MICROPHONE), "글자로 적기"),
        (KioskError(LocalCode.SPEECH_NOT_HEARD, retryable=True), "다시 말하기"),
        (KioskError(LocalCode.HEARING_UNAVAILABLE, retryable=True), "글자로 적기"),
        (KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True), "다시 말하기"),
    ],
)
async def test_only_what_can_help_is_offered(customer: Customer, error: KioskError, offered: str) -> None:
    customer.counter.ear.trouble = error
    await customer.screen.tap("startTalking")
    await customer.screen.until(lambda: customer.screen.look("problem") is not None)
    assert customer.screen.text_of("bannerAction") == offered


async def speak_in_vain(customer: Customer) -> None:
    """The microphone works, and no engine is left that hears."""
    screen, counter = customer.screen, customer.counter
    await screen.tap("voiceButton" if customer.model.page == "menu" else "startTalking")
    await screen.until(lambda: counter.services.voice.snapshot.ready and counter.services.voice.busy)
    counter.backend.deaf = True
    await screen.tap("voiceButton")
    await screen.until(lambda: screen.look("problem") is not None)


async def test_when_no_engine_hears_the_order_goes_on_by_writing(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await screen.tap("start")
    counter.services.order.add(line("french", "grand"))
    await speak_in_vain(customer)
    problem = screen.find("problem")
    assert problem.property("title") == "지금은 말소리를 듣지 못해요."
    assert problem.property("body") == "글자로 적거나 화면을 눌러 주세요."
    assert screen.text_of("voiceButton") == "글자로 적기"
    await screen.tap("bannerAction")
    await screen.until(lambda: screen.look("notHeard") is not None)
    assert "English" not in screen.text_of("notHeard")
    counter.backend.script["ㄴ"] = Understood("어떤 스타일로 드릴까요?", (("french", "", 1),), Stage.STYLE_SELECTION, 0)
    await screen.tap("key_ㄴ")
    await screen.tap("key_done")
    await customer.page("item")
    assert screen.look("problem") is None


async def test_it_is_told_once_and_never_asked_for_in_a_circle(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.backend.hears = ()
    counter.backend.mute = True
    await screen.tap("startTalking")
    await screen.until(lambda: counter.services.voice.snapshot.ready and counter.services.voice.busy)
    counter.backend.deaf = True
    await screen.tap("voiceButton")
    await screen.until(lambda: screen.look("problem") is not None and screen.look("toast") is not None)
    await screen.until(lambda: not counter.services.voice.busy)
    reads = counter.backend.health_reads
    for _ in range(20):
        await screen.turn()
    assert counter.backend.health_reads <= reads + 1
    assert screen.find("problem").property("title") == "지금은 말소리를 듣지 못해요."


async def test_hearing_comes_back_without_anybody_doing_anything(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    await speak_in_vain(customer)
    assert screen.text_of("voiceButton") == "글자로 적기"
    counter.backend.deaf = False
    await screen.until(lambda: screen.text_of("voiceButton") == "눌러서 말하기")
    counter.backend.script["프렌치 디너 하나 주세요"] = Understood("네.")
    await screen.tap("voiceButton")
    await screen.until(lambda: counter.services.voice.snapshot.ready)
    assert screen.look("problem") is None
    await screen.tap("voiceButton")
    await screen.until(lambda: counter.services.voice.snapshot.caption == "네.")


async def test_an_answer_that_cannot_be_spoken_can_be_read(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.backend.mute = True
    counter.backend.script["안녕"] = Understood("무엇을 드릴까요?")
    await screen.tap("start")
    customer.model.voice.say("안녕")
    await screen.until(lambda: screen.look("toast") is not None)
    assert screen.text_of("toast") == "소리 없이 글자로 답해요."
    assert screen.look("problem") is None
    assert screen.text_of("caption") == "무엇을 드릴까요?"


async def test_a_missing_loudspeaker_is_told_without_a_banner_and_the_answer_stays(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    counter.output.trouble = KioskError(LocalCode.NO_SPEAKER)
    counter.backend.script["안녕"] = Understood("무엇을 드릴까요?")
    await screen.tap("start")
    customer.model.voice.say("안녕")
    await screen.until(lambda: screen.look("toast") is not None)
    assert screen.text_of("toast") == "소리 없이 글자로 답해요."
    assert screen.look("problem") is None
    assert screen.text_of("caption") == "무엇을 드릴까요?"


async def test_chimes_tell_that_the_microphone_is_open_and_that_the_order_stands(customer: Customer) -> None:
    screen, counter = customer.screen, customer.counter
    sounds = {name: (ASSETS / "sounds" / f"{name}.wav").read_bytes() for name in ("listening", "placed")}
    counter.backend.heard = "그대로 주문"
    counter.backend.script["그대로 주문"] = Understood(
        "주문했어요.", (("french", "grand", 1),), Stage.CONFIRMATION, places=True
    )
    await screen.tap("startTalking")
    await screen.until(lambda: counter.chimes.played == [sounds["listening"]])
    await screen.tap("voiceButton")
    await customer.page("placed")
    await screen.until(lambda: counter.chimes.played == [sounds["listening"], sounds["placed"]])


async def test_a_new_sentence_takes_the_place_of_the_last_one_unless_it_is_touched(customer: Customer) -> None:
    screen, model = customer.screen, customer.model
    customer.counter.backend.script["딸기"] = Understood("네.")
    await screen.tap("start")
    model.voice.say("딸기")
    await screen.tap("transcript")
    await screen.tap("key_ㅋ")
    assert model.keyboard.text == "ㅋ"
    await screen.tap("entryClose")
    await screen.tap("transcript")
    await screen.tap("entryField")
    await screen.tap("key_ㅋ")
    assert model.keyboard.text == "딸기ㅋ"
