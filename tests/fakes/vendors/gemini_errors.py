"""Gemini's error bodies (google.rpc.Status as JSON), as its REST interface writes them.

Texts and details are those that people quote in public issue threads of google-gemini/gemini-cli and
googleapis/python-genai, 2025 and 2026.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.vendors.delivery import Reply
from tests.fakes.vendors.faults import Fault

SHORTEST_DEADLINE = 10
"""Seconds in ``X-Server-Timeout`` below which Google refuses a call (livekit/agents issue 3723)."""
_SERVICE = "generativelanguage.googleapis.com"
_HEADERS = {"server": "scaffolding on HTTPServer2"}
_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_QUOTA_TEXT = (
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, "
    "head to: https://ai.google.dev/gemini-api/docs/rate-limits."
)


def error_body(code: int, message: str, status: str | None = None, *details: dict[str, Any]) -> dict[str, Any]:
    error: dict[str, Any] = {"code": code, "message": message, "status": status or _STATUS[code]}
    if details:
        error["details"] = list(details)
    return {"error": error}


def reply_of(body: dict[str, Any], *, streamed: bool = False) -> Reply:
    """An error as a response, printed with two spaces as Google does.

    A call that asked for a stream gets the same text under the stream's own type, which SDKs do not read as JSON
    (the nested errors of google-gemini/gemini-cli issue 14811 come from that).
    """
    text = json.dumps(body, indent=2, ensure_ascii=False).encode() + b"\n"
    mime_type = "text/event-stream" if streamed else "application/json; charset=UTF-8"
    return Reply.whole(text, mime_type, int(body["error"]["code"]), headers=_HEADERS)


def invalid(message: str) -> dict[str, Any]:
    return error_body(400, message)


def deadline_too_short(seconds: int) -> dict[str, Any]:
    return invalid(f"Manually set deadline {seconds}s is too short. Minimum allowed deadline is {SHORTEST_DEADLINE}s.")


def key_missing() -> dict[str, Any]:
    return error_body(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or "
        "other form of API consumer identity to call this API.",
    )


def key_invalid() -> dict[str, Any]:
    """400 and not 401: only the reason in the details tells it from a malformed request."""
    text = "API key not valid. Please pass a valid API key."
    local = {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": text}
    return error_body(400, text, None, _info("API_KEY_INVALID"), local)


def model_gone(model: str, method: str, *, retired: bool) -> dict[str, Any]:
    if retired:
        return error_body(
            404,
            f"This model models/{model} is no longer available. Please update your code to use a newer model for the "
            "latest features and improvements.",
        )
    return error_body(
        404,
        f"models/{model} is not found for API version v1beta, or is not supported for {method}. Call ListModels to "
        "see the list of available models and their supported methods.",
    )


def fault_body(fault: Fault, model: str, method: str, seconds: float) -> dict[str, Any] | None:
    """The body of ``fault`` where it is an error of Gemini's own, else ``None``."""
    match fault:
        case Fault.WRONG_KEY:
            return key_invalid()
        case Fault.MODEL_GONE:
            return model_gone(model, method, retired=True)
        case Fault.RATE_LIMITED:
            per_minute = _violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", model, "15")
            text = f"{_QUOTA_TEXT}\nPlease retry in {seconds}s."
            return error_body(429, text, None, _help(), _quota(per_minute), _retry(seconds))
        case Fault.QUOTA:
            # A day's quota is told with a delay of seconds too: only the quota's id says that waiting is in vain.
            per_day = _violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier", model, "20")
            return error_body(429, _QUOTA_TEXT, None, _help(), _quota(per_day), _retry(51.0))
        case _:
            told = _FIXED.get(fault)
            return error_body(*told) if told else None


def _info(reason: str) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": _SERVICE},
    }


def _help() -> dict[str, Any]:
    link = {
        "description": "Learn more about Gemini API quotas",
        "url": "https://ai.google.dev/gemini-api/docs/rate-limits",
    }
    return {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]}


def _violation(quota_id: str, model: str, value: str) -> dict[str, Any]:
    return {
        "quotaMetric": f"{_SERVICE}/generate_content_free_tier_requests",
        "quotaId": quota_id,
        "quotaDimensions": {"location": "global", "model": model},
        "quotaValue": value,
    }


def _quota(*violations: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": list(violations)}


def _retry(seconds: float) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds:g}s"}


_Told = tuple[int, str, str | None] | tuple[int, str, str | None, dict[str, Any]]
_FIXED: Mapping[Fault, _Told] = {
    Fault.UNAUTHENTICATED: (
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential.",
        None,
        _info("ACCESS_TOKEN_TYPE_UNSUPPORTED"),
    ),
    Fault.FORBIDDEN: (
        403,
        f"Requests to this API {_SERVICE} method google.ai.generativelanguage are blocked.",
        None,
        _info("API_KEY_SERVICE_BLOCKED"),
    ),
    Fault.LEAKED_KEY: (403, "Your API key was reported as leaked. Please use another API key.", None),
    Fault.REGION: (400, "User location is not supported for the API use.", "FAILED_PRECONDITION"),
    Fault.RATE_LIMITED_BARE: (429, "Resource has been exhausted (e.g. check quota).", None),
    Fault.BAD_REQUEST: (400, "Request contains an invalid argument.", None),
    Fault.SERVER_ERROR: (
        500,
        "An internal error has occurred. Please retry or report in "
        "https://developers.generativeai.google/guide/troubleshooting",
        None,
    ),
    Fault.OVERLOADED: (503, "The model is overloaded. Please try again later.", None),
    Fault.ERROR_MIDSTREAM: (503, "The model is overloaded. Please try again later.", None),
}
