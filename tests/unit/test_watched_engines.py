"""How an engine's last call went is what its health says."""

from __future__ import annotations

import io
import wave

import pytest

from backend.external.interfaces import (
    EngineBadResponse,
    EngineMisconfigured,
    EngineModelGone,
    EngineRateLimited,
    EngineUnavailable,
    LanguageNotServed,
    NotAudio,
)
from backend.external.watched import WatchedSpeechToText, WatchedTextToSpeech
from backend.services.engine_watch import half_a_second_of_silence
from tests.fakes.fragile_engines import FragileSpeechToText, FragileTextToSpeech


@pytest.mark.parametrize(
    ("failure", "state", "reason"),
    [
        (EngineMisconfigured("no key"), "misconfigured", "misconfigured"),
        (EngineUnavailable("timeout"), "unavailable", "no_answer"),
        (EngineRateLimited("quota"), "unavailable", "rate_limited"),
        (EngineModelGone("retired"), "unavailable", "model_gone"),
        (EngineBadResponse("odd"), "ready", ""),
        (RuntimeError("fault"), "unavailable", "crashed"),
    ],
)
async def test_a_failure_is_remembered_and_a_success_forgets_it(failure: Exception, state: str, reason: str) -> None:
    inner = FragileTextToSpeech()
    engine = WatchedTextToSpeech(inner)
    inner.failing = failure
    with pytest.raises(type(failure)):
        await engine.synthesize("네", "nova", "wav")
    assert (engine.status.state, engine.status.reason) == (state, reason)
    inner.failing = None
    await engine.synthesize("네", "nova", "wav")
    assert (engine.status.state, engine.status.reason) == ("ready", "")


@pytest.mark.parametrize("failure", [NotAudio("a picture"), LanguageNotServed("fr", ("ko",))])
async def test_what_the_caller_did_wrong_is_not_the_engines_fault(failure: Exception) -> None:
    inner = FragileSpeechToText()
    engine = WatchedSpeechToText(inner)
    inner.failing = failure
    with pytest.raises(type(failure)):
        await engine.transcribe(b"", "a.wav", "audio/wav", None)
    assert engine.status.state == "ready"


def test_the_silence_is_half_a_second() -> None:
    with wave.open(io.BytesIO(half_a_second_of_silence())) as file:
        assert (file.getnframes() / file.getframerate(), file.getnchannels()) == (0.5, 1)
