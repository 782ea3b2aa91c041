"""What a call to a paid engine used, as its adapter read it, and where the adapter tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Capability = Literal["language", "speech_to_text", "text_to_speech", "image"]


@dataclass(frozen=True, slots=True)
class Usage:
    """One billed call. What the vendor did not tell stays 0; a kind of token is counted once.

    ``engine`` is the vendor ("gemini", "openai"), ``model`` the name that the call asked for.
    ``input_tokens`` are those of text and pictures, without the cached and without those of audio;
    ``cached_input_tokens`` those that the vendor bills at its price for cached input;
    ``output_tokens`` those of text (a model's thoughts among them) and of pictures, without those of audio.
    ``seconds`` is the length of the audio heard or spoken, ``characters`` that of the text spoken (code points),
    ``images`` the number of pictures made.
    """

    capability: Capability
    engine: str
    model: str
    requests: int = 1
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    audio_input_tokens: int = 0
    audio_output_tokens: int = 0
    seconds: float = 0.0
    characters: int = 0
    images: int = 0


class Meter(Protocol):
    """Adapters call it once for every billed call, failed ones that are billed too."""

    def record(self, usage: Usage) -> None:
        """Count ``usage``. Only adds to memory, and never raises: a turn does not fail for its bill."""
        ...
