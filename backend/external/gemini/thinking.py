"""How little a model may be asked to think: a customer stands and waits, and thoughts are paid for as output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from google.genai.types import ThinkingConfig

_VERSION = re.compile(r"gemini-(\d+)(?:\.(\d+))?")
_BUDGETS, _LEVELS, _NO_MINIMAL = (2, 5), (3, 0), (3, 7)


def least_thinking(model: str) -> ThinkingConfig | None:
    """The least that ``model`` takes; None where it takes no such wish (before 2.5, and names of another kind).

    2.5 takes a budget of tokens (0: none, which its Pro refuses: 128 there); 3 takes levels: ``minimal`` its Flash
    models before 3.7 and every Flash-Lite, ``low`` all (ai.google.dev/gemini-api/docs/thinking).
    """
    from google.genai.types import ThinkingConfig, ThinkingLevel  # noqa: PLC0415 - see the client's docstring

    found = _VERSION.match(model)
    version = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if version < _BUDGETS:
        return None
    if version < _LEVELS:
        return ThinkingConfig(thinking_budget=128 if "pro" in model else 0)
    minimal = "lite" in model or ("flash" in model and version < _NO_MINIMAL)
    return ThinkingConfig(thinking_level=ThinkingLevel.MINIMAL if minimal else ThinkingLevel.LOW)
