"""Everything that one Gemini key buys, made together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from backend.domain.catalogue import Catalogue
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.hearing import GeminiSpeechToText
from backend.external.gemini.images import GeminiImageEngine
from backend.external.gemini.language import GeminiUnderstanding
from backend.external.gemini.speech import GeminiTextToSpeech
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.sound_check import SoundCheck


@dataclass(frozen=True, slots=True)
class GeminiModels:
    """Names in order of wish, one list a capability."""

    language: Sequence[str]
    hearing: Sequence[str]
    speech: Sequence[str]
    images: Sequence[str]


class GeminiEngines:
    """Each engine with the choice of its models. Closing ``vendor`` closes the line of all."""

    def __init__(
        self,
        key: SecretStr,
        base_url: str | None,
        wished: GeminiModels,
        *,
        meter: Meter,
        check: SoundCheck,
        catalogue: Callable[[], Catalogue],
        stall_seconds: float,
        drawing_seconds: float,
    ) -> None:
        self.vendor = GeminiVendor(key, base_url)
        minds, ears = ModelChoice(wished.language), ModelChoice(wished.hearing)
        voices, brushes = ModelChoice(wished.speech), ModelChoice(wished.images)
        understanding = GeminiUnderstanding(self.vendor, minds, meter, stall_seconds)
        understanding.prepare(catalogue())
        self.language = understanding, minds
        self.hearing = GeminiSpeechToText(self.vendor, ears, meter, check, catalogue, stall_seconds=stall_seconds), ears
        self.speech = GeminiTextToSpeech(self.vendor, voices, meter, stall_seconds), voices
        self.images = GeminiImageEngine(self.vendor, brushes, meter, drawing_seconds), brushes
