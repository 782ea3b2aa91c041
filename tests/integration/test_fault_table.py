"""Every fault that a vendor can have, for every capability: what the customer gets, and within what time.

The real SDKs against emulated vendors on the wire, behind the whole backend, asked over HTTP as a kiosk asks. Times are
shortened by the settings; the bounds are those of the table, with room for a busy machine.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from shared import paths
from shared.voice import AUDIO_MIME, AudioFormat, Transcription, VoiceAnalysisResponse
from tests.fakes.vendors import Vendors, emulated_vendors
from tests.fakes.vendors.faults import Capability, Fault, Vendor
from tests.support.backend import make_settings, running_app
from tests.support.fault_table import DOCUMENT, TABLE, Gets, Row, Within, as_markdown
from tests.support.speech import spoken_wav
from tests.support.waiting import until

TURN_SECONDS = 2.0
STALL_SECONDS = 0.4
DRAWING_SECONDS = 1.0
DELAY_SECONDS = 0.1
RETRY_SECONDS = 0.3
ROOM = 2.0
"""For a machine that does other work: what is bounded here is the vendor's part of the answer, not this machine's."""
BOUNDS = {
    Within.AT_ONCE: 0.0,
    Within.RETRY: RETRY_SECONDS,
    Within.STALL: STALL_SECONDS + RETRY_SECONDS,
    Within.TURN: TURN_SECONDS,
    Within.DRAWING: DRAWING_SECONDS,
}
SAID = "프렌치 디너 하나 심플로 주세요"
SPOKEN = "two strawberry cakes grand style please"
HALF_OF_IT = "two strawberry cake"
OFFLINE = {
    Capability.LANGUAGE: "offline",
    Capability.STT: "pocketsphinx",
    Capability.TTS: "espeak-ng",
    Capability.IMAGE: "resvg",
}


@dataclass(frozen=True, slots=True)
class Served:
    """Who answered, and how long vendors took before and with it."""

    engine: str
    vendors_seconds: float


@dataclass
class Shop:
    http: httpx.AsyncClient
    vendors: Vendors


@asynccontextmanager
async def shop_with(tmp_path: Path, *names: Vendor) -> AsyncIterator[Shop]:
    """A backend with the keys of these vendors."""
    async with emulated_vendors() as vendors:
        vendors.script.says(french_dinner())
        keys: dict[str, object] = {}
        if Vendor.GEMINI in names:
            keys |= {"gemini_api_key": vendors.gemini_key, "gemini_base_url": vendors.gemini_url}
        if Vendor.OPENAI in names:
            keys |= {"openai_api_key": vendors.openai_key, "openai_base_url": vendors.openai_url}
        settings = make_settings(
            tmp_path / "data",
            turn_seconds=TURN_SECONDS,
            stall_seconds=STALL_SECONDS,
            drawing_seconds=DRAWING_SECONDS,
            **keys,
        )
        async with running_app(settings) as url, httpx.AsyncClient(base_url=url, timeout=30) as http:
            # Loading an SDK takes most of a second, once; the watch does it before the first customer comes.
            await until(lambda: {c.vendor for c in vendors.calls if c.finished} >= set(names))
            yield Shop(http, vendors)


def french_dinner() -> dict[str, object]:
    """What the model answers to ``SAID``."""
    change = {"words": SAID, "do": "add", "menu": "french", "quantity": 1, "style": "simple", "confidence": 0.95}
    return {
        "intent": "order",
        "confidence": 0.95,
        "language": "ko",
        "changes": [change],
        "answer": "프렌치 디너 하나 준비할게요.",
    }


@pytest.fixture(scope="module")
def spoken_order() -> bytes:
    return asyncio.run(spoken_wav(SPOKEN))


async def understood(shop: Shop) -> Served:
    """``SAID``: the cart holds what was ordered, whoever understood it."""
    answer = await shop.http.post(paths.VOICE_ANALYZE, json={"transcript": SAID})
    assert answer.status_code == 200, answer.text
    turn = VoiceAnalysisResponse.model_validate_json(answer.content)
    assert [(i.menu_code, i.style, i.quantity) for i in turn.order_state.items] == [("french", "simple", 1)]
    assert turn.response
    served = served_by(answer)
    assert served.engine == turn.analysis["engine"]
    return served


async def heard(shop: Shop, recording: bytes, words: str = SPOKEN) -> Served:
    shop.vendors.script.hears(SPOKEN, language="en")
    answer = await shop.http.post(
        paths.VOICE_STT, files={"file": ("turn.wav", recording, "audio/wav")}, data={"language": "en"}
    )
    assert answer.status_code == 200, answer.text
    told = Transcription.model_validate_json(answer.content)
    assert told.transcript == words
    return served_by(answer)


async def spoken(shop: Shop, audio_format: AudioFormat = AudioFormat.MP3) -> Served:
    """
    Raises:
        httpx.RemoteProtocolError: the answer broke off.
    """
    answer = await shop.http.post(paths.VOICE_TTS, json={"text": "주문할까요?", "format": audio_format.value})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == AUDIO_MIME[audio_format]
    assert len(answer.content) > 1000
    return served_by(answer)


async def drawn(shop: Shop) -> Served:
    guest = (await shop.http.post(paths.AUTH_GUEST, json={})).json()["token"]
    answer = await shop.http.post(
        paths.IMAGES_GENERATE,
        json={"item": {"menu_code": "strawberry", "style": "grand", "quantity": 1}},
        headers={"Authorization": f"Bearer {guest}"},
    )
    assert answer.status_code == 201, answer.text
    return served_by(answer)


def served_by(answer: httpx.Response) -> Served:
    """As ``Server-Timing`` tells it."""
    steps = re.findall(r'\w+;dur=([\d.]+);desc="(\S+) \S+ \w+"', answer.headers["server-timing"])
    vendors = sum(float(ms) for ms, engine in steps if engine in set(Vendor))
    return Served(steps[-1][1], vendors / 1000)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
async def test_what_the_customer_gets(row: Row, tmp_path: Path, spoken_order: bytes) -> None:
    vendor = Vendor.OPENAI if row.capability in (Capability.STT, Capability.TTS) else Vendor.GEMINI
    async with shop_with(tmp_path, vendor) as shop:
        shop.vendors.order(row.fault, row.capability, seconds=DELAY_SECONDS if row.fault is Fault.DELAY else None)
        match row.capability:
            case Capability.LANGUAGE:
                served = await understood(shop)
            case Capability.STT:
                words = {Gets.PARDON: "", Gets.HALF: HALF_OF_IT}.get(row.gets, SPOKEN)
                served = await heard(shop, spoken_order, words)
            case Capability.TTS:
                if row.gets is Gets.AGAIN:
                    with pytest.raises(httpx.RemoteProtocolError):
                        await spoken(shop)
                served = await spoken(shop)
            case _:
                served = await drawn(shop)
    assert served.engine == (OFFLINE[row.capability] if row.gets in (Gets.OFFLINE, Gets.AGAIN) else vendor)
    assert served.vendors_seconds < BOUNDS[row.within] + ROOM


def test_the_table_stands_in_the_documents() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    shown = text.partition("<!-- faults -->\n")[2].partition("\n<!-- /faults -->")[0]
    assert shown == as_markdown(TABLE), "write it anew: python -m tests.support.fault_table"
