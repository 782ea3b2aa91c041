"""The composition root's part for engines: settings become chains. Beside it only ``app`` names adapters."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import (
    ImageEngine,
    LanguageUnderstanding,
    PictureBench,
    SpeechToText,
    TextToSpeech,
    Vendor,
)
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.external.sound_check import SoundCheck
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Engine, Health, Link, Unused
from backend.services.engine_watch import (
    Attempt,
    Served,
    drawing_attempt,
    half_a_second_of_silence,
    hearing_attempt,
    speaking_attempt,
    understanding_attempt,
)
from backend.services.local_first import Rules
from backend.settings import Settings
from shared.health import Capability

GEMINI, OPENAI, WHISPER, OFFLINE = "gemini", "openai", "whisper", "offline"
NO_KEY, NOT_INSTALLED = "no_key", "not_installed"

E = TypeVar("E", bound=Engine)


@dataclass(frozen=True, slots=True)
class EngineRoom:
    """The four chains, ``sketches`` for menu cards and first looks, and the ``bench`` for uploaded pictures.

    ``listed`` is every engine that the settings name, in their order.
    """

    language: EngineChain[LanguageUnderstanding]
    rules: Rules
    hearing: EngineChain[SpeechToText]
    speech: EngineChain[TextToSpeech]
    images: EngineChain[ImageEngine]
    sketches: Link[ImageEngine]
    bench: PictureBench
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

        # Adapters are imported where they are used: those of vendors take half a second to load, and a shop without
        # keys need not wait for them at each start.
        if settings.gemini_api_key is not None:
            from backend.external.gemini.engines import GeminiEngines, GeminiModels  # noqa: PLC0415 - as said above

            gemini = GeminiEngines(
                settings.gemini_api_key,
                settings.gemini_base_url,
                GeminiModels(
                    settings.gemini_language_models,
                    settings.gemini_hearing_models,
                    settings.gemini_speech_models,
                    settings.gemini_image_models,
                ),
                meter=meter,
                check=offline.sound_check,
                catalogue=lambda: catalogue,
                stall_seconds=settings.stall_seconds,
                drawing_seconds=settings.drawing_seconds,
            )
            vendors[GEMINI] = gemini.vendor
            language.add(GEMINI, *gemini.language)
            hearing.add(GEMINI, *gemini.hearing)
            speech.add(GEMINI, *gemini.speech)
            images.add(GEMINI, *gemini.images)
        # A compatible server of the shop's own may ask for no key.
        if settings.openai_api_key is not None or settings.openai_base_url is not None:
            from backend.external.openai.engines import OpenAIEngines  # noqa: PLC0415 - as said above

            openai = OpenAIEngines(
                settings.openai_api_key,
                settings.openai_base_url,
                ears=settings.openai_hearing_models,
                voices=settings.openai_speech_models,
                meter=meter,
                check=offline.sound_check,
                catalogue=lambda: catalogue,
                stall_seconds=settings.stall_seconds,
            )
            vendors[OPENAI] = openai.vendor
            hearing.add(OPENAI, *openai.hearing)
            speech.add(OPENAI, *openai.speech)
        for vendor in vendors.values():
            stack.push_async_callback(vendor.close)
        if WHISPER in settings.hearing_engines:
            await _add_whisper(settings, catalogue, hearing, stack)
        language.add(OFFLINE, rules)
        hearing.add(OFFLINE, offline.hearing)
        speech.add(OFFLINE, offline.speech)
        sketches = images.add(OFFLINE, offline.pictures)

        yield EngineRoom(
            rules=rules,
            language=EngineChain("understand", language.links, local_seconds=5.0),
            hearing=EngineChain("hear", hearing.links, local_seconds=25.0),
            speech=EngineChain("speak", speech.links, local_seconds=15.0),
            images=EngineChain("draw", images.links, local_seconds=10.0),
            sketches=sketches,
            bench=offline.bench,
            attempts=(
                *(_checking_attempt(offline.sound_check) for _ in hearing.remote[:1]),
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


def _checking_attempt(check: SoundCheck) -> Attempt:
    """Its child takes half a second to start: of the first sentence that a vendor hears, else."""
    return Attempt(
        Link(Capability.SPEECH_TO_TEXT.value, check), lambda engine: engine.look_at(half_a_second_of_silence())
    )


async def _add_whisper(
    settings: Settings, catalogue: Catalogue, hearing: _Row[SpeechToText], stack: AsyncExitStack
) -> None:
    if importlib.util.find_spec("faster_whisper") is None:
        hearing.leave_out(WHISPER, NOT_INSTALLED)
        return
    from backend.external.whisper.engine import WhisperSpeechToText  # noqa: PLC0415 - as above
    from backend.external.whisper.readiness import ModelMissing  # noqa: PLC0415 - as said above

    whisper = WhisperSpeechToText(
        lambda: catalogue, settings.whisper_model, settings.whisper_folder, may_download=settings.whisper_download
    )
    stack.push_async_callback(whisper.close)
    if whisper.available().problem is ModelMissing:
        hearing.leave_out(WHISPER, ModelMissing.reason)
    else:
        whisper.start()
        hearing.add(WHISPER, whisper)


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

    def add(self, name: str, engine: E, models: ModelChoice | None = None) -> Link[E]:
        """One that can be had; ``models``: it is a vendor's."""
        link = Link(self._capability, engine, remote=models is not None)
        self._made[name] = link, models
        return link

    @property
    def links(self) -> list[Link[E]]:
        return [self._made[name][0] for name in self._wished if name in self._made]

    @property
    def local(self) -> list[Link[E]]:
        return [link for link in self.links if not link.remote]

    @property
    def remote(self) -> list[Link[E]]:
        return [link for link in self.links if link.remote]

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
