"""Tries each engine once after the start, and again while it does not work; tells the windows of every change."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from backend.database.interface import Database, DatabaseError, Outgoing
from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.proposal import UnderstandingRequest
from backend.external.interfaces import (
    EngineError,
    ImageEngine,
    LanguageUnderstanding,
    PictureRequest,
    SpeechToText,
    TextToSpeech,
)
from backend.external.watched import READY, EngineStatus
from shared.messages import Topic

FIRST_AFTER_SECONDS = 3.0
"""The kiosk's own start comes first: on two cores a child process more would be felt."""
RETRY_SECONDS = 60.0
LOOK_SECONDS = 2.0
TRY_SECONDS = 15.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


Attempt = Callable[[], Awaitable[object]]


class EngineWatch:
    """``attempts`` are harmless calls, each with the status that its engine keeps."""

    def __init__(
        self,
        attempts: Sequence[tuple[EngineStatus, Attempt]],
        database: Database,
        first_after_seconds: float = FIRST_AFTER_SECONDS,
    ) -> None:
        self._attempts = attempts
        self._database = database
        self._first_after_seconds = first_after_seconds
        self._told = [_state(status) for status, _ in attempts]

    async def run(self) -> None:
        """Try and tell, until cancelled."""
        await asyncio.sleep(self._first_after_seconds)
        loop = asyncio.get_running_loop()
        await self.try_engines(broken_only=False)
        tried_at = loop.time()
        while True:
            await self.tell_changes()
            await asyncio.sleep(LOOK_SECONDS)
            if loop.time() - tried_at >= RETRY_SECONDS:
                await self.try_engines(broken_only=True)
                tried_at = loop.time()

    async def try_engines(self, *, broken_only: bool) -> None:
        """One call of each engine, or of those that did not work last time. The statuses keep what comes of it."""
        for status, attempt in self._attempts:
            if broken_only and status.state == READY:
                continue
            try:
                async with asyncio.timeout(TRY_SECONDS):
                    await attempt()
            except (EngineError, TimeoutError) as error:
                kind = type(error).__name__
                log.warning("engine_does_not_work", capability=status.capability, engine=status.info.engine, kind=kind)
            except Exception:
                log.exception("engine_crashed", capability=status.capability, engine=status.info.engine)

    async def tell_changes(self) -> None:
        """Write ``engine.changed`` for each status that is another than was told last."""
        now = [_state(status) for status, _ in self._attempts]
        changed = [new for new, old in zip(now, self._told, strict=True) if new != old]
        if not changed:
            return
        try:
            async with self._database.write() as db:
                for state in changed:
                    db.notify(Outgoing(Topic.ENGINE_CHANGED.value, state))
                await db.commit()
        except DatabaseError as error:
            log.warning("engine_change_untold", kind=type(error).__name__)
            return
        self._told = now


def understanding_attempt(engine: LanguageUnderstanding, catalogue: Catalogue) -> Attempt:
    return lambda: engine.understand(UnderstandingRequest("안녕하세요", catalogue))


def hearing_attempt(engine: SpeechToText) -> Attempt:
    language = engine.info.languages[0] if engine.info.languages else None
    return lambda: engine.transcribe(half_a_second_of_silence(), "silence.wav", "audio/wav", language)


def speaking_attempt(engine: TextToSpeech) -> Attempt:
    return lambda: engine.synthesize("네", "nova", "wav")


def drawing_attempt(engine: ImageEngine, catalogue: Catalogue) -> Attempt:
    menu = next(menu for menu in reversed(catalogue.menus) if menu.styles)
    return lambda: engine.generate(PictureRequest(menu.name.en, "1:1", Item(menu.code, menu.styles[0])))


def half_a_second_of_silence() -> bytes:
    """16 kHz mono 16-bit WAV."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(16_000))
    return made.getvalue()


def _state(status: EngineStatus) -> Mapping[str, str]:
    return {
        "capability": status.capability,
        "engine": status.info.engine,
        "state": status.state,
        "reason": status.reason,
    }
