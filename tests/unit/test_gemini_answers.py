"""What an answer of Gemini's cost, whether it was withheld, the sound in it, and how little a model may think."""

from __future__ import annotations

from typing import Any

import pytest
from google.genai.types import GenerateContentResponse, Part

from backend.external import wav_stream
from backend.external.gemini import answers
from backend.external.gemini.sound_parts import Sound, sound_of
from backend.external.gemini.thinking import least_thinking
from backend.external.interfaces import EngineBadResponse, EngineRejected
from backend.external.metering import Capability, Usage

PCM = b"\1\2\3\4"


def response(**fields: Any) -> GenerateContentResponse:
    return GenerateContentResponse.model_validate(fields)


def details(**tokens: int) -> list[dict[str, Any]]:
    return [{"modality": name.upper(), "tokenCount": count} for name, count in tokens.items()]


@pytest.mark.parametrize(
    ("capability", "told", "used"),
    [
        ("language", None, {}),
        ("language", {}, {}),
        (
            "language",
            {
                "promptTokenCount": 900,
                "cachedContentTokenCount": 600,
                "candidatesTokenCount": 40,
                "thoughtsTokenCount": 7,
            },
            {"input_tokens": 300, "cached_input_tokens": 600, "output_tokens": 47},
        ),
        (
            "speech_to_text",
            {"promptTokenCount": 300, "promptTokensDetails": details(text=236, audio=64), "candidatesTokenCount": 20},
            {"input_tokens": 236, "audio_input_tokens": 64, "output_tokens": 20},
        ),
        (
            "text_to_speech",
            {"promptTokenCount": 30, "candidatesTokenCount": 70, "candidatesTokensDetails": details(audio=64, text=6)},
            {"input_tokens": 30, "audio_output_tokens": 64, "output_tokens": 6},
        ),
        (
            "text_to_speech",
            {"promptTokenCount": 30, "candidatesTokenCount": 70},
            {"input_tokens": 30, "audio_output_tokens": 70},
        ),
    ],
)
def test_each_kind_of_token_is_counted_once(
    capability: Capability, told: dict[str, Any] | None, used: dict[str, int]
) -> None:
    metadata = None if told is None else response(usageMetadata=told).usage_metadata
    assert answers.usage(capability, "m", metadata) == Usage(capability, "gemini", "m", **used)


@pytest.mark.parametrize(
    "fields",
    [
        {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}},
        {"promptFeedback": {"blockReason": "A_REASON_OF_NEXT_YEAR"}},
        {"candidates": [{"finishReason": "SAFETY"}]},
        {"candidates": [{"finishReason": "IMAGE_SAFETY"}]},
        {"candidates": [{"finishReason": "RECITATION", "content": {"parts": [{"text": "half of it"}]}}]},
    ],
)
@pytest.mark.filterwarnings("ignore:A_REASON_OF_NEXT_YEAR is not a valid BlockedReason:UserWarning")
def test_what_is_withheld_is_told(fields: dict[str, Any]) -> None:
    with pytest.raises(EngineRejected):
        answers.raise_if_withheld(response(**fields))


@pytest.mark.parametrize("fields", [{}, {"candidates": []}, {"candidates": [{}]}, {"candidates": [{"content": {}}]}])
def test_an_empty_answer_is_empty_and_not_withheld(fields: dict[str, Any]) -> None:
    answers.raise_if_withheld(response(**fields))
    assert answers.parts(response(**fields)) == []
    assert answers.finish(response(**fields)) == ""


def test_thoughts_are_no_part_of_an_answer() -> None:
    content = {"parts": [{"text": "hm", "thought": True}, {"text": "yes"}]}
    found = answers.parts(response(candidates=[{"content": content, "finishReason": "STOP"}]))
    assert [part.text for part in found] == ["yes"]


@pytest.mark.parametrize(
    ("mime_type", "data", "sound"),
    [
        ("audio/L16;codec=pcm;rate=24000", PCM, Sound(PCM, 24_000)),
        ("audio/l16; rate=16000; channels=1", PCM, Sound(PCM, 16_000)),
        ("audio/pcm", PCM, Sound(PCM, 24_000)),
        ("audio/wav", wav_stream.header(22_050, 4) + PCM, Sound(PCM, 22_050)),
        ("audio/l16; rate=24000", wav_stream.header(24_000) + PCM, Sound(PCM, 24_000)),
    ],
)
def test_sound_is_read_in_each_of_its_forms(mime_type: str, data: bytes, sound: Sound) -> None:
    assert list(sound_of([Part.from_text(text="…"), Part.from_bytes(data=data, mime_type=mime_type)])) == [sound]


@pytest.mark.parametrize(
    ("mime_type", "data"),
    [
        ("audio/l16; rate=24000; channels=2", PCM),
        ("audio/l16; rate=999999", PCM),
        ("audio/l16; rate=0", PCM),
        ("audio/mpeg", PCM),
        ("audio/l24; rate=24000", PCM),
        ("", PCM),
        ("audio/wav", b"RIFF\0\0\0\0WAVE"),
    ],
)
def test_sound_of_another_kind_is_a_bad_response(mime_type: str, data: bytes) -> None:
    with pytest.raises(EngineBadResponse):
        list(sound_of([Part.from_bytes(data=data, mime_type=mime_type)]))


def test_empty_sound_is_none() -> None:
    empty = [(b"", "audio/pcm"), (wav_stream.header(24_000, 0), "audio/wav")]
    assert list(sound_of(Part.from_bytes(data=data, mime_type=mime) for data, mime in empty)) == []


@pytest.mark.parametrize(
    ("model", "budget", "level"),
    [
        ("gemini-2.5-flash", 0, None),
        ("gemini-2.5-flash-lite", 0, None),
        ("gemini-2.5-pro", 128, None),
        ("gemini-3-flash-preview", None, "MINIMAL"),
        ("gemini-3.5-flash-lite", None, "MINIMAL"),
        ("gemini-3.8-flash", None, "LOW"),
        ("gemini-3.1-pro-preview", None, "LOW"),
        ("gemini-4-flash", None, "LOW"),
    ],
)
def test_each_family_thinks_as_little_as_it_can(model: str, budget: int | None, level: str | None) -> None:
    wish = least_thinking(model)
    assert wish is not None
    assert wish.thinking_budget == budget
    assert (wish.thinking_level.value if wish.thinking_level else None) == level


@pytest.mark.parametrize("model", ["gemini-2.0-flash", "gemini-1.5-pro", "gemma-4", "my-own-model"])
def test_models_without_such_a_wish_are_not_told_one(model: str) -> None:
    assert least_thinking(model) is None
