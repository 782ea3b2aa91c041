"""Engines that answer the same thing every time, through the same interfaces as the real ones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineInfo,
    EngineRejected,
    Enough,
    Glimpse,
    Heard,
    LanguageNotServed,
    NotAudio,
    Picture,
    PictureEdit,
    PictureRequest,
    SpeechStream,
    Understood,
)
from backend.external.offline.audio_codec import container_of, encode

RATIOS: Mapping[str, tuple[int, int]] = {"1:1": (8, 8), "16:9": (16, 9), "9:16": (9, 16), "4:3": (8, 6), "3:4": (6, 8)}


class FakeSpeechToText:
    """Hears ``text`` in every recording; ``error`` is raised instead when there is one."""

    def __init__(self, text: str = "two strawberry cakes", error: EngineError | None = None) -> None:
        self.text = text
        self.error = error
        self.calls = 0

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fake", "ear-1", ("en",))

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:  # noqa: ARG002 - the interface's
        self.calls += 1
        if self.error is not None:
            raise self.error
        if language not in (None, "en"):
            raise LanguageNotServed(str(language), ("en",))
        if container_of(audio) is None or len(audio) < 64:
            raise NotAudio
        text = "" if not any(audio[44:]) else self.text
        return Heard(text, "en", 0.9 if text else 0.0, self.info)


class FakeTextToSpeech:
    """A tone as long as the text."""

    def __init__(self, error: EngineError | None = None) -> None:
        self.error = error

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fake", "voice-1", ("ko", "en"))

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:  # noqa: ARG002 - the interface's
        if self.error is not None:
            raise self.error
        types = {"mp3": "audio/mpeg", "wav": "audio/wav", "opus": "audio/ogg"}
        if audio_format not in types:
            raise EngineBadResponse(audio_format)
        wave = b"".join(struct.pack("<h", 6_000 if k // 40 % 2 else -6_000) for k in range(1_200 + 600 * len(text)))
        return SpeechStream.of(encode(wave, 16_000, audio_format), types[audio_format], self.info)


class FakeImageEngine:
    """One flat colour."""

    def __init__(self, error: EngineError | None = None) -> None:
        self.error = error
        self.requests: list[PictureRequest] = []

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fake", "brush-1")

    async def generate(self, request: PictureRequest) -> Picture:
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        if request.aspect_ratio not in RATIOS:
            raise EngineBadResponse(request.aspect_ratio)
        if request.item is not None and request.item.menu_code == "no-such-menu":
            raise EngineRejected(request.item.menu_code)
        width, height = RATIOS[request.aspect_ratio]
        return Picture(_png(width, height), "image/png", width, height, self.info)

    async def edit(self, edit: PictureEdit) -> Picture:
        if self.error is not None:
            raise self.error
        if edit.aspect_ratio not in RATIOS:
            raise EngineBadResponse(edit.aspect_ratio)
        width, height = RATIOS[edit.aspect_ratio]
        return Picture(_png(width, height), "image/png", width, height, self.info)


class FakeUnderstanding:
    """Understands yes and no."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fake", "mind-1", ("ko", "en"))

    async def understand(
        self,
        request: UnderstandingRequest,
        enough: Enough | None = None,  # noqa: ARG002 - as below
        glimpse: Glimpse | None = None,  # noqa: ARG002 - the interface has it
    ) -> Understood:
        korean = any("가" <= letter <= "힣" for letter in request.transcript)
        return Understood(Proposal("other", 0.2, "ko" if korean else "en"), self.info)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xa9\x1d\x3a" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
