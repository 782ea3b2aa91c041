"""A shop for tests of the voice stream: the real backend, vendors emulated on the wire, and something spoken."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from backend.external import wav_stream
from shared import paths
from tests.fakes.vendors import Vendors
from tests.fakes.vendors.brain import Transcript
from tests.fakes.vendors.faults import Capability
from tests.support.backend import make_settings, running_app
from tests.support.speech import spoken_wav
from tests.support.vendors import emulated_vendors  # with the SDKs: to load them takes seconds on a busy machine
from tests.support.waiting import until

SURE = "딸기 케이크 하나 주세요"
UNSURE = "오늘 뭔가 축하할 일이 있어서 그러는데요"
SESSION = "s" * 20


class Shop:
    def __init__(self, url: str, vendors: Vendors, data_dir: Path) -> None:
        self.url = url
        self.vendors = vendors
        self.data_dir = data_dir

    def asked(self, capability: Capability) -> int:
        return sum(call.capability is capability for call in self.vendors.calls)

    async def items(self, session_id: str = SESSION) -> list[str]:
        """The cart as it stands, read by a turn that changes nothing."""
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as http:
            body = {"transcript": "안녕하세요", "session_id": session_id}
            answer = await http.post(paths.VOICE_ANALYZE, json=body)
            return [item["menu_code"] for item in answer.json()["order_state"]["items"]]


@asynccontextmanager
async def shop(tmp_path: Path, **changes: Any) -> AsyncIterator[Shop]:
    """Vendors hear, speak and understand; what they hear is ``SURE`` unless a test says otherwise."""
    async with emulated_vendors() as vendors:
        vendors.script.transcript = Transcript(SURE)
        vendors.script.says({"intent": "greeting", "confidence": 0.9, "language": "ko", "answer": "축하드려요."})
        keys = {
            "gemini_api_key": vendors.gemini_key, "gemini_base_url": vendors.gemini_url,
            "openai_api_key": vendors.openai_key, "openai_base_url": vendors.openai_url,
            "hearing_engines": ("openai",), "image_engines": ("offline",),
        }  # fmt: skip
        settings = make_settings(tmp_path / "data", **(keys | changes))
        async with running_app(settings) as url:
            await until(lambda: len({call.vendor for call in vendors.calls}) == 2)
            yield Shop(url, vendors, tmp_path / "data")


@functools.cache
def spoken_sample() -> bytes:
    """Something spoken: s16le, 16 kHz, mono."""
    found = wav_stream.samples(asyncio.run(spoken_wav(SURE)))
    assert found is not None
    pcm, rate = found
    step = rate / 16_000
    places = [int(at * step) * 2 for at in range(int(len(pcm) / 2 / step))]
    return b"".join(pcm[at : at + 2] for at in places)
