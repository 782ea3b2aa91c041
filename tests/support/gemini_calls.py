"""Calls of Gemini's through the real google-genai, and what comes back of them."""

from __future__ import annotations

from typing import Any

from google import genai
from google.genai import types

MODEL = "gemini-3.8-flash"


def speaks(model_config: dict[str, Any] | None = None) -> types.GenerateContentConfig:
    """Asks for the voice Kore; ``model_config`` are further fields."""
    voice = types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name="Kore"))
    return types.GenerateContentConfig(
        response_modalities=["AUDIO"], speech_config=types.SpeechConfig(voice_config=voice), **(model_config or {})
    )


def sound_of(answer: types.GenerateContentResponse) -> tuple[str, bytes]:
    """MIME type and bytes of the sound or picture in an answer; both empty where there is none."""
    assert answer.candidates
    assert answer.candidates[0].content is not None
    parts = answer.candidates[0].content.parts or []
    blobs = [part.inline_data for part in parts if part.inline_data is not None]
    return (blobs[0].mime_type or "" if blobs else ""), b"".join(blob.data or b"" for blob in blobs)


async def read_all(client: genai.Client, model: str = MODEL, **config: Any) -> list[types.GenerateContentResponse]:
    """A whole stream."""
    stream = await client.aio.models.generate_content_stream(
        model=model, contents="x", config=types.GenerateContentConfig(**config) if config else None
    )
    return [piece async for piece in stream]
