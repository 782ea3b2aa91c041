"""Hearing: which spoken languages are understood right now, so that nobody speaks a whole sentence in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared.health import Capability, EngineState, HealthResponse

LOOK_AGAIN_SECONDS = 15.0
LONGEST_LOOK_AGAIN_SECONDS = 60.0
"""A kiosk that never hears its language asks no more often: a new customer's session reads at once anyway."""


@dataclass(frozen=True, slots=True)
class HearingSnapshot:
    """``languages``: BCP 47 primary tags that a ready engine hears; None: not known, or any.
    ``refused``: what the backend turned down a moment ago, whatever its engines' health says.
    """

    languages: frozenset[str] | None = None
    refused: frozenset[str] = frozenset()

    def hears(self, language: str) -> bool:
        """What is not known counts as heard: the backend tells in the end."""
        return language not in self.refused and (self.languages is None or language in self.languages)


class Hearing(Observable[HearingSnapshot]):
    """Read from ``GET /api/health`` when asked to; a reading that fails leaves what was known.

    While the wished language is not heard it reads again by itself, after 15 s and then more and more seldom, so that
    the voice comes back without anybody doing anything.
    """

    def __init__(
        self,
        backend: Backend,
        busy: Callable[[], bool] | None = None,
        *,
        look_again: float = LOOK_AGAIN_SECONDS,
    ) -> None:
        """``busy()``: an utterance or an order is under way, and nothing is read by itself.

        ``look_again``: seconds to the first reading by itself.
        """
        super().__init__(HearingSnapshot())
        self._backend = backend
        self._busy = busy or (lambda: False)
        self._look_again = look_again
        self._wished: str | None = None
        self._scope = TaskScope("hearing")

    def wish(self, language: str) -> None:
        """What the microphone is for from now on."""
        self._wished = language
        self._watch()

    def reload(self) -> None:
        """``refresh`` as a task; one that is under way is begun anew. What was turned down before is forgotten."""
        self._scope.cancel("again")
        self._scope.start(self.refresh(), "refresh", group="refresh")

    def look(self) -> None:
        """Read, and go on believing what was turned down: whoever was just refused is not sent there again."""
        self._scope.start(self._read(forget=False), "look", group="look")

    async def refresh(self) -> None:
        """Never raises KioskError."""
        await self._read(forget=True)

    def refused(self, language: str) -> None:
        """The backend did not hear ``language``: believed until ``reload`` or the next reading by itself."""
        self._scope.cancel("again")
        self._scope.cancel("refresh")
        self._publish(replace(self.snapshot, refused=self.snapshot.refused | {language}))
        self._watch()
        self.look()

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()

    @property
    def _deaf(self) -> bool:
        return self._wished is not None and not self.snapshot.hears(self._wished)

    async def _read(self, *, forget: bool) -> None:
        try:
            heard = heard_languages(await self._backend.health())
        except KioskError:
            pass
        else:
            self._publish(HearingSnapshot(heard, frozenset() if forget else self.snapshot.refused))
        self._watch()

    def _watch(self) -> None:
        if self._deaf and not self._scope.running("again"):
            self._scope.start(self._read_again(), "again", group="again")

    async def _read_again(self) -> None:
        pause = self._look_again
        while self._deaf:
            await asyncio.sleep(pause)
            if not self._busy():
                await self.refresh()
                pause = min(2 * pause, LONGEST_LOOK_AGAIN_SECONDS)


def heard_languages(health: HealthResponse) -> frozenset[str] | None:
    """Of all ready engines together; one that names no language is taken to hear any (None)."""
    ready = [
        engine.languages
        for engine in health.engines
        if engine.capability is Capability.SPEECH_TO_TEXT and engine.state is EngineState.READY
    ]
    if any(not languages for languages in ready):
        return None
    return frozenset(language for languages in ready for language in languages)
