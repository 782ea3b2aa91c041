"""Engines that fail when they are told to."""

from __future__ import annotations

from backend.external.interfaces import EngineInfo, Heard, SpeechStream


class FragileTextToSpeech:
    """Raises ``failing``, when it is set, at each call; counts calls."""

    def __init__(self) -> None:
        self.failing: Exception | None = None
        self.calls = 0

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fragile", "1", ("ko",))

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:  # noqa: ARG002 - the interface's
        self.calls += 1
        if self.failing is not None:
            raise self.failing
        return SpeechStream.of(b"RIFF", "audio/wav", self.info)


class FragileSpeechToText:
    """Raises ``failing``, when it is set, at each call."""

    def __init__(self) -> None:
        self.failing: Exception | None = None

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fragile", "1", ("ko",))

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:  # noqa: ARG002 - the interface's
        if self.failing is not None:
            raise self.failing
        return Heard("프렌치", "ko", 1.0, self.info)
