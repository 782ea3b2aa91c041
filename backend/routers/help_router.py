"""A customer calls the staff; one of the staff comes."""

from __future__ import annotations

from backend.services.help_service import HelpService
from backend.web.endpoint import Access, Call, Endpoint
from shared import paths
from shared.orders import HelpCallsResponse, HelpRequest, HelpResponse
from shared.problems import ProblemCode


class HelpRouter:
    """``/api/help``, ``/api/help/{id}/answer``. Calling is open: who needs help may have no token."""

    def __init__(self, calls: HelpService) -> None:
        self._calls = calls

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.HELP,
                self._call,
                "Call the staff to a kiosk",
                body=HelpRequest,
                answer=HelpResponse,
                status=201,
                # Each one rings in the kitchen.
                rate="auth",
                tag="orders",
            ),
            Endpoint(
                "GET",
                paths.HELP,
                self._waiting,
                "Calls for help that nobody has answered",
                access=Access.STAFF,
                answer=HelpCallsResponse,
                tag="orders",
            ),
            Endpoint(
                "POST",
                paths.HELP_ANSWER,
                self._answer,
                "Go there: the kiosk says that somebody comes",
                access=Access.STAFF,
                status=204,
                problems=(ProblemCode.NOT_FOUND, ProblemCode.CONFLICT),
                tag="orders",
            ),
        ]

    async def _call(self, call: Call[HelpRequest]) -> HelpResponse:
        return await self._calls.call(call.body)

    async def _waiting(self, call: Call[None]) -> HelpCallsResponse:  # noqa: ARG002 - every handler takes a call
        return await self._calls.waiting()

    async def _answer(self, call: Call[None]) -> None:
        await self._calls.answer(call.path["help_id"], call.signed_in)
