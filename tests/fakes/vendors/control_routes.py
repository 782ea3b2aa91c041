"""A door for other processes: order faults, change what is served, look at what came in. Not a vendor's."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from aiohttp import web

from tests.fakes.vendors.brain import Spoken
from tests.fakes.vendors.front import State


class ControlRoutes:
    """Served under ``/_control``; all take and answer JSON."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/_control/order", self.order),
            web.post("/_control/heal", self.heal),
            web.post("/_control/serve", self.serve),
            web.post("/_control/retire", self.retire),
            web.post("/_control/pace", self.pace),
            web.post("/_control/script", self.script),
            web.post("/_control/speaking", self.speaking),
            web.get("/_control/calls", self.calls),
        ]

    async def order(self, request: web.Request) -> web.Response:
        """``{"fault", "capability"?, "times"?, "seconds"?, "vendor"?, "model"?, "after"?}``."""
        return await self._done(request, self._state.faults.order)

    async def heal(self, request: web.Request) -> web.Response:
        """``{"capability"?}``."""
        return await self._done(request, self._state.faults.clear)

    async def serve(self, request: web.Request) -> web.Response:
        """``{"vendor", "name", "ends"?}``; the day as YYYY-MM-DD."""

        def serve(vendor: str, name: str, ends: str | None = None) -> None:
            self._state.served.serve(vendor, name, date.fromisoformat(ends) if ends else None)

        return await self._done(request, serve)

    async def retire(self, request: web.Request) -> web.Response:
        """``{"names": […]}``."""
        return await self._done(request, lambda names: self._state.served.retire(*names))

    async def pace(self, request: web.Request) -> web.Response:
        """Fields of ``Pace``; those left out stay as they are."""

        def pace(**seconds: float) -> None:
            self._state.pace = dataclasses.replace(self._state.pace, **seconds)

        return await self._done(request, pace)

    async def script(self, request: web.Request) -> web.Response:
        """``{"hears"?: […], "language"?, "says"?: […]}``."""

        def script(hears: list[str] | None = None, language: str = "ko", says: list[Any] | None = None) -> None:
            if hears:
                self._state.brain.script.hears(*hears, language=language)
            if says:
                self._state.brain.script.says(*says)

        return await self._done(request, script)

    async def speaking(self, request: web.Request) -> web.Response:
        """``{"words", "seconds", "language"?}``: see ``Spoken``; ``{}``: nobody speaks."""

        def speaking(**spoken: Any) -> None:
            self._state.brain.script.speaking = Spoken(**spoken) if spoken else None

        return await self._done(request, speaking)

    async def calls(self, _: web.Request) -> web.Response:
        """``{"calls": […]}``: all but keys and contents."""
        return web.json_response({"calls": [call.summary() for call in self._state.calls]})

    @staticmethod
    async def _done(request: web.Request, change: Any) -> web.Response:
        try:
            change(**json.loads(await request.text() or "{}"))
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({})
