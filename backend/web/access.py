"""Who is calling, and may they? Tokens come as ``Authorization: Bearer …`` and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from backend.domain.people import Caller
from backend.errors import Refusal
from backend.web.endpoint import Access
from shared.problems import ProblemCode

_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,512})", re.IGNORECASE)


class Callers(Protocol):
    """Knows tokens. ``backend.services.auth_service.AuthService`` is one."""

    async def caller_of(self, token: str) -> Caller | None:
        """Whose token it is, or None when it is unknown or has expired."""
        ...


def bearer_token(headers: Mapping[str, str]) -> str | None:
    """The token that was shown, or None when there is no ``Authorization`` header.

    Raises:
        Refusal: unauthenticated; there is one, but it holds no bearer token.
    """
    shown = headers.get("Authorization")
    if shown is None:
        return None
    match = _BEARER.fullmatch(shown.strip())
    if match is None:
        raise Refusal(ProblemCode.UNAUTHENTICATED, "Send Authorization: Bearer <token>.", reason="not_a_bearer_token")
    return match[1]


def check_access(access: Access, caller: Caller | None) -> None:
    """Let ``caller`` pass, or raise.

    Raises:
        Refusal: unauthenticated (no token shown), forbidden (somebody else's call).
    """
    if access is Access.OPEN:
        return
    if caller is None:
        raise Refusal(ProblemCode.UNAUTHENTICATED, "This call needs a token.", reason="no_token")
    if access is Access.STAFF and not caller.is_staff:
        raise Refusal(ProblemCode.FORBIDDEN, needs="staff")
    if access is Access.MANAGER and not caller.is_manager:
        raise Refusal(ProblemCode.FORBIDDEN, needs="manager")
