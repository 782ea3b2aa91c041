"""The composition root's part for engines: settings become chains. Beside it only ``app`` names adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from backend.domain.catalogue import Catalogue
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.hearing import GeminiSpeechToText
from backend.external.gemini.images import GeminiImageEngine
from backend.external.gemini.language import GeminiUnderstanding
from backend.external.gemini.speech import GeminiTextToSpeech
from backend.external.interfaces import ImageEngine, LanguageUnderstanding, SpeechToText, TextToSpeech, Vendor
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.openai.speaking import OpenAISpeaking
from backend.external.whisper.engine import WhisperSpeechToText
from backend.external.whisper.readiness import ModelMissing, WhisperNotInstalled
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Engine, Health, Link, Unused
from backend.services.engine_watch import (
    Attempt,
    Served,
    drawing_attempt,
    hearing_attempt,
    speaking_attempt,
    understanding_attempt,
)
from backend.settings import Settings
from shared.health import Capability

GEMINI, OPENAI, WHISPER, OFFLINE = "gemini", "openai", "whisper", "offline"
NO_KEY = "no_key"

E = TypeVar("E", bound=Engine)


@dataclass(frozen=True, slots=True)
class EngineRoom:
    """The four chains, and ``sketches`` for menu cards and first looks.

    ``listed`` is every engine that the settings name, in their order.
    """

    language: EngineChain[LanguageUnderstanding]
    hearing: EngineChain[SpeechToText]
    speech: EngineChain[TextToSpeech]
    images: EngineChain[ImageEngine]
    sketches: ImageEngine
    attempts: tuple[Attempt, ...]
    served: tuple[Served, ...]
    listed: tuple[Health, ...]


@asynccontextmanager
async def open_engines(settings: Settings, catalogue: Catalogue, meter: Meter) -> AsyncIterator[EngineRoom]:
    """All engines that can be had; leaving the context closes vendors' lines and child processes."""
    async with AsyncExitStack() as stack:
        offline = OfflineEngines(lambda: catalogue, settings.assets_dir)
        stack.push_async_callback(offline.close)
        rules = OfflineUnderstanding()
        rules.prepare(catalogue)
        language = _Row[LanguageUnderstanding](Capability.LANGUAGE, settings.language_engines)
        hearing = _Row[SpeechToText](Capability.SPEECH_TO_TEXT, settings.hearing_engines)
        speech = _Row[TextToSpeech](Capability.TEXT_TO_SPEECH, settings.speech_engines)
        images = _Row[ImageEngine](Capability.IMAGE, settings.image_engines)
        rows: Sequence[_Row[Any]] = (language, hearing, speech, images)
        vendors: dict[str, Vendor] = {}
        check, stall = offline.sound_check, settings.stall_seconds

        if settings.gemini_api_key is not None:
            google = GeminiVendor(settings.gemini_api_key, settings.gemini_base_url)
            stack.push_async_callback(google.close)
            vendors[GEMINI] = google
            mind = ModelChoice(settings.gemini_language_models)
            ear = ModelChoice(settings.gemini_hearing_models)
            voice = ModelChoice(settings.gemini_speech_models)
            brush = ModelChoice(settings.gemini_image_models)
            language.add(GEMINI, GeminiUnderstanding(google, mind, meter, stall), mind)
            hearing.add(GEMINI, GeminiSpeechToText(google, ear, meter, check, lambda: catalogue), ear)
            speech.add(GEMINI, GeminiTextToSpeech(google, voice, meter, stall), voice)
            images.add(GEMINI, GeminiImageEngine(google, brush, meter, settings.drawing_seconds), brush)
        # A compatible server of the shop's own may ask for no key.
        if settings.openai_api_key is not None or settings.openai_base_url is not None:
            key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
            openai = OpenAIVendor(key, settings.openai_base_url)
            stack.push_async_callback(openai.close)
            vendors[OPENAI] = openai
            ear = ModelChoice(settings.openai_hearing_models)
            voice = ModelChoice(settings.openai_speech_models)
            hearing.add(OPENAI, OpenAISpeechToText(openai, ear, meter, check, lambda: catalogue), ear)
            speech.add(OPENAI, OpenAISpeaking(openai, voice, meter, stall), voice)
        if WHISPER in settings.hearing_engines:
            whisper = WhisperSpeechToText(
                lambda: catalogue,
                settings.whisper_model,
                settings.whisper_folder,
                may_download=settings.whisper_download,
            )
            stack.push_async_callback(whisper.close)
            problem = whisper.available().problem
            if problem in (WhisperNotInstalled, ModelMissing):
                hearing.leave_out(WHISPER, problem.reason)
            else:
                whisper.start()
                hearing.add(WHISPER, whisper)
        language.add(OFFLINE, rules)
        hearing.add(OFFLINE, offline.hearing)
        speech.add(OFFLINE, offline.speech)
        images.add(OFFLINE, offline.pictures)

        yield EngineRoom(
            language=EngineChain("understand", language.links, local_seconds=5.0),
            hearing=EngineChain("hear", hearing.links, local_seconds=25.0),
            speech=EngineChain("speak", speech.links, local_seconds=15.0),
            images=EngineChain("draw", images.links, local_seconds=10.0),
            sketches=offline.pictures,
            attempts=(
                *(understanding_attempt(link, catalogue) for link in language.local),
                *(hearing_attempt(link) for link in hearing.local),
                *(speaking_attempt(link) for link in speech.local),
                *(drawing_attempt(link, catalogue) for link in images.local),
            ),
            served=tuple(
                Served(vendor, [pair for row in rows for pair in row.served_by(name)])
                for name, vendor in vendors.items()
            ),
            listed=tuple(health for row in rows for health in row.listed),
        )


class _Row(Generic[E]):
    """The engines of one capability, in the order of ``wished``."""

    def __init__(self, capability: Capability, wished: Sequence[str]) -> None:
        self._capability = capability.value
        self._wished = wished
        self._made: dict[str, tuple[Link[E], ModelChoice | None]] = {}
        self._left_out: dict[str, str] = {}

    def leave_out(self, name: str, reason: str) -> None:
        """One that cannot be had; without a word about it there is no key."""
        self._left_out[name] = reason

    def add(self, name: str, engine: E, models: ModelChoice | None = None) -> None:
        """One that can be had; ``models``: it is a vendor's."""
        self._made[name] = Link(self._capability, engine, remote=models is not None), models

    @property
    def links(self) -> list[Link[E]]:
        return [self._made[name][0] for name in self._wished if name in self._made]

    @property
    def local(self) -> list[Link[E]]:
        return [link for link in self.links if not link.remote]

    @property
    def listed(self) -> Iterator[Health]:
        for name in self._wished:
            if name in self._made:
                yield self._made[name][0]
            else:
                yield Unused(self._capability, name, self._left_out.get(name, NO_KEY))

    def served_by(self, vendor: str) -> Iterator[tuple[Link[E], ModelChoice]]:
        if vendor in self._wished and vendor in self._made:
            link, models = self._made[vendor]
            if models is not None:
                yield link, models
