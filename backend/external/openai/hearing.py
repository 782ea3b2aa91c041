"""OpenAI hears."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import EngineInfo, Heard, LanguageNotServed
from backend.external.metering import Meter, Usage
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import NAME, OpenAIVendor, read_json
from backend.external.openai.errors import FormatRefused
from backend.external.openai.transcripts import Transcript
from backend.external.patience import hearing_patience
from backend.external.phantoms import echoes, without_phantoms
from backend.external.sound_check import Recording, SoundCheck
from backend.external.spoken_languages import LANGUAGES

_STALL_SECONDS = 2.5
_PROMPT_CHARS = 150
"""Whisper reads the last 224 tokens of a prompt; a Korean syllable has about one and a half."""
_KEYWORDS = 100
_SHOP_LANGUAGES = ("ko", "en")


class OpenAISpeechToText:
    """Hears through ``/v1/audio/transcriptions``. What is silence, too long or no audio is known before it is sent.

    ``catalogue`` is asked at each call for the names that people may say. ``stall_seconds`` is the longest silence
    after a sentence was handed over.
    """

    def __init__(
        self,
        vendor: OpenAIVendor,
        models: ModelChoice,
        meter: Meter,
        check: SoundCheck,
        catalogue: Callable[[], Catalogue] | None = None,
        *,
        stall_seconds: float = _STALL_SECONDS,
    ) -> None:
        self._vendor = vendor
        self._models = models
        self._meter = meter
        self._check = check
        self._catalogue = catalogue
        self._stall_seconds = stall_seconds
        self._terse: set[str] = set()

    @property
    def info(self) -> EngineInfo:
        return self._info(self._models.current)

    async def transcribe(self, audio: bytes, filename: str, mime_type: str, language: str | None) -> Heard:  # noqa: ARG002 - the bytes say what they are
        """See ``SpeechToText``.

        Raises:
            NotAudio, AudioTooLong: before anything is sent.
            LanguageNotServed, EngineError.
        """
        if language is not None and language not in LANGUAGES:
            raise LanguageNotServed(language, LANGUAGES)
        recording = await self._check.look_at(audio)
        if not recording.sound:
            return Heard("", language or LANGUAGES[0], 0.0, self.info)
        names = _names(self._catalogue(), language) if self._catalogue else ()

        async def ask(model: str) -> Heard:
            request = _request(model, language, names, verbose=model not in self._terse)
            try:
                transcript = await self._ask(model, audio, recording, request)
            except FormatRefused:
                # Some compatible servers have a whisper that tells its words and nothing more.
                self._terse.add(model)
                request = _request(model, language, names, verbose=False)
                transcript = await self._ask(model, audio, recording, request)
            text = without_phantoms(transcript.words)
            if echoes(text, request.hinted):
                text = ""
            return Heard(
                text, transcript.spoken_language(language), transcript.confidence if text else 0.0, self._info(model)
            )

        return await self._models.first_served(ask)

    async def _ask(self, model: str, audio: bytes, recording: Recording, request: _Request) -> Transcript:
        file = (f"speech.{recording.extension}", audio, recording.mime_type)
        seconds = hearing_patience(self._stall_seconds, recording.seconds)
        async with self._vendor.calling(seconds) as client:
            transcriptions = client.audio.transcriptions.with_streaming_response
            asking: Any = transcriptions.create(model=model, file=file, timeout=seconds, **request.fields)
            async with asking as response:
                # From here on it is billed, whatever its answer is worth.
                used = Usage("speech_to_text", NAME, model, seconds=recording.seconds)
                try:
                    transcript = await read_json(response, Transcript)
                    used = _used(used, transcript)
                finally:
                    self._meter.record(used)
        return transcript

    def _info(self, model: str) -> EngineInfo:
        return EngineInfo(NAME, model, LANGUAGES)


@dataclass(frozen=True, slots=True)
class _Request:
    """``fields`` for the SDK beside file and model; ``hinted`` the names in their order there."""

    fields: dict[str, Any]
    hinted: Sequence[str] = field(default=())


def _request(model: str, language: str | None, names: Sequence[str], *, verbose: bool) -> _Request:
    """What ``model`` takes: https://developers.openai.com/cookbook/examples/migrating_from_whisper_to_gpt_transcribe.

    gpt-transcribe has ``languages`` and ``keywords`` (with ``language`` it refuses the request) and tells no
    probabilities; the gpt-4o ones tell those of tokens; whisper, here and on compatible servers, those of segments.
    """
    if model.startswith("gpt-transcribe"):
        fields: dict[str, Any] = {"response_format": "json"}
        if language is not None:
            fields["languages"] = [language]
        if names:
            fields["keywords"] = list(names[:_KEYWORDS])
        return _Request(fields, names)
    fields = {"language": language} if language is not None else {}
    fields["response_format"] = "verbose_json" if verbose and "whisper" in model else "json"
    if "whisper" in model:
        fields["temperature"] = 0.0
    elif model.startswith("gpt-4o"):
        fields["include"] = ["logprobs"]
    # A prompt in one language makes the model hear that language.
    hinted = _last_that_fit(names) if language in _SHOP_LANGUAGES else ()
    if hinted:
        fields["prompt"] = ", ".join(hinted) + "."
    return _Request(fields, hinted)


def _names(catalogue: Catalogue, language: str | None) -> tuple[str, ...]:
    """What may be named, menus first; in both of the shop's languages when ``language`` is none of them."""
    named = (
        *(menu.name for menu in catalogue.menus),
        *(style.name for style in catalogue.styles),
        *(ingredient.name for ingredient in catalogue.ingredients),
    )
    tags = (language,) if language in _SHOP_LANGUAGES else _SHOP_LANGUAGES
    words = (name.in_language(tag) for tag in tags for name in named)
    # A keyword with one of these signs or a line break makes the vendor refuse the whole request.
    return tuple(dict.fromkeys(" ".join(word.replace("<", " ").replace(">", " ").split()) for word in words))


def _last_that_fit(names: Sequence[str]) -> tuple[str, ...]:
    """The first names, the most important last: of a long prompt the model reads the end."""
    lengths = itertools.accumulate(len(name) + 2 for name in names)
    fitting = [name for name, length in zip(names, lengths, strict=True) if length <= _PROMPT_CHARS]
    return tuple(reversed(fitting))


def _used(known: Usage, transcript: Transcript) -> Usage:
    told = transcript.usage
    if told is None:
        return known
    return Usage(
        known.capability,
        known.engine,
        known.model,
        input_tokens=told.text_tokens,
        audio_input_tokens=told.audio_tokens,
        output_tokens=told.output_tokens or 0,
        seconds=told.seconds or known.seconds,
    )
