"""A transcript's words, confidence and language in the forms in which models tell them."""

from __future__ import annotations

import pytest

from backend.external.openai.transcripts import Transcript
from backend.external.spoken_languages import LANGUAGES, language_of_letters


def segment(
    text: str, avg_logprob: float = -0.2, no_speech: float = 0.01, compression: float = 1.2
) -> dict[str, object]:
    return {
        "text": text,
        "start": 0.0,
        "end": 1.0,
        "avg_logprob": avg_logprob,
        "no_speech_prob": no_speech,
        "compression_ratio": compression,
    }


def test_segments_that_nobody_spoke_are_left_out() -> None:
    transcript = Transcript.model_validate(
        {
            "text": "네 음음음 두 개요",
            "segments": [
                segment(" 네"),
                segment(" 음음음음음", compression=5.0),
                segment(" 아아", avg_logprob=-1.4, no_speech=0.9),
                segment(" 두 개요", no_speech=0.9),
            ],
        }
    )
    assert transcript.words == "네 두 개요"
    assert transcript.confidence == pytest.approx(0.819, abs=0.001)


def test_confidence_is_the_mean_probability_of_tokens() -> None:
    told = {"text": "네", "logprobs": [{"token": "네", "logprob": -0.1, "bytes": [1]}, {"logprob": -0.3}, {}]}
    assert Transcript.model_validate(told).confidence == pytest.approx(0.819, abs=0.001)


def test_confidence_that_is_not_told_is_high_and_not_certain() -> None:
    assert Transcript(text="네").confidence == 0.8


def test_a_positive_or_endless_doubt_stays_within_bounds() -> None:
    for logprob in (3.0, -1e9):
        told = Transcript.model_validate({"text": "네", "logprobs": [{"logprob": logprob}]})
        assert 0 <= told.confidence <= 1


@pytest.mark.parametrize(
    ("told", "asked", "language"),
    [
        ({"language": "korean"}, None, "ko"),
        ({"language": "Chinese"}, None, "zh"),
        ({"language": "en"}, None, "en"),
        ({"language": "korean"}, "en", "en"),
        ({"languages": [{"code": "ja"}]}, None, "ja"),
        ({"languages": [{"code": "pt-BR"}]}, None, "pt"),
        ({"languages": []}, None, "ko"),
        ({"language": "klingon"}, None, "ko"),
        ({}, None, "ko"),
    ],
)
def test_the_language(told: dict[str, object], asked: str | None, language: str) -> None:
    assert Transcript.model_validate({"text": "네", **told}).spoken_language(asked) == language


@pytest.mark.parametrize(("text", "tag"), [("네", "ko"), ("はい", "ja"), ("好的", "zh"), ("yes", "en"), ("", "en")])
def test_letters_tell_a_language(text: str, tag: str) -> None:
    assert language_of_letters(text) == tag


def test_every_language_has_one_tag() -> None:
    assert len(set(LANGUAGES)) == len(LANGUAGES) == 57
