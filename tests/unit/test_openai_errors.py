"""What OpenAI and servers like it answer, told apart."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import pytest

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineUnavailable,
    KeyRefused,
    NotOffered,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)
from backend.external.openai.errors import FormatRefused, refusal, told_error


def body(message: str = "", code: str | None = None, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (401, body("Incorrect API key provided", "invalid_api_key"), KeyRefused),
        (401, body("You have insufficient permissions. Missing scopes: model.request"), PermissionRefused),
        (401, "<html>sign in</html>", KeyRefused),
        (402, body("Pay"), QuotaExhausted),
        (
            403,
            body("Country, region, or territory not supported", "unsupported_country_region_territory"),
            RegionRefused,
        ),
        (403, body("Project has no access to model x", "model_not_found"), EngineModelGone),
        (403, body("no"), PermissionRefused),
        (403, None, PermissionRefused),
        (
            404,
            body("The model `x` does not exist or you do not have access to it.", "model_not_found"),
            EngineModelGone,
        ),
        (
            404,
            {"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError"},
            EngineModelGone,
        ),
        (404, {"error": 'model "x" not found, try pulling it first'}, EngineModelGone),
        (404, body("The model `tts-1` has been deprecated, learn more here"), EngineModelGone),
        (404, body("Invalid URL (POST /v1/audio/speech)"), NotOffered),
        (404, {"detail": "Not Found"}, NotOffered),
        (405, None, NotOffered),
        (501, None, NotOffered),
        (400, body("The model `tts-1` has been shut down"), EngineModelGone),
        (400, body("", "model_not_found"), EngineModelGone),
        (400, body("Invalid file format."), EngineRejected),
        (400, body("response_format 'verbose_json' is not compatible with this model"), FormatRefused),
        (400, body("", "content_policy_violation"), EngineRejected),
        (413, body("Maximum content size limit exceeded"), EngineRejected),
        (422, {"detail": [{"loc": ["body", "x"], "msg": "extra fields not permitted"}]}, EngineRejected),
        (429, body("You exceeded your current quota", "insufficient_quota", "insufficient_quota"), QuotaExhausted),
        (429, body("Hard limit", "billing_hard_limit_reached"), QuotaExhausted),
        (429, body("Rate limit reached", "rate_limit_exceeded", "requests"), EngineRateLimited),
        (429, "slow down", EngineRateLimited),
        (500, body("", None, "server_error"), EngineUnavailable),
        (502, "<html>Bad Gateway</html>", EngineUnavailable),
        (529, None, EngineUnavailable),
        (200, "<html>hello</html>", EngineBadResponse),
    ],
)
def test_each_refusal_is_told_apart(status: int, answer: object, expected: type[EngineError]) -> None:
    assert type(refusal(status, {}, answer)) is expected


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "20"}, 20),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "1e9"}, 3_600),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 99 Foo 2026"}, None),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    assert refusal(429, headers, None).retry_after == seconds


def test_a_date_to_come_back_is_counted_from_now() -> None:
    soon = email.utils.formatdate(time.time() + 30, usegmt=True)
    assert refusal(503, {"retry-after": soon}, None).retry_after == pytest.approx(30, abs=3)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (body("x", None, "server_error"), EngineUnavailable),
        (body("x", "rate_limit_exceeded", "tokens"), EngineRateLimited),
        (body("x", "insufficient_quota", "insufficient_quota"), QuotaExhausted),
        (body("x", "invalid_api_key"), KeyRefused),
        (body("x", "model_not_found"), EngineModelGone),
        (body("x", "content_policy_violation"), EngineRejected),
        ({}, EngineRejected),
        (None, EngineRejected),
    ],
)
def test_an_error_inside_a_stream(answer: object, expected: type[EngineError]) -> None:
    assert type(told_error(answer)) is expected


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_the_vendors_sentences_are_never_kept(status: int) -> None:
    secret = "the customer said: 홍길동 010-1234-5678"
    assert "홍길동" not in repr(refusal(status, {}, body(secret, secret, secret)))
    assert "홍길동" not in repr(told_error(body(secret, secret)))
