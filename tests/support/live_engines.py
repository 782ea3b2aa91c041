"""The adapters of real vendors as a shop has them, for the contract's suites under ``-m live``."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from backend.domain.catalogue import Catalogue
from backend.external.gemini.client import GeminiVendor
from backend.external.gemini.hearing import GeminiSpeechToText
from backend.external.gemini.images import GeminiImageEngine
from backend.external.gemini.language import GeminiUnderstanding
from backend.external.gemini.speech import GeminiTextToSpeech
from backend.external.interfaces import ImageEngine, LanguageUnderstanding, SpeechToText, TextToSpeech
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.openai.speaking import OpenAISpeaking
from backend.external.sound_check import SoundCheck
from tests.support.real_vendors import RealVendors


class LiveEngines:
    """Makes them; each method skips the test where the vendor's key is missing. ``stack`` closes their lines."""

    def __init__(self, real: RealVendors, stack: AsyncExitStack) -> None:
        self._real = real
        self._given = real.settings
        self._stack = stack

    async def understanding(self) -> LanguageUnderstanding:
        vendor = self._gemini()
        models = await self._real.models(vendor, self._given.gemini_language_models)
        return GeminiUnderstanding(vendor, models, self._real.meter, self._given.stall_seconds)

    async def hearing(self, vendor_name: str, check: SoundCheck, catalogue: Catalogue) -> SpeechToText:
        if vendor_name == "openai":
            openai = self._openai()
            models = await self._real.models(openai, self._given.openai_hearing_models)
            return OpenAISpeechToText(openai, models, self._real.meter, check, lambda: catalogue)
        gemini = self._gemini()
        models = await self._real.models(gemini, self._given.gemini_hearing_models)
        return GeminiSpeechToText(gemini, models, self._real.meter, check, lambda: catalogue)

    async def speech(self, vendor_name: str) -> TextToSpeech:
        if vendor_name == "openai":
            openai = self._openai()
            models = await self._real.models(openai, self._given.openai_speech_models)
            return OpenAISpeaking(openai, models, self._real.meter, self._given.stall_seconds)
        gemini = self._gemini()
        models = await self._real.models(gemini, self._given.gemini_speech_models)
        return GeminiTextToSpeech(gemini, models, self._real.meter, self._given.stall_seconds)

    async def images(self) -> ImageEngine:
        vendor = self._gemini()
        models = await self._real.models(vendor, self._given.gemini_image_models)
        return GeminiImageEngine(vendor, models, self._real.meter, self._given.drawing_seconds)

    def _gemini(self) -> GeminiVendor:
        self._skip_without("gemini")
        vendor = self._real.gemini()
        self._stack.push_async_callback(vendor.close)
        return vendor

    def _openai(self) -> OpenAIVendor:
        self._skip_without("openai")
        vendor = self._real.openai()
        self._stack.push_async_callback(vendor.close)
        return vendor

    def _skip_without(self, vendor: str) -> None:
        if why := self._real.missing.get(vendor):
            pytest.skip(why)
