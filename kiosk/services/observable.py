"""A value that others watch: frozen snapshot, listeners that are told after it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

State = TypeVar("State")
Listener = Callable[[], None]
Unsubscribe = Callable[[], None]


class Observable(Generic[State]):
    """Holds one frozen ``snapshot``. All of it happens on the asyncio (= GUI) thread."""

    def __init__(self, first: State) -> None:
        self._snapshot = first
        self._listeners: list[Listener] = []

    @property
    def snapshot(self) -> State:
        return self._snapshot

    def subscribe(self, listener: Listener) -> Unsubscribe:
        """``listener()`` is called after each change; the answer unsubscribes and may be called twice."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _publish(self, new: State) -> None:
        """Take ``new``; listeners hear of it only if it differs."""
        if new == self._snapshot:
            return
        self._snapshot = new
        for listener in tuple(self._listeners):
            listener()
