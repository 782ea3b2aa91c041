"""Where the backend is right now: one value that the process supervisor writes and everybody reads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import KioskError, LocalCode
from kiosk.services.observable import Observable


class LinkState(StrEnum):
    """``starting``: not there yet, is coming. ``up``: serving. ``down``: gone, is being started again."""

    STARTING = "starting"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class LinkSnapshot:
    """``base_url`` such as ``http://127.0.0.1:40213``; None unless ``up``. ``restarts`` counts from 0."""

    state: LinkState = LinkState.STARTING
    base_url: str | None = None
    restarts: int = 0


class BackendLink(Observable[LinkSnapshot]):
    """The backend's address as it comes and goes."""

    def __init__(self, base_url: str | None = None) -> None:
        """With ``base_url`` the backend is somebody else's: the link is up from the start and stays so."""
        state = LinkState.STARTING if base_url is None else LinkState.UP
        super().__init__(LinkSnapshot(state, base_url))

    def up(self, base_url: str) -> None:
        self._publish(LinkSnapshot(LinkState.UP, base_url, self.snapshot.restarts))

    def down(self) -> None:
        """It is gone; a new one is on its way."""
        if self.snapshot.state is not LinkState.DOWN:
            self._publish(LinkSnapshot(LinkState.DOWN, None, self.snapshot.restarts + 1))

    async def wait_up(self, seconds: float) -> str:
        """Answer the base URL as soon as there is one.

        Raises:
            KioskError: backend_unreachable, when there is none after ``seconds``.
        """
        came = asyncio.Event()
        unsubscribe = self.subscribe(came.set)
        try:
            async with asyncio.timeout(seconds):
                while (base_url := self.snapshot.base_url) is None:
                    came.clear()
                    await came.wait()
        except TimeoutError:
            raise KioskError(LocalCode.BACKEND_UNREACHABLE, retryable=True) from None
        finally:
            unsubscribe()
        return base_url
