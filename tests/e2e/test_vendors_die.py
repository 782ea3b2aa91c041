"""Every vendor dies while a customer orders: the order is placed all the same, and the manager is told why."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.e2e.conftest import ShopFloor
from tests.support.vendors import VendorProcess, vendor_process
from tools.people import order_by_voice, type_sentence
from tools.sound_stage import SoundStage

pytestmark = pytest.mark.sound


@pytest.fixture
def vendors() -> Iterator[VendorProcess]:
    """Emulated vendors that hear, understand and speak with the shop's own engines."""
    with vendor_process("--brain", "offline") as running:
        yield running


@pytest.fixture
async def cloud_shop(tmp_path: Path, stage: SoundStage, vendors: VendorProcess) -> AsyncIterator[ShopFloor]:
    """A shop with both keys."""
    async with AsyncExitStack() as opened:
        # Vendors and windows share this machine here: the first turn may be slow, and is not given up for that.
        patience = {"MALLO_TURN_SECONDS": "25", "MALLO_STALL_SECONDS": "10"}
        # The rules are sure of these sentences; here the vendors are to have the conversation.
        asked = {"MALLO_LOCAL_FIRST": "false"}
        yield ShopFloor(tmp_path / "data", opened, {**stage.environment, **vendors.environment, **patience, **asked})


async def test_an_order_outlives_its_vendors(
    cloud_shop: ShopFloor, vendors: VendorProcess, stage: SoundStage, tmp_path: Path
) -> None:
    kiosk, staff, manager = (
        await cloud_shop.kiosk("--language", "en"),
        await cloud_shop.staff(),
        await cloud_shop.manager(),
    )
    await kiosk.tap("start")
    turns = 0
    async for _ in order_by_voice(kiosk, stage, "two strawberry cakes grand style please", tmp_path):
        turns += 1
        if turns == 1:
            asked = {(call["vendor"], call["capability"]) for call in vendors.calls()}
            assert asked >= {("openai", "stt"), ("gemini", "language"), ("openai", "tts")}
            vendors.kill()
    assert turns > 1
    number = str((await kiosk.wait("orderNumber", "text")).value)
    await staff.wait(f"receivedColumn/ticket{number}/quantity", "text", "2")
    await manager.wait("outageBar/outageWhy", "text", "Gemini", seconds=40)
    await manager.wait("engine_language_gemini")

    await kiosk.tap("newOrder")
    await kiosk.tap("start")
    answer = await type_sentence(kiosk, "치즈 케이크 하나 심플로 주세요")
    assert "치즈 케이크" in answer.answer
