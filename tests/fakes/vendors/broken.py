"""Answers that are wrong in ways that real models are."""

from __future__ import annotations

import json
from typing import Any

UNKNOWN_CODE = "moon_soup"
_CODES = ("menu", "style", "ingredient", "option", "allergen")


def foreign() -> dict[str, Any]:
    """JSON of another API: every field that a client looks for is missing or of another type."""
    return {
        "object": "list",
        "data": [1, 2, 3],
        "candidates": [{"content": "words", "finishReason": 3}],
        "predictions": [{"bytesBase64Encoded": 5}],
        "models": [{"name": 5}],
        "text": {"a": 1},
    }


def broken() -> str:
    """A model's text that is JSON, and not of the shape that was asked for."""
    return json.dumps({"intent": ["order"], "confidence": "very", "answer": {"text": 5}, "changes": "two cakes"})


def halved(text: str) -> str:
    return text[: max(1, len(text) // 2)]


def with_unknown_codes(text: str) -> str:
    """The same answer, about dishes that the shop does not have; text that is no JSON stays."""
    try:
        return json.dumps(_renamed(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return text


def _renamed(value: Any, *, code: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            name: _renamed(inner, code=any(name.lower().removesuffix("_code").startswith(c) for c in _CODES))
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(inner, code=code) for inner in value]
    return UNKNOWN_CODE if code and isinstance(value, str) and value else value
