"""OpenAI speaks through its Realtime API: the real SDK and websockets against emulated vendors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    NotOffered,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)
from backend.external.model_choice import ModelChoice
from backend.external.offline.audio_codec import HEARING_RATE, container_of, decode
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.realtime import OpenAIRealtimeSpeech
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Fault, Pace, Vendors

MODEL = "gpt-realtime-2.1-mini"
TEXT = "딸기 생크림 케이크 2개, 모두 76,000원이에요."
STALL = 0.4
PATIENCE = 10.0
"""Where a test is not about time: other tests may run beside it."""
SILENT = (Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM)


@pytest.fixture
def speech(vendor: OpenAIVendor, meter: ListMeter) -> OpenAIRealtimeSpeech:
    return OpenAIRealtimeSpeech(vendor, ModelChoice([MODEL]), meter, PATIENCE, seconds=PATIENCE)


def seconds(audio: bytes) -> float:
    return len(decode(audio)) / 2 / HEARING_RATE


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(("audio_format", "container"), [("mp3", "mp3"), ("wav", "wav"), ("opus", "ogg")])
async def test_reads_a_text_and_tells_what_it_cost(
    speech: OpenAIRealtimeSpeech, vendors: Vendors, meter: ListMeter, audio_format: str, container: str
) -> None:
    spoken = await (await speech.stream(TEXT, "nova", audio_format)).read()
    assert container_of(spoken.audio) == container
    assert spoken.info == speech.info
    update, create = vendors.calls.last("tts").body
    session = update["session"]
    assert session["output_modalities"] == ["audio"]
    assert session["audio"]["output"]["voice"] == "marin"
    assert session["reasoning"] == {"effort": "minimal"}
    assert create["response"]["input"][0]["content"][0]["text"] == "딸기 생크림 케이크 두 개, 모두 칠만 육천 원이에요."
    assert create["response"]["conversation"] == "none"
    (used,) = meter.records
    assert (used.capability, used.engine, used.model) == ("text_to_speech", "openai", MODEL)
    assert used.input_tokens > 0
    assert used.output_tokens > 0
    assert used.audio_output_tokens > 0
    assert used.seconds == pytest.approx(seconds(spoken.audio), abs=0.15)
    await until(lambda: vendors.calls.last("tts").finished)


@pytest.mark.parametrize("voice", ["alloy", "echo", "fable", "onyx", "nova", "shimmer", "?"])
async def test_every_voice_of_the_contract_has_one(speech: OpenAIRealtimeSpeech, vendors: Vendors, voice: str) -> None:
    await (await speech.stream("안녕하세요", voice, "mp3")).read()
    update, _ = vendors.calls.last("tts").body
    assert update["session"]["audio"]["output"]["voice"] in {"alloy", "echo", "shimmer", "ballad", "cedar", "marin"}


async def test_other_words_are_never_heard(speech: OpenAIRealtimeSpeech, vendors: Vendors, meter: ListMeter) -> None:
    vendors.order(Fault.OTHER_WORDS, "tts", 1)
    with pytest.raises(EngineBadResponse):
        await speech.stream(TEXT, "nova", "mp3")
    assert len(meter.records) == 1
    assert (await (await speech.stream(TEXT, "nova", "mp3")).read()).audio


async def test_a_text_without_words_is_a_breath_that_costs_nothing(
    speech: OpenAIRealtimeSpeech, vendors: Vendors, meter: ListMeter
) -> None:
    spoken = await (await speech.stream("🎂", "nova", "wav")).read()
    assert 0 < seconds(spoken.audio) < 0.5
    assert not vendors.calls.of("tts")
    assert not meter.records


async def test_an_unknown_format_is_not_offered(speech: OpenAIRealtimeSpeech) -> None:
    with pytest.raises(NotOffered):
        await speech.stream("Hello", "nova", "flac")


@pytest.mark.parametrize(
    ("fault", "expected", "billed"),
    [
        (Fault.NO_ANSWER, EngineTimeout, False),
        (Fault.STALL, EngineTimeout, False),
        (Fault.STALL_MIDSTREAM, EngineTimeout, True),
        (Fault.CUT, EngineUnavailable, False),
        (Fault.CUT_MIDSTREAM, EngineUnavailable, True),
        (Fault.WRONG_KEY, KeyRefused, False),
        (Fault.LEAKED_KEY, KeyRefused, False),
        (Fault.FORBIDDEN, PermissionRefused, False),
        (Fault.REGION, RegionRefused, False),
        (Fault.MODEL_GONE, EngineModelGone, True),
        (Fault.QUOTA, QuotaExhausted, True),
        (Fault.RATE_LIMITED, EngineRateLimited, True),
        (Fault.RATE_LIMITED_BARE, EngineRateLimited, True),
        (Fault.SERVER_ERROR, EngineUnavailable, False),
        (Fault.OVERLOADED, EngineUnavailable, False),
        (Fault.BAD_GATEWAY, EngineUnavailable, False),
        (Fault.ERROR_MIDSTREAM, EngineUnavailable, True),
        (Fault.WRONG_TYPE, EngineBadResponse, False),
        (Fault.WRONG_SHAPE, EngineBadResponse, True),
        (Fault.TRUNCATED_JSON, EngineBadResponse, True),
        (Fault.EMPTY, EngineBadResponse, True),
        (Fault.CUT_SHORT, EngineBadResponse, True),
        (Fault.HUGE, EngineBadResponse, True),
        (Fault.ENDLESS, EngineBadResponse, True),
        (Fault.SAFETY, EngineRejected, True),
        (Fault.PROMPT_BLOCKED, EngineRejected, True),
    ],
)
async def test_what_goes_wrong(
    vendor: OpenAIVendor, vendors: Vendors, meter: ListMeter, *, fault: Fault, expected: type, billed: bool
) -> None:
    vendors.order(fault, "tts")
    stall = STALL * 3 if fault in SILENT else PATIENCE
    speech = OpenAIRealtimeSpeech(vendor, ModelChoice([MODEL]), meter, stall)
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(EngineError) as caught:
        await speech.stream(TEXT, "nova", "mp3")
    assert type(caught.value) is expected
    assert loop.time() - began < PATIENCE
    assert bool(meter.records) is billed


async def test_a_retired_model_is_passed_over(vendor: OpenAIVendor, vendors: Vendors) -> None:
    vendors.models.retire(MODEL)
    speech = OpenAIRealtimeSpeech(vendor, ModelChoice([MODEL, "gpt-realtime-2.1"]), ListMeter(), PATIENCE)
    spoken = await (await speech.stream("안녕하세요", "nova", "mp3")).read()
    assert spoken.info.model == speech.info.model == "gpt-realtime-2.1"


async def test_what_is_given_up_lets_the_line_go(speech: OpenAIRealtimeSpeech, vendors: Vendors) -> None:
    vendors.pace = Pace(first_sound=0.0, whole_sound=2.0)
    before = asyncio.all_tasks()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await speech.stream(TEXT, "nova", "mp3")
    await until(lambda: not [task for task in asyncio.all_tasks() - before if "keepalive" in repr(task)])
    assert not vendors.calls.last("tts").finished


async def test_many_speak_at_once(speech: OpenAIRealtimeSpeech) -> None:
    streams = await asyncio.gather(*(speech.stream(f"{count}개요", "nova", "mp3") for count in range(1, 7)))
    spoken = await asyncio.gather(*(stream.read() for stream in streams))
    assert all(seconds(each.audio) > 0.1 for each in spoken)
