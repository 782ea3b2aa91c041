"""OpenAI's error bodies and the headers that come with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.vendors.delivery import Reply
from tests.fakes.vendors.faults import Fault

REQUEST_ID = "req_emulated"


def error_body(message: str, kind: str, code: str | None, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def reply_of(status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Reply:
    text = json.dumps(body, indent=4, ensure_ascii=False).encode() + b"\n"
    return Reply.whole(text, "application/json", status, headers={"x-request-id": REQUEST_ID, **(headers or {})})


def invalid(message: str, param: str | None = None, code: str | None = None, status: int = 400) -> Reply:
    return reply_of(status, error_body(message, "invalid_request_error", code, param))


def key_missing() -> Reply:
    return invalid(
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
        "(i.e. Authorization: Bearer YOUR_KEY).",
        status=401,
    )


def key_invalid() -> Reply:
    text = "Incorrect API key provided: sk-*****. You can find your API key at https://platform.openai.com/account/api-keys."
    return invalid(text, code="invalid_api_key", status=401)


def model_gone(model: str) -> Reply:
    text = f"The model `{model}` does not exist or you do not have access to it."
    return invalid(text, code="model_not_found", status=404)


def fault_reply(fault: Fault, model: str, seconds: float) -> Reply | None:
    """The reply of ``fault`` where it is an error of OpenAI's own, else ``None``."""
    match fault:
        case Fault.WRONG_KEY | Fault.UNAUTHENTICATED:
            return key_invalid()
        case Fault.MODEL_GONE:
            return model_gone(model)
        case Fault.RATE_LIMITED:
            return _rate_limited(model, {"retry-after": f"{seconds:g}", "retry-after-ms": f"{seconds * 1000:g}"})
        case Fault.RATE_LIMITED_BARE:
            return _rate_limited(model, {})
        case _:
            told = _FIXED.get(fault)
            return reply_of(told[0], error_body(*told[1:])) if told else None


_FIXED: Mapping[Fault, tuple[int, str, str, str | None]] = {
    Fault.LEAKED_KEY: (
        401,
        "This API key was disabled because it was found in a public place.",
        "invalid_request_error",
        "account_deactivated",
    ),
    Fault.FORBIDDEN: (
        403,
        "You have insufficient permissions for this operation. Missing scopes: model.request.",
        "invalid_request_error",
        "missing_scope",
    ),
    Fault.REGION: (
        403,
        "Country, region, or territory not supported",
        "request_forbidden",
        "unsupported_country_region_territory",
    ),
    Fault.QUOTA: (
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    Fault.BAD_REQUEST: (400, "We could not parse the body of your request.", "invalid_request_error", None),
    Fault.SAFETY: (
        400,
        "Your request was rejected as a result of our safety system.",
        "invalid_request_error",
        "content_policy_violation",
    ),
    Fault.PROMPT_BLOCKED: (
        400,
        "Your request was rejected as a result of our safety system.",
        "invalid_request_error",
        "content_policy_violation",
    ),
    Fault.SERVER_ERROR: (
        500,
        "The server had an error while processing your request. Sorry about that!",
        "server_error",
        None,
    ),
    Fault.OVERLOADED: (
        503,
        "The engine is currently overloaded, please try again later.",
        "server_error",
        "engine_overloaded",
    ),
}


def _rate_limited(model: str, when: Mapping[str, str]) -> Reply:
    text = f"Rate limit reached for {model} in organization org-x on requests per min (RPM): Limit 3, Used 3."
    limits = {"x-ratelimit-limit-requests": "3", "x-ratelimit-remaining-requests": "0"}
    return reply_of(429, error_body(text, "requests", "rate_limit_exceeded"), {**limits, **when})
