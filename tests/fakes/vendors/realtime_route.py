"""OpenAI's Realtime WebSocket, as far as a voice that reads text aloud needs it (the GA shape of its events)."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.fakes.vendors import openai_errors as errors
from tests.fakes.vendors.faults import Capability, Fault, Order, Vendor
from tests.fakes.vendors.front import State
from tests.fakes.vendors.openai_routes import new_call, refused, take_order
from tests.fakes.vendors.realtime_response import ResponseScript, new_id
from tests.fakes.vendors.realtime_session import FIELDS, merged, new_session, text_of, unknown_voice
from tests.fakes.vendors.records import Call

_BAD_KEY_CLOSE = 3000
_AT_HANDSHAKE = frozenset({Fault.REGION, Fault.FORBIDDEN, Fault.SERVER_ERROR, Fault.OVERLOADED, Fault.BAD_REQUEST})
"""Refused before the upgrade; the others are told in events, as people report of the real one."""
_LINE = frozenset({Fault.WRONG_TYPE, Fault.BAD_GATEWAY, Fault.CUT, Fault.NO_ANSWER})
_FILLER = base64.b64encode(bytes(48_000)).decode()


class RealtimeRoute:
    """``/v1/realtime?model=…``. Each ``response.create`` is a call of its own in the records."""

    def __init__(self, state: State, over: asyncio.Event) -> None:
        self._state = state
        self._over = over

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/v1/realtime", self.connect)]

    async def connect(self, request: web.Request) -> web.StreamResponse:
        call = new_call(self._state, request, Capability.TTS)
        call.model = request.query.get("model")
        call.body = []
        order = take_order(self._state, call)
        fault = order.fault if order else None
        if fault in _LINE:
            reply = errors.invalid("never sent")
            return await self._state.delivery.send(request, reply, call, order)
        if fault in _AT_HANDSHAKE:
            told = refused(self._state, call, order)
            assert told is not None
            return await self._state.delivery.send(request, told, call, None)
        socket = web.WebSocketResponse(protocols=("realtime",), compress=False, max_msg_size=16 * 1024 * 1024)
        await socket.prepare(request)
        call.status = 101
        await _Session(self._state, _Line(socket, request, self._over), call, order).run()
        return socket


@dataclass(frozen=True, slots=True)
class _Line:
    socket: web.WebSocketResponse
    request: web.Request
    over: asyncio.Event

    def cut(self) -> None:
        if self.request.transport is not None:
            self.request.transport.abort()


class _Session:
    def __init__(self, state: State, line: _Line, call: Call, order: Order | None) -> None:
        self._state = state
        self._line = line
        self._socket = line.socket
        self._over = line.over
        self._call = call
        self._fault = order.fault if order else None
        self._order = order
        self._first = True
        self._items: list[dict[str, Any]] = []
        self._session = new_session(call.model)

    async def run(self) -> None:
        with contextlib.suppress(ConnectionError):
            if self._fault is Fault.DELAY and self._order is not None:
                await asyncio.sleep(self._order.seconds)
            if not await self._admitted():
                return
            if self._fault is Fault.STALL:
                await self._over.wait()
            await self.send("session.created", session=self._session)
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._call.body_bytes += len(message.data)
                    await self._take(message.data)
        self._call.hung_up = not self._call.finished

    async def _admitted(self) -> bool:
        """A wrong key passes the handshake: it is told in an event, and then the line is closed with 3000."""
        wrong = self._fault in (Fault.WRONG_KEY, Fault.UNAUTHENTICATED, Fault.LEAKED_KEY)
        if self._call.key_right and not wrong:
            return True
        await self._error("Incorrect API key provided: sk-*****.", "invalid_api_key")
        await self._socket.close(code=_BAD_KEY_CLOSE, message=b"invalid_request_error.invalid_api_key")
        return False

    async def _take(self, data: str) -> None:
        try:
            event = json.loads(data)
        except ValueError:
            await self._error("Could not parse your event as JSON.", "invalid_json")
            return
        self._call.body.append(event)
        event_id = event.get("event_id")
        match event.get("type"):
            case "session.update":
                await self._update(event.get("session", {}), event_id)
            case "conversation.item.create":
                item = {"id": new_id("item"), "object": "realtime.item", "status": "completed", **event.get("item", {})}
                self._items.append(item)
                await self.send("conversation.item.added", previous_item_id=None, item=item)
                await self.send("conversation.item.done", previous_item_id=None, item=item)
            case "response.create":
                await self._respond(event.get("response") or {})
            case "response.cancel" | "input_audio_buffer.clear":
                pass
            case unknown:
                text = f"Invalid value: '{unknown}'. Supported values are: 'session.update' and others."
                await self._error(text, "invalid_value", "type", event_id)

    async def _update(self, session: dict[str, Any], event_id: str | None) -> None:
        if session.get("type") != "realtime":
            text = "Missing required parameter: 'session.type'."
            await self._error(text, "missing_required_parameter", "session.type", event_id)
            return
        unknown = session.keys() - FIELDS
        if unknown:
            name = f"session.{min(unknown)}"
            await self._error(f"Unknown parameter: '{name}'.", "unknown_parameter", name, event_id)
            return
        if (no := unknown_voice(session)) is not None:
            await self._error(no, "invalid_value", "session.audio.output.voice", event_id)
            return
        self._session = merged(self._session, session)
        await self.send("session.updated", session=self._session)

    async def _respond(self, asked: dict[str, Any]) -> None:
        if not self._first:  # a session's first response belongs to the call that opened it
            self._call = self._again()
            self._order = take_order(self._state, self._call)
            self._fault = self._order.fault if self._order else None
        self._first = False
        self._call.at = asyncio.get_running_loop().time()
        apart = asked.get("conversation") == "none"
        script = ResponseScript(merged(self._session, asked), None if apart else self._session["id"], self._fault)
        text = text_of(asked.get("input", self._items))
        if self._fault is Fault.OTHER_WORDS:
            text = "물론이죠! 무엇을 도와드릴까요?"
        await self.send(**script.created())
        failure = self._failure()
        if failure is not None:
            await self.send(**script.failed(*failure))
            self._call.finished = True
            return
        voice = str(script.voice)
        pcm = b"" if self._fault is Fault.EMPTY else await self._state.brain.speak(text, voice)
        if self._fault in (Fault.CUT_SHORT, Fault.SAFETY):
            pcm = pcm[: len(pcm) // 4 * 2]
        await self._play(script, text, pcm)

    def _failure(self) -> tuple[str, str, str] | None:
        """``(type, code, message)`` of a response that fails at once."""
        model = self._call.model or ""
        match self._fault:
            case Fault.QUOTA:
                return "insufficient_quota", "insufficient_quota", "You exceeded your current quota."
            case Fault.RATE_LIMITED | Fault.RATE_LIMITED_BARE:
                seconds = self._order.seconds if self._order and self._fault is Fault.RATE_LIMITED else None
                hint = f" Please try again in {seconds:g}s." if seconds is not None else ""
                return "tokens", "rate_limit_exceeded", f"Rate limit reached for {model}.{hint}"
            case Fault.PROMPT_BLOCKED:
                return "invalid_request_error", "content_policy_violation", "Rejected by our safety system."
            case _ if self._fault is Fault.MODEL_GONE or self._state.served.find(Vendor.OPENAI, model) is None:
                text = f"The model `{model}` does not exist or you do not have access to it."
                return "invalid_request_error", "model_not_found", text
            case _:
                return None

    async def _play(self, script: ResponseScript, text: str, pcm: bytes) -> None:
        for event in script.opening():
            await self.send(**event)
        if self._fault is Fault.WRONG_SHAPE:
            await self.send("response.output_audio.delta", delta={"not": "audio"})
        if self._fault is Fault.TRUNCATED_JSON:
            await self._socket.send_str('{"type": "response.output_audio.delta", "delta": "AAAA')
        while self._fault in (Fault.HUGE, Fault.ENDLESS) and not self._over.is_set():
            await self.send(**script.sound(_FILLER))
            if self._fault is Fault.HUGE and self._call.sent_bytes > 48 * 1024 * 1024:
                break
        deltas = script.deltas(text, pcm)
        loop = asyncio.get_running_loop()
        for at, (moment, event) in enumerate(zip(self._state.pace.of_sound(len(deltas)), deltas, strict=True)):
            if at == len(deltas) // 2 and await self._broke_off():
                return
            if (wait := self._call.at + moment - loop.time()) > 0:
                await asyncio.sleep(wait)
            await self.send(**event)
        for event in script.ending(text, pcm):
            await self.send(**event)
        self._call.finished = True

    async def _broke_off(self) -> bool:
        match self._fault:
            case Fault.STALL_MIDSTREAM:
                await self._over.wait()
            case Fault.CUT_MIDSTREAM:
                self._line.cut()
            case Fault.ERROR_MIDSTREAM:
                await self._error("The server had an error while processing your request.", None, kind="server_error")
                await self._socket.close(code=WSCloseCode.INTERNAL_ERROR)
            case _:
                return False
        return True

    async def send(self, type: str, **fields: Any) -> None:  # noqa: A002 -- the event's own name
        text = json.dumps({"type": type, "event_id": new_id("event"), **fields}, ensure_ascii=False)
        self._call.sent_bytes += len(text)
        await self._socket.send_str(text)

    async def _error(
        self,
        message: str,
        code: str | None,
        param: str | None = None,
        event_id: str | None = None,
        kind: str = "invalid_request_error",
    ) -> None:
        error = {"type": kind, "code": code, "message": message, "param": param, "event_id": event_id}
        await self.send("error", error=error)

    def _again(self) -> Call:
        first = self._call
        again = Call(
            first.vendor,
            first.capability,
            first.route,
            first.model,
            asyncio.get_running_loop().time(),
            first.key_present,
            first.key_right,
            first.headers,
            body=first.body,
            status=101,
        )
        self._state.calls.add(again)
        return again
