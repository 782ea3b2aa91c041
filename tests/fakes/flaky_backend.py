# ruff: noqa: ARG002 -- parameters are the interface's own
"""FlakyBackend: orders and conversations in memory, over a line that fails when and how a test says."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from kiosk.api.backend import Backend
from kiosk.errors import KioskError, LocalCode
from shared.auth import GuestResponse, LoginResponse, StaffMember, StaffResponse, UserType
from shared.catalogue import EventsResponse, MenuResponse
from shared.health import HealthResponse, WebSocketStats
from shared.images import ImageRequest, ImageResponse
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
    OrderState,
    SessionOrderResponse,
    SessionOrderUpdate,
    Stage,
    StateDecision,
    Transcription,
    Voice,
    VoiceAnalysisResponse,
)

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PRICE = 10_000
Result = TypeVar("Result")
Conversation = Callable[[str, OrderState], OrderState]


def unreachable() -> KioskError:
    return KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True)


class FlakyBackend(Backend):
    """``calls`` are the names of the calls as they came, ``waited`` the voice calls with what they told of the turn.

    Every piece of anything costs 10,000 won.

    ``fail_next(name, error)``: that call fails before anything happens. ``lose_answer(name)``: it is carried out, and
    its answer never arrives. ``hold(name)``: it waits until the event is set.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.waited: list[tuple[str, float | None]] = []
        self.token: str | None = None
        self.orders_of: dict[str, list[Order]] = {}
        self.keys: dict[str, tuple[OrderDraft, Order]] = {}
        self.sessions: dict[str, OrderState] = {}
        self.ended: list[tuple[str, str | None]] = []
        self.known_tokens: set[str] = set()
        self.understand: Conversation = lambda _sentence, state: state
        self.menu_now = MenuResponse(menus=(), styles=(), allergens=(), version="1")
        self.answer = "네, 알겠어요."
        self.controls: tuple[str, ...] = ()
        self.staff_called = False
        self.spoken: bytes | None = None
        self.heard = "프렌치 디너 하나 주세요"
        self.staff_orders: dict[str, Order] = {}
        self.top = 0
        self.waiting: list[HelpCall] = []
        self.people: tuple[StaffMember, ...] = ()
        self.numbers = BoardResponse(preparing=(), ready=(), top=0, epoch="e")
        self._failures: dict[str, deque[KioskError]] = {}
        self._lost: set[str] = set()
        self._held: dict[str, asyncio.Event] = {}

    # What a test does to the line.

    def fail_next(self, name: str, *errors: KioskError) -> None:
        self._failures.setdefault(name, deque()).extend(errors)

    def lose_answer(self, name: str) -> None:
        self._lost.add(name)

    def hold(self, name: str) -> asyncio.Event:
        return self._held.setdefault(name, asyncio.Event())

    def forget_tokens(self) -> None:
        """Another database stands behind the same address."""
        self.known_tokens.clear()
        self.sessions.clear()

    async def _called(self, name: str, *, guarded: bool = False) -> None:
        self.calls.append(name)
        await asyncio.sleep(0)
        if name in self._held:
            await self._held[name].wait()
        if self._failures.get(name):
            raise self._failures[name].popleft()
        if guarded and self.token not in self.known_tokens:
            raise KioskError(ProblemCode.UNAUTHENTICATED)

    def _answered(self, name: str, result: Result) -> Result:
        if name in self._lost:
            self._lost.discard(name)
            raise unreachable()
        return result

    @property
    def mine(self) -> list[Order]:
        return self.orders_of.setdefault(self.token or "", [])

    # The interface.

    def sign_in(self, token: str) -> None:
        self.token = token

    def sign_out(self) -> None:
        self.token = None

    async def health(self) -> HealthResponse:
        await self._called("health")
        return HealthResponse(status="ok", version="1", database="sqlite", epoch="e", engines=())

    async def websocket_stats(self) -> WebSocketStats:
        await self._called("websocket_stats")
        return WebSocketStats(connections={}, total=0)

    async def usage(self) -> UsageResponse:
        await self._called("usage")
        raise KioskError(ProblemCode.FORBIDDEN)

    async def menu(self) -> MenuResponse:
        await self._called("menu")
        return self.menu_now

    async def events(self) -> EventsResponse:
        await self._called("events")
        return EventsResponse(events=())

    async def login(self, user_id: str, pin: str) -> LoginResponse:
        await self._called("login")
        if pin != "123456":
            raise KioskError(ProblemCode.WRONG_CREDENTIALS)
        kind = UserType.CUSTOMER if user_id.startswith("member") else UserType.STAFF
        self.known_tokens.add("staff-token")
        return LoginResponse(token="staff-token", user_id=user_id, user_type=kind, expires_at=NOON)

    async def guest(self) -> GuestResponse:
        await self._called("guest")
        token = f"token-{len(self.known_tokens) + len(self.orders_of)}"
        self.known_tokens.add(token)
        return GuestResponse(user_id=f"guest-{token}", token=token, expires_at=NOON + timedelta(hours=2))

    async def quote(self, draft: OrderDraft) -> Quote:
        await self._called("quote")
        return _priced(draft.items)

    async def place(self, draft: OrderDraft, key: str) -> Order:
        await self._called("place", guarded=True)
        if key in self.keys:
            earlier, order = self.keys[key]
            if earlier != draft:
                raise KioskError(ProblemCode.IDEMPOTENCY_KEY_REUSED)
        else:
            order = self.book(draft.items)
            self.keys[key] = (draft, order)
        return self._answered("place", order)

    async def order(self, order_id: str) -> Order:
        await self._called("order", guarded=True)
        for order in (*self.mine, *self.staff_orders.values()):
            if order.id == order_id:
                return order
        raise KioskError(ProblemCode.NOT_FOUND)

    async def orders(self, open_only: bool = True) -> OrdersResponse:
        await self._called("orders", guarded=True)
        listed = list(self.staff_orders.values()) if self.staff_orders else self.mine
        return OrdersResponse(orders=tuple(listed), top=self.top, epoch="e")

    async def change_order(self, order_id: str, patch: OrderPatch) -> Order:
        await self._called("change_order", guarded=True)
        order = self.staff_orders[order_id]
        if order.version != patch.version:
            raise KioskError(ProblemCode.CONFLICT)
        changed: dict[str, object] = {"version": order.version + 1}
        if patch.status is not None:
            changed["status"] = patch.status
        if patch.done is not None:
            changed["done"] = patch.done
        if patch.assigned_to is not None:
            changed["assigned_to"] = patch.assigned_to
        self.staff_orders[order_id] = order.model_copy(update=changed)
        return self._answered("change_order", self.staff_orders[order_id])

    async def set_sold_out(self, code: str, sold_out: bool) -> None:
        raise KioskError(ProblemCode.NOT_FOUND)

    async def analyze(
        self, transcript: str, session_id: str, user_id: str | None = None, *, elapsed: float | None = None
    ) -> VoiceAnalysisResponse:
        self.waited.append(("analyze", elapsed))
        await self._called("analyze", guarded=True)
        before = self.sessions.get(session_id, OrderState())
        after = self.understand(transcript, before)
        self.sessions[session_id] = after
        placed = after.order_id is not None
        return self._answered(
            "analyze",
            VoiceAnalysisResponse(
                session_id=session_id,
                intent=Intent.ORDER,
                confidence=0.9,
                response=self.answer,
                analysis={"controls": list(self.controls), "staff_called": self.staff_called},
                order_state=after,
                state=Stage.COMPLETED if placed else Stage.CUSTOMIZATION,
                state_decision=StateDecision.PLACED if placed else StateDecision.ADVANCE,
                menu_selection=0,
                style_selection=0,
                quantity=1,
            ),
        )

    async def put_session_order(self, session_id: str, update: SessionOrderUpdate) -> SessionOrderResponse:
        await self._called("put_session_order", guarded=True)
        quote = _priced(update.items)
        state = OrderState(items=quote.items, total=quote.total, payable=quote.payable, service=update.service)
        self.sessions[session_id] = state
        stage = Stage.CONFIRMATION if update.items else Stage.MENU_SELECTION
        answer = SessionOrderResponse(session_id=session_id, order_state=state, state=stage)
        return self._answered("put_session_order", answer)

    async def end_session(self, session_id: str, token: str | None = None) -> None:
        await self._called("end_session")
        self.ended.append((session_id, token))
        self.sessions.pop(session_id, None)

    async def transcribe(
        self, wav: bytes, language: str | None = None, *, elapsed: float | None = None
    ) -> Transcription:
        self.waited.append(("transcribe", elapsed))
        await self._called("transcribe")
        return Transcription(transcript=self.heard, language=language or "ko", engine="fake")

    async def speak(
        self,
        text: str,
        audio_format: AudioFormat = AudioFormat.WAV,
        voice: Voice = Voice.NOVA,
        *,
        elapsed: float | None = None,
    ) -> bytes:
        self.waited.append(("speak", elapsed))
        await self._called("speak")
        return text.encode() if self.spoken is None else self.spoken

    async def help_calls(self) -> HelpCallsResponse:
        await self._called("help_calls")
        return HelpCallsResponse(calls=tuple(self.waiting))

    async def staff(self) -> StaffResponse:
        return StaffResponse(people=self.people)

    async def answer_help(self, help_id: str) -> None:
        await self._called("answer_help")
        if not any(call.help_id == help_id for call in self.waiting):
            raise KioskError(ProblemCode.CONFLICT, params={"changed_by": "staff-2"})
        self.waiting = [call for call in self.waiting if call.help_id != help_id]

    async def board(self) -> BoardResponse:
        await self._called("board")
        return self.numbers

    async def help(
        self, screen: str, mode: HelpMode | None = None, cart: tuple[OrderItemDraft, ...] = ()
    ) -> HelpResponse:
        await self._called("help")
        return HelpResponse(help_id="help-1")

    async def generate_image(self, request: ImageRequest) -> ImageResponse:
        raise KioskError(ProblemCode.ENGINE_UNAVAILABLE)

    async def card_shown(self, code: str, number: int) -> None:
        await self._called("card_shown")

    async def content(self, path: str) -> bytes:
        await self._called("content")
        return path.encode()

    # For conversations that a test writes.

    def book(self, items: Sequence[OrderItemDraft]) -> Order:
        """An order of the guest who is signed in."""
        number = 1 + sum(map(len, self.orders_of.values()))
        quote = _priced(items)
        order = Order(
            id=f"order-{number}",
            order_number=number,
            status=OrderStatus.RECEIVED,
            service=Service.EAT_IN,
            placed_at=NOON + timedelta(minutes=number),
            version=1,
            items=quote.items,
            total=quote.total,
            discount=0,
            payable=quote.payable,
        )
        self.mine.append(order)
        return order


def _priced(items: Sequence[OrderItemDraft]) -> Quote:
    lines = tuple(OrderItem(**item.model_dump(), unit_price=PRICE, line_price=PRICE * item.quantity) for item in items)
    total = sum(line.line_price for line in lines)
    return Quote(items=lines, total=total, discount=0, payable=total)
