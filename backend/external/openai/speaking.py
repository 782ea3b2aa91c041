"""Everything of OpenAI's that speaks: ``/v1/audio/speech`` while it has a model left, the Realtime API then."""

from __future__ import annotations

from backend.external.interfaces import EngineInfo, SpeechStream
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.realtime import OpenAIRealtimeSpeech
from backend.external.openai.speech import OpenAITextToSpeech


def is_realtime(model: str) -> bool:
    """Whether ``model`` speaks through the Realtime API and not through ``/v1/audio/speech``."""
    return model.startswith("gpt-realtime")


class OpenAISpeaking:
    """Implements ``TextToSpeech`` with whichever way the model that is served takes."""

    def __init__(self, vendor: OpenAIVendor, models: ModelChoice, meter: Meter, stall_seconds: float) -> None:
        self._models = models
        self._speech = OpenAITextToSpeech(vendor, models, meter, stall_seconds)
        self._realtime = OpenAIRealtimeSpeech(vendor, models, meter, stall_seconds)

    @property
    def info(self) -> EngineInfo:
        return self._speech.info

    async def stream(self, text: str, voice: str, audio_format: str) -> SpeechStream:
        """See ``TextToSpeech``; the Realtime API answers in one piece, when all of it was compared with ``text``."""

        async def ask(model: str) -> SpeechStream:
            way = self._realtime if is_realtime(model) else self._speech
            return await way.stream_with(model, text, voice, audio_format)

        return await self._models.first_served(ask)
