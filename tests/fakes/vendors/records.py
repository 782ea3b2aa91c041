"""What came in, for tests to look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.vendors.faults import Capability, Fault, Vendor


@dataclass(slots=True)
class Call:
    """One call, or one response of a Realtime session.

    ``body`` is the JSON that was sent (Gemini's with names in camel case, which google-genai mixes with snake case; a
    form's fields for a multipart call; all events for Realtime), ``upload`` the
    audio or picture that came with it, ``upload_type`` its MIME type and ``upload_name`` its file name.
    ``finished``: the whole answer went out; ``hung_up``: the client did not wait for it. ``at`` is the loop's clock.
    ``line`` is the client's port: calls with the same came over one connection.
    """

    vendor: Vendor
    capability: Capability
    route: str
    model: str | None
    at: float
    key_present: bool = False
    key_right: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    body_bytes: int = 0
    body: Any = None
    upload: bytes = b""
    upload_type: str = ""
    upload_name: str = ""
    fault: Fault | None = None
    status: int | None = None
    sent_bytes: int = 0
    finished: bool = False
    hung_up: bool = False
    line: int = 0

    def summary(self) -> dict[str, Any]:
        """All but keys and contents, as JSON."""
        told = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        for hidden in ("headers", "body", "upload"):
            told.pop(hidden)
        return {**told, "upload_bytes": len(self.upload)}


def line_of(request: web.Request) -> int:
    """The client's port."""
    address = request.transport.get_extra_info("peername") if request.transport else None
    return int(address[1]) if address else 0


class Records:
    """Calls in the order in which they came."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
        self._calls.append(call)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def of(self, capability: Capability | str | None = None, vendor: Vendor | str | None = None) -> list[Call]:
        return [c for c in self._calls if capability in (None, c.capability) and vendor in (None, c.vendor)]

    def last(self, capability: Capability | str | None = None, vendor: Vendor | str | None = None) -> Call:
        """Raises IndexError when there was none."""
        return self.of(capability, vendor)[-1]

    def clear(self) -> None:
        self._calls.clear()
