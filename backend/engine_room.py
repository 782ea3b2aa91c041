"""The composition root's part for engines: settings become chains. Beside it only ``app`` names adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from backend.domain.catalogue import Catalogue
from backend.external.interfaces import ImageEngine, LanguageUnderstanding, SpeechToText, TextToSpeech
from backend.external.metering import Meter
from backend.external.offline.engines import OfflineEngines
from backend.external.offline.understanding.engine import OfflineUnderstanding
from backend.services.engine_chain import EngineChain
from backend.services.engine_link import Health, Link, Unused
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

LANGUAGE = Capability.LANGUAGE.value
HEARING = Capability.SPEECH_TO_TEXT.value
SPEECH = Capability.TEXT_TO_SPEECH.value
IMAGE = Capability.IMAGE.value
LOCAL_SECONDS = {LANGUAGE: 5.0, HEARING: 25.0, SPEECH: 15.0, IMAGE: 10.0}
NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class EngineRoom:
    """The four chains; ``cards`` draws menu cards; ``listed`` is every engine that the settings name, in order."""

    language: EngineChain[LanguageUnderstanding]
    hearing: EngineChain[SpeechToText]
    speech: EngineChain[TextToSpeech]
    images: EngineChain[ImageEngine]
    cards: ImageEngine
    attempts: tuple[Attempt, ...]
    served: tuple[Served, ...]
    listed: tuple[Health, ...]


@asynccontextmanager
async def open_engines(settings: Settings, catalogue: Catalogue, meter: Meter) -> AsyncIterator[EngineRoom]:
    """All engines that can be had; leaving the context closes vendors' lines and child processes."""
    async with AsyncExitStack() as stack:
        understanding = OfflineUnderstanding()
        understanding.prepare(catalogue)
        offline = OfflineEngines(lambda: catalogue, settings.assets_dir)
        stack.push_async_callback(offline.close)
        language = Link[LanguageUnderstanding](LANGUAGE, understanding)
        hearing = Link[SpeechToText](HEARING, offline.hearing)
        speech = Link[TextToSpeech](SPEECH, offline.speech)
        images = Link[ImageEngine](IMAGE, offline.pictures)
        yield EngineRoom(
            language=EngineChain("understand", [language], LOCAL_SECONDS[LANGUAGE]),
            hearing=EngineChain("hear", [hearing], LOCAL_SECONDS[HEARING]),
            speech=EngineChain("speak", [speech], LOCAL_SECONDS[SPEECH]),
            images=EngineChain("draw", [images], LOCAL_SECONDS[IMAGE]),
            cards=offline.pictures,
            attempts=(
                understanding_attempt(language, catalogue),
                hearing_attempt(hearing),
                speaking_attempt(speech),
                drawing_attempt(images, catalogue),
            ),
            served=(),
            listed=(Unused(LANGUAGE, "gemini", NO_KEY), language, hearing, speech, images),
        )
