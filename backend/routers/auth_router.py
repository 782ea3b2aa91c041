"""Signing in."""

from __future__ import annotations

from backend.services.auth_service import AuthService
from backend.web.endpoint import Access, Call, Endpoint
from shared import paths
from shared.auth import GuestRequest, GuestResponse, LoginRequest, LoginResponse, StaffResponse
from shared.problems import ProblemCode


class AuthRouter:
    """``POST /api/auth/login`` and ``POST /api/auth/guest``."""

    def __init__(self, auth: AuthService) -> None:
        self._auth = auth

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.AUTH_LOGIN,
                self._login,
                "Sign in with a PIN",
                body=LoginRequest,
                answer=LoginResponse,
                problems=(ProblemCode.WRONG_CREDENTIALS, ProblemCode.LOCKED_OUT),
                rate="auth",
                tag="people",
            ),
            Endpoint(
                "POST",
                paths.AUTH_GUEST,
                self._guest,
                "A customer without a name",
                body=GuestRequest,
                answer=GuestResponse,
                status=201,
                rate="auth",
                tag="people",
            ),
            Endpoint(
                "GET",
                paths.STAFF,
                self._staff,
                "Whom an order may be given to",
                access=Access.MANAGER,
                answer=StaffResponse,
                tag="people",
            ),
        ]

    async def _login(self, call: Call[LoginRequest]) -> LoginResponse:
        return await self._auth.login(call.body)

    async def _guest(self, call: Call[GuestRequest]) -> GuestResponse:  # noqa: ARG002 - every handler takes a call
        return await self._auth.guest()

    async def _staff(self, call: Call[None]) -> StaffResponse:  # noqa: ARG002 - every handler takes a call
        return await self._auth.staff()
