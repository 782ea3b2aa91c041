"""IdleWatch: asks a customer who does nothing, then wipes the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.services.observable import Observable


@dataclass(frozen=True, slots=True)
class IdleSnapshot:
    """``asking``: the question is up; ``seconds_left`` counts down whole seconds to the wiping."""

    active: bool = False
    asking: bool = False
    seconds_left: int = 0


class IdleWatch(Observable[IdleSnapshot]):
    def __init__(self, ask_after: float, wipe_after: float, busy: Callable[[], bool], wipe: Callable[[], None]) -> None:
        """Ask after ``ask_after`` s without ``touch``; ``wipe()`` after ``wipe_after`` more.

        While ``busy()`` (an utterance or an order is running) no time passes.
        """

    def begin(self) -> None:
        """A customer is here (leaves the attract screen)."""

    def touch(self) -> None:
        """The customer did something. Also takes the question away: any one action extends."""

    def finish(self) -> None:
        """Nobody is here (back on the attract screen)."""

    async def close(self) -> None: ...
