"""``WS /api/voice/stream``: who is it, then sound and messages to the stream, within bounds; and its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

import structlog
from aiohttp import WSMsgType, web
from pydantic import TypeAdapter, ValidationError

from backend.database.interface import DatabaseError, TokenRecord
from backend.errors import Refusal
from backend.routers.websocket_router import CLOSE_SECONDS, PING_SECONDS, AiohttpSocket, Refused
from backend.services.auth_service import AuthService
from backend.services.live_connection import SEND_SECONDS
from backend.services.voice_stream import Malformed, StreamServices, VoiceStream
from backend.services.voice_stream_turn import Wire
from backend.tasks import TaskScope
from backend.web.problems import internal, problem_of, reason_of
from shared import paths
from shared.limits import MAX_WS_MESSAGE_BYTES, WS_AUTH_SECONDS
from shared.messages import CloseCode
from shared.problems import Problem, ProblemCode
from shared.voice_stream import (
    FramingError,
    Open,
    StreamReply,
    StreamRequest,
    pack_sound,
    stream_opening,
    stream_request,
    unpack_frames,
)

MAX_STREAMS = 64
LOOK_SECONDS = 0.5
"""A changed PIN ends its lines within a second; one small question to the database, and none without such lines."""
"""Lines at once: each may hold a minute of sound (2 MB)."""
WAITING_MESSAGES = 64
T = TypeVar("T")
Take = Callable[[str, str], None]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class VoiceStreamRouter:
    """``take(bucket, client)`` is the rate limiter's. ``close`` ends all lines with 1012."""

    def __init__(
        self,
        auth: AuthService,
        services: StreamServices,
        take: Take,
        clock: Callable[[], datetime],
        *,
        auth_seconds: float = WS_AUTH_SECONDS,
        send_seconds: float = SEND_SECONDS,
    ) -> None:
        self._auth = auth
        self._services = services
        self._take = take
        self._clock = clock
        self._auth_seconds = auth_seconds
        self._send_seconds = send_seconds
        self._open: dict[AiohttpSocket, web.WebSocketResponse] = {}
        self._signed: dict[AiohttpSocket, str] = {}

    @property
    def lines(self) -> int:
        """How many are open."""
        return len(self._open)

    def routes(self) -> list[web.RouteDef]:
        return [web.get(paths.VOICE_STREAM, self._handle)]

    async def run(self) -> None:
        """End the lines of tokens that were taken back (a changed PIN), until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.end_taken_back()
            except DatabaseError as error:
                log.warning("voice_tokens_not_read", error=type(error).__name__)

    async def end_taken_back(self) -> None:
        """Raises DatabaseError; then every line stays."""
        if self._signed:
            gone = await self._auth.taken_back(frozenset(self._signed.values()))
            ended = [socket for socket, digest in self._signed.items() if digest in gone]
            await asyncio.gather(*(_end(socket, CloseCode.TOKEN_EXPIRED, "signed out") for socket in ended))

    async def close(self) -> None:
        await asyncio.gather(*(_end(socket, CloseCode.RESTART, "restart") for socket in list(self._open)))

    async def _handle(self, request: web.Request) -> web.WebSocketResponse:
        if len(self._open) >= MAX_STREAMS:
            raise Refusal(ProblemCode.RATE_LIMITED, retry_after_seconds=1)
        websocket = web.WebSocketResponse(
            max_msg_size=MAX_WS_MESSAGE_BYTES, heartbeat=PING_SECONDS, timeout=CLOSE_SECONDS, compress=False
        )
        await websocket.prepare(request)
        socket = AiohttpSocket(websocket, request.transport)
        self._open[socket] = websocket
        try:
            await self._talk(websocket, socket, f"address {request.remote}")
        except Refused as refused:
            log.info("voice_stream_refused", code=int(refused.code), reason=refused.reason)
            await _end(socket, refused.code, refused.reason)
        except ConnectionError:
            socket.abort()
        except DatabaseError as error:
            log.warning("voice_stream_database_unavailable", error=type(error).__name__)
            await _end(socket, CloseCode.RESTART, "database unavailable")
        finally:
            del self._open[socket]
            self._signed.pop(socket, None)
        return websocket

    async def _talk(self, websocket: web.WebSocketResponse, socket: AiohttpSocket, address: str) -> None:
        opening = await self._opening(websocket)
        if opening is None:
            return
        token = await self._check(opening, address)
        if token is not None:
            self._signed[socket] = token.digest
        client = f"user {token.user_id}" if token else address
        wire = _SocketWire(socket, lambda: self._take("voice", client), self._send_seconds)
        stream = VoiceStream(wire, self._services, opening, token.user_id if token else None)
        writing = TaskScope("voice line")
        writing.start(wire.run(), "write")
        try:
            await stream.begin()
            while (message := await _received(websocket)) is not None:
                if isinstance(message, bytes):
                    await stream.sound(*_frames(message))
                    continue
                await stream.take(self._request(message, token))
        except Refused as refused:
            # Said here, while the line is still there.
            await _end(socket, refused.code, refused.reason)
            log.info("voice_stream_refused", code=int(refused.code), reason=refused.reason)
        except Malformed as error:
            await _end(socket, CloseCode.MALFORMED, str(error))
        finally:
            await stream.close()
            await writing.close()

    def _request(self, message: str, token: TokenRecord | None) -> StreamRequest:
        parsed = _parsed(stream_request, message)
        if token is not None and token.expires_at <= self._clock():
            raise Refused(CloseCode.TOKEN_EXPIRED, "token expired")
        if isinstance(parsed, Open):
            raise Refused(CloseCode.MALFORMED, "type: open has been said")
        return parsed

    async def _opening(self, websocket: web.WebSocketResponse) -> Open | None:
        try:
            async with asyncio.timeout(self._auth_seconds):
                message = await _received(websocket)
        except TimeoutError as error:
            raise Refused(CloseCode.UNAUTHENTICATED, "no open message in time") from error
        if isinstance(message, bytes):
            raise Refused(CloseCode.MALFORMED, "the first message has to be open")
        return _parsed(stream_opening, message) if message is not None else None

    async def _check(self, opening: Open, address: str) -> TokenRecord | None:
        """Whose line it is; None: a guest without a token."""
        token = None
        if opening.token is not None:
            token = await self._auth.token_of(opening.token.get_secret_value())
            if token is None:
                with suppress(Refusal):
                    self._take("auth", address)
                raise Refused(CloseCode.UNAUTHENTICATED, "token: unknown or expired")
        if opening.user_id is not None and (token is None or token.user_id != opening.user_id):
            raise Refused(CloseCode.FORBIDDEN, "user_id: needs that user's own token")
        return token


class _SocketWire(Wire):
    """One task writes, from a short queue: whoever is cancelled while sending cuts no message in half."""

    def __init__(self, socket: AiohttpSocket, may: Callable[[], None], send_seconds: float) -> None:
        self._socket = socket
        self._may = may
        self._send_seconds = send_seconds
        self._waiting: asyncio.Queue[str | bytes] = asyncio.Queue(WAITING_MESSAGES)
        self._gone = False

    async def run(self) -> None:
        """Write until cancelled. Whoever reads nothing for so long is not there: only cutting frees a stuck write."""
        try:
            while True:
                message = await self._waiting.get()
                async with asyncio.timeout(self._send_seconds):
                    if isinstance(message, bytes):
                        await self._socket.send_bytes(message)
                    else:
                        await self._socket.send_text(message)
        except TimeoutError:
            log.warning("voice_stream_too_slow")
        except ConnectionError:
            pass
        finally:
            self._gone = True
            self._socket.abort()
            # Whoever waits for room is let go.
            while not self._waiting.empty():
                self._waiting.get_nowait()

    async def send(self, message: StreamReply) -> None:
        await self._put(message.model_dump_json())

    async def send_sound(self, number: int, pcm: bytes) -> None:
        await self._put(pack_sound(number, pcm))

    def problem(self, error: Exception, step: str) -> Problem:
        reason = reason_of(error)
        if reason is None:
            log.error("unforeseen_error", route=paths.VOICE_STREAM, exc_info=error)
            reason = internal()
        problem = problem_of(reason, "")
        return problem.model_copy(update={"params": {**problem.params, "step": step}})

    def may(self) -> None:
        self._may()

    async def _put(self, message: str | bytes) -> None:
        if self._gone:
            raise ConnectionResetError("the line is gone")
        await self._waiting.put(message)


async def _received(websocket: web.WebSocketResponse) -> str | bytes | None:
    message = await websocket.receive()
    if message.type is WSMsgType.TEXT:
        return str(message.data)
    if message.type is WSMsgType.BINARY:
        return bytes(message.data)
    return None


def _frames(message: bytes) -> tuple[int, bytes]:
    try:
        return unpack_frames(message)
    except FramingError as error:
        raise Refused(CloseCode.MALFORMED, f"sound: {error}") from error


def _parsed(adapter: TypeAdapter[T], text: str) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        # What the client sent is not said back: it may be what a customer said.
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:60]
        raise Refused(CloseCode.MALFORMED, f"{where or 'json'}: {first['type']}") from error


async def _end(socket: AiohttpSocket, code: CloseCode, reason: str) -> None:
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await socket.close(code, reason)
    socket.abort()
