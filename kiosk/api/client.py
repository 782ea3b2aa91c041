"""BackendClient: the backend over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from kiosk.api.backend import Backend
from kiosk.api.link import BackendLink
from kiosk.api.problem import error_of
from kiosk.errors import KioskError, LocalCode
from shared import paths
from shared.auth import GuestRequest, GuestResponse, LoginRequest, LoginResponse, StaffResponse
from shared.base import WireModel, WireRequest
from shared.catalogue import EventsResponse, MenuPatch, MenuResponse
from shared.headers import TURN_ELAPSED_HEADER
from shared.health import HealthResponse, WebSocketStats
from shared.images import ImageRequest, ImageResponse
from shared.orders import (
    IDEMPOTENCY_HEADER,
    BoardResponse,
    HelpCallsResponse,
    HelpMode,
    HelpRequest,
    HelpResponse,
    Order,
    OrderDraft,
    OrderItemDraft,
    OrderPatch,
    OrdersResponse,
    Quote,
)
from shared.problems import ProblemCode
from shared.studio import CardShown
from shared.usage import UsageResponse
from shared.voice import (
    AudioFormat,
    SessionOrderResponse,
    SessionOrderUpdate,
    TextToSpeechRequest,
    Transcription,
    Voice,
    VoiceAnalysisResponse,
    VoiceInputRequest,
)

Answer = TypeVar("Answer", bound=WireModel)


@dataclass(frozen=True, slots=True)
class ClientTimes:
    """Seconds that a whole call may take: ``quick`` only touches the database, ``picture`` draws. ``coming``: how long
    what a person said or typed waits for a backend that is starting.

    Behind ``hear``, ``understand`` and ``speak`` vendors have a turn (6 s) and then the backend's own machine has 25, 5
    and 15 s: longer than that, with room for ``MALLO_TURN_SECONDS`` up to 12, so that its answer is never missed.
    """

    connect: float = 4.0
    coming: float = 10.0
    quick: float = 8.0
    hear: float = 40.0
    understand: float = 20.0
    speak: float = 40.0
    picture: float = 90.0


class BackendClient(Backend):
    """See ``kiosk.api.backend.Backend`` for the calls. Connections are kept and used again."""

    def __init__(self, link: BackendLink, device_id: str, times: ClientTimes | None = None) -> None:
        self._times = times or ClientTimes()
        self._link = link
        self._device_id = device_id
        self._token: str | None = None
        # trust_env off: a proxy of the environment has no business between a kiosk and its own backend.
        self._http = httpx.AsyncClient(trust_env=False, timeout=self._times.quick)

    def sign_in(self, token: str) -> None:
        self._token = token

    def sign_out(self) -> None:
        self._token = None

    async def close(self) -> None:
        """Idempotent."""
        await self._http.aclose()

    async def health(self) -> HealthResponse:
        return await self._read("GET", paths.HEALTH, HealthResponse)

    async def websocket_stats(self) -> WebSocketStats:
        return await self._read("GET", paths.WS_STATS, WebSocketStats)

    async def menu(self) -> MenuResponse:
        return await self._read("GET", paths.MENU, MenuResponse)

    async def events(self) -> EventsResponse:
        return await self._read("GET", paths.EVENTS, EventsResponse)

    async def login(self, user_id: str, pin: str) -> LoginResponse:
        request = _checked(LoginRequest, {"user_id": user_id, "pin": pin})
        # Whoever opens the window types the PIN while the backend is still coming up.
        await self._link.wait_up(self._times.coming)
        return await self._read("POST", paths.AUTH_LOGIN, LoginResponse, json=request)

    async def guest(self) -> GuestResponse:
        await self._link.wait_up(self._times.coming)
        return await self._read("POST", paths.AUTH_GUEST, GuestResponse, json=GuestRequest())

    async def quote(self, draft: OrderDraft) -> Quote:
        return await self._read("POST", paths.ORDERS_QUOTE, Quote, json=draft)

    async def place(self, draft: OrderDraft, key: str) -> Order:
        return await self._read("POST", paths.ORDERS, Order, json=draft, headers={IDEMPOTENCY_HEADER: key})

    async def order(self, order_id: str) -> Order:
        return await self._read("GET", paths.ORDER.format(order_id=order_id), Order)

    async def orders(self, open_only: bool = True) -> OrdersResponse:
        query = {"open": "true"} if open_only else {}
        return await self._read("GET", paths.ORDERS, OrdersResponse, params=query)

    async def change_order(self, order_id: str, patch: OrderPatch) -> Order:
        return await self._read("PATCH", paths.ORDER.format(order_id=order_id), Order, json=patch)

    async def set_sold_out(self, code: str, sold_out: bool) -> None:
        await self._send("PATCH", paths.MENU_ITEM.format(code=code), json=MenuPatch(sold_out=sold_out))

    async def usage(self) -> UsageResponse:
        return await self._read("GET", paths.USAGE, UsageResponse)

    async def analyze(
        self, transcript: str, session_id: str, user_id: str | None = None, *, elapsed: float | None = None
    ) -> VoiceAnalysisResponse:
        request = _checked(VoiceInputRequest, {"transcript": transcript, "session_id": session_id, "user_id": user_id})
        await self._link.wait_up(self._times.coming)
        return await self._read(
            "POST",
            paths.VOICE_ANALYZE,
            VoiceAnalysisResponse,
            json=request,
            headers=_turn(elapsed),
            seconds=self._times.understand,
        )

    async def put_session_order(self, session_id: str, update: SessionOrderUpdate) -> SessionOrderResponse:
        path = paths.VOICE_SESSION_ORDER.format(session_id=session_id)
        return await self._read("PUT", path, SessionOrderResponse, json=update)

    async def end_session(self, session_id: str, token: str | None = None) -> None:
        path = paths.VOICE_SESSION.format(session_id=session_id)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        await self._send("DELETE", path, headers=headers, missing_is_fine=True)

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        fields = {"language": language} if language else {}
        # Said once is said: a sentence that meets a backend on its way up waits for it.
        await self._link.wait_up(self._times.coming)
        response = await self._send(
            "POST",
            paths.VOICE_STT,
            files={"file": ("utterance.wav", wav, "audio/wav")},
            data=fields,
            headers=_turn(elapsed),
            seconds=self._times.hear,
        )
        return _parsed(response, Transcription)

    async def speak(
        self,
        text: str,
        audio_format: AudioFormat = AudioFormat.WAV,
        voice: Voice = Voice.NOVA,
        *,
        elapsed: float | None = None,
    ) -> bytes:
        request = _checked(TextToSpeechRequest, {"text": text, "voice": voice, "format": audio_format})
        spoken = await self._send(
            "POST", paths.VOICE_TTS, json=request, headers=_turn(elapsed), seconds=self._times.speak
        )
        return spoken.content

    async def help(
        self, screen: str, mode: HelpMode | None = None, cart: tuple[OrderItemDraft, ...] = ()
    ) -> HelpResponse:
        request = HelpRequest(device_id=self._device_id, screen=screen[:40], mode=mode, cart=cart)
        return await self._read("POST", paths.HELP, HelpResponse, json=request)

    async def help_calls(self) -> HelpCallsResponse:
        return await self._read("GET", paths.HELP, HelpCallsResponse)

    async def staff(self) -> StaffResponse:
        return await self._read("GET", paths.STAFF, StaffResponse)

    async def answer_help(self, help_id: str) -> None:
        await self._send("POST", paths.HELP_ANSWER.format(help_id=help_id))

    async def board(self) -> BoardResponse:
        return await self._read("GET", paths.BOARD, BoardResponse)

    async def generate_image(self, request: ImageRequest) -> ImageResponse:
        return await self._read("POST", paths.IMAGES_GENERATE, ImageResponse, json=request, seconds=self._times.picture)

    async def card_shown(self, code: str, number: int) -> None:
        request = CardShown(device_id=self._device_id, number=number)
        # On the attract screen nobody is signed in: a guest of its own speaks for the kiosk.
        token = self._token or (await self.guest()).token
        path = paths.MENU_IMAGE_SHOWN.format(code=code)
        await self._send("PUT", path, json=request, headers={"Authorization": f"Bearer {token}"}, missing_is_fine=True)

    async def content(self, path: str) -> bytes:
        if not path.startswith("/"):
            raise KioskError(LocalCode.BAD_ANSWER)
        return (await self._send("GET", path)).content

    async def ask(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        *,
        json: WireRequest | None = None,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        data: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """A call that only one window makes (see ``kiosk.api.studio``). Raises KioskError."""
        response = await self._send(method, path, json=json, params=params, files=files, data=data, seconds=seconds)
        return _parsed(response, answer)

    async def _read(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        *,
        json: WireRequest | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Answer:
        response = await self._send(method, path, json=json, headers=headers, params=params, seconds=seconds)
        return _parsed(response, answer)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        json: WireRequest | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        data: Mapping[str, str] | None = None,
        seconds: float | None = None,
        missing_is_fine: bool = False,
    ) -> httpx.Response:
        base_url = self._link.snapshot.base_url
        if base_url is None:
            raise KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)
        sent = {} if self._token is None else {"Authorization": f"Bearer {self._token}"}
        sent.update(headers or {})
        content: bytes | None = None
        if json is not None:
            # A patch says only what it names: an unnamed owner as null would take the order from whoever has it.
            content = json.model_dump_json(exclude_unset=method == "PATCH").encode()
            sent["Content-Type"] = "application/json"
        limit = seconds or self._times.quick
        try:
            # httpx bounds each step; an answer that drips in for ever would stay within every one of them.
            async with asyncio.timeout(limit):
                response = await self._http.request(
                    method,
                    base_url + path,
                    headers=sent,
                    params=params,
                    content=content,
                    files=files,
                    data=data,
                    timeout=httpx.Timeout(limit, connect=min(limit, self._times.connect)),
                )
        except (httpx.TimeoutException, TimeoutError) as error:
            raise KioskError(LocalCode.TIMED_OUT, retryable=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True) from error
        if response.is_success or (missing_is_fine and response.status_code == httpx.codes.NOT_FOUND):
            return response
        raise error_of(response.status_code, response.headers.get("Content-Type", ""), response.content)


def _turn(elapsed: float | None) -> dict[str, str]:
    """How long the customer has been waiting, as the backend reads it: 0 to 600 s."""
    return {} if elapsed is None else {TURN_ELAPSED_HEADER: f"{min(max(elapsed, 0.0), 600.0):.3f}"}


def _parsed(response: httpx.Response, answer: type[Answer]) -> Answer:
    try:
        return answer.model_validate_json(response.content)
    except ValidationError as error:
        raise KioskError(LocalCode.BAD_ANSWER, retryable=True) from error


Request = TypeVar("Request", bound=WireRequest)


def _checked(model: type[Request], fields: Mapping[str, Any]) -> Request:
    """What people typed becomes a request, or the same error that the backend would answer."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise KioskError(ProblemCode.INVALID_REQUEST, params={"field": field}) from None
