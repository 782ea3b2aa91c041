"""Gemini's answers: GenerateContentResponse as JSON, whole or in the pieces of a stream, with what they cost.

Shapes are those that google-genai 3.4 reads (its ``types``); the framing of a stream, the MIME types of sound and the
32 tokens of a second of sound are those of responses quoted at discuss.ai.google.dev in 2026.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.external.offline.audio_codec import wav
from tests.fakes.vendors.brain import SPEECH_RATE
from tests.fakes.vendors.delivery import Reply
from tests.fakes.vendors.served_models import Served

AUDIO_TOKENS_A_SECOND = 32
IMAGE_TOKENS = 1_120
_CHARACTERS_A_PIECE = 4
"""About a token: nothing is known of a reply before it is written."""
_SECONDS_A_PIECE = 0.25
_WHOLE_HEADERS = {"content-type": "application/json; charset=UTF-8", "server": "scaffolding on HTTPServer2"}
_STREAM_HEADERS = {
    "content-type": "text/event-stream",
    "content-disposition": "attachment",
    "server": "scaffolding on HTTPServer2",
}


@dataclass(slots=True)
class Usage:
    """Tokens by modality (``TEXT``, ``AUDIO``, ``IMAGE``); thoughts are billed as output and counted apart."""

    prompt: dict[str, int] = field(default_factory=dict)
    answer: dict[str, int] = field(default_factory=dict)
    thoughts: int = 0

    def metadata(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "promptTokenCount": sum(self.prompt.values()),
            "totalTokenCount": sum(self.prompt.values()) + sum(self.answer.values()) + self.thoughts,
            "promptTokensDetails": _details(self.prompt),
        }
        if self.answer:
            told["candidatesTokenCount"] = sum(self.answer.values())
            told["candidatesTokensDetails"] = _details(self.answer)
        if self.thoughts:
            told["thoughtsTokenCount"] = self.thoughts
        return told


def text_tokens(text: str) -> int:
    """About four letters of Latin script to a token, two of Hangul."""
    return max(1, round(sum(0.5 if ord(letter) > 0x2E7F else 0.25 for letter in text)))


class Answer:
    """One answer of ``model``: parts that a stream sends one by one, then why it ended."""

    def __init__(self, model: Served, usage: Usage, parts: Sequence[dict[str, Any]], finish: str = "STOP") -> None:
        self._model = model
        self._usage = usage
        self._parts = list(parts)
        self._finish = finish

    def reply(self, at: float) -> Reply:
        """In one piece."""
        whole: dict[str, Any] = {"role": "model"}
        if self._parts:
            whole["parts"] = _joined(self._parts)
        return json_reply(self._response({"content": whole, "finishReason": self._finish, "index": 0}), at)

    def stream(self, times: Sequence[float]) -> Reply:
        """As server-sent events; ``times`` has one for each part, and the last is also that of the end."""
        events = [
            (at, self._response({"content": {"parts": [part], "role": "model"}, "index": 0}))
            for at, part in zip(times, self._parts, strict=True)
        ]
        last: dict[str, Any] = {"content": {}, "finishReason": self._finish, "index": 0}
        if self._model.name.startswith("gemini-3") and "text" in (self._parts[-1:] or [{}])[0]:
            # A thinking model's stream ends with an empty text that carries the signature of its thoughts.
            last["content"] = {"parts": [{"text": "", "thoughtSignature": "c2lnbmF0dXJl"}], "role": "model"}
        events.append((times[-1] if times else 0.0, self._response(last)))
        return stream_reply(events)

    def _response(self, candidate: dict[str, Any]) -> dict[str, Any]:
        return response(self._model, self._usage, [candidate])


def response(model: Served, usage: Usage, candidates: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A model whose end was announced says so with every answer (``modelStatus``); the list of models does not."""
    told: dict[str, Any] = {"candidates": candidates} if candidates else {}
    told |= {**more, "usageMetadata": usage.metadata(), "modelVersion": model.name, "responseId": "ZW11bGF0ZWQ"}
    if model.ends is not None:
        told["modelStatus"] = {"modelStage": "LEGACY", "retirementTime": f"{model.ends.isoformat()}T00:00:00Z"}
    return told


def blocked_prompt(model: Served, usage: Usage) -> dict[str, Any]:
    return response(model, usage, [], promptFeedback={"blockReason": "PROHIBITED_CONTENT"})


def json_reply(body: Any, at: float) -> Reply:
    text = json.dumps(body, indent=2, ensure_ascii=False).encode() + b"\n"
    opening = b'{"candidates": [{"content": {"role": "model", "parts": [{"text": "'
    return Reply(((at, text),), _WHOLE_HEADERS, opening=opening)


def stream_reply(events: Sequence[tuple[float, Any]]) -> Reply:
    filler = event_of({"candidates": [{"content": {"role": "model", "parts": [{"text": "가" * 4_000}]}, "index": 0}]})
    pieces = tuple((at, event_of(body)) for at, body in events)
    return Reply(pieces, _STREAM_HEADERS, streamed=True, filler=filler)


def event_of(body: Any) -> bytes:
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\r\n\r\n"


def text_parts(text: str) -> list[dict[str, Any]]:
    """A text as a model's stream cuts it: a few letters each."""
    size = _CHARACTERS_A_PIECE
    return [{"text": text[at : at + size]} for at in range(0, len(text), size)]


def inline(content: bytes, mime_type: str) -> dict[str, Any]:
    return {"inlineData": {"mimeType": mime_type, "data": base64.b64encode(content).decode()}}


def sound_parts(model: str, pcm: bytes, *, streamed: bool) -> list[dict[str, Any]]:
    """Speech. The 3.8 models send a WAV file where it is not streamed, and samples where it is; those before them
    always send samples (migration guide of Gemini 3.8 TTS, 2026). 2.5 sends them in one piece, whatever is asked.
    """
    if "-3.8-" in model and not streamed:
        return [inline(wav(pcm, SPEECH_RATE), "audio/wav")]
    mime_type = "audio/l16; rate=24000; channels=1" if "-3." in model else "audio/L16;codec=pcm;rate=24000"
    if not streamed or "-2.5-" in model:
        return [inline(pcm, mime_type)]
    size = int(_SECONDS_A_PIECE * SPEECH_RATE) * 2
    return [inline(pcm[at : at + size], mime_type) for at in range(0, len(pcm), size)]


def _joined(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a stream sends in pieces comes as one part in a whole answer."""
    if all("text" in part for part in parts):
        return [{"text": "".join(part["text"] for part in parts)}]
    return parts


def _details(tokens: dict[str, int]) -> list[dict[str, Any]]:
    return [{"modality": modality, "tokenCount": count} for modality, count in tokens.items()]
