"""Hearing: which spoken languages are understood right now, so that nobody speaks a whole sentence in vain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.api.backend import Backend
from kiosk.errors import KioskError
from kiosk.services.observable import Observable
from kiosk.tasks import TaskScope
from shared.health import Capability, EngineState, HealthResponse


@dataclass(frozen=True, slots=True)
class HearingSnapshot:
    """``languages``: BCP 47 primary tags that a ready engine hears; None: not known, or any.
    ``refused``: what the backend turned down since the last reading.
    """

    languages: frozenset[str] | None = None
    refused: frozenset[str] = frozenset()

    def hears(self, language: str) -> bool:
        """What is not known counts as heard: the backend tells in the end."""
        return language not in self.refused and (self.languages is None or language in self.languages)


class Hearing(Observable[HearingSnapshot]):
    """Read from ``GET /api/health`` when asked to; a reading that fails leaves what was known."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(HearingSnapshot())
        self._backend = backend
        self._scope = TaskScope("hearing")

    def reload(self) -> None:
        """``refresh`` as a task; one that is under way is begun anew."""
        self._scope.start(self.refresh(), "refresh", group="refresh")

    async def refresh(self) -> None:
        """Never raises KioskError."""
        try:
            health = await self._backend.health()
        except KioskError:
            return
        self._publish(HearingSnapshot(heard_languages(health)))

    def refused(self, language: str) -> None:
        """The backend did not serve ``language``; believed until the next reading."""
        self._publish(replace(self.snapshot, refused=self.snapshot.refused | {language}))

    async def close(self) -> None:
        """Idempotent."""
        await self._scope.close()


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
