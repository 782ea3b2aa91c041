"""What every answer of Gemini's carries besides its content: whether it was withheld, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.external.gemini.client import VENDOR
from backend.external.interfaces import EngineRejected
from backend.external.metering import Capability, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from google.genai.types import (
        GenerateContentResponse,
        GenerateContentResponseUsageMetadata,
        ModalityTokenCount,
        Part,
    )

_WITHHELD = frozenset(
    {
        "SAFETY",
        "RECITATION",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "IMAGE_SAFETY",
        "IMAGE_PROHIBITED_CONTENT",
        "IMAGE_RECITATION",
        "MODEL_ARMOR",
    }
)
"""Reasons to stop that say: not this content (``FinishReason`` of the API)."""


def parts(response: GenerateContentResponse) -> list[Part]:
    """The first candidate's parts without the model's thoughts; none where it is withheld or empty."""
    candidates = response.candidates or []
    content = candidates[0].content if candidates else None
    return [part for part in (content.parts if content else None) or [] if not part.thought]


def finish(response: GenerateContentResponse) -> str:
    """Why the first candidate ended, as the API's word; empty while it goes on."""
    candidates = response.candidates or []
    reason = candidates[0].finish_reason if candidates else None
    return str(reason.value) if reason else ""


def raise_if_withheld(response: GenerateContentResponse) -> None:
    """Raises EngineRejected where the vendor refused the question or withheld the answer."""
    feedback = response.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise EngineRejected(str(feedback.block_reason.value))
    if (reason := finish(response)) in _WITHHELD:
        raise EngineRejected(reason)


def usage(
    capability: Capability,
    model: str,
    told: GenerateContentResponseUsageMetadata | None,
    *,
    seconds: float = 0.0,
    characters: int = 0,
    images: int = 0,
) -> Usage:
    """The cost of one call. A stream tells its total so far with each piece: ``told`` is the last of them."""
    heard = spoken = prompt = cached = answered = thoughts = 0
    if told is not None:
        heard = _audio(told.prompt_tokens_details)
        spoken = _audio(told.candidates_tokens_details)
        prompt, cached = told.prompt_token_count or 0, told.cached_content_token_count or 0
        answered, thoughts = told.candidates_token_count or 0, told.thoughts_token_count or 0
        if capability == "text_to_speech" and not told.candidates_tokens_details:
            spoken = answered
    return Usage(
        capability,
        VENDOR,
        model,
        input_tokens=max(0, prompt - cached - heard),
        cached_input_tokens=cached,
        output_tokens=max(0, answered - spoken) + thoughts,
        audio_input_tokens=heard,
        audio_output_tokens=spoken,
        seconds=seconds,
        characters=characters,
        images=images,
    )


def _audio(details: Iterable[ModalityTokenCount] | None) -> int:
    return sum(one.token_count or 0 for one in details or () if one.modality and one.modality.value == "AUDIO")
