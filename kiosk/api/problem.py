"""A failed answer as a KioskError. No HTTP library in here."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from kiosk.errors import KioskError, LocalCode
from shared.problems import PROBLEM_MIME, Problem, ProblemCode

_GATEWAY_STATUSES = frozenset({502, 503, 504})


def error_of(status: int, content_type: str, body: bytes) -> KioskError:
    """The problem that a backend told; a newer backend's unknown code becomes ``internal``.

    What is not a problem document came from something in between: ``backend_unreachable`` for a gateway's
    own failure, else ``bad_answer``.
    """
    if content_type.partition(";")[0].strip().lower() != PROBLEM_MIME:
        if status in _GATEWAY_STATUSES:
            return KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
        return KioskError(LocalCode.BAD_ANSWER, params={"status": status})
    try:
        told = Problem.model_validate_json(body)
    except ValidationError:
        return KioskError(ProblemCode.INTERNAL, retryable=_says_retryable(body), params={"status": status})
    return KioskError(told.code, retryable=told.retryable, params=told.params)


def _says_retryable(body: bytes) -> bool:
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("retryable") is True
