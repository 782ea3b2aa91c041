"""One table from everything that can go wrong to ``application/problem+json`` (RFC 9457).

``reason_of`` is the only place where an exception becomes words for a client. The text of an exception never
leaves the process: it may hold what a customer said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType

from aiohttp import web
from pydantic import JsonValue

from backend.database.interface import DatabaseError, DatabaseUnavailable, StaleVersion, StorageFull
from backend.domain.order import OrderRuleError
from backend.errors import Refusal
from backend.external.interfaces import (
    AudioTooLong,
    EngineError,
    EngineRejected,
    LanguageNotServed,
    NotAPicture,
    NotAudio,
    NotOffered,
)
from shared.paths import DOCS
from shared.problems import PROBLEM_MIME, Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class Kind:
    """What all problems of one code have in common."""

    status: int
    title: str
    retryable: bool = False


_P = ProblemCode
KINDS: Mapping[ProblemCode, Kind] = MappingProxyType(
    {
        _P.INVALID_REQUEST: Kind(422, "A field is wrong"),
        _P.MALFORMED_JSON: Kind(400, "The body is not what it says it is"),
        _P.UNSUPPORTED_MEDIA_TYPE: Kind(415, "The body has another media type than this call takes"),
        _P.PAYLOAD_TOO_LARGE: Kind(413, "The body is too large"),
        _P.NOT_FOUND: Kind(404, "There is no such thing"),
        _P.METHOD_NOT_ALLOWED: Kind(405, "This method does not apply here"),
        _P.UNAUTHENTICATED: Kind(401, "A valid token is needed"),
        _P.WRONG_CREDENTIALS: Kind(401, "User or PIN is wrong"),
        _P.LOCKED_OUT: Kind(429, "Too many wrong PINs", retryable=True),
        _P.FORBIDDEN: Kind(403, "Not allowed for this user"),
        _P.FOREIGN_HOST: Kind(403, "This server does not answer to that host name"),
        _P.FOREIGN_ORIGIN: Kind(403, "Pages of other origins may not call this server"),
        _P.RATE_LIMITED: Kind(429, "Too many calls", retryable=True),
        _P.CONFLICT: Kind(409, "Somebody else was quicker", retryable=True),
        _P.IDEMPOTENCY_KEY_MISSING: Kind(400, "The Idempotency-Key header is missing or malformed"),
        _P.IDEMPOTENCY_KEY_REUSED: Kind(409, "The Idempotency-Key was used for another order"),
        _P.UNKNOWN_MENU: Kind(422, "There is no such menu"),
        _P.UNKNOWN_INGREDIENT: Kind(422, "The menu has no such ingredient"),
        _P.STYLE_NOT_OFFERED: Kind(422, "The menu is not offered in that style"),
        _P.CAKE_NOT_OFFERED: Kind(422, "The menu is not a custom cake"),
        _P.COUNT_OUT_OF_RANGE: Kind(422, "A count is out of range"),
        _P.QUANTITY_OUT_OF_RANGE: Kind(422, "The quantity is out of range"),
        _P.SOLD_OUT: Kind(409, "The menu is sold out"),
        _P.EMPTY_ORDER: Kind(422, "The order is empty"),
        _P.ILLEGAL_TRANSITION: Kind(409, "The order cannot go there from here"),
        _P.NOT_AUDIO: Kind(415, "The upload is not audio"),
        _P.SILENCE: Kind(422, "Nothing was heard"),
        _P.LANGUAGE_NOT_SERVED: Kind(422, "No engine serves that language"),
        _P.NOT_A_PICTURE: Kind(415, "The upload is no picture that can be opened"),
        _P.WRONG_RATIO: Kind(422, "The picture has another ratio than the place for it"),
        _P.ALT_MISSING: Kind(422, "The picture has no description in Korean"),
        _P.BUDGET_SPENT: Kind(429, "The pictures of today's budget are made"),
        _P.NO_SUCH_EDIT: Kind(422, "No engine can make that change in this picture"),
        _P.ENGINE_UNAVAILABLE: Kind(503, "No engine can do this now", retryable=True),
        _P.STORAGE_FULL: Kind(507, "The disk is full"),
        _P.DATABASE_UNAVAILABLE: Kind(503, "The database cannot be reached", retryable=True),
        _P.TIMEOUT: Kind(504, "It took too long", retryable=True),
        _P.INTERNAL: Kind(500, "Something went wrong here"),
    }
)


class BodyTooSlow(Exception):
    """The client did not send its body in time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """An error, made ready for a client. ``status`` and ``retryable`` None: as the code's kind says."""

    code: ProblemCode
    detail: str = ""
    params: Mapping[str, JsonValue] = field(default_factory=dict)
    status: int | None = None
    retryable: bool | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def reason_of(error: BaseException) -> Reason | None:
    """Why the call failed, or None for an error that nobody foresaw (answer ``internal`` and log it)."""
    for kind, explain in _TABLE:
        if isinstance(error, kind):
            return explain(error)
    return None


def internal() -> Reason:
    return Reason(ProblemCode.INTERNAL, "The fault is logged under this request id.")


def problem_of(reason: Reason, request_id: str) -> Problem:
    kind = KINDS[reason.code]
    return Problem(
        type=f"{DOCS}#{reason.code.value}",
        title=kind.title,
        status=reason.status or kind.status,
        code=reason.code,
        retryable=kind.retryable if reason.retryable is None else reason.retryable,
        detail=reason.detail or kind.title,
        params=dict(reason.params),
        request_id=request_id,
    )


def problem_response(reason: Reason, request_id: str) -> web.Response:
    problem = problem_of(reason, request_id)
    body = problem.model_dump_json().encode()
    return web.Response(status=problem.status, body=body, content_type=PROBLEM_MIME, headers=dict(reason.headers))


def _of_refusal(error: Refusal) -> Reason:
    headers: dict[str, str] = {}
    wait = error.params.get("retry_after_seconds")
    if isinstance(wait, int | float):
        headers["Retry-After"] = str(max(1, round(wait)))
    if error.code is ProblemCode.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return Reason(error.code, error.detail, error.params, headers=headers)


def _of_rule(error: OrderRuleError) -> Reason:
    return Reason(ProblemCode(error.code), params={"field": error.where, **error.params})


def _of_engine(error: EngineError) -> Reason:
    return Reason(ProblemCode.ENGINE_UNAVAILABLE, retryable=error.retryable)


def _of_audio(error: NotAudio) -> Reason:
    reason = "too_long" if isinstance(error, AudioTooLong) else "not_decodable"
    return Reason(ProblemCode.NOT_AUDIO, params={"field": "file", "reason": reason})


def _of_rejection(_: EngineRejected) -> Reason:
    return Reason(ProblemCode.INVALID_REQUEST, "The engine refused the content.", {"reason": "rejected_by_engine"})


def _of_picture(error: NotAPicture) -> Reason:
    return Reason(ProblemCode.NOT_A_PICTURE, params={"field": "file", "reason": error.why})


def _of_language(error: LanguageNotServed) -> Reason:
    params: dict[str, JsonValue] = {"field": "language", "language": error.language, "served": list(error.served)}
    return Reason(ProblemCode.LANGUAGE_NOT_SERVED, params=params)


_HTTP_CODES: Mapping[int, ProblemCode] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: _P.UNAUTHENTICATED,
        HTTPStatus.FORBIDDEN: _P.FORBIDDEN,
        HTTPStatus.NOT_FOUND: _P.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED: _P.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _P.PAYLOAD_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _P.UNSUPPORTED_MEDIA_TYPE,
    }
)


def _of_http(error: web.HTTPException) -> Reason:
    headers = {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}
    code = _HTTP_CODES.get(error.status)
    if code is not None:
        return Reason(code, headers=headers)
    if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Reason(ProblemCode.INVALID_REQUEST, error.reason, status=error.status, headers=headers)
    return Reason(ProblemCode.INTERNAL, status=error.status)


def _always(code: ProblemCode, detail: str = "", status: int | None = None) -> Callable[[BaseException], Reason]:
    return lambda _: Reason(code, detail, status=status)


# The first row that fits counts: special errors stand before the trees that they belong to.
_TABLE: tuple[tuple[type[BaseException], Callable[..., Reason]], ...] = (
    (Refusal, _of_refusal),
    (OrderRuleError, _of_rule),
    (NotAudio, _of_audio),
    (LanguageNotServed, _of_language),
    (NotAPicture, _of_picture),
    (NotOffered, _always(ProblemCode.NO_SUCH_EDIT)),
    (EngineRejected, _of_rejection),
    (EngineError, _of_engine),
    (StaleVersion, _always(ProblemCode.CONFLICT)),
    (StorageFull, _always(ProblemCode.STORAGE_FULL)),
    (DatabaseUnavailable, _always(ProblemCode.DATABASE_UNAVAILABLE)),
    (DatabaseError, _always(ProblemCode.INTERNAL)),
    (web.HTTPException, _of_http),
    (web.RequestPayloadError, _always(ProblemCode.MALFORMED_JSON, "The body broke off or cannot be decoded.")),
    (BodyTooSlow, _always(ProblemCode.TIMEOUT, "The body did not arrive in time.", HTTPStatus.REQUEST_TIMEOUT)),
    (TimeoutError, _always(ProblemCode.TIMEOUT)),
)
