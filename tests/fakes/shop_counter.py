# ruff: noqa: ARG002 -- parameters are the interface's own
"""FakeBackend and what stands around it: the customer window without a backend, for every screen in every state.

Prices come from the domain itself, so that figures on the screen are the shop's own. What the conversation
understands is written by the test. Long because it answers every call of the ``Backend`` interface in one place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from backend.domain.catalogue import Catalogue
from backend.domain.order import OrderRuleError, bill
from backend.routers.menu_router import menu_to_wire
from backend.services.catalogue_files import read_catalogue
from backend.services.menu_cards import LiveCard
from backend.services.wire import bill_to_quote, draft_to_item
from kiosk.api.backend import Backend
from kiosk.api.event_stream import ConnectionState, Credentials, Cursor, StreamEnd
from kiosk.api.link import BackendLink
from kiosk.errors import KioskError, LocalCode
from kiosk.services.bundle import CustomerServices
from kiosk.services.frontage import Frontage
from kiosk.services.hearing import LOOK_AGAIN_SECONDS, Hearing
from kiosk.services.http_line import HttpLine
from kiosk.services.idle_watch import IdleWatch
from kiosk.services.order_session import OrderSession
from kiosk.services.shop import Shop
from kiosk.services.sound_board import SoundBoard
from kiosk.services.talk import Talk
from kiosk.settings import KioskSettings
from shared.auth import GuestResponse, LoginResponse, StaffMember, StaffResponse
from shared.catalogue import Event, EventsResponse, MenuResponse, Words
from shared.health import Capability, EngineHealth, EngineState, HealthResponse, WebSocketStats
from shared.images import ImageRequest, ImageResponse
from shared.messages import Notification, Topic
from shared.orders import (
    BoardResponse,
    HelpCall,
    HelpCallsResponse,
    HelpMode,
    HelpResponse,
    Order,
    OrderDraft,
    OrderItem,
    OrderItemDraft,
    OrderPatch,
    OrdersResponse,
    OrderStatus,
    Quote,
    Service,
)
from shared.problems import ProblemCode
from shared.usage import UsageResponse
from shared.voice import (
    AudioFormat,
    Intent,
    Language,
    MenuSuggestion,
    OrderState,
    SessionOrderResponse,
    SessionOrderUpdate,
    Stage,
    StateDecision,
    Transcription,
    Voice,
    VoiceAnalysisResponse,
)
from tests.fakes.live_line import FakeLiveMessages
from tests.fakes.sound_devices import FakeMicrophone, WholeOutput

ASSETS = Path(__file__).parents[2] / "assets"
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PLATES = ("#C9506B", "#B98B5E", "#8A5A3C", "#D9A441", "#E39BAF", "#7A4B33", "#E8CF8A", "#A9C7B5")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the conversation makes of one sentence: the whole order afterwards. An item may have no style (``""``)."""

    response: str
    items: tuple[tuple[str, str, int], ...] = ()
    stage: Stage = Stage.MENU_SELECTION
    current: int | None = None
    intent: Intent = Intent.ORDER
    places: bool = False
    chips: tuple[MenuSuggestion, ...] = ()
    controls: tuple[str, ...] = ()
    staff_called: bool = False
    confidence: float = 1.0


@dataclass
class FakeBackend(Backend):
    """One shop in memory. ``down``: every call ends as if nobody were there. ``slow``: a
    sentence is thought about for ever. ``deaf``, ``mute``: no engine hears, speaks, whatever health says."""

    down: bool = False
    sold_out: set[str] = field(default_factory=set)
    events_now: tuple[Event, ...] = ()
    script: dict[str, Understood] = field(default_factory=dict)
    placed: list[Order] = field(default_factory=list)
    helped: list[str] = field(default_factory=list)
    helped_with: list[tuple[HelpMode | None, tuple[OrderItemDraft, ...]]] = field(default_factory=list)
    waiting: list[HelpCall] = field(default_factory=list)
    people: tuple[StaffMember, ...] = ()
    numbers: BoardResponse = field(default_factory=lambda: BoardResponse(preparing=(), ready=(), top=0, epoch="e"))
    said: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    drawn: list[ImageRequest] = field(default_factory=list)
    reported: list[tuple[str, int]] = field(default_factory=list)
    """Cards that the kiosk said it shows, each with its change's number."""
    cards: dict[str, LiveCard] = field(default_factory=dict)
    pictures: Callable[[str], bytes] | None = None
    heard: str = "프렌치 디너 하나 주세요"
    before_place: KioskError | None = None
    hears: tuple[str, ...] = ("ko", "en")
    slow: bool = False
    health_reads: int = 0
    deaf: bool = False
    mute: bool = False

    def __post_init__(self) -> None:
        self._files = read_catalogue(ASSETS / "catalogue")

    @property
    def catalogue(self) -> Catalogue:
        return replace(self._files.catalogue, sold_out=frozenset(self.sold_out))

    async def _arrive(self) -> None:
        await asyncio.sleep(0)
        if self.down:
            raise KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)

    def sign_in(self, token: str) -> None:
        pass

    def sign_out(self) -> None:
        pass

    async def health(self) -> HealthResponse:
        self.health_reads += 1
        await self._arrive()
        state = EngineState.READY if self.hears else EngineState.UNAVAILABLE
        ear = EngineHealth(capability=Capability.SPEECH_TO_TEXT, engine="fake", state=state, languages=self.hears)
        return HealthResponse(status="ok", version="0", database="ok", epoch="e", engines=(ear,))

    async def websocket_stats(self) -> WebSocketStats:
        raise KioskError(ProblemCode.FORBIDDEN)

    async def usage(self) -> UsageResponse:
        raise KioskError(ProblemCode.FORBIDDEN)

    async def menu(self) -> MenuResponse:
        await self._arrive()
        return menu_to_wire(self.catalogue, self.cards)

    async def events(self) -> EventsResponse:
        await self._arrive()
        return EventsResponse(events=self.events_now)

    async def login(self, user_id: str, pin: str) -> LoginResponse:
        raise KioskError(ProblemCode.WRONG_CREDENTIALS)

    async def guest(self) -> GuestResponse:
        await self._arrive()
        return GuestResponse(user_id="guest-1", token="token", expires_at=NOON + timedelta(days=1))

    async def quote(self, draft: OrderDraft) -> Quote:
        await self._arrive()
        return self._quote(draft.items)

    async def place(self, draft: OrderDraft, key: str) -> Order:
        await self._arrive()
        if self.before_place is not None:
            raise self.before_place
        return self._place(draft.items, draft.service)

    async def order(self, order_id: str) -> Order:
        await self._arrive()
        return next(order for order in self.placed if order.id == order_id)

    async def orders(self, open_only: bool = True) -> OrdersResponse:
        await self._arrive()
        return OrdersResponse(orders=tuple(self.placed), top=0, epoch="e")

    async def change_order(self, order_id: str, patch: OrderPatch) -> Order:
        raise KioskError(ProblemCode.FORBIDDEN)

    async def set_sold_out(self, code: str, sold_out: bool) -> None:
        raise KioskError(ProblemCode.FORBIDDEN)

    async def analyze(
        self, transcript: str, session_id: str, user_id: str | None = None, *, elapsed: float | None = None
    ) -> VoiceAnalysisResponse:
        await self._arrive()
        if self.slow:
            await asyncio.Event().wait()
        known = self.script.get(transcript)
        if known is None:
            raise KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True)
        drafts = [
            OrderItemDraft.model_construct(menu_code=code, style=style, quantity=number, customization={}, cake=None)
            for code, style, number in known.items
        ]
        quote = self._quote([draft.model_copy(update={"style": draft.style or "simple"}) for draft in drafts])
        items = tuple(item.model_copy(update={"style": d.style}) for item, d in zip(quote.items, drafts, strict=True))
        order = self._place(drafts, Service.EAT_IN) if known.places else None
        state = OrderState(
            items=() if order else items,
            discounts=() if order else quote.discounts,
            total=quote.total,
            discount=quote.discount,
            payable=quote.payable,
            current=known.current,
            order_number=order.order_number if order else None,
            order_id=order.id if order else None,
        )
        return VoiceAnalysisResponse(
            session_id=session_id,
            intent=known.intent,
            confidence=known.confidence,
            response=known.response,
            analysis={"controls": list(known.controls), "staff_called": known.staff_called},
            alternatives=known.chips,
            order_state=state,
            state=known.stage,
            state_decision=StateDecision.PLACED if order else StateDecision.ADVANCE,
            menu_selection=0,
            style_selection=0,
            quantity=1,
        )

    async def put_session_order(self, session_id: str, update: SessionOrderUpdate) -> SessionOrderResponse:
        await self._arrive()
        state = OrderState(**self._quote(update.items).model_dump(), service=update.service)
        return SessionOrderResponse(session_id=session_id, order_state=state, state=Stage.CONFIRMATION)

    async def end_session(self, session_id: str, token: str | None = None) -> None:
        await self._arrive()
        self.ended.append(session_id)

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        await self._arrive()
        if self.deaf:
            raise KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True)
        if language is not None and language not in self.hears:
            raise KioskError(ProblemCode.LANGUAGE_NOT_SERVED)
        return Transcription(transcript=self.heard, language=language or "ko", engine="fake")

    async def speak(
        self,
        text: str,
        audio_format: AudioFormat = AudioFormat.WAV,
        voice: Voice = Voice.NOVA,
        *,
        elapsed: float | None = None,
    ) -> bytes:
        await self._arrive()
        if self.mute:
            raise KioskError(ProblemCode.ENGINE_UNAVAILABLE, retryable=True)
        self.said.append(text)
        return text.encode()

    async def help_calls(self) -> HelpCallsResponse:
        await self._arrive()
        return HelpCallsResponse(calls=tuple(self.waiting))

    async def staff(self) -> StaffResponse:
        return StaffResponse(people=self.people)

    async def answer_help(self, help_id: str) -> None:
        await self._arrive()
        if not any(call.help_id == help_id for call in self.waiting):
            raise KioskError(ProblemCode.CONFLICT, params={"changed_by": "staff-2"})
        self.waiting = [call for call in self.waiting if call.help_id != help_id]

    async def board(self) -> BoardResponse:
        await self._arrive()
        return self.numbers

    async def help(
        self, screen: str, mode: HelpMode | None = None, cart: tuple[OrderItemDraft, ...] = ()
    ) -> HelpResponse:
        await self._arrive()
        self.helped.append(screen)
        self.helped_with.append((mode, cart))
        return HelpResponse(help_id=f"help-{len(self.helped)}")

    async def generate_image(self, request: ImageRequest) -> ImageResponse:
        await self._arrive()
        self.drawn.append(request)
        alt = Words(ko="한 단짜리 케이크 그림", en="a picture of a one-tier cake")
        path = f"/api/images/{len(self.drawn)}/content"
        return ImageResponse(id=str(len(self.drawn)), content=path, mime_type="image/png", engine="fake", alt=alt)

    async def card_shown(self, code: str, number: int) -> None:
        await self._arrive()
        self.reported.append((code, number))

    async def content(self, path: str) -> bytes:
        await self._arrive()
        return self.pictures(path) if self.pictures is not None else plate(path)

    def _quote(self, drafts: Sequence[OrderItemDraft]) -> Quote:
        try:
            return bill_to_quote(bill([draft_to_item(draft) for draft in drafts], self.catalogue))
        except OrderRuleError as error:
            raise KioskError(ProblemCode(error.code)) from error

    def _place(self, drafts: Sequence[OrderItemDraft], service: Service) -> Order:
        number = len(self.placed) + 27
        order = Order(
            **self._quote(drafts).model_dump(),
            id=f"order-{number}",
            order_number=number,
            status=OrderStatus.RECEIVED,
            service=service,
            placed_at=NOON,
            version=1,
            estimated_ready_at=NOON + timedelta(minutes=25),
        )
        self.placed.append(order)
        return order


def plate(path: str) -> bytes:
    """A small picture that differs from path to path."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#F3E6DA"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, margin in (("#FFFFFF", 20), ("#EADBCB", 45), (PLATES[sum(path.encode()) % len(PLATES)], 70)):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(50 + margin, margin, 300 - 2 * margin, 300 - 2 * margin)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only the bytes form
    return bytes(data.data())


class FakeLive:
    """Live messages by hand: ``tell`` sends one to whoever listens."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._listeners: list[Callable[[Notification], None]] = []
        self._states: list[Callable[[ConnectionState], None]] = []

    async def run(
        self,
        credentials: Credentials,
        on_notification: Callable[[Notification], None],
        on_state: Callable[[ConnectionState], None],
        on_resync: Callable[[], Awaitable[Cursor]],
    ) -> StreamEnd:
        await on_resync()
        self._listeners.append(on_notification)
        self._states.append(on_state)
        on_state(ConnectionState.LIVE)
        try:
            await asyncio.Event().wait()
        finally:
            self._listeners.remove(on_notification)
            self._states.remove(on_state)
        return StreamEnd.REFUSED

    def tell(self, topic: Topic, data: dict[str, object]) -> None:
        message = Notification.model_validate({"id": next(self._ids), "topic": topic, "at": NOON, "data": data})
        for listener in tuple(self._listeners):
            listener(message)

    def show(self, state: ConnectionState) -> None:
        for listener in tuple(self._states):
            listener(state)


class FakeOutput(WholeOutput):
    """Plays nothing, at once; with ``slow`` until stopped. ``trouble``: what is wrong with the loudspeaker."""

    def __init__(self) -> None:
        self.slow = False
        self.played: list[bytes] = []
        self.trouble: KioskError | None = None
        self._stopped = asyncio.Event()

    async def play(self, wav: bytes) -> None:
        self._stopped = asyncio.Event()
        if self.trouble is not None:
            raise self.trouble
        self.played.append(wav)
        if self.slow:
            await self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()


@dataclass
class Counter:
    """A whole customer's side over the fakes, real services in between."""

    backend: FakeBackend
    live: FakeLive
    ear: FakeMicrophone
    output: FakeOutput
    chimes: FakeOutput
    link: BackendLink
    services: CustomerServices
    languages: list[str]
    street: FakeLiveMessages

    async def close(self) -> None:
        services = self.services
        await services.front.close()
        await services.voice.close()
        await services.hearing.close()
        await services.sounds.close()
        await services.idle.close()
        await services.order.close()
        await services.shop.close()


def counter(
    data_dir: Path,
    set_language: Callable[[str], None] | None = None,
    language: Language = Language.KO,
    *,
    look_again: float = LOOK_AGAIN_SECONDS,
) -> Counter:
    """Needs a running event loop. The idle watch is moved by the test (``services.idle.advance``)."""
    backend, live, ear, output = FakeBackend(), FakeLive(), FakeMicrophone(at_once=0.3), FakeOutput()
    link = BackendLink("http://127.0.0.1:1")
    ids = count(1)
    languages: list[str] = []
    shop = Shop(backend)
    order = OrderSession(backend, link, live, new_id=lambda: f"session-{next(ids):016d}", now=lambda: NOON)
    street = FakeLiveMessages()
    front = Frontage(backend, link, street, also=shop.heard, missed=shop.reload)
    calls = HttpLine(backend, order.converse)
    calls.language = language.value
    voice = Talk(backend, lambda: calls, ear, output)
    hearing = Hearing(backend, lambda: voice.busy or order.snapshot.placing, look_again=look_again)
    chimes = FakeOutput()
    settings = KioskSettings.model_validate({"data_dir": data_dir, "device_id": "kiosk-test", "language": language})

    def wipe() -> None:
        order.end()
        voice.reset()

    idle = IdleWatch(
        settings.idle_ask_seconds,
        settings.idle_wipe_seconds,
        lambda: voice.busy or order.snapshot.placing,
        wipe,
    )

    def switch(language: str) -> None:
        languages.append(language)
        calls.language = language
        if set_language is not None:
            set_language(language)

    services = CustomerServices(
        settings=settings,
        link=link,
        backend=backend,
        shop=shop,
        front=front,
        order=order,
        voice=voice,
        hearing=hearing,
        idle=idle,
        sounds=SoundBoard(chimes, ASSETS / "sounds"),
        set_language=switch,
    )
    return Counter(backend, live, ear, output, chimes, link, services, languages, street)


def line(menu_code: str, style: str = "simple", quantity: int = 1) -> OrderItemDraft:
    return OrderItemDraft(menu_code=menu_code, style=style, quantity=quantity)


def suggestion(code: str, name: str) -> MenuSuggestion:
    return MenuSuggestion(code=code, name=name, description="", price=0, reason="")


__all__ = ["Counter", "FakeBackend", "FakeLive", "OrderItem", "Understood", "counter", "line", "suggestion"]
