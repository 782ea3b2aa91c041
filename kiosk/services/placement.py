"""Placement: placing an order so that it is neither lost nor doubled, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from shared.orders import Order, OrderDraft


class Placement:
    """Remembers what may have gone through. A guest is one customer's, so every order of the guest is theirs."""

    def __init__(self, backend: Backend, new_key: Callable[[], str]) -> None:
        self._backend = backend
        self._new_key = new_key
        self._attempt: tuple[OrderDraft, str] | None = None
        self._doubt = False
        self._known: set[str] = set()

    def doubt(self) -> None:
        """A spoken turn broke off: it may have placed the order."""
        self._doubt = True

    def know(self, order_id: str) -> None:
        """The customer was shown this one: it is no answer to a later doubt."""
        self._known.add(order_id)
        self._attempt, self._doubt = None, False

    def reset(self) -> None:
        """Another customer."""
        self._attempt, self._doubt = None, False
        self._known.clear()

    async def settle(self) -> Order | None:
        """With a doubt: the order that was placed all the same, if there is one. Raises KioskError."""
        if not self._doubt:
            return None
        mine = (await self._backend.orders(open_only=False)).orders
        self._doubt = False
        return max(
            (order for order in mine if order.id not in self._known), key=lambda order: order.placed_at, default=None
        )

    async def once(self, draft: OrderDraft) -> Order:
        """One try. After an unknown outcome the same draft goes with the same key; another one asks first.

        Raises:
            KioskError: as from ``Backend.place``; call again if it is retryable.
        """
        if self._attempt is not None and self._attempt[0] != draft:
            self._doubt = True
        placed = await self.settle()
        if placed is not None:
            return placed
        if self._attempt is None or self._attempt[0] != draft:
            self._attempt = (draft, self._new_key())
        try:
            return await self._backend.place(draft, self._attempt[1])
        except KioskError as error:
            if not error.outcome_unknown:
                self._attempt = None
            raise
