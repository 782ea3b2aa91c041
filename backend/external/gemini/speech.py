"""Gemini as the shop's voice: its speech models, streamed, in the formats of the contract.

What the families differ in (ai.google.dev/gemini-api/docs/speech-generation and the guide for moving to 3.8, 2026):

- 3.8 reads ``text`` word for word and takes the manner apart from it (``speech_metadata.style``); it refuses
  temperatures, and reads ``<laugh>`` as a sound to make.
- Those before take the manner as words before the text, and ``[laugh]`` as a sound to make.
- From 3.1 on sound is streamed; 2.5 sends it in one piece, whatever is asked.
- Streams are samples (16 bit, 24 kHz, mono); an answer in one piece is a WAV file from 3.8 on, samples before.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from backend.external import speech_encoder
from backend.external.gemini import answers
from backend.external.gemini.client import VENDOR, GeminiVendor
from backend.external.gemini.errors import each_within, translated
from backend.external.gemini.sound_parts import RATE, Sound, sound_of
from backend.external.interfaces import EngineBadResponse, EngineInfo, EngineTimeout, NotOffered, SpeechStream
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.spoken_text import language_of, speakable
from backend.external.wav_stream import BYTES_PER_SAMPLE

if TYPE_CHECKING:
    from google.genai.types import (
        Content,
        GenerateContentConfig,
        GenerateContentResponse,
        GenerateContentResponseUsageMetadata,
    )

LANGUAGES = (
    *("ko", "en", "ar", "bn", "de", "es", "fr", "hi", "id", "it", "ja", "mr"),
    *("nl", "pl", "pt", "ro", "ru", "ta", "te", "th", "tr", "uk", "vi"),
)
"""Those that every family speaks; 3.8 has a hundred more. The model tells the language from the text."""
VOICES = {
    "alloy": "Kore",  # firm; a woman's voice, like the next two
    "nova": "Aoede",  # breezy
    "shimmer": "Achernar",  # soft
    "echo": "Iapetus",  # clear; a man's voice, like the next two
    "fable": "Achird",  # friendly
    "onyx": "Algenib",  # gravelly
}
"""The contract's names as Gemini's that sound most like them."""
WHOLE_SECONDS = 12.0
"""How long a model may take that does not stream: a sentence of 5 s takes about as long to make."""
STREAM_SECONDS = 120.0
MOST_SECONDS = 300
"""1,000 characters are 220 s of slow Korean; more than this is no longer what was asked for."""

_STYLE = "a friendly, polite shop assistant: warm, clear and unhurried, easy to follow for elderly listeners"
_BREATH_SECONDS = 0.3
_MOST_SILENT_PIECES = 20
_STRUCTURED, _STREAMED = (3, 8), (3, 1)
_SOUND_SIGNS = re.compile(r"[<>\[\]{}]")
_VERSION = re.compile(r"gemini-(\d+)\.(\d+)")


class GeminiTextToSpeech:
    """``stall_seconds`` is the longest silence before the first sound and between two pieces."""

    def __init__(self, vendor: GeminiVendor, models: ModelChoice, meter: Meter, stall_seconds: float = 2.5) -> None:
        self._vendor = vendor
        self._models = models
        self._meter = meter
        self._stall_seconds = stall_seconds

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(VENDOR, self._models.current, LANGUAGES)

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:
        """Speak ``text``; nothing speakable in it gives a breath of silence, which costs nothing.

        Raises:
            NotOffered: no such format.
            EngineRejected: the vendor does not speak this text.
            EngineTimeout: no sound within ``stall_seconds`` (``WHOLE_SECONDS`` where the model does not stream).
            EngineBadResponse: an answer without sound, or with sound that cannot be played.
            EngineError: anything else. While it is read: EngineTimeout and EngineBadResponse where it breaks off.
        """
        if audio_format not in speech_encoder.MIME:
            raise NotOffered(f"no such format: {audio_format}")
        words = words_of(text)
        if not any(letter.isalnum() for letter in words):
            silence = Sound(bytes(int(RATE * _BREATH_SECONDS) * BYTES_PER_SAMPLE), RATE)
            return await self._opened(_once(silence), audio_format, self._models.current)

        async def speak(model: str) -> SpeechStream:
            return await self._opened(self._sound(model, words, voice), audio_format, model)

        return await self._models.first_served(speak)

    async def _opened(self, sounds: AsyncGenerator[Sound, None], audio_format: str, model: str) -> SpeechStream:
        """The stream, once its first piece is there."""
        try:
            first = await anext(sounds)
            pieces = speech_encoder.encoded(_samples(first, sounds), first.rate, audio_format)
            begun = _begun(await anext(pieces), pieces)
            await anext(begun)
        except BaseException:
            await sounds.aclose()
            raise
        return SpeechStream(speech_encoder.MIME[audio_format], EngineInfo(VENDOR, model, LANGUAGES), begun)

    async def _sound(self, model: str, words: str, voice: str) -> AsyncGenerator[Sound, None]:
        """The sound as it comes, at least one piece, none empty; whatever came of it is metered."""
        billed = False
        tokens: GenerateContentResponseUsageMetadata | None = None
        seconds = 0.0
        finish = ""
        silence = _Silence(self._stall_seconds)
        try:
            async with aclosing(self._responses(model, words, voice)) as responses:
                async for told in responses:
                    billed, tokens = True, told.usage_metadata or tokens
                    answers.raise_if_withheld(told)
                    finish = answers.finish(told) or finish
                    sounds = list(sound_of(answers.parts(told)))
                    if not sounds and not finish:
                        silence.goes_on()
                    for sound in sounds:
                        seconds += sound.seconds
                        if seconds > MOST_SECONDS:
                            raise EngineBadResponse("the speech does not end")
                        yield sound
                        silence.ends()
            if not seconds or finish != "STOP":
                raise EngineBadResponse(f"the speech ends with {finish or 'nothing'} after {seconds:.1f} s")
        finally:
            if billed:
                used = answers.usage("text_to_speech", model, tokens, seconds=round(seconds, 3), characters=len(words))
                self._meter.record(used)

    async def _responses(self, model: str, words: str, voice: str) -> AsyncGenerator[GenerateContentResponse, None]:
        client = await self._vendor.client()
        streamed = _version(model) >= _STREAMED
        contents, config = _request(model, words, voice)
        if not streamed:
            config.http_options = self._vendor.http_options(WHOLE_SECONDS)
            with translated():
                async with asyncio.timeout(WHOLE_SECONDS):
                    whole = await client.models.generate_content(model=model, contents=contents, config=config)
            yield whole
            return
        config.http_options = self._vendor.http_options(STREAM_SECONDS)
        with translated():
            async with asyncio.timeout(self._stall_seconds):
                stream = await client.models.generate_content_stream(model=model, contents=contents, config=config)
        async with aclosing(each_within(stream, self._stall_seconds)) as pieces:
            async for piece in pieces:
                yield piece


class _Silence:
    """Pieces without sound: an answer of words alone may keep the line busy for ever."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._clock = asyncio.get_running_loop().time
        self._since = self._clock()
        self._pieces = 0

    def ends(self) -> None:
        self._since, self._pieces = self._clock(), 0

    def goes_on(self) -> None:
        """Raises EngineBadResponse, EngineTimeout."""
        self._pieces += 1
        if self._pieces > _MOST_SILENT_PIECES:
            raise EngineBadResponse("words instead of sound")
        if self._clock() - self._since > self._seconds:
            raise EngineTimeout("no sound in time")


def words_of(text: str) -> str:
    """``text`` in one line, without what cannot be spoken and without the signs of a sound to make. Figures in words:
    a model reads "2개" and "48,000원" in several ways, and only one is right.
    """
    plain = _SOUND_SIGNS.sub(" ", text)
    return " ".join(speakable(plain, language_of(plain)).split())


def _request(model: str, words: str, voice: str) -> tuple[list[Content], GenerateContentConfig]:
    from google.genai.types import (  # noqa: PLC0415 - see the client's docstring
        Content,
        GenerateContentConfig,
        Part,
        PrebuiltVoiceConfig,
        SpeechConfig,
        SpeechMetadata,
        VoiceConfig,
    )

    name = VOICES.get(voice, VOICES["nova"])
    if _version(model) >= _STRUCTURED:
        part = Part(text=words, speech_metadata=SpeechMetadata(style=_STYLE))
        config = VoiceConfig(voice=name)
    else:
        part = Part(text=f"Read this aloud, word for word, as {_STYLE}:\n{words}")
        config = VoiceConfig(prebuilt_voice_config=PrebuiltVoiceConfig(voice_name=name))
    return [Content(role="user", parts=[part])], GenerateContentConfig(
        response_modalities=["AUDIO"], speech_config=SpeechConfig(voice_config=config)
    )


def _version(model: str) -> tuple[int, int]:
    """(3, 8) of ``gemini-3.8-flash-tts``; a name of another kind is taken for the newest."""
    found = _VERSION.match(model)
    return (int(found[1]), int(found[2])) if found else (99, 0)


async def _once(sound: Sound) -> AsyncGenerator[Sound, None]:
    yield sound


async def _samples(first: Sound, rest: AsyncGenerator[Sound, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield first.pcm
        async for sound in rest:
            if sound.rate != first.rate:
                raise EngineBadResponse("the rate changes within the speech")
            yield sound.pcm


async def _begun(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """An empty piece, then all of it. The empty one is for whoever makes this: only a generator that has begun closes
    what it holds when it is left.
    """
    async with aclosing(rest):
        yield b""
        yield first
        async for piece in rest:
            yield piece
