"""The emulated vendors behind one address, inside the event loop of whoever runs them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.fakes.vendors.brain import Brain, Script
from tests.fakes.vendors.control_routes import ControlRoutes
from tests.fakes.vendors.delivery import Delivery
from tests.fakes.vendors.faults import Capability, Fault, Vendor
from tests.fakes.vendors.front import State
from tests.fakes.vendors.gemini_routes import GeminiRoutes
from tests.fakes.vendors.openai_routes import OpenAIRoutes
from tests.fakes.vendors.pace import Pace
from tests.fakes.vendors.realtime_route import RealtimeRoute
from tests.fakes.vendors.records import Records
from tests.fakes.vendors.served_models import ServedModels

GEMINI_KEY = "AIza-emulated-gemini-key"
OPENAI_KEY = "sk-emulated-openai-key"
_MAX_BODY = 64 * 1024 * 1024
_LAST_WORDS = 0.2


@dataclass(slots=True)
class Vendors:
    """Running emulated vendors. ``gemini_url`` is google-genai's ``base_url``, ``openai_url`` openai's."""

    state: State
    base_url: str

    @property
    def gemini_url(self) -> str:
        return self.base_url

    @property
    def openai_url(self) -> str:
        return f"{self.base_url}/v1"

    @property
    def realtime_url(self) -> str:
        """openai's ``websocket_base_url``; without one it is made of ``openai_url`` and the same."""
        return f"ws{self.openai_url.removeprefix('http')}"

    @property
    def gemini_key(self) -> str:
        return self.state.keys[Vendor.GEMINI]

    @property
    def openai_key(self) -> str:
        return self.state.keys[Vendor.OPENAI]

    @property
    def calls(self) -> Records:
        return self.state.calls

    @property
    def models(self) -> ServedModels:
        return self.state.served

    @property
    def pace(self) -> Pace:
        return self.state.pace

    @pace.setter
    def pace(self, pace: Pace) -> None:
        self.state.pace = pace

    @property
    def script(self) -> Script:
        """What a test tells them to hear and to say."""
        return self.state.brain.script

    def order(
        self,
        fault: Fault | str,
        capability: Capability | str | None = None,
        times: int | None = None,
        *,
        seconds: float | None = None,
        vendor: Vendor | str | None = None,
        model: str | None = None,
        after: int = 0,
    ) -> None:
        """See ``FaultBook.order``."""
        self.state.faults.order(fault, capability, times, seconds=seconds, vendor=vendor, model=model, after=after)

    def heal(self, capability: Capability | str | None = None) -> None:
        """Forget the faults ordered for ``capability``, or all."""
        self.state.faults.clear(capability)


@asynccontextmanager
async def emulated_vendors(
    brain: Brain | None = None,
    *,
    pace: Pace | None = None,
    keys: Mapping[Vendor, str] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[Vendors]:
    """Both vendors on a port of this machine until the context ends; connections that are left are cut then."""
    over = asyncio.Event()
    accepted = {Vendor.GEMINI: GEMINI_KEY, Vendor.OPENAI: OPENAI_KEY, **(keys or {})}
    state = State(brain if brain is not None else Script(), Delivery(over), accepted, pace or Pace())
    app = web.Application(client_max_size=_MAX_BODY)
    app.add_routes(GeminiRoutes(state).routes())
    app.add_routes(OpenAIRoutes(state).routes())
    app.add_routes(RealtimeRoute(state, over).routes())
    app.add_routes(ControlRoutes(state).routes())
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=_LAST_WORDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        yield Vendors(state, f"http://{address[0]}:{address[1]}")
    finally:
        over.set()
        await runner.cleanup()
