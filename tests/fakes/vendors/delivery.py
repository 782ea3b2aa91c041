"""Sends a reply piece by piece at its times, and breaks the line where a fault says so. Knows no vendor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from aiohttp import web

from tests.fakes.vendors.faults import Fault, Order
from tests.fakes.vendors.records import Call

HUGE_BYTES = 48 * 1024 * 1024
_FILLER = b"A" * 65_536
_HTML = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Sign in to the network</h1></body></html>\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """``pieces`` are ``(seconds after the request came, bytes)`` in order.

    ``streamed`` sends them chunked as they come; else the length is told first and all comes at the last one's time.
    ``filler`` begins and goes on with a body that is too long.
    """

    pieces: tuple[tuple[float, bytes], ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    streamed: bool = False
    opening: bytes = b""
    filler: bytes = _FILLER

    @classmethod
    def whole(
        cls,
        body: bytes,
        mime_type: str,
        status: int = 200,
        *,
        at: float = 0.0,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        return cls(((at, body),), {"content-type": mime_type, **(headers or {})}, status)

    @property
    def body(self) -> bytes:
        return b"".join(data for _, data in self.pieces)


class Delivery:
    """``over`` lets silent lines go when the emulator ends."""

    def __init__(self, over: asyncio.Event) -> None:
        self._over = over

    async def send(self, request: web.Request, reply: Reply, call: Call, order: Order | None) -> web.StreamResponse:
        """Answer ``request``; what came of it is written into ``call``.

        Times count from ``call.at``: a brain's own work is part of them.
        """
        late = order.seconds if order is not None and order.fault is not Fault.RATE_LIMITED else 0.0
        fault = order.fault if order is not None else None
        if fault is Fault.ERROR_MIDSTREAM and not _tells_errors(reply):
            fault = Fault.CUT_MIDSTREAM
        reply = _changed(reply, fault)
        call.status = reply.status
        try:
            if fault is Fault.NO_ANSWER:
                await self._over.wait()
            if fault in (Fault.CUT, Fault.NO_ANSWER):
                await self._at(call.at + late)
                return _hang_up(request)
            return await self._write(request, reply, call, fault, late)
        except ConnectionError:
            call.hung_up = not call.finished
            return _hang_up(request)
        except asyncio.CancelledError:
            call.hung_up = not call.finished
            raise

    async def _write(
        self, request: web.Request, reply: Reply, call: Call, fault: Fault | None, late: float
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status, headers=dict(reply.headers))
        first, last = (reply.pieces[0][0], reply.pieces[-1][0]) if reply.pieces else (0.0, 0.0)
        await self._at(call.at + late + (first if reply.streamed else last))
        endless = fault in (Fault.HUGE, Fault.ENDLESS)
        if reply.streamed or endless:
            response.enable_chunked_encoding()
        else:
            response.content_length = len(reply.body)
        await response.prepare(request)
        if fault is Fault.STALL:
            await self._over.wait()
            return _hang_up(request, response)
        if endless:
            await self._flood(response, reply, call, HUGE_BYTES if fault is Fault.HUGE else None)
        midstream = fault in (Fault.STALL_MIDSTREAM, Fault.CUT_MIDSTREAM)
        for at, data in () if endless else (_half(reply.pieces) if midstream else reply.pieces):
            if reply.streamed:
                await self._at(call.at + late + at)
            await response.write(data)
            call.sent_bytes += len(data)
        if fault is Fault.STALL_MIDSTREAM:
            await self._over.wait()
        if midstream:
            await asyncio.sleep(0)
            return _hang_up(request, response)
        await response.write_eof()
        call.finished = True
        return response

    async def _flood(self, response: web.StreamResponse, reply: Reply, call: Call, limit: int | None) -> None:
        await response.write(reply.opening)
        while not self._over.is_set() and (limit is None or call.sent_bytes < limit):
            await response.write(reply.filler)
            call.sent_bytes += len(reply.filler)
            await asyncio.sleep(0)

    async def _at(self, moment: float) -> None:
        loop = asyncio.get_running_loop()
        if (wait := moment - loop.time()) > 0:
            await asyncio.sleep(wait)


def _tells_errors(reply: Reply) -> bool:
    """Whether an error fits into the body; into sound it does not, and the vendor can only hang up."""
    return not reply.headers.get("content-type", "").startswith("audio/")


def _changed(reply: Reply, fault: Fault | None) -> Reply:
    """The reply with the faults that any vendor's body can have."""
    last = reply.pieces[-1][0] if reply.pieces else 0.0
    if fault is Fault.WRONG_TYPE:
        return Reply(((last, _HTML),), {"content-type": "text/html; charset=utf-8"})
    if fault is Fault.BAD_GATEWAY:
        return Reply(
            ((last, b"<html><body><h1>502 Bad Gateway</h1></body></html>"),), {"content-type": "text/html"}, 502
        )
    if fault is Fault.TRUNCATED_JSON:
        return replace(reply, pieces=tuple(_half(reply.pieces)))
    return reply


def _half(pieces: Iterable[tuple[float, bytes]]) -> Iterator[tuple[float, bytes]]:
    """The first half of the bytes; where it ends in the middle of a piece, that piece is cut."""
    pieces = list(pieces)
    left = sum(len(data) for _, data in pieces) // 2
    for at, data in pieces:
        if left <= 0:
            return
        yield at, data[:left]
        left -= len(data)


def _hang_up(request: web.Request, response: web.StreamResponse | None = None) -> web.StreamResponse:
    """Reset the connection; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return response if response is not None else web.Response()
