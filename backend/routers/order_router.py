"""Orders: what they cost, placing them once, reading and changing them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from backend.services.order_service import OrderService
from backend.web.endpoint import Access, Call, Content, Endpoint, Header
from shared import paths
from shared.orders import (
    IDEMPOTENCY_HEADER,
    IDEMPOTENCY_KEY_PATTERN,
    BoardResponse,
    Order,
    OrderDraft,
    OrderPatch,
    OrdersResponse,
    Quote,
)
from shared.problems import ProblemCode

_RULES = (
    ProblemCode.UNKNOWN_MENU,
    ProblemCode.UNKNOWN_INGREDIENT,
    ProblemCode.STYLE_NOT_OFFERED,
    ProblemCode.CAKE_NOT_OFFERED,
    ProblemCode.COUNT_OUT_OF_RANGE,
    ProblemCode.SOLD_OUT,
)


class OrdersQuery(BaseModel):
    """``open=true``: only what is not finished, oldest first; else the latest, newest first."""

    model_config = ConfigDict(extra="forbid")

    open: bool = False


class OrderRouter:
    """``/api/orders``, ``/api/orders/quote`` and ``/api/orders/{id}``."""

    def __init__(self, orders: OrderService) -> None:
        self._orders = orders

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint(
                "POST",
                paths.ORDERS_QUOTE,
                self._quote,
                "What a draft costs now",
                body=OrderDraft,
                answer=Quote,
                problems=_RULES,
                tag="orders",
            ),
            Endpoint(
                "POST",
                paths.ORDERS,
                self._place,
                "Place an order, once for each Idempotency-Key",
                access=Access.CUSTOMER,
                body=OrderDraft,
                answer=Order,
                status=201,
                headers=(Header(IDEMPOTENCY_HEADER, "Names this order among the caller's.", IDEMPOTENCY_KEY_PATTERN),),
                other_answers={200: "The order that an earlier call with this key placed"},
                problems=(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    ProblemCode.EMPTY_ORDER,
                    ProblemCode.STORAGE_FULL,
                    *_RULES,
                ),
                tag="orders",
            ),
            Endpoint(
                "GET",
                paths.ORDERS,
                self._list,
                "Orders: all for staff, their own for customers",
                access=Access.CUSTOMER,
                query=OrdersQuery,
                answer=OrdersResponse,
                tag="orders",
            ),
            Endpoint(
                "GET",
                paths.BOARD,
                self._board,
                "Numbers in preparation and ready, for everybody to see",
                answer=BoardResponse,
                tag="orders",
            ),
            Endpoint(
                "GET",
                paths.ORDER,
                self._get,
                "One order",
                access=Access.CUSTOMER,
                answer=Order,
                problems=(ProblemCode.NOT_FOUND,),
                tag="orders",
            ),
            Endpoint(
                "PATCH",
                paths.ORDER,
                self._change,
                "Change status, assignment, what is done, or several of them",
                access=Access.STAFF,
                body=OrderPatch,
                answer=Order,
                problems=(ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.ILLEGAL_TRANSITION),
                tag="orders",
            ),
        ]

    async def _quote(self, call: Call[OrderDraft]) -> Quote:
        return await self._orders.quote(call.body)

    async def _place(self, call: Call[OrderDraft]) -> Order | Content:
        order, new = await self._orders.place(call.body, call.signed_in, call.headers.get(IDEMPOTENCY_HEADER))
        return order if new else Content(order.model_dump_json().encode(), "application/json", status=200)

    async def _list(self, call: Call[None]) -> OrdersResponse:
        query = call.query if isinstance(call.query, OrdersQuery) else OrdersQuery()
        if query.open:
            return await self._orders.list_open(call.signed_in)
        return await self._orders.list_for(call.signed_in)

    async def _board(self, call: Call[None]) -> BoardResponse:  # noqa: ARG002 - every handler takes a call
        return await self._orders.board()

    async def _get(self, call: Call[None]) -> Order:
        return await self._orders.get(call.path["order_id"], call.signed_in)

    async def _change(self, call: Call[OrderPatch]) -> Order:
        return await self._orders.change(call.path["order_id"], call.body, call.signed_in)
