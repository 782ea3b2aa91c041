"""What a Realtime session holds and may hold."""

from __future__ import annotations

from typing import Any

from tests.fakes.vendors.realtime_response import new_id

FIELDS = frozenset(
    {
        "type", "audio", "include", "instructions", "max_output_tokens", "model", "output_modalities",
        "parallel_tool_calls", "prompt", "reasoning", "tool_choice", "tools", "tracing", "truncation",
    }
)  # fmt: skip


VOICES = ("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar")
"""Not those of ``/v1/audio/speech``: fable, onyx and nova are missing."""


def new_session(model: str | None) -> dict[str, Any]:
    """As it is before its client has changed anything."""
    return {
        "type": "realtime",
        "object": "realtime.session",
        "id": new_id("sess"),
        "model": model,
        "output_modalities": ["audio"],
        "instructions": "Your knowledge cutoff is 2023-10. You are a helpful, witty, and friendly AI.",
        "audio": {"output": {"format": {"type": "audio/pcm", "rate": 24_000}, "voice": "marin", "speed": 1.0}},
    }


def unknown_voice(session: dict[str, Any]) -> str | None:
    """What is said of a voice that is not served, or ``None``."""
    output = session.get("audio", {}).get("output", {})
    voice = output.get("voice", VOICES[0])
    if voice in VOICES:
        return None
    return f"Invalid value: '{voice}'. Supported values are: {', '.join(repr(one) for one in VOICES)}."


def merged(into: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """``given`` over ``into``, object by object."""
    both = dict(into)
    for name, value in given.items():
        before = both.get(name)
        both[name] = merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both


def text_of(items: Any) -> str:
    """What the last message says, which is what such a voice is asked to read."""
    for item in reversed(items if isinstance(items, list) else []):
        said = [str(part["text"]) for part in item.get("content", ()) if part.get("type") == "input_text"]
        if item.get("role") == "user" and said:
            return " ".join(said)
    return "Hello! How can I help you today?"
