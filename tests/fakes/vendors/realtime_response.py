"""The events of one Realtime response, in the order in which OpenAI sends them."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from tests.fakes.vendors.brain import SPEECH_RATE
from tests.fakes.vendors.faults import Fault
from tests.fakes.vendors.gemini_answers import text_tokens

_DELTA_SECONDS = 0.2
_AUDIO_TOKENS_A_SECOND = 20
_WORDS_A_DELTA = 8


def new_id(kind: str) -> str:
    return f"{kind}_{uuid.uuid4().hex[:21]}"


class ResponseScript:
    """``session`` is the session's configuration with what this response overrides. ``conversation`` ``None``: the
    response stands apart, and no item of it becomes part of the conversation.
    """

    def __init__(self, session: dict[str, Any], conversation: str | None, fault: Fault | None) -> None:
        self._session = session
        self._conversation = conversation
        self._fault = fault
        self._id = new_id("resp")
        self._item = new_id("item")
        self._place = {"response_id": self._id, "item_id": self._item, "output_index": 0, "content_index": 0}

    @property
    def voice(self) -> str:
        voice = self._session.get("audio", {}).get("output", {}).get("voice", "marin")
        return str(voice)

    def created(self) -> dict[str, Any]:
        return {"type": "response.created", "response": self._response("in_progress")}

    def failed(self, kind: str, code: str, message: str) -> dict[str, Any]:
        details = {"type": "failed", "error": {"type": kind, "code": code, "message": message}}
        return self._done("failed", details, [], "", b"")

    def opening(self) -> list[dict[str, Any]]:
        item = self._message("in_progress", [])
        part = {"type": "audio", "transcript": ""}
        return [
            {"type": "response.output_item.added", "response_id": self._id, "output_index": 0, "item": item},
            *self._kept("conversation.item.added", item),
            {"type": "response.content_part.added", **self._place, "part": part},
        ]

    def deltas(self, text: str, pcm: bytes) -> list[dict[str, Any]]:
        """Words and sound in turn: the words of a sentence come before its sound is over."""
        words = [text[at : at + _WORDS_A_DELTA] for at in range(0, len(text), _WORDS_A_DELTA)]
        size = int(_DELTA_SECONDS * SPEECH_RATE) * 2
        sound = [pcm[at : at + size] for at in range(0, len(pcm), size)]
        events: list[dict[str, Any]] = []
        for at in range(max(len(words), len(sound))):
            if at < len(words):
                events.append({"type": "response.output_audio_transcript.delta", **self._place, "delta": words[at]})
            if at < len(sound):
                events.append(self.sound(base64.b64encode(sound[at]).decode()))
        return events

    def sound(self, delta: str) -> dict[str, Any]:
        return {"type": "response.output_audio.delta", **self._place, "delta": delta}

    def ending(self, text: str, pcm: bytes) -> list[dict[str, Any]]:
        content = {"type": "output_audio", "transcript": text}
        status, details = "completed", None
        if self._fault is Fault.SAFETY:
            status, details = "incomplete", {"type": "incomplete", "reason": "content_filter"}
        elif self._fault is Fault.CUT_SHORT:
            status, details = "incomplete", {"type": "incomplete", "reason": "max_output_tokens"}
        item = self._message("completed" if status == "completed" else "incomplete", [content])
        part = {"type": "audio", "transcript": text}
        limits = [{"name": "tokens", "limit": 40_000, "remaining": 39_000, "reset_seconds": 1.0}]
        return [
            {"type": "response.output_audio.done", **self._place},
            {"type": "response.output_audio_transcript.done", **self._place, "transcript": text},
            {"type": "response.content_part.done", **self._place, "part": part},
            *self._kept("conversation.item.done", item),
            {"type": "response.output_item.done", "response_id": self._id, "output_index": 0, "item": item},
            self._done(status, details, [item], text, pcm),
            {"type": "rate_limits.updated", "rate_limits": limits},
        ]

    def _kept(self, kind: str, item: dict[str, Any]) -> list[dict[str, Any]]:
        return [] if self._conversation is None else [{"type": kind, "previous_item_id": None, "item": item}]

    def _message(self, status: str, content: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self._item,
            "object": "realtime.item",
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": content,
        }

    def _done(
        self, status: str, details: dict[str, Any] | None, output: list[dict[str, Any]], text: str, pcm: bytes
    ) -> dict[str, Any]:
        words = text_tokens(text) if text else 0
        sound = round(len(pcm) / 2 / SPEECH_RATE * _AUDIO_TOKENS_A_SECOND)
        asked = words + text_tokens(str(self._session.get("instructions", ""))) if status != "failed" else 0
        usage = {
            "total_tokens": asked + words + sound,
            "input_tokens": asked,
            "output_tokens": words + sound,
            "input_token_details": {
                "text_tokens": asked,
                "audio_tokens": 0,
                "image_tokens": 0,
                "cached_tokens": 0,
                "cached_tokens_details": {"text_tokens": 0, "audio_tokens": 0, "image_tokens": 0},
            },
            "output_token_details": {"text_tokens": words, "audio_tokens": sound},
        }
        response = {**self._response(status), "status_details": details, "output": output, "usage": usage}
        return {"type": "response.done", "response": response}

    def _response(self, status: str) -> dict[str, Any]:
        return {
            "object": "realtime.response",
            "id": self._id,
            "status": status,
            "status_details": None,
            "output": [],
            "conversation_id": self._conversation,
            "output_modalities": self._session.get("output_modalities", ["audio"]),
            "max_output_tokens": "inf",
            "audio": {"output": {"format": {"type": "audio/pcm", "rate": SPEECH_RATE}, "voice": self.voice}},
            "usage": None,
            "metadata": None,
        }
