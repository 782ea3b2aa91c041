"""Gemini speaks, through Google's own SDK against the emulated vendor."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.speech import VOICES, GeminiTextToSpeech, words_of
from backend.external.interfaces import (
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
    NotOffered,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)
from backend.external.model_choice import ModelChoice
from backend.external.offline.audio_codec import HEARING_RATE, container_of, decode
from tests.fakes.vendors import Fault, Pace
from tests.support.gemini import Gemini, emulated_gemini
from tests.support.waiting import until

LITE, FLASH = "gemini-3.8-flash-lite-tts", "gemini-3.8-flash-tts"
PREVIEW, OLD = "gemini-3.1-flash-tts-preview", "gemini-2.5-flash-preview-tts"
HELLO = "안녕하세요, 무엇을 드릴까요?"
SECOND = bytes(range(1, 251)) * 192


@pytest.fixture
async def gemini() -> AsyncIterator[Gemini]:
    async with emulated_gemini() as connected:
        connected.vendors.models.serve("gemini", OLD)
        yield connected


def voice_of(gemini: Gemini, *models: str, stall: float = 2.5) -> GeminiTextToSpeech:
    return GeminiTextToSpeech(gemini.vendor, ModelChoice(models or (LITE, FLASH, PREVIEW, OLD)), gemini.meter, stall)


def seconds(audio: bytes) -> float:
    return len(decode(audio)) / 2 / HEARING_RATE


def body(gemini: Gemini) -> Any:
    return gemini.vendors.calls.last("tts").body


@pytest.mark.parametrize("model", [LITE, PREVIEW, OLD])
@pytest.mark.parametrize(
    ("audio_format", "mime", "container"),
    [("mp3", "audio/mpeg", "mp3"), ("wav", "audio/wav", "wav"), ("opus", "audio/ogg", "ogg")],
)
async def test_each_family_speaks_in_each_format(
    gemini: Gemini, model: str, audio_format: str, mime: str, container: str
) -> None:
    gemini.vendors.script.sound = SECOND
    spoken = await (await voice_of(gemini, model).stream(HELLO, "nova", audio_format)).read()
    assert spoken.mime_type == mime
    assert container_of(spoken.audio) == container
    assert seconds(spoken.audio) == pytest.approx(1.0, abs=0.06)
    assert spoken.info == EngineInfo("gemini", model, spoken.info.languages)
    assert spoken.info.languages[:2] == ("ko", "en")


async def test_a_wav_holds_the_samples_as_they_came(gemini: Gemini) -> None:
    gemini.vendors.script.sound = SECOND
    for model in (LITE, OLD):
        spoken = await (await voice_of(gemini, model).stream(HELLO, "nova", "wav")).read()
        with wave.open(io.BytesIO(spoken.audio)) as reader:
            assert (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (24_000, 1, 2)
            assert reader.readframes(30_000) == SECOND


async def test_the_first_sound_is_there_long_before_the_last(gemini: Gemini) -> None:
    gemini.vendors.script.sound = SECOND * 4
    gemini.vendors.pace = Pace(first_sound=0.05, whole_sound=30.0)
    for audio_format in ("mp3", "wav", "opus"):
        stream = await voice_of(gemini).stream(HELLO, "nova", audio_format)
        assert await anext(stream.chunks)
        assert not gemini.vendors.calls.last("tts").finished
        await stream.aclose()


async def test_a_3_8_model_gets_the_words_and_the_manner_apart(gemini: Gemini) -> None:
    await voice_of(gemini, LITE).stream(HELLO, "onyx", "wav")
    (part,) = body(gemini)["contents"][0]["parts"]
    assert part["text"] == HELLO
    assert "unhurried" in part["speechMetadata"]["style"]
    config = body(gemini)["generationConfig"]
    assert config["speechConfig"]["voiceConfig"] == {"voice": VOICES["onyx"]}
    assert config["responseModalities"] == ["AUDIO"]
    assert not {"temperature", "topP", "topK"} & config.keys()


@pytest.mark.parametrize("model", [PREVIEW, OLD])
async def test_older_models_get_the_manner_before_the_words(gemini: Gemini, model: str) -> None:
    await voice_of(gemini, model).stream(HELLO, "shimmer", "wav")
    (part,) = body(gemini)["contents"][0]["parts"]
    assert part["text"].endswith(f"\n{HELLO}")
    assert "unhurried" in part["text"]
    assert "speechMetadata" not in part
    voice = body(gemini)["generationConfig"]["speechConfig"]["voiceConfig"]
    assert voice == {"prebuiltVoiceConfig": {"voiceName": VOICES["shimmer"]}}


async def test_only_models_that_stream_are_asked_to(gemini: Gemini) -> None:
    for model, method in (
        (LITE, "streamGenerateContent"),
        (PREVIEW, "streamGenerateContent"),
        (OLD, "generateContent"),
    ):
        await voice_of(gemini, model).stream(HELLO, "nova", "wav")
        assert gemini.vendors.calls.last("tts").route.endswith(f"{model}:{method}")


async def test_each_voice_of_the_contract_is_another_of_geminis(gemini: Gemini) -> None:
    assert len(set(VOICES.values())) == 6
    for voice in (*VOICES, "a voice that nobody has"):
        await (await voice_of(gemini).stream("네", voice, "wav")).read()


async def test_a_model_that_is_gone_is_asked_once(gemini: Gemini) -> None:
    gemini.vendors.models.retire(LITE)
    speaking = voice_of(gemini)
    for _ in range(2):
        assert (await speaking.stream(HELLO, "nova", "wav")).info.model == FLASH
    assert speaking.info.model == FLASH
    assert [call.model for call in gemini.vendors.calls.of("tts")] == [LITE, FLASH, FLASH]


@pytest.mark.parametrize("model", [LITE, OLD])
async def test_what_speech_costs_is_metered_once_it_is_over(gemini: Gemini, model: str) -> None:
    gemini.vendors.script.sound = SECOND
    stream = await voice_of(gemini, model).stream(HELLO, "nova", "mp3")
    await stream.read()
    (used,) = gemini.meter.records
    assert (used.capability, used.engine, used.model) == ("text_to_speech", "gemini", model)
    assert (used.seconds, used.characters, used.audio_output_tokens) == (1.0, len(HELLO), 32)
    assert used.input_tokens > 0
    assert used.output_tokens == 0


async def test_speech_that_nobody_hears_to_the_end_is_metered_too(gemini: Gemini) -> None:
    gemini.vendors.script.sound = SECOND * 4
    gemini.vendors.pace = Pace(whole_sound=30.0)
    stream = await voice_of(gemini).stream(HELLO, "nova", "wav")
    await stream.aclose()
    (used,) = gemini.meter.records
    assert 0 < used.seconds < 4
    assert used.characters == len(HELLO)


async def test_whoever_listens_slowly_hears_all(gemini: Gemini) -> None:
    gemini.vendors.script.sound = SECOND
    stream = await voice_of(gemini, stall=1.0).stream(HELLO, "nova", "wav")
    heard = [await anext(stream.chunks)]
    await asyncio.sleep(1.1)  # longer than the vendor may take for a piece: the listener's own time does not count
    heard += [piece async for piece in stream.chunks]
    assert len(b"".join(heard)) == 44 + len(SECOND)


async def test_a_cancelled_call_lets_go_of_the_line(gemini: Gemini) -> None:
    gemini.vendors.order(Fault.NO_ANSWER, "tts")
    asking = asyncio.ensure_future(voice_of(gemini, stall=60).stream(HELLO, "nova", "wav"))
    await until(lambda: gemini.vendors.calls.of("tts"))
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert gemini.meter.records == []


@pytest.mark.parametrize("model", [LITE, OLD])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.SAFETY, EngineRejected),
        (Fault.PROMPT_BLOCKED, EngineRejected),
        (Fault.EMPTY, EngineBadResponse),
        (Fault.WRONG_SHAPE, EngineBadResponse),
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
    ],
)
async def test_each_fault_is_told_apart(gemini: Gemini, fault: Fault, error: type[EngineError], model: str) -> None:
    gemini.vendors.order(fault, "tts")
    with pytest.raises(error) as caught:
        await voice_of(gemini, model).stream(HELLO, "nova", "mp3")
    assert type(caught.value) is error or error is EngineError
    assert len(gemini.vendors.calls.of("tts")) == 1, "adapters do not try again"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.STALL_MIDSTREAM, EngineTimeout),
        (Fault.CUT_MIDSTREAM, EngineUnavailable),
        (Fault.ERROR_MIDSTREAM, EngineUnavailable),
        (Fault.TRUNCATED_JSON, EngineBadResponse),
        (Fault.CUT_SHORT, EngineBadResponse),
    ],
)
@pytest.mark.parametrize("audio_format", ["mp3", "wav", "opus"])
async def test_speech_that_breaks_off_is_told_after_its_first_sound(
    gemini: Gemini, fault: Fault, error: type[EngineError], audio_format: str
) -> None:
    gemini.vendors.script.sound = SECOND * 4
    gemini.vendors.order(fault, "tts")
    stream = await voice_of(gemini, stall=0.5).stream(HELLO, "nova", audio_format)
    with pytest.raises(error) as caught:
        await stream.read()
    assert type(caught.value) is error
    (used,) = gemini.meter.records
    assert 0 < used.seconds < 4


@pytest.mark.parametrize("fault", [Fault.NO_ANSWER, Fault.STALL])
async def test_silence_before_the_first_sound_is_a_timeout(gemini: Gemini, fault: Fault) -> None:
    gemini.vendors.order(fault, "tts")
    with pytest.raises(EngineTimeout):
        await voice_of(gemini, stall=0.3).stream(HELLO, "nova", "mp3")


async def test_speech_that_never_ends_is_cut(gemini: Gemini) -> None:
    gemini.vendors.script.sound = SECOND * 301
    stream = await voice_of(gemini).stream(HELLO, "nova", "wav")
    with pytest.raises(EngineBadResponse):
        await stream.read()


async def test_what_cannot_be_spoken_is_left_out(gemini: Gemini) -> None:
    assert words_of("네 😀,\n<laugh> [sigh]\x00 \N{ZERO WIDTH JOINER}좋아요") == "네 , laugh sigh 좋아요"
    await voice_of(gemini).stream("딸기 케이크 <laugh>", "nova", "wav")
    assert body(gemini)["contents"][0]["parts"][0]["text"] == "딸기 케이크 laugh"


async def test_figures_are_sent_as_words(gemini: Gemini) -> None:
    await voice_of(gemini).stream("케이크 2개, 48,000원이에요.", "nova", "wav")
    assert body(gemini)["contents"][0]["parts"][0]["text"] == "케이크 두 개, 사만 팔천 원이에요."


async def test_nothing_speakable_is_a_breath_of_silence(gemini: Gemini) -> None:
    for text in ("…!", "😀", "<>"):
        spoken = await (await voice_of(gemini).stream(text, "nova", "opus")).read()
        assert not any(sample > 300 for sample in memoryview(decode(spoken.audio)).cast("h"))
    assert len(gemini.vendors.calls) == 0
    assert gemini.meter.records == []


async def test_an_unknown_format_is_not_asked_for(gemini: Gemini) -> None:
    with pytest.raises(NotOffered):
        await voice_of(gemini).stream(HELLO, "nova", "flac")
    assert len(gemini.vendors.calls) == 0


async def test_without_a_key_nobody_is_asked(gemini: Gemini) -> None:
    nobody = GeminiVendor("", gemini.vendors.gemini_url)
    with pytest.raises(KeyMissing):
        await GeminiTextToSpeech(nobody, ModelChoice((LITE,)), gemini.meter).stream(HELLO, "nova", "mp3")
    assert len(gemini.vendors.calls) == 0
    await nobody.close()
