"""Gemini hears, through Google's own SDK against the emulated vendor."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from backend.domain.catalogue import Catalogue
from backend.external import wav_stream
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.hearing import GeminiSpeechToText
from backend.external.interfaces import (
    AudioTooLong,
    EngineBadResponse,
    EngineError,
    EngineInfo,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
    KeyMissing,
    KeyRefused,
    LanguageNotServed,
    NotAudio,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)
from backend.external.model_choice import ModelChoice
from backend.external.offline.audio_codec import HEARING_RATE, encode, wav
from backend.external.offline.worker import WorkerProcess
from backend.external.sound_check import SoundCheck
from backend.services.catalogue_files import read_catalogue
from tests.fakes.meters import NoMeter
from tests.fakes.vendors import Fault, Transcript
from tests.support.gemini import Gemini, emulated_gemini
from tests.support.recordings import container_file
from tests.support.sound import tone

FLASH, LITE = "gemini-3.8-flash", "gemini-3.5-flash-lite"
ORDER = "프렌치 디너 하나랑 딸기 생크림 케이크 두 개 주세요"
SPEECH = tone(2.0)
ASSETS = Path(__file__).resolve().parents[2] / "assets"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(ASSETS / "catalogue").catalogue


@pytest.fixture
async def gemini() -> AsyncIterator[Gemini]:
    async with emulated_gemini() as connected:
        connected.vendors.script.transcript = Transcript(ORDER)
        yield connected


@pytest.fixture
async def check() -> AsyncIterator[SoundCheck]:
    worker = WorkerProcess("check")
    yield SoundCheck(worker)
    await worker.close()


def ear(
    gemini: Gemini, check: SoundCheck, *models: str, catalogue: Catalogue | None = None, seconds: float = 10.0
) -> GeminiSpeechToText:
    names = (lambda: catalogue) if catalogue is not None else None
    choice = ModelChoice(models or (FLASH, LITE))
    return GeminiSpeechToText(gemini.vendor, choice, gemini.meter, check, names, stall_seconds=seconds)


def body(gemini: Gemini) -> Any:
    return gemini.vendors.calls.last("stt").body


def instruction(gemini: Gemini) -> str:
    return "\n".join(part["text"] for part in body(gemini)["systemInstruction"]["parts"])


async def test_hears_what_is_said(gemini: Gemini, check: SoundCheck) -> None:
    heard = await ear(gemini, check).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
    assert (heard.text, heard.language) == (ORDER, "ko")
    assert heard.confidence == 0.9
    assert heard.info == EngineInfo("gemini", FLASH, heard.info.languages)
    assert heard.info.languages[:2] == ("ko", "en")


async def test_tells_the_language_that_it_hears(gemini: Gemini, check: SoundCheck) -> None:
    for told, language in (("en-US", "en"), ("ja", "ja"), ("", "ko"), ("Korean", "ko"), ("xx", "ko")):
        gemini.vendors.script.transcript = Transcript(ORDER, told)
        assert (await ear(gemini, check).transcribe(SPEECH, "turn.wav", "audio/wav", None)).language == language


async def test_asks_for_nothing_but_a_transcript(gemini: Gemini, check: SoundCheck, catalogue: Catalogue) -> None:
    await ear(gemini, check, catalogue=catalogue).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
    config = body(gemini)["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert set(config["responseJsonSchema"]["required"]) == {"speech", "transcript", "language", "confidence"}
    assert config["thinkingConfig"] == {"thinkingLevel": "LOW"}
    assert "word for word" in instruction(gemini)
    assert "most likely speaks: ko" in instruction(gemini)
    for name in ("프렌치 디너", "French Dinner", "생크림", "디럭스"):
        assert name in instruction(gemini)
    await ear(gemini, check).transcribe(SPEECH, "turn.wav", "audio/wav", None)
    assert "most likely" not in instruction(gemini)
    assert "names" not in instruction(gemini)


@pytest.mark.parametrize("kind", ["wav", "opus", "webm", "m4a"])
async def test_sends_what_gemini_takes(gemini: Gemini, check: SoundCheck, kind: str) -> None:
    recording = container_file(SPEECH, kind)
    heard = await ear(gemini, check).transcribe(recording, f"turn.{kind}", "application/octet-stream", "ko")
    assert heard.text == ORDER
    call = gemini.vendors.calls.last("stt")
    assert call.upload_type == "audio/wav"
    sent = wav_stream.samples(call.upload)
    assert sent is not None
    assert sent[1] == HEARING_RATE
    assert len(sent[0]) == pytest.approx(2 * HEARING_RATE * 2, rel=0.05)


async def test_sends_an_mp3_as_it_is(gemini: Gemini, check: SoundCheck) -> None:
    recording = encode(SPEECH[44:], 22_050, "mp3")
    await ear(gemini, check).transcribe(recording, "turn.wav", "audio/wav", "ko")
    call = gemini.vendors.calls.last("stt")
    assert (call.upload_type, call.upload) == ("audio/mp3", recording)


async def test_a_model_that_is_gone_is_asked_once(gemini: Gemini, check: SoundCheck) -> None:
    gemini.vendors.models.retire(FLASH)
    hearing = ear(gemini, check)
    for _ in range(2):
        assert (await hearing.transcribe(SPEECH, "turn.wav", "audio/wav", "ko")).info.model == LITE
    assert hearing.info.model == LITE
    assert [call.model for call in gemini.vendors.calls.of("stt")] == [FLASH, LITE, LITE]


async def test_what_hearing_costs_is_metered(gemini: Gemini, check: SoundCheck) -> None:
    await ear(gemini, check).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
    (used,) = gemini.meter.records
    assert (used.capability, used.engine, used.model) == ("speech_to_text", "gemini", FLASH)
    assert used.seconds == pytest.approx(2.0, abs=0.01)
    assert used.audio_input_tokens == 64
    assert used.input_tokens > 0
    assert used.output_tokens > 0
    assert used.audio_output_tokens == 0


async def test_silence_is_not_paid_for(gemini: Gemini, check: SoundCheck) -> None:
    heard = await ear(gemini, check).transcribe(wav(bytes(64_000), HEARING_RATE), "turn.wav", "audio/wav", None)
    assert (heard.text, heard.confidence) == ("", 0.0)
    assert len(gemini.vendors.calls) == 0


async def test_what_cannot_be_heard_is_not_paid_for(gemini: Gemini, check: SoundCheck) -> None:
    with pytest.raises(NotAudio):
        await ear(gemini, check).transcribe(b"RIFF" + bytes(100), "turn.wav", "audio/wav", "ko")
    with pytest.raises(AudioTooLong):
        await ear(gemini, check).transcribe(tone(61.0), "turn.wav", "audio/wav", "ko")
    with pytest.raises(LanguageNotServed) as caught:
        await ear(gemini, check).transcribe(SPEECH, "turn.wav", "audio/wav", "tlh")
    assert "ko" in caught.value.served
    assert len(gemini.vendors.calls) == 0


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "시청해 주셔서 감사합니다.",
        "프렌치 디너, 잉글리시 디너, 발렌타인 디너, 샴페인 축제 디너, 딸기 생크림 케이크",
        "네, " * 200,
    ],
)
async def test_what_nobody_said_is_left_out(
    gemini: Gemini, check: SoundCheck, catalogue: Catalogue, made_up: str
) -> None:
    gemini.vendors.script.transcript = Transcript(made_up)
    heard = await ear(gemini, check, catalogue=catalogue).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
    assert (heard.text, heard.confidence) == ("", 0.0)


async def test_each_family_is_told_to_think_little_in_its_own_way(gemini: Gemini, check: SoundCheck) -> None:
    for model, told in (("gemini-2.5-flash", {"thinkingBudget": 0}), (LITE, {"thinkingLevel": "MINIMAL"})):
        heard = await ear(gemini, check, model).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
        assert heard.text == ORDER
        assert body(gemini)["generationConfig"]["thinkingConfig"] == told


class Wilful:
    """A model that refuses to be told how to think, and writes words where it says that nobody spoke."""

    def __init__(self) -> None:
        self.thoughts: list[Any] = []

    async def answer(self, request: web.Request) -> web.Response:
        thinking = (await request.json())["generationConfig"].get("thinkingConfig")
        self.thoughts.append(thinking)
        if thinking is not None:
            told = {"code": 400, "status": "INVALID_ARGUMENT", "message": "Thinking level LOW is not supported."}
            return web.json_response({"error": told}, status=400)
        said = {"speech": False, "transcript": "초콜릿 케이크", "language": "ko", "confidence": 0.4}
        content = {"role": "model", "parts": [{"text": json.dumps(said)}]}
        return web.json_response({"candidates": [{"content": content, "finishReason": "STOP"}]})


async def test_a_model_that_takes_no_wish_is_asked_without_from_then_on(check: SoundCheck) -> None:
    model = Wilful()
    app = web.Application()
    app.add_routes([web.post("/v1beta/models/{call}", model.answer)])
    async with TestServer(app) as server:
        vendor = GeminiVendor("a-key", str(server.make_url("")))
        hearing = GeminiSpeechToText(vendor, ModelChoice((FLASH,)), NoMeter(), check)
        for _ in range(2):
            heard = await hearing.transcribe(SPEECH, "turn.wav", "audio/wav", None)
            assert (heard.text, heard.language, heard.confidence) == ("", "ko", 0.0)
        await vendor.close()
    assert [thinking is not None for thinking in model.thoughts] == [True, False, False]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.SAFETY, EngineRejected),
        (Fault.PROMPT_BLOCKED, EngineRejected),
        (Fault.EMPTY, EngineBadResponse),
        (Fault.CUT_SHORT, EngineBadResponse),
        (Fault.BROKEN_SCHEMA, EngineBadResponse),
        (Fault.WRONG_SHAPE, EngineBadResponse),
        (Fault.TRUNCATED_JSON, EngineBadResponse),
        (Fault.WRONG_TYPE, EngineBadResponse),
        (Fault.HUGE, EngineBadResponse),
        (Fault.ENDLESS, EngineBadResponse),
        (Fault.WRONG_KEY, KeyRefused),
        (Fault.UNAUTHENTICATED, KeyRefused),
        (Fault.LEAKED_KEY, KeyRefused),
        (Fault.FORBIDDEN, PermissionRefused),
        (Fault.REGION, RegionRefused),
        (Fault.MODEL_GONE, EngineModelGone),
        (Fault.RATE_LIMITED, EngineRateLimited),
        (Fault.QUOTA, QuotaExhausted),
        (Fault.BAD_REQUEST, EngineError),
        (Fault.SERVER_ERROR, EngineUnavailable),
        (Fault.OVERLOADED, EngineUnavailable),
        (Fault.BAD_GATEWAY, EngineUnavailable),
        (Fault.CUT, EngineUnavailable),
        (Fault.CUT_MIDSTREAM, EngineUnavailable),
    ],
)
async def test_each_fault_is_told_apart(
    gemini: Gemini, check: SoundCheck, fault: Fault, error: type[EngineError]
) -> None:
    gemini.vendors.order(fault, "stt")
    with pytest.raises(error) as caught:
        await ear(gemini, check, FLASH).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")
    assert type(caught.value) is error or error is EngineError
    assert len(gemini.vendors.calls.of("stt")) == 1, "adapters do not try again"
    words = str(caught.value) + str(caught.value.__cause__)
    assert "프렌치" not in words


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM])
async def test_patience_ends(gemini: Gemini, check: SoundCheck, fault: Fault) -> None:
    gemini.vendors.order(fault, "stt")
    with pytest.raises(EngineTimeout):
        await ear(gemini, check, seconds=0.3).transcribe(SPEECH, "turn.wav", "audio/wav", "ko")


async def test_without_a_key_nobody_is_asked(gemini: Gemini, check: SoundCheck) -> None:
    nobody = GeminiVendor("", gemini.vendors.gemini_url)
    with pytest.raises(KeyMissing):
        await GeminiSpeechToText(nobody, ModelChoice((FLASH,)), gemini.meter, check).transcribe(
            SPEECH, "turn.wav", "audio/wav", "ko"
        )
    assert len(gemini.vendors.calls) == 0
    await nobody.close()
