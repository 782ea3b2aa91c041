"""The main job with real processes and real sound: a customer speaks, the order stands in the staff window."""

from pathlib import Path

import pytest

from tests.e2e.conftest import ShopFloor
from tools.people import cook, order_by_voice, say, speak_english
from tools.sound_stage import SoundStage

pytestmark = pytest.mark.sound


async def test_a_spoken_order_reaches_the_kitchen_and_the_customer_follows_it(
    shop: ShopFloor, stage: SoundStage, tmp_path: Path
) -> None:
    kiosk, staff = await shop.kiosk("--language", "en"), await shop.staff()
    await kiosk.tap("start")
    turns = [
        turn async for _, turn in order_by_voice(kiosk, stage, "two strawberry cakes grand style please", tmp_path)
    ]
    assert turns[0].heard
    number = str((await kiosk.wait("orderNumber", "text")).value)
    await staff.wait(f"receivedColumn/ticket{number}/quantity", "text", "2")
    await staff.wait(f"receivedColumn/ticket{number}/name", "text", "그랜드")
    await cook(staff, number)
    await kiosk.wait("reached_ready")


async def test_what_the_kiosk_says_can_be_heard(shop: ShopFloor, stage: SoundStage, tmp_path: Path) -> None:
    kiosk = await shop.kiosk("--language", "en")
    await kiosk.tap("start")
    await speak_english("a chocolate cake please", tmp_path / "sentence.wav")
    recorded = tmp_path / "loudspeaker.wav"
    with stage.recording(recorded):
        turn = await say(kiosk, stage, tmp_path / "sentence.wav")
    assert turn.answer
    samples = memoryview(recorded.read_bytes()[44:]).cast("h")
    assert max(samples) > 1000


async def test_a_microphone_that_falls_silent_is_told_and_touch_goes_on(shop: ShopFloor, stage: SoundStage) -> None:
    kiosk = await shop.kiosk("--language", "en")
    await kiosk.tap("start")
    await kiosk.tap("voiceButton")
    await kiosk.wait("voiceButton", "mode", "listening")
    stage.unplug_microphone()
    await kiosk.wait("problem")
    await kiosk.wait("voiceButton", "mode", "idle")
    await kiosk.tap("card_french")
    await kiosk.wait("itemName", "text", "French")
