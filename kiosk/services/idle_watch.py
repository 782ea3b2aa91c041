"""IdleWatch: asks a customer who does nothing, then wipes the session."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope

TICK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class IdleSnapshot:
    """``asking``: the question is up; ``seconds_left`` counts down whole seconds to the wiping."""

    active: bool = False
    asking: bool = False
    seconds_left: int = 0


class IdleWatch(Observable[IdleSnapshot]):
    """Active from ``begin`` to ``finish`` or until it wiped."""

    def __init__(self, ask_after: float, wipe_after: float, busy: Callable[[], bool], wipe: Callable[[], None]) -> None:
        """Ask after ``ask_after`` s without ``touch``; ``wipe()`` after ``wipe_after`` more.

        While ``busy()`` (an utterance or an order is running) no time passes.
        """
        super().__init__(IdleSnapshot())
        self._ask_after = ask_after
        self._wipe_after = wipe_after
        self._busy = busy
        self._wipe = wipe
        self._quiet = 0.0
        self._scope = TaskScope("idle")

    def begin(self) -> None:
        """A customer is here (leaves the attract screen)."""
        self._quiet = 0.0
        self._publish(IdleSnapshot(active=True))
        self._scope.start(self._run(), "watch", group="watch")

    def touch(self) -> None:
        """The customer did something. Also takes the question away: any one action extends."""
        self._quiet = 0.0
        if self.snapshot.active:
            self._publish(IdleSnapshot(active=True))

    def finish(self) -> None:
        """Nobody is here (back on the attract screen)."""
        self._scope.cancel("watch")
        self._publish(IdleSnapshot())

    def advance(self, seconds: float) -> None:
        """So much time went by. What ``begin`` starts calls this; a test may call it itself."""
        if not self.snapshot.active:
            return
        if self._busy():
            self.touch()
            return
        self._quiet += seconds
        left = self._ask_after + self._wipe_after - self._quiet
        if left <= 0:
            self.finish()
            self._wipe()
        elif self._quiet >= self._ask_after:
            self._publish(IdleSnapshot(active=True, asking=True, seconds_left=math.ceil(left)))

    async def close(self) -> None:
        await self._scope.close()

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        last = clock()
        while self.snapshot.active:
            await asyncio.sleep(TICK_SECONDS)
            now = clock()
            # A machine that slept must not throw out the customer who wakes it: one tick is never long.
            self.advance(min(now - last, 2 * TICK_SECONDS))
            last = now
