"""Everything that one OpenAI key buys here, made together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import SecretStr

from backend.domain.catalogue import Catalogue
from backend.external.metering import Meter
from backend.external.model_choice import ModelChoice
from backend.external.openai.client import OpenAIVendor
from backend.external.openai.hearing import OpenAISpeechToText
from backend.external.openai.speaking import OpenAISpeaking
from backend.external.sound_check import SoundCheck


class OpenAIEngines:
    """Each engine with the choice of its models. Closing ``vendor`` closes the line of all."""

    def __init__(
        self,
        key: SecretStr | None,
        base_url: str | None,
        *,
        ears: Sequence[str],
        voices: Sequence[str],
        meter: Meter,
        check: SoundCheck,
        catalogue: Callable[[], Catalogue],
        stall_seconds: float,
    ) -> None:
        """``ears`` and ``voices`` are names of models in order of wish; a compatible server may need no ``key``."""
        self.vendor = OpenAIVendor(key.get_secret_value() if key else None, base_url)
        hearing, speech = ModelChoice(ears), ModelChoice(voices)
        self.hearing = (
            OpenAISpeechToText(self.vendor, hearing, meter, check, catalogue, stall_seconds=stall_seconds),
            hearing,
        )
        self.speech = OpenAISpeaking(self.vendor, speech, meter, stall_seconds), speech
