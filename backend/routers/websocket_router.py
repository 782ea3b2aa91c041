"""The live line: who is it, then hand the socket to the manager and listen for acknowledgements."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from aiohttp import WSMsgType, web
from pydantic import ValidationError

from backend.database.interface import DatabaseError, TokenRecord
from backend.services.acknowledgements import Acknowledgements
from backend.services.auth_service import AuthService
from backend.services.live_connection import LiveConnection, Socket
from backend.services.live_figures import LiveFigures
from backend.services.websocket_manager import WebSocketManager
from backend.web.endpoint import Access, Call, Endpoint
from shared import paths
from shared.health import WebSocketStats
from shared.limits import MAX_WS_MESSAGE_BYTES, WS_AUTH_SECONDS
from shared.messages import Ack, Auth, CloseCode, Pong, client_message

PING_SECONDS = 20.0
"""WebSocket's own ping: a kiosk that was unplugged is noticed within one and a half of these."""
CLOSE_SECONDS = 1.0
MAX_REASON_BYTES = 123

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Refused(Exception):
    """The socket is to be closed with ``code`` and ``reason``."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class AiohttpSocket(Socket):
    """aiohttp's WebSocket as the manager wants it: without compression."""

    __slots__ = ("_transport", "_websocket")

    def __init__(self, websocket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._websocket = websocket
        self._transport = transport

    async def send_text(self, text: str) -> None:
        await _unless_given_up(self._websocket.send_str(text))

    async def send_bytes(self, data: bytes) -> None:
        """As ``send_text``."""
        await _unless_given_up(self._websocket.send_bytes(data))

    def send_ready(self, frame: bytes) -> bool:
        # What ``send_str`` does without compression, less the frame made anew and two coroutines for each of many.
        line = self._transport
        if line is None or line.is_closing() or self._websocket.closed or line.get_write_buffer_size():
            return False
        line.write(frame)
        return True

    async def close(self, code: int, reason: str) -> None:
        # At most 123 bytes fit, and no half of a character.
        message = reason.encode()[:MAX_REASON_BYTES].decode(errors="ignore").encode()
        await _unless_given_up(self._websocket.close(code=code, message=message))

    def abort(self) -> None:
        # aiohttp's own close waits for a sender that is stuck; only this frees it.
        if self._transport is not None:
            self._transport.abort()


async def _unless_given_up(writing: Awaitable[object]) -> None:
    """Await a write of aiohttp's.

    All writes of a connection wait for one future, which is cancelled with whoever is cancelled while waiting: every
    later write then raises CancelledError although nobody cancelled it.

    Raises:
        ConnectionError: the line is gone, or an earlier write on it was given up.
    """
    try:
        await writing
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        raise ConnectionResetError("an earlier write was given up") from None


class WebSocketRouter:
    """``WS /api/ws`` and ``GET /api/ws/stats``. ``auth_seconds`` bounds the time until the first message."""

    def __init__(
        self,
        auth: AuthService,
        live: WebSocketManager,
        figures: LiveFigures,
        acknowledgements: Acknowledgements,
        auth_seconds: float = WS_AUTH_SECONDS,
    ) -> None:
        self._auth = auth
        self._live = live
        self._figures = figures
        self._acknowledgements = acknowledgements
        self._auth_seconds = auth_seconds

    def routes(self) -> list[web.RouteDef]:
        return [web.get(paths.WS, self._handle)]

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                paths.WS_STATS,
                self._stats,
                "Live connections by user type, what nobody has seen, what was sent",
                access=Access.MANAGER,
                answer=WebSocketStats,
                tag="live",
            )
        ]

    async def _stats(self, call: Call[None]) -> WebSocketStats:  # noqa: ARG002 - every handler takes a call
        return await self._figures.stats()

    async def _handle(self, request: web.Request) -> web.WebSocketResponse:
        websocket = web.WebSocketResponse(
            max_msg_size=MAX_WS_MESSAGE_BYTES, heartbeat=PING_SECONDS, timeout=CLOSE_SECONDS, compress=False
        )
        await websocket.prepare(request)
        websocket.headers.clear()  # they were sent; hundreds of open lines need them no more
        socket = AiohttpSocket(websocket, request.transport)
        try:
            await self._talk(websocket, socket)
        except Refused as refused:
            log.info("live_refused", code=int(refused.code), reason=refused.reason)
            await socket.close(refused.code, refused.reason)
        except DatabaseError as error:
            log.warning("live_database_unavailable", error=type(error).__name__)
            await socket.close(CloseCode.RESTART, "database unavailable")
        return websocket

    async def _talk(self, websocket: web.WebSocketResponse, socket: AiohttpSocket) -> None:
        connection = await self._let_in(websocket, socket)
        if connection is None:
            return
        try:
            while (text := await _next_text(websocket)) is not None:
                self._take(_parsed(text), connection)
        except Refused as refused:
            # Said here, while the line is still there.
            await socket.close(refused.code, refused.reason)
            log.info("live_refused", code=int(refused.code), reason=refused.reason)
        finally:
            await self._live.disconnect(connection.person.user_id, connection.id)

    async def _let_in(self, websocket: web.WebSocketResponse, socket: AiohttpSocket) -> LiveConnection | None:
        """Apart from what comes later: what was needed for this is not kept for as long as the line is open."""
        shown = await self._first_message(websocket)
        if shown is None:
            return None
        token = await self._check(shown)
        return await self._live.connect(
            token.user_id,
            token.user_type,
            socket,
            device_id=shown.device_id,
            after=shown.after,
            epoch=shown.epoch,
            expires_at=token.expires_at,
            board=shown.board,
            token_digest=token.digest,
        )

    def _take(self, message: Auth | Ack | Pong, connection: LiveConnection) -> None:
        if isinstance(message, Auth):
            raise Refused(CloseCode.MALFORMED, "type: auth has been said")
        if isinstance(message, Ack):
            if not connection.acknowledge(message.id):
                raise Refused(CloseCode.MALFORMED, "id: has not been sent yet")
            self._acknowledgements.note(connection)

    async def _first_message(self, websocket: web.WebSocketResponse) -> Auth | None:
        try:
            async with asyncio.timeout(self._auth_seconds):
                text = await _next_text(websocket)
        except TimeoutError as error:
            raise Refused(CloseCode.UNAUTHENTICATED, "no auth message in time") from error
        if text is None:
            return None
        message = _parsed(text)
        if not isinstance(message, Auth):
            raise Refused(CloseCode.UNAUTHENTICATED, "the first message has to be auth")
        return message

    async def _check(self, shown: Auth) -> TokenRecord:
        token = await self._auth.token_of(shown.token.get_secret_value())
        if token is None:
            raise Refused(CloseCode.UNAUTHENTICATED, "token: unknown or expired")
        if token.user_id != shown.user_id:
            raise Refused(CloseCode.FORBIDDEN, "user_id: the token is another user's")
        if token.user_type != shown.user_type.value:
            raise Refused(CloseCode.FORBIDDEN, "user_type: the token says otherwise")
        return token


async def _next_text(websocket: web.WebSocketResponse) -> str | None:
    """The next text message, or None when the line is closed (aiohttp has said 1009 to one that is too big)."""
    message = await websocket.receive()
    if message.type is WSMsgType.TEXT:
        return str(message.data)
    if message.type is WSMsgType.BINARY:
        raise Refused(CloseCode.MALFORMED, "message: binary is not spoken here")
    return None


def _parsed(text: str) -> Auth | Ack | Pong:
    try:
        return client_message.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        # The union puts the message's own type first. What the client sent is not said back.
        names = [str(part) for part in first["loc"]]
        if not names:
            what = "json: not well-formed" if first["type"] == "json_invalid" else "type: no message is called that"
            raise Refused(CloseCode.MALFORMED, what) from error
        raise Refused(CloseCode.MALFORMED, f"{'.'.join(names[1:])[:60]}: {first['msg']}") from error
