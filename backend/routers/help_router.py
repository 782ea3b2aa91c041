"""A customer calls the staff."""

from __future__ import annotations

from uuid import uuid4

from backend.services.websocket_manager import WebSocketManager
from backend.web.endpoint import Call, Endpoint
from shared import paths
from shared.messages import Topic
from shared.orders import HelpRequest, HelpResponse


class HelpRouter:
    """``POST /api/help``. Open: who needs help may have no token."""

    def __init__(self, live: WebSocketManager) -> None:
        self._live = live

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.HELP,
                self._help,
                "Call the staff to a kiosk",
                body=HelpRequest,
                answer=HelpResponse,
                status=201,
                # Each one rings in the kitchen.
                rate="auth",
                tag="orders",
            )
        ]

    async def _help(self, call: Call[HelpRequest]) -> HelpResponse:
        help_id = uuid4().hex
        data = {"help_id": help_id, "device_id": call.body.device_id, "screen": call.body.screen}
        await self._live.broadcast_to_staff({"topic": Topic.HELP_REQUESTED.value, "data": data})
        return HelpResponse(help_id=help_id)
