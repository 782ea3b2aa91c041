"""A transcript in whatever JSON the caller asked a language model for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.vendors.brain import Transcript


def transcript_json(schema: Mapping[str, Any] | None, heard: Transcript) -> str:
    """An object with each property of ``schema`` filled by its name; without one, as models like to write it."""
    properties = (schema or {}).get("properties") or {"transcript": {}, "language": {}}
    return json.dumps(
        {name: _value(name.lower(), rule, heard) for name, rule in properties.items()}, ensure_ascii=False
    )


def _value(name: str, rule: Any, heard: Transcript) -> Any:
    kind = str(rule.get("type", "string")).lower() if isinstance(rule, Mapping) else "string"
    if "lang" in name:
        return heard.language
    if kind == "boolean":
        return bool(heard.text)
    if kind in ("number", "integer"):
        return 0.9 if heard.text else 0
    return heard.text
