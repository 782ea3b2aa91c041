"""Every error has its problem, and no error's own text leaves the process."""

from __future__ import annotations

import pytest
from aiohttp import web

from backend.database import interface as database
from backend.domain.order import OrderRuleError
from backend.errors import Refusal
from backend.external import interfaces as engines
from backend.web.problems import KINDS, BodyTooSlow, internal, problem_of, problem_response, reason_of
from shared.problems import ProblemCode

SECRET = "프렌치 디너 둘, 010-1234-5678"


def test_every_code_has_a_kind() -> None:
    assert set(KINDS) == set(ProblemCode)


@pytest.mark.parametrize(
    ("error", "code", "status", "retryable"),
    [
        (Refusal(ProblemCode.FORBIDDEN), "forbidden", 403, False),
        (OrderRuleError("sold_out", "items.0.menu_code", menu_code="french"), "sold_out", 409, False),
        (OrderRuleError("quantity_out_of_range", "items.1.quantity"), "quantity_out_of_range", 422, False),
        (engines.NotAudio(SECRET), "not_audio", 415, False),
        (engines.LanguageNotServed("fr", ("ko", "en")), "language_not_served", 422, False),
        (engines.EngineUnavailable(SECRET), "engine_unavailable", 503, True),
        (engines.EngineRateLimited(SECRET), "engine_unavailable", 503, True),
        (engines.EngineMisconfigured(SECRET), "engine_unavailable", 503, False),
        (engines.EngineModelGone(SECRET), "engine_unavailable", 503, False),
        (engines.EngineBadResponse(SECRET), "engine_unavailable", 503, True),
        (engines.EngineRejected(SECRET), "invalid_request", 422, False),
        (database.StaleVersion(SECRET), "conflict", 409, True),
        (database.StorageFull(SECRET), "storage_full", 507, False),
        (database.DatabaseUnavailable(SECRET), "database_unavailable", 503, True),
        (database.DatabaseError(SECRET), "internal", 500, False),
        (web.HTTPNotFound(text=SECRET), "not_found", 404, False),
        (web.HTTPMethodNotAllowed("PUT", ["GET"]), "method_not_allowed", 405, False),
        (web.HTTPRequestEntityTooLarge(1, 2), "payload_too_large", 413, False),
        (web.HTTPBadRequest(text=SECRET), "invalid_request", 400, False),
        (web.HTTPInternalServerError(text=SECRET), "internal", 500, False),
        (web.RequestPayloadError(SECRET), "malformed_json", 400, False),
        (BodyTooSlow(SECRET), "timeout", 408, True),
        (TimeoutError(SECRET), "timeout", 504, True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_the_table(error: Exception, code: str, status: int, retryable: bool) -> None:
    reason = reason_of(error)
    assert reason is not None
    problem = problem_of(reason, "request-1")
    assert (problem.code, problem.status, problem.retryable) == (code, status, retryable)
    assert problem.request_id == "request-1"
    assert SECRET not in problem.model_dump_json()


def test_every_engine_and_database_error_is_foreseen() -> None:
    def tree(kind: type[Exception]) -> set[type[Exception]]:
        return {kind}.union(*(tree(child) for child in kind.__subclasses__()))

    for kind in tree(database.DatabaseError) | tree(engines.EngineError):
        error = kind.__new__(kind)
        if isinstance(error, engines.LanguageNotServed):
            error.language, error.served = "fr", ()
        assert reason_of(error) is not None, kind


def test_what_nobody_foresaw_is_internal() -> None:
    assert reason_of(KeyError(SECRET)) is None
    assert problem_of(internal(), "r").code is ProblemCode.INTERNAL


def test_a_broken_rule_says_where_and_what_the_limits_are() -> None:
    reason = reason_of(OrderRuleError("quantity_out_of_range", "items.1.quantity", minimum=1, maximum=20))
    assert reason is not None
    assert reason.params == {"field": "items.1.quantity", "minimum": 1, "maximum": 20}


def test_a_wait_is_told_in_the_header_too() -> None:
    reason = reason_of(Refusal(ProblemCode.LOCKED_OUT, retry_after_seconds=29.6))
    assert reason is not None
    assert problem_response(reason, "r").headers["Retry-After"] == "30"


def test_a_method_that_does_not_apply_says_which_do() -> None:
    reason = reason_of(web.HTTPMethodNotAllowed("PUT", ["GET", "POST"]))
    assert reason is not None
    assert problem_response(reason, "r").headers["Allow"] == "GET,POST"
