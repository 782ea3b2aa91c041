"""Several engines for one capability, tried in order of wish, so that a slow or broken one never stops an order."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from backend.external.interfaces import (
    EngineError,
    EngineMisconfigured,
    EngineRateLimited,
    EngineUnavailable,
    LanguageNotServed,
    NotAudio,
)
from backend.services.engine_link import Engine, Link
from backend.timing import OK, Step, note

TURN_SECONDS = 6.0
"""What vendors have for a whole turn, until words, where the settings say nothing else (the issue's figure)."""
LEAST_SECONDS = 0.25
"""With less time than this a vendor is not asked: its answer would come too late, and be paid for."""
RETRY_PAUSE_SECONDS = 0.15
LONGEST_RETRY_PAUSE_SECONDS = 0.5
SKIPPED, NO_TIME = "skipped", "no_time"

E = TypeVar("E", bound=Engine)
T = TypeVar("T")


class EngineChain(Generic[E]):
    """``step`` names the work in ``Server-Timing``. Engines of this machine get ``local_seconds`` in any case."""

    def __init__(self, step: str, links: Sequence[Link[E]], local_seconds: float) -> None:
        self._step = step
        self._local_seconds = local_seconds
        self.links = tuple(links)

    async def ask(self, call: Callable[[E], Awaitable[T]], seconds: float) -> T:
        """What the first engine answers that does answer.

        Vendors share ``seconds`` fairly: a slow one leaves time for the next. A vendor that refused the connection, had
        a fault or asks for a short wait is asked once more; such calls change nothing in the shop, so that is safe.

        Raises:
            NotAudio: the upload is no audio; no other engine is asked.
            LanguageNotServed: every engine that was asked does not serve the language; names all that are served.
            EngineMisconfigured: there is no engine.
            EngineError: the first engine's own error, when none worked.
        """
        if not self.links:
            raise EngineMisconfigured("no engine is set up")
        give_up_at = time.monotonic() + seconds
        failures: list[EngineError] = []
        for index, link in enumerate(self.links):
            if not link.admits:
                self._note(link, SKIPPED)
                failures.append(link.last_error or EngineUnavailable("its gate is shut"))
                continue
            share = self._local_seconds
            if link.remote:
                left = give_up_at - time.monotonic()
                share = left / sum(other.remote and other.admits for other in self.links[index:])
                if left < LEAST_SECONDS:
                    self._note(link, NO_TIME)
                    failures.append(EngineUnavailable("no time is left"))
                    continue
            try:
                return await self._ask(link, call, share)
            except NotAudio:
                raise
            except EngineError as error:
                failures.append(error)
        raise _summed_up(failures)

    async def _ask(self, link: Link[E], call: Callable[[E], Awaitable[T]], seconds: float) -> T:
        give_up_at = time.monotonic() + seconds
        try:
            return await self._timed(link, call, seconds)
        except EngineError as error:
            pause = _retry_pause(error) if link.remote else None
            left = give_up_at - time.monotonic() - (pause or 0.0)
            if pause is None or left < LEAST_SECONDS or not link.admits:
                raise
        await asyncio.sleep(pause)
        return await self._timed(link, call, left)

    async def _timed(self, link: Link[E], call: Callable[[E], Awaitable[T]], seconds: float) -> T:
        began = time.monotonic()
        try:
            answer = await link.ask(call, seconds)
        except EngineError as error:
            self._note(link, error.reason, time.monotonic() - began)
            raise
        self._note(link, OK, time.monotonic() - began)
        return answer

    def _note(self, link: Link[E], outcome: str, seconds: float = 0.0) -> None:
        note(Step(self._step, seconds, link.info.engine, link.info.model, outcome))


def _retry_pause(error: EngineError) -> float | None:
    """Seconds until the same engine is asked again, or None: it is not."""
    if isinstance(error, EngineRateLimited):
        wished = error.retry_after
        return wished if error.retryable and wished is not None and wished <= LONGEST_RETRY_PAUSE_SECONDS else None
    if isinstance(error, EngineUnavailable) and error.retryable:
        # Jitter: the kiosks of a shop do not come back all at once. Nothing secret hangs on it.
        return RETRY_PAUSE_SECONDS * random.uniform(0.5, 1.5)  # noqa: S311 - as said above
    return None


def _summed_up(failures: Sequence[EngineError]) -> EngineError:
    others = [failure for failure in failures if not isinstance(failure, LanguageNotServed)]
    if others:
        return others[0]
    unserved = [failure for failure in failures if isinstance(failure, LanguageNotServed)]
    served = tuple(dict.fromkeys(language for failure in unserved for language in failure.served))
    return LanguageNotServed(unserved[0].language, served)
