"""Vendors behind the whole backend: who takes over, what is remembered, what is paid, and what the manager is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared import paths
from shared.headers import TURN_ELAPSED_HEADER
from shared.health import Capability as Health
from shared.health import EngineHealth, EngineState, HealthResponse
from shared.usage import UsageResponse
from shared.voice import Transcription, VoiceAnalysisResponse
from tests.fakes.vendors import Vendors, emulated_vendors
from tests.fakes.vendors.faults import Capability, Fault, Vendor
from tests.support.backend import make_settings, running_app
from tests.support.speech import spoken_wav
from tests.support.waiting import until

SAID = "프렌치 디너 하나 심플로 주세요"
REPLY = {
    "intent": "order",
    "confidence": 0.95,
    "language": "ko",
    "changes": [{"words": SAID, "do": "add", "menu": "french", "quantity": 1, "style": "simple"}],
    "answer": "프렌치 디너 하나 준비할게요.",
}
TEXT = "주문할까요?"
TODAY = date(2026, 11, 23)


@dataclass
class Shop:
    http: httpx.AsyncClient
    vendors: Vendors
    data_dir: Path

    async def analyze(self, said: str = SAID, **headers: str) -> VoiceAnalysisResponse:
        answer = await self.http.post(paths.VOICE_ANALYZE, json={"transcript": said}, headers=headers)
        assert answer.status_code == 200, answer.text
        return VoiceAnalysisResponse.model_validate_json(answer.content)

    async def hear(self, recording: bytes, language: str) -> httpx.Response:
        return await self.http.post(
            paths.VOICE_STT, files={"file": ("turn.wav", recording, "audio/wav")}, data={"language": language}
        )

    async def speak(self, text: str = TEXT, audio_format: str = "mp3", voice: str = "nova") -> httpx.Response:
        answer = await self.http.post(paths.VOICE_TTS, json={"text": text, "format": audio_format, "voice": voice})
        assert answer.status_code == 200, answer.text
        return answer

    async def engines(self, capability: Health) -> dict[str, EngineHealth]:
        health = HealthResponse.model_validate_json((await self.http.get(paths.HEALTH)).content)
        return {engine.engine: engine for engine in health.engines if engine.capability is capability}

    async def as_manager(self, path: str) -> httpx.Response:
        first = json.loads((self.data_dir / "first-run.json").read_text())["manager"]
        token = (await self.http.post(paths.AUTH_LOGIN, json=first)).json()["token"]
        return await self.http.get(path, headers={"Authorization": f"Bearer {token}"})

    def count(self, capability: Capability, vendor: Vendor) -> int:
        return sum(call.capability is capability and call.vendor is vendor for call in self.vendors.calls)


@asynccontextmanager
async def shop(tmp_path: Path, *names: Vendor, **changes: Any) -> AsyncIterator[Shop]:
    async with emulated_vendors() as vendors:
        vendors.script.says(REPLY)
        prepare = changes.pop("prepare", None)
        if prepare:
            prepare(vendors)
        keys: dict[str, Any] = {"turn_seconds": 3.0, "stall_seconds": 0.5}
        if Vendor.GEMINI in names:
            keys |= {"gemini_api_key": vendors.gemini_key, "gemini_base_url": vendors.gemini_url}
        if Vendor.OPENAI in names:
            keys |= {"openai_api_key": vendors.openai_key, "openai_base_url": vendors.openai_url}
        data_dir = tmp_path / "data"
        settings = make_settings(data_dir, **(keys | changes))
        serving = running_app(settings, today=lambda: TODAY)
        async with serving as url, httpx.AsyncClient(base_url=url, timeout=30) as http:
            await until(lambda: {call.vendor for call in vendors.calls} >= set(names))
            yield Shop(http, vendors, data_dir)


def engine_of(answer: httpx.Response) -> str:
    """The last step's engine and outcome."""
    described: str = answer.headers["server-timing"].rpartition('desc="')[2]
    return described.rstrip('"')


async def test_a_gemini_key_alone_hears_understands_speaks_and_draws(tmp_path: Path) -> None:
    recording = await spoken_wav("프렌치 디너 하나 심플로 주세요")
    async with shop(tmp_path, Vendor.GEMINI) as gemini:
        gemini.vendors.script.hears(SAID)
        heard = Transcription.model_validate_json((await gemini.hear(recording, "ko")).content)
        assert (heard.transcript, heard.engine, heard.language) == (SAID, "gemini", "ko")
        turn = await gemini.analyze(heard.transcript)
        assert turn.analysis["engine"] == "gemini"
        assert [item.menu_code for item in turn.order_state.items] == ["french"]
        assert engine_of(await gemini.speak()).startswith("gemini ")
        offs = await gemini.engines(Health.TEXT_TO_SPEECH)
        assert (offs["openai"].state, offs["openai"].reason) == (EngineState.OFF, "no_key")


async def test_one_vendor_takes_over_from_the_other(tmp_path: Path) -> None:
    recording = await spoken_wav("프렌치 디너 하나 심플로 주세요")
    async with shop(tmp_path, Vendor.GEMINI, Vendor.OPENAI) as both:
        both.vendors.script.hears(SAID)
        both.vendors.order(Fault.SERVER_ERROR, vendor=Vendor.OPENAI)
        heard = Transcription.model_validate_json((await both.hear(recording, "ko")).content)
        assert (heard.transcript, heard.engine) == (SAID, "gemini")
        assert engine_of(await both.speak()).startswith("gemini ")


async def test_korean_with_every_vendor_dead_says_so_at_once(tmp_path: Path) -> None:
    """The kiosk leads to the keyboard then; nothing on this machine hears Korean without a model."""
    recording = await spoken_wav("프렌치 디너 하나 심플로 주세요")
    async with shop(tmp_path, Vendor.GEMINI, Vendor.OPENAI) as both:
        both.vendors.order(Fault.CUT)
        answer = await both.hear(recording, "ko")
        assert (answer.status_code, answer.json()["code"]) == (503, "engine_unavailable")
        both.vendors.script.hears("two cakes", language="en")
        assert (await both.hear(await spoken_wav("two strawberry cakes"), "en")).json()["engine"] == "pocketsphinx"


async def test_a_model_that_is_gone_costs_one_call_and_is_remembered(tmp_path: Path) -> None:
    """Between two readings of the list: the first wish is listed, and then is not served."""
    listed = {"prepare": lambda vendors: vendors.models.serve(Vendor.GEMINI, "gemini-2.0-flash")}
    async with shop(tmp_path, Vendor.GEMINI, **listed) as gemini:
        assert (await gemini.analyze()).analysis["model"] == "gemini-2.0-flash"
        gemini.vendors.models.retire("gemini-2.0-flash")
        for _ in range(3):
            assert (await gemini.analyze()).analysis["model"] == "gemini-3.8-flash"
        asked = [call.model for call in gemini.vendors.calls if call.capability is Capability.LANGUAGE]
        assert asked == ["gemini-2.0-flash", "gemini-2.0-flash", *["gemini-3.8-flash"] * 3]


async def test_the_health_page_names_models_that_are_retired_or_end_soon(tmp_path: Path) -> None:
    async with shop(tmp_path, Vendor.GEMINI, Vendor.OPENAI) as both:
        async with asyncio.timeout(10):
            while not (await both.engines(Health.LANGUAGE))["gemini"].warnings:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.05)
        language = (await both.engines(Health.LANGUAGE))["gemini"]
        assert language.model == "gemini-3.8-flash"
        assert [(w.code, w.model) for w in language.warnings] == [("model_retired", "gemini-2.0-flash")]
        speech = (await both.engines(Health.TEXT_TO_SPEECH))["openai"]
        assert [(w.code, w.model, w.ends) for w in speech.warnings] == [
            ("model_ends_soon", "tts-1", date(2027, 1, 6)),
        ]


async def test_speech_through_realtime_where_nothing_else_is_left(tmp_path: Path) -> None:
    def retire(vendors: Vendors) -> None:
        vendors.models.retire("tts-1", "tts-1-hd", "gpt-4o-mini-tts")

    async with shop(tmp_path, Vendor.OPENAI, prepare=retire) as openai:
        assert engine_of(await openai.speak()) == "openai gpt-realtime-2.1-mini ok"


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (Fault.WRONG_KEY, EngineState.MISCONFIGURED, "wrong_key"),
        (Fault.REGION, EngineState.MISCONFIGURED, "region"),
        (Fault.QUOTA, EngineState.UNAVAILABLE, "quota"),
        (Fault.CUT, EngineState.UNAVAILABLE, "no_answer"),
    ],
)
async def test_what_is_wrong_is_told_apart_before_the_first_customer(
    tmp_path: Path, fault: Fault, state: EngineState, reason: str
) -> None:
    def break_the_list(vendors: Vendors) -> None:
        vendors.order(fault, vendor=Vendor.GEMINI)

    async with shop(tmp_path, Vendor.GEMINI, prepare=break_the_list) as gemini:
        async with asyncio.timeout(15):
            while (await gemini.engines(Health.LANGUAGE))["gemini"].state is EngineState.READY:
                await asyncio.sleep(0.05)
                await gemini.analyze()  # a vendor that only refuses the connection is believed dead after two
        told = (await gemini.engines(Health.LANGUAGE))["gemini"]
        assert (told.state, told.reason) == (state, reason)
        before = gemini.count(Capability.LANGUAGE, Vendor.GEMINI)
        assert (await gemini.analyze()).analysis["engine"] == "offline"
        assert gemini.count(Capability.LANGUAGE, Vendor.GEMINI) == before


async def test_no_vendor_is_asked_when_the_customer_has_waited_long_enough(tmp_path: Path) -> None:
    async with shop(tmp_path, Vendor.GEMINI) as gemini:
        turn = await gemini.analyze(**{TURN_ELAPSED_HEADER: "2.9"})
        assert turn.analysis["engine"] == "offline"
        assert gemini.count(Capability.LANGUAGE, Vendor.GEMINI) == 0
        refused = await gemini.http.post(
            paths.VOICE_ANALYZE, json={"transcript": SAID}, headers={TURN_ELAPSED_HEADER: "soon"}
        )
        assert refused.status_code == 422


async def test_equal_speech_is_paid_for_once_and_outlives_its_vendor_and_the_backend(tmp_path: Path) -> None:
    quiet = {"speech_engines": ("openai", "offline")}
    async with shop(tmp_path, Vendor.OPENAI, **quiet) as openai:
        first = await openai.speak()
        paid = [c for c in openai.vendors.calls if c.capability is Capability.TTS and TEXT in str(c.body)]
        assert len(paid) == 1
        again = await asyncio.gather(*(openai.speak() for _ in range(4)))
        assert {answer.content for answer in again} == {first.content}
        assert [c for c in openai.vendors.calls if c.capability is Capability.TTS and TEXT in str(c.body)] == paid
        openai.vendors.order(Fault.CUT, vendor=Vendor.OPENAI)
        assert engine_of(await openai.speak()) == "openai tts-1 kept"
        assert engine_of(await openai.speak("처음 듣는 말이에요.")).startswith("espeak-ng")
    async with shop(tmp_path, Vendor.OPENAI, **quiet) as next_day:
        assert (await next_day.speak()).content == first.content


async def test_two_at_once_pay_once(tmp_path: Path) -> None:
    async with shop(tmp_path, Vendor.OPENAI) as openai:
        text = "둘이 한꺼번에 물어요."
        answers = await asyncio.gather(*(openai.speak(text) for _ in range(5)))
        assert len({answer.content for answer in answers}) == 1
        assert sum(text in str(c.body) for c in openai.vendors.calls if c.capability is Capability.TTS) == 1


async def test_what_was_used_is_readable_by_the_manager_and_nobody_else(tmp_path: Path) -> None:
    async with shop(tmp_path, Vendor.GEMINI) as gemini:
        await gemini.analyze()
        assert (await gemini.http.get(paths.USAGE)).status_code == 401
        report = UsageResponse.model_validate_json((await gemini.as_manager(paths.USAGE)).content)
        used = {(row.engine, row.model, row.capability): row for row in report.rows}
        row = used["gemini", "gemini-3.8-flash", Health.LANGUAGE]
        assert row.requests == 1
        assert row.input_tokens > 0
        assert row.cost_micros is not None
        assert row.cost_micros > 0


async def test_a_key_that_is_not_accepted_never_stands_in_log_or_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secret = "sk-not-accepted-8f1c"
    async with shop(tmp_path, Vendor.OPENAI, openai_api_key=secret) as openai:
        answer = await openai.speak()
        health = await openai.http.get(paths.HEALTH)
    assert secret not in answer.headers["server-timing"] + health.text + caplog.text


async def test_a_first_look_costs_nothing_and_a_fine_picture_is_the_vendors(tmp_path: Path) -> None:
    async with shop(tmp_path, Vendor.GEMINI) as gemini:
        token = (await gemini.http.post(paths.AUTH_GUEST, json={})).json()["token"]
        drawn = []
        for detail in ("quick", "fine"):
            body = {"item": {"menu_code": "strawberry", "style": "grand", "quantity": 1}, "detail": detail}
            headers = {"Authorization": f"Bearer {token}"}
            drawn.append((await gemini.http.post(paths.IMAGES_GENERATE, json=body, headers=headers)).json()["engine"])
        assert drawn == ["resvg", "gemini"]
        assert gemini.count(Capability.IMAGE, Vendor.GEMINI) == 1
