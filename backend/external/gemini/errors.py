"""What went wrong with a call to Gemini, in this shop's terms.

Codes and shapes: https://ai.google.dev/gemini-api/docs/troubleshooting and google.rpc.error_details. An error keeps
the vendor's code and status word only: its message may quote what the customer said.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineMisconfigured,
    EngineModelGone,
    EngineRateLimited,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)

if TYPE_CHECKING:
    from google.genai.errors import APIError

T = TypeVar("T")

LONG_WAIT_SECONDS = 3600.0
"""Whoever is told to wait longer than this has used up a day's quota, not a minute's."""
_STATUS = re.compile(r"[A-Z_]{3,40}")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)s")
_LIMIT_IS_ZERO = re.compile(r"\blimit: 0\b")
_NO_SUCH_MODEL = re.compile(
    r"models?[/ ]\S+ is (?:not found|not supported for|no longer available)|unexpected model name", re.IGNORECASE
)
"""And not "Thinking level MINIMAL is not supported for this model", which is a model that is there."""
_KEY_REASONS = frozenset({"API_KEY_INVALID", "API_KEY_EXPIRED", "CREDENTIALS_MISSING", "ACCESS_TOKEN_EXPIRED"})
_SUBJECTS = ("thinking", "schema", "modalit", "voice", "temperature", "aspect", "audio")


class RequestRefused(EngineError):
    """Gemini does not take the request as it was written (400).

    ``about`` holds the features that its message names, out of: thinking, schema, modalit, voice, temperature,
    aspect, audio. A call that can do without one of them may be written again.
    """

    def __init__(self, words: str, about: frozenset[str] = frozenset()) -> None:
        super().__init__(words)
        self.about = about


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever the SDK or its transport raises into an EngineError.

    Put nothing else inside: a body of another shape than the SDK expects ends in an AttributeError or the like
    somewhere in it, and that is taken for a bad response here.
    """
    try:
        yield
    except EngineError:
        raise
    except TimeoutError as error:
        raise EngineTimeout("no answer in time") from error
    except aiohttp.InvalidURL as error:
        raise EngineMisconfigured("the address is no URL") from error
    except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, OSError) as error:
        raise EngineUnavailable(type(error).__name__) from error
    except (aiohttp.ClientError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineBadResponse(type(error).__name__) from error
    except Exception as error:
        known = _told_by_vendor(error)
        if known is None:
            raise
        raise known from error


async def each_within(stream: AsyncIterator[T], seconds: float) -> AsyncGenerator[T, None]:
    """The pieces of a streamed answer. Its connection is let go of when this ends, however it ends.

    Raises:
        EngineTimeout: the next piece did not come within ``seconds``.
        EngineError: the answer broke off, or is none.
    """
    try:
        while True:
            with translated():
                async with asyncio.timeout(seconds):
                    try:
                        piece = await anext(stream)
                    except StopAsyncIteration:
                        return
            yield piece
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _told_by_vendor(error: Exception) -> EngineError | None:
    from google.genai.errors import APIError  # noqa: PLC0415 - what was raised says that it is loaded, or it is not ours

    return _of_status(_Refusal.read(error)) if isinstance(error, APIError) else None


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Google's error: the HTTP code, its status word, its message (never passed on), and its details by type."""

    code: int
    status: str
    message: str
    details: Mapping[str, Mapping[str, Any]]
    retry_after: float | None

    @classmethod
    def read(cls, error: APIError) -> _Refusal:
        body = _body(error.details)
        details = {
            str(one.get("@type", "")).rpartition(".")[2]: one
            for one in _list(body.get("details"))
            if isinstance(one, Mapping)
        }
        code = body.get("code", error.code)
        status = str(body.get("status", ""))
        waits = (_duration(details.get("RetryInfo", {}).get("retryDelay")), _retry_after(error.response))
        return cls(
            code if isinstance(code, int) else 0,
            status if _STATUS.fullmatch(status) else "",
            str(body.get("message", "")),
            details,
            max((wait for wait in waits if wait is not None), default=None),
        )

    @property
    def reason(self) -> str:
        return str(self.details.get("ErrorInfo", {}).get("reason", ""))

    @property
    def words(self) -> str:
        """What may be logged."""
        return f"{self.code} {self.status}".strip()


def _body(details: Any) -> Mapping[str, Any]:
    """The ``error`` object. On a stream the SDK puts the whole body, as text, into a ``message`` of its own."""
    body = details.get("error", details) if isinstance(details, Mapping) else {}
    text = body.get("message") if isinstance(body, Mapping) else None
    if isinstance(text, str) and text.lstrip().startswith(("{", "[")):
        try:
            inner = json.loads(text)
        except json.JSONDecodeError:
            return body
        inner = inner[0] if isinstance(inner, list) and inner else inner
        told = inner.get("error") if isinstance(inner, Mapping) else None
        if isinstance(told, Mapping):
            return told
    return body if isinstance(body, Mapping) else {}


def _of_status(told: _Refusal) -> EngineError:
    if told.code == 401 or told.reason in _KEY_REASONS or _is_about_the_key(told):
        return KeyRefused(told.words)
    if told.code == 403:
        return PermissionRefused(told.words)
    if (told.code == 404 and told.status == "NOT_FOUND") or (told.code == 400 and _is_about_the_model(told)):
        return EngineModelGone(told.words)
    if told.code == 429:
        kind = QuotaExhausted if _is_used_up(told) else EngineRateLimited
        return kind(told.words, retry_after=told.retry_after)
    if told.code == 400 and told.status == "FAILED_PRECONDITION":
        return RegionRefused(told.words)
    if told.code >= 500 or told.code in (408, 499):
        return EngineUnavailable(told.words, retry_after=told.retry_after)
    if 400 <= told.code < 500 and told.status:
        message = told.message.lower()
        return RequestRefused(told.words, frozenset(word for word in _SUBJECTS if word in message))
    return EngineBadResponse(told.words)


def _is_about_the_key(told: _Refusal) -> bool:
    """An invalid key is 400 and one that was found on the web 403; both say so in words only, now and then."""
    message = told.message.lower()
    return (
        told.code in (400, 403)
        and "api key" in message
        and any(word in message for word in ("not valid", "invalid", "expired", "leaked", "unregistered", "revoked"))
    )


def _is_about_the_model(told: _Refusal) -> bool:
    return _NO_SUCH_MODEL.search(told.message) is not None


def _is_used_up(told: _Refusal) -> bool:
    """Whether it takes a day or money, and not a minute, until there is more.

    The message "You exceeded your current quota, please check your plan" comes with either; the violations tell
    them apart (``GenerateRequestsPerDayPerProjectPerModel-FreeTier``), and so does a limit of 0 (nothing was bought).
    """
    violations = [
        one for one in _list(told.details.get("QuotaFailure", {}).get("violations")) if isinstance(one, Mapping)
    ]
    if any("PerDay" in str(one.get("quotaId", "")) or str(one.get("quotaValue")) == "0" for one in violations):
        return True
    if told.details.get("ErrorInfo", {}).get("metadata", {}).get("quota_limit_value") == "0":
        return True
    if told.retry_after is not None and told.retry_after > LONG_WAIT_SECONDS:
        return True
    message = told.message.lower()
    if _LIMIT_IS_ZERO.search(message) or "credits are depleted" in message or "spending cap" in message:
        return True
    return not violations and told.retry_after is None and "exceeded your current quota" in message


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _duration(value: Any) -> float | None:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    return float(found[1]) if found else None


def _retry_after(response: Any) -> float | None:
    """The header of that name, in seconds or as a date (RFC 9110, 10.2.3)."""
    headers = getattr(response, "headers", None)
    if not isinstance(headers, Mapping):
        return None
    text = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
