"""What goes wrong at the vendor, in our own errors.

Told apart by status and by the vendor's codes (https://developers.openai.com/api/docs/guides/error-codes). The vendor's
sentences are looked at where servers give no code, and are never kept: they may quote a customer.
"""

from __future__ import annotations

import contextlib
import email.utils
import json
import math
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineModelGone,
    EngineRateLimited,
    EngineRejected,
    EngineTimeout,
    EngineUnavailable,
    KeyRefused,
    NotOffered,
    PermissionRefused,
    QuotaExhausted,
    RegionRefused,
)

_GONE = frozenset({"model_not_found", "model_deprecated", "model_retired", "model_not_available"})
_GONE_WORDS = re.compile(r"\bmodel\b.*(not (exist|found|supported|available)|deprecat|shut ?down|retired|decommission)")
_NO_QUOTA = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_NO_RIGHT = frozenset({"missing_scope", "insufficient_permissions"})
_REGION = "unsupported_country_region_territory"
_LONGEST_WAIT = 3_600.0
_NO_SUCH_CALL = (404, 405, 501)
_FORMAT = "response_format"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,60}")


class FormatRefused(EngineRejected):
    """The model, or the server, does not answer in the form that was asked for."""


@contextmanager
def engine_errors() -> Iterator[None]:
    """Whatever the SDK, its transport or our clock raise inside, as EngineError."""
    import anyio  # noqa: PLC0415 - here and below: whoever has no key does not pay for these imports
    import httpx2  # noqa: PLC0415 - loaded with the SDK
    import openai  # noqa: PLC0415 - loaded with the SDK
    from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException  # noqa: PLC0415 - loaded with the SDK

    try:
        yield
    except openai.APIStatusError as error:
        raise refusal(error.status_code, error.response.headers, error.body) from error
    except InvalidStatus as error:
        answer = error.response
        raise refusal(answer.status_code, answer.headers, bytes(answer.body)) from error
    except ConnectionClosed as error:
        # The reason is "<type>.<code>" where the vendor itself ends a session.
        reason = error.rcvd.reason if error.rcvd is not None else ""
        raise told_error({"code": reason.rpartition(".")[2]}) if "." in reason else EngineUnavailable("cut") from error
    except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError) as error:
        raise EngineTimeout("silence") from error
    except (openai.APIConnectionError, httpx2.HTTPError, WebSocketException, OSError) as error:
        raise EngineUnavailable("the connection failed") from error
    except (anyio.EndOfStream, anyio.ClosedResourceError, anyio.BrokenResourceError) as error:
        # The transport's own errors, which it forgets to translate when they come in the middle of TLS.
        raise EngineUnavailable("the connection broke") from error
    except (openai.OpenAIError, httpx2.InvalidURL, httpx2.StreamError, ValueError) as error:
        raise EngineBadResponse(type(error).__name__) from error


def refusal(status: int, headers: Mapping[str, str], body: object) -> EngineError:
    """The error that an HTTP answer of ``status`` is, which is no success here; ``body`` as decoded, or its text."""
    return _of(status, _Told(body), _retry_after(headers))


def told_error(body: object) -> EngineError:
    """The error that the vendor tells inside an answer that began well: an event of a stream."""
    told = _Told(body)
    if told.kind == "server_error" or told.code in ("server_error", "internal_error"):
        return EngineUnavailable(told.name)
    if told.code in ("rate_limit_exceeded", "rate_limited"):
        return EngineRateLimited(told.name)
    if told.code in ("invalid_api_key", "session_expired"):
        return _of(401, told, None)
    return _of(400, told, None)


class _Told:
    """``code``, ``kind`` and lower-case ``words`` of an error body, whatever shape it has."""

    def __init__(self, body: object) -> None:
        if isinstance(body, (str, bytes)):
            with contextlib.suppress(ValueError):
                body = json.loads(body)
        if isinstance(body, Mapping) and isinstance(body.get("error"), (Mapping, str)):
            body = body["error"]
        fields: Mapping[object, object] = body if isinstance(body, Mapping) else {}
        self.code = str(fields.get("code") or "").lower()
        self.kind = str(fields.get("type") or "").lower()
        self.param = str(fields.get("param") or "").lower()
        self.words = (body if isinstance(body, str) else str(fields.get("message") or ""))[:2_000].lower()

    @property
    def form_refused(self) -> bool:
        return _FORMAT in (self.param, self.code) or _FORMAT in self.words

    @property
    def name(self) -> str:
        """The code, when it looks like one."""
        return self.code if _CODE.fullmatch(self.code) else ""

    @property
    def model_gone(self) -> bool:
        return self.code in _GONE or bool(_GONE_WORDS.search(self.words))


def _of(status: int, told: _Told, retry_after: float | None) -> EngineError:
    what = f"{status} {told.name}".strip()
    if _NO_QUOTA & {told.code, told.kind} or status == HTTPStatus.PAYMENT_REQUIRED:
        return QuotaExhausted(what, retry_after=retry_after)
    match status:
        case _ if status < HTTPStatus.BAD_REQUEST:
            return EngineBadResponse(what)
        case 401 | 403:
            return _denied(status, told, what)
        case 429:
            return EngineRateLimited(what, retry_after=retry_after)
        case _ if status in _NO_SUCH_CALL:
            return EngineModelGone(what) if told.model_gone else NotOffered(what)
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            return EngineUnavailable(what, retry_after=retry_after)
        case _:
            if told.form_refused:
                return FormatRefused(what)
            return EngineModelGone(what) if told.model_gone else EngineRejected(what)


def _denied(status: int, told: _Told, what: str) -> EngineError:
    if told.code == _REGION:
        return RegionRefused(what)
    if told.code in _GONE:
        return EngineModelGone(what)
    if status == HTTPStatus.UNAUTHORIZED and told.code not in _NO_RIGHT and "missing scope" not in told.words:
        return KeyRefused(what)
    return PermissionRefused(what)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from now, 0 to 3,600: ``retry-after-ms``, else ``retry-after`` in seconds or as a date (RFC 9110)."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name)
        if text is None:
            continue
        with contextlib.suppress(ValueError):
            seconds = float(text) * unit
            if math.isfinite(seconds):
                return min(_LONGEST_WAIT, max(0.0, seconds))
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            when = email.utils.parsedate_to_datetime(text)
            return min(_LONGEST_WAIT, max(0.0, when.timestamp() - time.time()))
    return None
