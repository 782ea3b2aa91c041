"""Google's error bodies in our terms, as far as the emulated vendor does not send them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from google.genai.errors import APIError, ClientError, ServerError, UnknownApiResponseError

from backend.external.gemini.errors import RequestRefused, translated
from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)


class _Response:
    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers


def told(
    code: int, message: str = "", status: str = "", *details: dict[str, Any], headers: Mapping[str, str] | None = None
) -> APIError:
    body = {"error": {"code": code, "message": message, "status": status, "details": list(details)}}
    kind = ServerError if code >= 500 else ClientError
    return kind(code, body, _Response(headers or {}))


def detail(name: str, **fields: Any) -> dict[str, Any]:
    return {"@type": f"type.googleapis.com/google.rpc.{name}", **fields}


def quota(*violations: dict[str, str]) -> dict[str, Any]:
    return detail("QuotaFailure", violations=list(violations))


def caught(error: BaseException) -> EngineError:
    with pytest.raises(EngineError) as found, translated():
        raise error
    assert found.value.__cause__ is error
    return found.value


PER_MINUTE = {"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "quotaValue": "15"}
PER_DAY = {"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "quotaValue": "20"}
EXCEEDED = "You exceeded your current quota, please check your plan and billing details."


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (told(400, "API key expired. Please renew the API key.", "INVALID_ARGUMENT"), KeyRefused),
        (told(400, "", "INVALID_ARGUMENT", detail("ErrorInfo", reason="API_KEY_INVALID")), KeyRefused),
        (told(401, "", "UNAUTHENTICATED"), KeyRefused),
        (told(403, "Your API key was reported as leaked.", "PERMISSION_DENIED"), KeyRefused),
        (told(403, "The caller does not have permission", "PERMISSION_DENIED"), PermissionRefused),
        (told(403, "", "PERMISSION_DENIED", detail("ErrorInfo", reason="SERVICE_DISABLED")), PermissionRefused),
        (told(400, "User location is not supported for the API use.", "FAILED_PRECONDITION"), RegionRefused),
        (told(400, "Gemini API free tier is not available in your country.", "FAILED_PRECONDITION"), RegionRefused),
        (told(404, "models/x is not found for API version v1beta", "NOT_FOUND"), EngineModelGone),
        (told(400, "Model x is not supported for generateContent", "INVALID_ARGUMENT"), EngineModelGone),
        (told(404, "<html>nothing here</html>", "Not Found"), EngineBadResponse),
        (told(400, "Request contains an invalid argument.", "INVALID_ARGUMENT"), RequestRefused),
        (told(413, "too large", "INVALID_ARGUMENT"), RequestRefused),
        (told(429, EXCEEDED, "RESOURCE_EXHAUSTED", quota(PER_MINUTE)), EngineRateLimited),
        (told(429, EXCEEDED, "RESOURCE_EXHAUSTED", quota(PER_MINUTE, PER_DAY)), QuotaExhausted),
        (told(429, EXCEEDED, "RESOURCE_EXHAUSTED", quota({**PER_MINUTE, "quotaValue": "0"})), QuotaExhausted),
        (told(429, f"{EXCEEDED} Metric: x, limit: 0, model: y", "RESOURCE_EXHAUSTED"), QuotaExhausted),
        (told(429, EXCEEDED, "RESOURCE_EXHAUSTED"), QuotaExhausted),
        (told(429, "Your prepayment credits are depleted.", "RESOURCE_EXHAUSTED"), QuotaExhausted),
        (told(429, "", "RESOURCE_EXHAUSTED", detail("RetryInfo", retryDelay="39043s")), QuotaExhausted),
        (told(429, "Resource has been exhausted (e.g. check quota).", "RESOURCE_EXHAUSTED"), EngineRateLimited),
        (told(429, "", "RESOURCE_EXHAUSTED", detail("ErrorInfo", metadata={"quota_limit_value": "0"})), QuotaExhausted),
        (told(500, "", "INTERNAL"), EngineUnavailable),
        (told(504, "", "DEADLINE_EXCEEDED"), EngineUnavailable),
        (told(499, "", "CANCELLED"), EngineUnavailable),
        (ClientError(400, ["surprise"], None), EngineBadResponse),
        (ClientError(400, {"error": "surprise"}, None), EngineBadResponse),
        (APIError(302, {"message": "<html>", "status": "Found"}, None), EngineBadResponse),
        (TimeoutError(), EngineTimeout),
        (aiohttp.ServerTimeoutError(), EngineTimeout),
        (aiohttp.ServerDisconnectedError(), EngineUnavailable),
        (aiohttp.ClientPayloadError(), EngineUnavailable),
        (ConnectionResetError(), EngineUnavailable),
        (json.JSONDecodeError("no", "{", 1), EngineBadResponse),
        (UnknownApiResponseError("no"), EngineBadResponse),
        (AttributeError("'list' object has no attribute 'get'"), EngineBadResponse),
    ],
)  # fmt: skip
def test_each_is_what_it_means(error: Exception, kind: type[EngineError]) -> None:
    assert type(caught(error)) is kind


def test_a_body_that_the_sdk_put_into_a_message_is_read() -> None:
    """On a stream the error's body has no type that the SDK knows, and becomes a text."""
    inner = {"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}
    assert type(caught(ClientError(400, {"message": json.dumps(inner), "status": "Bad Request"}, None))) is KeyRefused


@pytest.mark.parametrize(
    ("details", "headers", "seconds"),
    [
        ([detail("RetryInfo", retryDelay="47s")], {}, 47.0),
        ([detail("RetryInfo", retryDelay="25.465784708s")], {}, 25.465784708),
        ([], {"Retry-After": "30"}, 30.0),
        ([detail("RetryInfo", retryDelay="10s")], {"retry-after": "30"}, 30.0),
        ([detail("RetryInfo", retryDelay="soon")], {"Retry-After": "later"}, None),
        ([], {}, None),
    ],
)
def test_how_long_to_wait(details: list[dict[str, Any]], headers: Mapping[str, str], seconds: float | None) -> None:
    assert caught(told(503, "", "UNAVAILABLE", *details, headers=headers)).retry_after == seconds


def test_a_date_to_come_back_at() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    waited = caught(told(503, "", "UNAVAILABLE", headers={"Retry-After": date})).retry_after
    assert waited is not None
    assert 80 < waited <= 90


def test_a_refusal_tells_which_feature_it_is_about() -> None:
    refusal = caught(told(400, "Thinking level MINIMAL is not supported for this model.", "INVALID_ARGUMENT"))
    assert isinstance(refusal, RequestRefused)
    assert refusal.about == {"thinking"}


def test_no_word_of_the_vendor_is_kept() -> None:
    error = caught(told(400, "cannot read '프렌치 디너 둘, 010-1234-5678'", "INVALID_ARGUMENT"))
    assert str(error) == "400 INVALID_ARGUMENT"


def test_what_is_no_failure_of_the_vendor_goes_through() -> None:
    class _Own(Exception):
        pass

    with pytest.raises(_Own), translated():
        raise _Own
