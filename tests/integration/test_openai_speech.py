"""OpenAI speaks: the real SDK against emulated vendors."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable

import pytest

from backend.external import wav_stream
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
from backend.external.openai.speech import OpenAITextToSpeech
from tests.fakes.meters import ListMeter
from tests.fakes.vendors import Fault, Pace, Vendors

TEXT = "딸기 생크림 케이크 2개, 모두 76,000원이에요."
STALL = 0.4
PATIENCE = 10.0
"""Where a test is not about time: other tests may run beside it."""
SILENT = (Fault.NO_ANSWER, Fault.STALL, Fault.STALL_MIDSTREAM)


@pytest.fixture
def speech(vendor: OpenAIVendor, meter: ListMeter) -> OpenAITextToSpeech:
    return OpenAITextToSpeech(vendor, ModelChoice(["tts-1", "gpt-4o-mini-tts"]), meter, PATIENCE)


@pytest.fixture
def hasty(vendor: OpenAIVendor, meter: ListMeter) -> OpenAITextToSpeech:
    return OpenAITextToSpeech(vendor, ModelChoice(["tts-1"]), meter, STALL)


def seconds(audio: bytes) -> float:
    return len(decode(audio)) / 2 / HEARING_RATE


@pytest.mark.parametrize(("audio_format", "container"), [("mp3", "mp3"), ("wav", "wav"), ("opus", "ogg")])
async def test_speaks_and_tells_what_it_cost(
    speech: OpenAITextToSpeech, vendors: Vendors, meter: ListMeter, audio_format: str, container: str
) -> None:
    spoken = await (await speech.stream(TEXT, "shimmer", audio_format)).read()
    assert container_of(spoken.audio) == container
    sent = vendors.calls.last("tts")
    assert sent.model == "tts-1"
    assert sent.body["voice"] == "shimmer"
    assert sent.body["input"] == "딸기 생크림 케이크 두 개, 모두 칠만 육천 원이에요."
    assert "instructions" not in sent.body
    (used,) = meter.records
    assert (used.capability, used.engine, used.model, used.requests) == ("text_to_speech", "openai", "tts-1", 1)
    assert used.characters == len(sent.body["input"])
    assert used.seconds == pytest.approx(seconds(spoken.audio), abs=0.15)


async def test_a_model_that_takes_instructions_is_told_how_to_speak(vendor: OpenAIVendor, vendors: Vendors) -> None:
    speech = OpenAITextToSpeech(vendor, ModelChoice(["gpt-4o-mini-tts"]), ListMeter())
    await (await speech.stream("안녕하세요", "nova", "mp3")).read()
    await (await speech.stream("Hello", "nova", "mp3")).read()
    korean, english = (call.body for call in vendors.calls.of("tts"))
    assert "천천히" in korean["instructions"]
    assert "slowly" in english["instructions"]
    assert "speed" not in korean


async def test_sound_is_handed_on_while_it_is_made(speech: OpenAITextToSpeech, vendors: Vendors) -> None:
    vendors.pace = Pace(first_sound=0.05, whole_sound=2.0)
    stream = await speech.stream(TEXT, "nova", "wav")
    assert not vendors.calls.last("tts").finished
    pieces = [piece async for piece in stream.chunks]
    assert len(pieces) > 2
    assert all(pieces)


async def test_a_streamed_wav_is_played_and_a_whole_one_knows_its_length(speech: OpenAITextToSpeech) -> None:
    stream = await speech.stream(TEXT, "nova", "wav")
    streamed = b"".join([piece async for piece in stream.chunks])
    length = len(streamed) - 44
    with wave.open(io.BytesIO(streamed)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        assert len(file.readframes(file.getnframes())) == length
    with wave.open(io.BytesIO(wav_stream.completed(streamed))) as file:
        assert file.getnframes() * 2 == length


async def test_a_text_without_words_is_a_breath_that_costs_nothing(
    speech: OpenAITextToSpeech, vendors: Vendors, meter: ListMeter
) -> None:
    spoken = await (await speech.stream("🎂 !", "nova", "wav")).read()
    assert 0 < seconds(spoken.audio) < 0.5
    assert not vendors.calls.of("tts")
    assert not meter.records


async def test_an_unknown_format_is_not_offered(speech: OpenAITextToSpeech) -> None:
    with pytest.raises(NotOffered):
        await speech.stream("Hello", "nova", "flac")


async def test_a_model_that_is_gone_is_passed_over_at_once_and_remembered(
    speech: OpenAITextToSpeech, vendors: Vendors
) -> None:
    vendors.models.retire("tts-1")
    spoken = await (await speech.stream("안녕하세요", "nova", "mp3")).read()
    assert spoken.info.model == "gpt-4o-mini-tts" == speech.info.model
    await (await speech.stream("안녕하세요", "nova", "mp3")).read()
    assert [call.model for call in vendors.calls.of("tts")] == ["tts-1", "gpt-4o-mini-tts", "gpt-4o-mini-tts"]


async def test_when_no_model_is_left_it_says_so(speech: OpenAITextToSpeech, vendors: Vendors) -> None:
    vendors.models.retire("tts-1", "gpt-4o-mini-tts")
    with pytest.raises(EngineModelGone):
        await speech.stream("안녕하세요", "nova", "mp3")


@pytest.mark.parametrize(
    ("fault", "expected", "billed"),
    [
        (Fault.NO_ANSWER, EngineTimeout, False),
        (Fault.STALL, EngineTimeout, True),
        (Fault.CUT, EngineUnavailable, False),
        (Fault.WRONG_KEY, KeyRefused, False),
        (Fault.LEAKED_KEY, KeyRefused, False),
        (Fault.FORBIDDEN, PermissionRefused, False),
        (Fault.REGION, RegionRefused, False),
        (Fault.QUOTA, QuotaExhausted, False),
        (Fault.RATE_LIMITED, EngineRateLimited, False),
        (Fault.RATE_LIMITED_BARE, EngineRateLimited, False),
        (Fault.BAD_REQUEST, EngineRejected, False),
        (Fault.SAFETY, EngineRejected, False),
        (Fault.SERVER_ERROR, EngineUnavailable, False),
        (Fault.OVERLOADED, EngineUnavailable, False),
        (Fault.BAD_GATEWAY, EngineUnavailable, False),
        (Fault.WRONG_TYPE, EngineBadResponse, True),
        (Fault.WRONG_SHAPE, EngineBadResponse, True),
        (Fault.EMPTY, EngineBadResponse, True),
    ],
)
async def test_what_goes_wrong_before_the_first_sound(
    speech: OpenAITextToSpeech,
    hasty: OpenAITextToSpeech,
    vendors: Vendors,
    meter: ListMeter,
    *,
    fault: Fault,
    expected: type[EngineError],
    billed: bool,
) -> None:
    vendors.order(fault, "tts")
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(EngineError) as caught:
        await (hasty if fault in SILENT else speech).stream(TEXT, "nova", "mp3")
    assert type(caught.value) is expected
    assert loop.time() - began < PATIENCE / 2
    assert bool(meter.records) is billed
    if fault is Fault.RATE_LIMITED:
        assert caught.value.retry_after == 20
    assert TEXT not in repr(caught.value)


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.STALL_MIDSTREAM, EngineTimeout),
        (Fault.CUT_MIDSTREAM, EngineUnavailable),
        (Fault.HUGE, EngineBadResponse),
        (Fault.ENDLESS, EngineBadResponse),
    ],
)
async def test_what_goes_wrong_in_the_middle(
    vendor: OpenAIVendor, vendors: Vendors, meter: ListMeter, fault: Fault, expected: type[EngineError]
) -> None:
    vendors.order(fault, "tts")
    stall = STALL * 3 if fault in SILENT else PATIENCE
    speech = OpenAITextToSpeech(vendor, ModelChoice(["tts-1"]), meter, stall)
    stream = await speech.stream(TEXT, "nova", "mp3")
    with pytest.raises(EngineError) as caught:
        await stream.read()
    assert type(caught.value) is expected
    (used,) = meter.records
    assert used.seconds > 0


async def test_whoever_stops_listening_lets_the_line_go(
    speech: OpenAITextToSpeech, vendors: Vendors, meter: ListMeter
) -> None:
    vendors.pace = Pace(first_sound=0.0, whole_sound=30.0)
    stream = await speech.stream(TEXT, "nova", "mp3")
    await stream.aclose()
    await until(lambda: vendors.calls.last("tts").hung_up)
    assert len(meter.records) == 1


async def test_a_call_that_is_given_up_lets_the_line_go(speech: OpenAITextToSpeech, vendors: Vendors) -> None:
    vendors.order(Fault.NO_ANSWER, "tts")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await speech.stream(TEXT, "nova", "mp3")


async def test_many_speak_at_once(speech: OpenAITextToSpeech) -> None:
    streams = await asyncio.gather(*(speech.stream(f"{count}개요", "nova", "mp3") for count in range(1, 9)))
    spoken = await asyncio.gather(*(stream.read() for stream in streams))
    assert all(seconds(each.audio) > 0.1 for each in spoken)
