"""Wrappers that remember how each engine's last call went, for ``GET /api/health``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.interfaces import (
    EngineError,
    EngineInfo,
    EngineMisconfigured,
    EngineModelGone,
    EngineRateLimited,
    EngineUnavailable,
    Heard,
    ImageEngine,
    LanguageUnderstanding,
    Picture,
    PictureRequest,
    SpeechToText,
    Spoken,
    TextToSpeech,
)

READY, UNAVAILABLE, MISCONFIGURED = "ready", "unavailable", "misconfigured"
_REASONS: tuple[tuple[type[EngineError], str, str], ...] = (
    (EngineMisconfigured, MISCONFIGURED, "misconfigured"),
    (EngineModelGone, UNAVAILABLE, "model_gone"),
    (EngineRateLimited, UNAVAILABLE, "rate_limited"),
    (EngineUnavailable, UNAVAILABLE, "no_answer"),
)


@dataclass(slots=True)
class EngineStatus:
    """``state`` is ready, unavailable or misconfigured; ``reason`` a word for the last failure, else empty.

    What a caller can be blamed for (not audio, a language that is not served) leaves the state as it is.
    """

    capability: str
    info: EngineInfo
    state: str = READY
    reason: str = ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        try:
            yield
        except EngineError as error:
            for kind, state, reason in _REASONS:
                if isinstance(error, kind):
                    self.state, self.reason = state, reason
                    break
            raise
        except Exception:
            self.state, self.reason = UNAVAILABLE, "crashed"
            raise
        self.state, self.reason = READY, ""


class WatchedUnderstanding:
    """LanguageUnderstanding."""

    def __init__(self, inner: LanguageUnderstanding) -> None:
        self._inner = inner
        self.status = EngineStatus("language", inner.info)

    @property
    def info(self) -> EngineInfo:
        return self._inner.info

    async def understand(self, request: UnderstandingRequest) -> Proposal:
        with self.status.watching():
            return await self._inner.understand(request)


class WatchedSpeechToText:
    """SpeechToText."""

    def __init__(self, inner: SpeechToText) -> None:
        self._inner = inner
        self.status = EngineStatus("speech_to_text", inner.info)

    @property
    def info(self) -> EngineInfo:
        return self._inner.info

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:
        with self.status.watching():
            return await self._inner.transcribe(audio, filename, mime_type, language)


class WatchedTextToSpeech:
    """TextToSpeech."""

    def __init__(self, inner: TextToSpeech) -> None:
        self._inner = inner
        self.status = EngineStatus("text_to_speech", inner.info)

    @property
    def info(self) -> EngineInfo:
        return self._inner.info

    async def synthesize(self, text: str, voice: str, audio_format: str) -> Spoken:
        with self.status.watching():
            return await self._inner.synthesize(text, voice, audio_format)


class WatchedImageEngine:
    """ImageEngine."""

    def __init__(self, inner: ImageEngine) -> None:
        self._inner = inner
        self.status = EngineStatus("image", inner.info)

    @property
    def info(self) -> EngineInfo:
        return self._inner.info

    async def generate(self, request: PictureRequest) -> Picture:
        with self.status.watching():
            return await self._inner.generate(request)
