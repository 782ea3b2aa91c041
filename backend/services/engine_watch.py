"""Finds out which engines work and which models are served, and tells the windows of every change."""

from __future__ import annotations

import asyncio
import io
import time
import wave
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from pydantic import JsonValue

from backend.database.interface import Database, DatabaseError, Outgoing
from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.proposal import UnderstandingRequest
from backend.external.interfaces import (
    EngineError,
    EngineModelGone,
    EngineTimeout,
    EngineUnavailable,
    ImageEngine,
    LanguageUnderstanding,
    NotOffered,
    PictureRequest,
    SpeechToText,
    TextToSpeech,
    Vendor,
)
from backend.external.model_choice import ModelChoice
from backend.services.engine_link import READY, Health, Link
from shared.messages import Topic

FIRST_AFTER_SECONDS = 3.0
"""The kiosk's own start comes first: on two cores a child process more would be felt."""
RETRY_SECONDS = 60.0
LOOK_SECONDS = 2.0
TRY_SECONDS = 15.0
LIST_SECONDS = 10.0
AGAIN_SECONDS = 1.0
LIST_EVERY_SECONDS = 24 * 3600.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A harmless call of an engine of this machine."""

    link: Link[Any]
    call: Callable[[Any], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Served:
    """A vendor, and what hangs on it: each engine with the choice of its models."""

    vendor: Vendor
    engines: Sequence[tuple[Link[Any], ModelChoice]]


class EngineWatch:
    """Engines of this machine are tried. Vendors are asked which models they serve: that costs nothing, and shows
    whether the line, the key and the country are right. ``listed`` is everything whose changes are told.
    """

    def __init__(
        self,
        attempts: Sequence[Attempt],
        served: Sequence[Served],
        listed: Sequence[Health],
        database: Database,
        today: Callable[[], date],
        *,
        first_after_seconds: float = FIRST_AFTER_SECONDS,
    ) -> None:
        self._attempts = attempts
        self._served = served
        self._listed = listed
        self._database = database
        self._today = today
        self._first_after_seconds = first_after_seconds
        self._told = [_state(health) for health in listed]

    async def run(self) -> None:
        """Ask, try and tell, until cancelled."""
        await self.ask_vendors()
        listed_at = time.monotonic()
        await self.tell_changes()
        await asyncio.sleep(self._first_after_seconds)
        await self.try_engines(broken_only=False)
        tried_at = time.monotonic()
        while True:
            await self.tell_changes()
            await asyncio.sleep(LOOK_SECONDS)
            await self.ask_vendors(due_only=time.monotonic() - listed_at < LIST_EVERY_SECONDS)
            if time.monotonic() - listed_at >= LIST_EVERY_SECONDS:
                listed_at = time.monotonic()
            if time.monotonic() - tried_at >= RETRY_SECONDS:
                await self.try_engines(broken_only=True)
                tried_at = time.monotonic()

    async def ask_vendors(self, *, due_only: bool = False) -> None:
        """Learn what each vendor serves; ``due_only``: of those with an engine that is shut and due for a trial."""
        due = [s for s in self._served if not due_only or any(link.gate.trial_due for link, _ in s.engines)]
        await asyncio.gather(*(self._ask(served) for served in due))

    async def try_engines(self, *, broken_only: bool) -> None:
        """One call of each engine of this machine, or of those that did not work last time."""
        for attempt in self._attempts:
            if broken_only and attempt.link.state == READY:
                continue
            try:
                await attempt.link.ask(attempt.call, TRY_SECONDS)
            except EngineError as error:
                info = attempt.link.info
                log.warning("engine_does_not_work", capability=attempt.link.capability, engine=info.engine,
                            kind=type(error).__name__)  # fmt: skip

    async def tell_changes(self) -> None:
        """Write ``engine.changed`` for each engine that is not as it was told last."""
        now = [_state(health) for health in self._listed]
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

    async def _ask(self, served: Served) -> None:
        try:
            models = await _list(served.vendor)
        except NotOffered:
            models = None
        except (EngineError, TimeoutError) as error:
            log.warning("vendor_does_not_answer", vendor=served.vendor.name, kind=type(error).__name__)
            failure = error if isinstance(error, EngineError) else EngineTimeout("no list in time")
            for link, _ in served.engines:
                link.failed(failure, at_once=True)
            return
        except Exception:
            log.exception("vendor_crashed", vendor=served.vendor.name)
            return
        for link, choice in served.engines:
            if models is not None:
                choice.learn(models)
            link.warnings = choice.warnings(self._today())
            if choice.all_gone:
                link.failed(EngineModelGone("none of the wished models is served"))
            elif link.state != READY:
                link.may_work_again()


async def _list(vendor: Vendor) -> Mapping[str, date | None]:
    """What it serves; a line that breaks once may be chance, so it is asked twice before it is believed dead."""
    try:
        async with asyncio.timeout(LIST_SECONDS):
            return await vendor.list_models()
    except EngineUnavailable:
        await asyncio.sleep(AGAIN_SECONDS)
        async with asyncio.timeout(LIST_SECONDS):
            return await vendor.list_models()


def understanding_attempt(link: Link[LanguageUnderstanding], catalogue: Catalogue) -> Attempt:
    return Attempt(link, lambda engine: engine.understand(UnderstandingRequest("안녕하세요", catalogue)))


def hearing_attempt(link: Link[SpeechToText]) -> Attempt:
    language = link.info.languages[0] if link.info.languages else None
    return Attempt(
        link, lambda engine: engine.transcribe(half_a_second_of_silence(), "silence.wav", "audio/wav", language)
    )


def speaking_attempt(link: Link[TextToSpeech]) -> Attempt:
    async def speak(engine: TextToSpeech) -> object:
        return await (await engine.stream("네", "nova", "wav")).read()

    return Attempt(link, speak)


def drawing_attempt(link: Link[ImageEngine], catalogue: Catalogue) -> Attempt:
    menu = next(menu for menu in reversed(catalogue.menus) if menu.styles)
    return Attempt(
        link, lambda engine: engine.generate(PictureRequest(menu.name.en, "1:1", Item(menu.code, menu.styles[0])))
    )


def half_a_second_of_silence() -> bytes:
    """16 kHz mono 16-bit WAV."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(16_000))
    return made.getvalue()


def _state(health: Health) -> Mapping[str, JsonValue]:
    return {
        "capability": health.capability,
        "engine": health.info.engine,
        "model": health.info.model,
        "state": health.state,
        "reason": health.reason,
        "warnings": [
            {"code": w.code, "model": w.model, "ends": w.ends.isoformat() if w.ends else None} for w in health.warnings
        ],
    }
