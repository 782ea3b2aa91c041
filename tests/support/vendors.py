"""Starters of the emulated vendors, and real SDK clients that talk to them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import httpx
from google import genai
from google.genai import types
from openai import AsyncOpenAI

from tests.fakes.vendors import GEMINI_KEY, OPENAI_KEY, Vendors, emulated_vendors
from tests.support.ready_line import first_line

__all__ = ["VendorProcess", "emulated_vendors", "gemini_client", "openai_client", "vendor_process"]

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30.0
PATIENCE_MS = 10_000


@asynccontextmanager
async def gemini_client(
    vendors: Vendors | VendorProcess, key: str = GEMINI_KEY, **options: Any
) -> AsyncIterator[genai.Client]:
    """google-genai with one attempt a call; on a session of our own, for its own one warns of itself."""
    session = aiohttp.ClientSession()
    http = types.HttpOptions(
        aiohttp_client=session,
        base_url=vendors.gemini_url,
        api_version="v1beta",
        timeout=PATIENCE_MS,
        headers={"X-Server-Timeout": "10"},  # the SDK tells its own, and Google refuses a shorter one
        retry_options=types.HttpRetryOptions(attempts=1),
    )
    client = genai.Client(api_key=key, vertexai=False, http_options=http.model_copy(update=options))
    try:
        yield client
    finally:
        await client.aio.aclose()
        client.close()
        await session.close()


@asynccontextmanager
async def openai_client(
    vendors: Vendors | VendorProcess, key: str = OPENAI_KEY, **options: Any
) -> AsyncIterator[AsyncOpenAI]:
    """openai as it comes, without retries."""
    given: dict[str, Any] = {"max_retries": 0, "timeout": PATIENCE_MS / 1000, **options}
    async with AsyncOpenAI(api_key=key, base_url=vendors.openai_url, **given) as client:
        yield client


@dataclass
class VendorProcess:
    """``python -m tests.fakes.vendors`` at ``base_url``; the same addresses as ``Vendors``."""

    base_url: str
    process: subprocess.Popen[bytes]
    gemini_key: str = GEMINI_KEY
    openai_key: str = OPENAI_KEY
    flags: tuple[str, ...] = field(default=())

    @property
    def gemini_url(self) -> str:
        return self.base_url

    @property
    def openai_url(self) -> str:
        return f"{self.base_url}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """Settings of a backend that takes these vendors for the real ones."""
        return {
            "MALLO_GEMINI_API_KEY": self.gemini_key,
            "MALLO_GEMINI_BASE_URL": self.gemini_url,
            "MALLO_OPENAI_API_KEY": self.openai_key,
            "MALLO_OPENAI_BASE_URL": self.openai_url,
        }

    def tell(self, what: str, **fields: Any) -> dict[str, Any]:
        """``order``, ``heal``, ``serve``, ``retire``, ``pace``, ``script`` or ``speaking`` by the control route.

        Raises:
            httpx.HTTPStatusError: it was refused.
        """
        answer = httpx.post(f"{self.base_url}/_control/{what}", json=fields, timeout=10)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    def order(self, fault: str, capability: str | None = None, times: int | None = None, **more: Any) -> None:
        """As ``Vendors.order``."""
        self.tell("order", fault=fault, capability=capability, times=times, **more)

    def calls(self) -> list[dict[str, Any]]:
        """What came in: ``Call.summary`` of each call."""
        calls: list[dict[str, Any]] = httpx.get(f"{self.base_url}/_control/calls", timeout=10).json()["calls"]
        return calls

    def kill(self) -> None:
        """As when the network goes: SIGKILL, and nothing listens any more."""
        self.stop(signal.SIGKILL)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_vendors(*flags: str, port: int = 0) -> VendorProcess:
    """Start the emulator as a process of its own and wait for its ready line. Whoever starts it stops it.

    ``flags``: see ``python -m tests.fakes.vendors --help``.

    Raises:
        AssertionError: it did not come up.
    """
    command = [sys.executable, "-m", "tests.fakes.vendors", "--port", str(port), *flags]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    line = first_line(process, READY_SECONDS)
    if not line.startswith("ready http://"):
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        raise AssertionError(f"no ready line but {line!r}")
    return VendorProcess(line.split()[1], process, flags=flags)


@contextmanager
def vendor_process(*flags: str, port: int = 0) -> Iterator[VendorProcess]:
    """The emulator as a process of its own, stopped at the end."""
    running = start_vendors(*flags, port=port)
    try:
        yield running
    finally:
        running.stop()
