"""OpenAI hears: the real SDK against emulated vendors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import (
    AudioTooLong,
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
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
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.sound_check import SoundCheck
from backend.services.catalogue_files import read_catalogue
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Fault, Transcript, Vendors

ASSETS = Path(__file__).resolve().parents[2] / "assets"
HASTE, PATIENCE = 0.6, 10.0
"""What is asked within ``PATIENCE`` is not about time: other tests may run beside it."""
SILENT = (Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ASSETS / "catalogue").catalogue


@pytest.fixture
async def worker() -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess("check")
    yield process
    await process.close()


class Ears:
    """Makes an ear for a list of models."""

    def __init__(self, vendor: OpenAIVendor, worker: WorkerProcess, meter: ListMeter, catalogue: Catalogue) -> None:
        self._made = (vendor, worker, meter, catalogue)

    def of(self, *models: str, seconds: float = PATIENCE) -> OpenAISpeechToText:
        vendor, worker, meter, catalogue = self._made
        check = SoundCheck(worker)
        return OpenAISpeechToText(vendor, ModelChoice(models), meter, check, lambda: catalogue, stall_seconds=seconds)


@pytest.fixture
def ears(vendor: OpenAIVendor, worker: WorkerProcess, meter: ListMeter, catalogue: Catalogue) -> Ears:
    return Ears(vendor, worker, meter, catalogue)


@pytest.fixture
async def recording(worker: WorkerProcess) -> bytes:
    parameters = {"rate": 175, "pitch": 52, "range": 48, "volume": 110, "gap": 1}
    fields = {"text": "프렌치 디너 하나 주세요", "voice": "ko+f3", "format": "wav", "parameters": parameters}
    return (await worker.run("speak", fields, b"", 10.0)).payload


async def test_whisper_is_asked_for_its_doubts(
    ears: Ears, vendors: Vendors, meter: ListMeter, recording: bytes
) -> None:
    heard = await ears.of("whisper-1", "gpt-transcribe").transcribe(recording, "x.bin", "text/plain", "ko")
    assert (heard.text, heard.language) == ("프렌치 디너 하나 주세요", "ko")
    assert heard.confidence == pytest.approx(0.819, abs=0.001)
    assert (heard.info.engine, heard.info.model) == ("openai", "whisper-1")
    sent = vendors.calls.last("stt")
    assert sent.body["response_format"] == "verbose_json"
    assert sent.body["language"] == "ko"
    assert "프렌치 디너" in sent.body["prompt"]
    assert sent.body["prompt"].endswith("프렌치 디너.")
    assert (sent.upload_name, sent.upload_type) == ("speech.wav", "audio/wav")
    assert sent.upload == recording
    (used,) = meter.records
    assert (used.capability, used.model, used.requests, used.input_tokens) == ("speech_to_text", "whisper-1", 1, 0)
    assert used.seconds == 2  # the vendor's own count


async def test_gpt_transcribe_takes_languages_and_keywords(ears: Ears, vendors: Vendors, recording: bytes) -> None:
    heard = await ears.of("gpt-transcribe").transcribe(recording, "x.wav", "audio/wav", "ko")
    sent = vendors.calls.last("stt").body
    assert sent["languages"] == ["ko"]
    assert {"language", "prompt", "temperature"}.isdisjoint(sent)
    assert sent["response_format"] == "json"
    assert sent["keywords"][0] == "프렌치 디너"
    assert heard.confidence == 0.8


async def test_gpt_4o_is_billed_by_tokens(ears: Ears, vendors: Vendors, meter: ListMeter, recording: bytes) -> None:
    heard = await ears.of("gpt-4o-transcribe").transcribe(recording, "x.wav", "audio/wav", None)
    sent = vendors.calls.last("stt").body
    assert sent["include"] == ["logprobs"]
    assert {"language", "prompt"}.isdisjoint(sent)
    assert heard.language == "ko"
    (used,) = meter.records
    assert used.audio_input_tokens > 0
    assert used.output_tokens > 0
    assert used.input_tokens == 0


async def test_a_compatible_server_that_tells_no_doubts_is_asked_for_words_alone(
    ears: Ears, vendors: Vendors, meter: ListMeter, recording: bytes
) -> None:
    vendors.models.serve("openai", "faster-whisper-large-v3")
    ear = ears.of("faster-whisper-large-v3")
    for _ in range(2):
        heard = await ear.transcribe(recording, "x.wav", "audio/wav", "ko")
        assert heard.text == "프렌치 디너 하나 주세요"
    asked = [call.body["response_format"] for call in vendors.calls.of("stt")]
    assert asked == ["verbose_json", "json", "json"]
    assert len(meter.records) == 2


@pytest.mark.parametrize("model", ["whisper-1", "gpt-transcribe"])
@pytest.mark.parametrize("told", ["ja", "ko", "en"])
async def test_tells_the_language_that_was_spoken(
    ears: Ears, vendors: Vendors, recording: bytes, model: str, told: str
) -> None:
    vendors.script.transcripts.append(Transcript("ケーキ", told))
    heard = await ears.of(model).transcribe(recording, "x.wav", "audio/wav", None)
    assert heard.language == told


@pytest.mark.parametrize(("audio_format", "name"), [("mp3", "speech.mp3"), ("opus", "speech.ogg")])
async def test_is_sent_under_the_name_of_what_it_is(
    ears: Ears, vendors: Vendors, worker: WorkerProcess, audio_format: str, name: str
) -> None:
    parameters = {"rate": 175, "pitch": 52, "range": 48, "volume": 110, "gap": 1}
    fields = {"text": "두 개 주세요", "voice": "ko+f3", "format": audio_format, "parameters": parameters}
    audio = (await worker.run("speak", fields, b"", 10.0)).payload
    await ears.of("whisper-1").transcribe(audio, "evil.wav\r\nX: y", "text/html", "ko")
    assert vendors.calls.last("stt").upload_name == name


async def test_silence_costs_nothing(ears: Ears, vendors: Vendors, meter: ListMeter) -> None:
    quiet = wav(bytes(2 * HEARING_RATE), HEARING_RATE)
    heard = await ears.of("whisper-1").transcribe(quiet, "x.wav", "audio/wav", None)
    assert (heard.text, heard.confidence) == ("", 0.0)
    assert not vendors.calls.of("stt")
    assert not meter.records


@pytest.mark.parametrize("junk", [b"", b"no audio", b"OggS" + bytes(200)])
async def test_what_is_no_audio_is_not_sent(ears: Ears, vendors: Vendors, junk: bytes) -> None:
    with pytest.raises(NotAudio):
        await ears.of("whisper-1").transcribe(junk, "x.wav", "audio/wav", "ko")
    assert not vendors.calls.of("stt")


async def test_what_is_too_long_is_not_sent(ears: Ears, vendors: Vendors) -> None:
    long = encode(bytes(2 * 61 * HEARING_RATE), HEARING_RATE, "opus")
    with pytest.raises(AudioTooLong):
        await ears.of("whisper-1").transcribe(long, "x.ogg", "audio/ogg", "ko")
    assert not vendors.calls.of("stt")


async def test_a_language_that_nobody_offers_is_told(ears: Ears, recording: bytes) -> None:
    ear = ears.of("whisper-1")
    with pytest.raises(LanguageNotServed) as caught:
        await ear.transcribe(recording, "x.wav", "audio/wav", "tlh")
    assert caught.value.served == ear.info.languages
    assert ear.info.languages[:4] == ("ko", "en", "ja", "zh")


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("시청해 주셔서 감사합니다.", ""),
        ("MBC 뉴스 이덕영입니다.", ""),
        ("두 개 주세요. 시청해주셔서 감사합니다.", "두 개 주세요."),
        ("딸기 생크림 케이크, 초콜릿 케이크, 치즈 케이크", "딸기 생크림 케이크, 초콜릿 케이크, 치즈 케이크"),
        ("감사합니다", "감사합니다"),
    ],
)
@pytest.mark.parametrize("model", ["whisper-1", "gpt-transcribe"])
async def test_words_that_nobody_said_are_not_heard(
    ears: Ears, vendors: Vendors, recording: bytes, model: str, *, written: str, heard: str
) -> None:
    vendors.script.transcripts.append(Transcript(written))
    found = await ears.of(model).transcribe(recording, "x.wav", "audio/wav", "ko")
    assert found.text == heard
    assert (found.confidence > 0) is bool(heard)


@pytest.mark.parametrize("model", ["whisper-1", "gpt-transcribe"])
async def test_a_model_that_writes_its_hints_has_heard_nothing(
    ears: Ears, vendors: Vendors, recording: bytes, model: str
) -> None:
    ear = ears.of(model)
    await ear.transcribe(recording, "x.wav", "audio/wav", "ko")
    sent = vendors.calls.last("stt").body
    hints = sent["prompt"].rstrip(".").split(", ") if model == "whisper-1" else sent["keywords"]
    vendors.script.transcripts.append(Transcript(" ".join(hints[1:8])))
    assert (await ear.transcribe(recording, "x.wav", "audio/wav", "ko")).text == ""


async def test_a_model_that_is_gone_is_passed_over_and_the_next_asked_in_its_own_way(
    ears: Ears, vendors: Vendors, meter: ListMeter, recording: bytes
) -> None:
    vendors.models.retire("whisper-1")
    ear = ears.of("whisper-1", "gpt-transcribe")
    heard = await ear.transcribe(recording, "x.wav", "audio/wav", "ko")
    assert heard.info == ear.info
    assert heard.info.model == "gpt-transcribe"
    assert [used.model for used in meter.records] == ["gpt-transcribe"]
    vendors.models.retire("gpt-transcribe")
    with pytest.raises(EngineModelGone):
        await ear.transcribe(recording, "x.wav", "audio/wav", "ko")


@pytest.mark.parametrize(
    ("fault", "expected", "billed"),
    [
        (Fault.NO_ANSWER, EngineTimeout, False),
        (Fault.STALL, EngineTimeout, True),
        (Fault.STALL_MIDSTREAM, EngineTimeout, True),
        (Fault.CUT, EngineUnavailable, False),
        (Fault.CUT_MIDSTREAM, EngineUnavailable, True),
        (Fault.WRONG_KEY, KeyRefused, False),
        (Fault.UNAUTHENTICATED, KeyRefused, False),
        (Fault.LEAKED_KEY, KeyRefused, False),
        (Fault.FORBIDDEN, PermissionRefused, False),
        (Fault.REGION, RegionRefused, False),
        (Fault.QUOTA, QuotaExhausted, False),
        (Fault.RATE_LIMITED, EngineRateLimited, False),
        (Fault.RATE_LIMITED_BARE, EngineRateLimited, False),
        (Fault.BAD_REQUEST, EngineRejected, False),
        (Fault.SERVER_ERROR, EngineUnavailable, False),
        (Fault.OVERLOADED, EngineUnavailable, False),
        (Fault.BAD_GATEWAY, EngineUnavailable, False),
        (Fault.WRONG_TYPE, EngineBadResponse, True),
        (Fault.TRUNCATED_JSON, EngineBadResponse, True),
        (Fault.WRONG_SHAPE, EngineBadResponse, True),
        (Fault.BROKEN_SCHEMA, EngineBadResponse, True),
        (Fault.HUGE, EngineBadResponse, True),
        (Fault.ENDLESS, EngineBadResponse, True),
        (Fault.SAFETY, EngineRejected, False),
    ],
)
async def test_what_goes_wrong(
    ears: Ears, vendors: Vendors, meter: ListMeter, recording: bytes, *, fault: Fault, expected: type, billed: bool
) -> None:
    vendors.order(fault, "stt")
    loop = asyncio.get_running_loop()
    began = loop.time()
    ear = ears.of("whisper-1", seconds=HASTE if fault in SILENT else PATIENCE)
    with pytest.raises(EngineError) as caught:
        await ear.transcribe(recording, "x.wav", "audio/wav", "ko")
    assert type(caught.value) is expected
    assert loop.time() - began < PATIENCE
    assert bool(meter.records) is billed
    if fault is Fault.RATE_LIMITED:
        assert caught.value.retry_after == 20
    if fault is Fault.RATE_LIMITED_BARE:
        assert caught.value.retry_after is None


async def test_nothing_said_is_an_empty_text(ears: Ears, vendors: Vendors, recording: bytes) -> None:
    vendors.order(Fault.EMPTY, "stt")
    heard = await ears.of("whisper-1").transcribe(recording, "x.wav", "audio/wav", "ko")
    assert (heard.text, heard.confidence) == ("", 0.0)


async def test_many_are_heard_at_once(ears: Ears, recording: bytes) -> None:
    ear = ears.of("whisper-1")
    heard = await asyncio.gather(*(ear.transcribe(recording, "x.wav", "audio/wav", "ko") for _ in range(8)))
    assert {each.text for each in heard} == {"프렌치 디너 하나 주세요"}
