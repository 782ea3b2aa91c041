"""OpenAI speaks, through ``/v1/audio/speech``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from backend.external import wav_stream
from backend.external.interfaces import EngineBadResponse, EngineInfo, NotOffered, SpeechStream
from backend.external.metering import Meter, Usage
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import NAME, OpenAIVendor
from backend.external.openai.errors import engine_errors
from backend.external.openai.spoken_length import PCM_RATE, seconds_of
from backend.external.speech_encoder import MIME, encoded
from backend.external.spoken_languages import LANGUAGES
from backend.external.spoken_text import language_of, speakable

if TYPE_CHECKING:
    from openai import AsyncAPIResponse

VOICES = ("alloy", "echo", "fable", "onyx", "nova", "shimmer")
MANNER = {
    "ko": (
        "차분하고 또렷한 목소리로, 어르신도 알아듣기 쉽게 조금 천천히 말합니다. "
        "메뉴 이름과 금액은 한 마디씩 분명하게 읽습니다."
    ),
    "en": (
        "Speak calmly and clearly, a little slowly, so that elderly guests can follow. "
        "Say names of dishes and prices distinctly."
    ),
}
_SPEED = 0.95
_STALL_SECONDS = 2.5
_BREATH_SECONDS = 0.2
_LONGEST_CHARACTER = 0.6
_LONGEST_BEGINNING = 10.0
_BYTES_A_SECOND = 48_000
"""Nothing that the vendor sends is denser: raw samples are 48,000 bytes a second, mp3 at most 40,000."""
_ASKED_FOR = {"mp3": "mp3", "wav": "pcm", "opus": "opus"}


class OpenAITextToSpeech:
    """Speaks the contract's six voices, which are the vendor's own. Sound is handed on as it comes.

    ``stall_seconds`` is the longest silence of the vendor before the first piece and between two. ``speed`` is for
    models that take no instructions.
    """

    def __init__(
        self,
        vendor: OpenAIVendor,
        models: ModelChoice,
        meter: Meter,
        stall_seconds: float = _STALL_SECONDS,
        *,
        speed: float = _SPEED,
    ) -> None:
        self._vendor = vendor
        self._models = models
        self._meter = meter
        self._stall_seconds = stall_seconds
        self._speed = speed

    @property
    def info(self) -> EngineInfo:
        return self._info(self._models.current)

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:
        """See ``TextToSpeech``. A WAV does not know its length while it is streamed: see ``wav_stream``.

        Raises:
            NotOffered: no such format.
            EngineTimeout: no sound within ``stall_seconds``.
            EngineBadResponse: an answer without sound.
            EngineError: anything else. Reading on raises the same where the speech breaks off.
        """
        return await self._models.first_served(lambda model: self.stream_with(model, text, voice, audio_format))

    async def stream_with(self, model: str, text: str, voice: str, audio_format: str) -> SpeechStream:
        """``stream`` by this model. Raises EngineModelGone besides."""
        if audio_format not in MIME:
            raise NotOffered(f"no such format: {audio_format}")
        language = language_of(text)
        # Figures in words: the model reads "2개" and "48,000원" in several ways, and only one is right.
        spoken = speakable(text, language)
        if not any(letter.isalnum() for letter in spoken):
            return SpeechStream(MIME[audio_format], self._info(model), breath(audio_format))
        request = {
            "model": model,
            "input": spoken,
            "voice": voice if voice in VOICES else "nova",
            "response_format": _ASKED_FOR[audio_format],
            **self._manner(model, language),
        }
        chunks = self._sound(request, audio_format)
        await anext(chunks)
        return SpeechStream(MIME[audio_format], self._info(model), chunks)

    async def _sound(self, request: dict[str, Any], audio_format: str) -> AsyncGenerator[bytes, None]:
        """An empty piece once the first sound is here, then the sound.

        The empty one is for ``stream_with``: a generator that has begun closes its line however it is left, and one
        that has not does not.
        """
        client = await self._vendor.client()
        passed = _Passed(request["response_format"])
        billed = False
        try:
            with engine_errors():
                async with AsyncExitStack() as line:
                    async with asyncio.timeout(self._stall_seconds):
                        asking = client.audio.speech.with_streaming_response.create(
                            **request, timeout=self._stall_seconds
                        )
                        response = await line.enter_async_context(asking)
                        billed = True
                        _check_type(response)
                        pieces = self._pieces(response.iter_bytes(), _most_bytes(request["input"]))
                        first = await anext(pieces, b"")
                    passed.take(first)
                    if not _begins_as(request["response_format"], first):
                        raise EngineBadResponse("no such sound")
                    yield b""
                    yield wav_stream.header(PCM_RATE) + first if audio_format == "wav" else first
                    async for piece in pieces:
                        passed.take(piece)
                        yield piece
        finally:
            if billed:
                self._meter.record(
                    Usage(
                        "text_to_speech",
                        NAME,
                        request["model"],
                        seconds=passed.seconds,
                        characters=len(request["input"]),
                    )
                )

    async def _pieces(self, body: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
        """``body`` in pieces that are not empty, none later than ``stall_seconds`` after the one before."""
        length = 0
        while True:
            async with asyncio.timeout(self._stall_seconds):
                piece = await anext(body, None)
            if piece is None:
                return
            length += len(piece)
            if length > most:
                raise EngineBadResponse("longer than its text")
            if piece:
                yield piece

    def _manner(self, model: str, language: str) -> dict[str, Any]:
        """tts-1 has a speed and refuses instructions; the later models take instructions and no speed."""
        if model.startswith("gpt-"):
            return {"instructions": MANNER[language]}
        return {"speed": self._speed} if self._speed != 1 else {}

    def _info(self, model: str) -> EngineInfo:
        return EngineInfo(NAME, model, LANGUAGES)


async def breath(audio_format: str) -> AsyncGenerator[bytes, None]:
    """A moment of silence: what is said of a text in which there is nothing to say."""

    async def silence() -> AsyncGenerator[bytes, None]:
        yield bytes(2 * int(PCM_RATE * _BREATH_SECONDS))

    async for piece in encoded(silence(), PCM_RATE, audio_format):
        yield piece


class _Passed:
    """What has passed of a sound, for its length in seconds."""

    def __init__(self, audio_format: str) -> None:
        self._format = audio_format
        self._length = 0
        self._first = self._last = b""

    def take(self, piece: bytes) -> None:
        self._first = self._first or piece
        self._last = (self._last + piece)[-65_536:]
        self._length += len(piece)

    @property
    def seconds(self) -> float:
        return round(seconds_of(self._format, self._length, self._first, self._last), 3)


def _check_type(response: AsyncAPIResponse[Any]) -> None:
    kind = response.headers.get("content-type", "audio/").partition(";")[0].strip().lower()
    if not kind.startswith("audio/") and kind not in ("application/octet-stream", "application/ogg"):
        raise EngineBadResponse("no sound")


def _begins_as(audio_format: str, first: bytes) -> bool:
    match audio_format:
        case "mp3":
            return first[:3] == b"ID3" or (len(first) > 1 and first[0] == 0xFF and first[1] & 0xE6 == 0xE2)
        case "opus":
            return first[:4] == b"OggS"
        case _:
            return bool(first)


def _most_bytes(text: str) -> int:
    return int((_LONGEST_BEGINNING + len(text) * _LONGEST_CHARACTER) * _BYTES_A_SECOND)
