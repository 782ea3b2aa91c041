"""Several engines for one capability, tried in order of wish, within one deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

import structlog

from backend.external.interfaces import (
    EngineBadResponse,
    EngineError,
    EngineInfo,
    EngineMisconfigured,
    EngineUnavailable,
    LanguageNotServed,
    NotAudio,
)

_log = structlog.get_logger(__name__)


class _Engine(Protocol):
    @property
    def info(self) -> EngineInfo: ...


E = TypeVar("E", bound=_Engine)
T = TypeVar("T")


async def first_that_works(engines: Sequence[E], ask: Callable[[E], Awaitable[T]], seconds: float) -> T:
    """What the first engine answers that does answer; all of them together get ``seconds``.

    Raises:
        NotAudio: the upload is no audio; no other engine is asked.
        LanguageNotServed: every engine that was asked does not serve the language; names all that are served.
        EngineMisconfigured: there is no engine.
        EngineUnavailable: the time ran out.
        EngineError: the first engine's own error, when none worked.
    """
    if not engines:
        raise EngineMisconfigured("no engine is set up")
    failures: list[EngineError] = []
    try:
        async with asyncio.timeout(seconds):
            for engine in engines:
                try:
                    return await ask(engine)
                except NotAudio:
                    raise
                except EngineError as error:
                    failures.append(error)
                    kind = type(error).__name__
                    _log.info("engine_failed", engine=engine.info.engine, model=engine.info.model, kind=kind)
                except Exception as error:  # noqa: BLE001 - an adapter's own fault must not stop an order
                    failures.append(EngineBadResponse(type(error).__name__))
                    _log.exception("engine_crashed", engine=engine.info.engine, model=engine.info.model)
    except TimeoutError as error:
        _log.warning("engines_too_slow", seconds=seconds)
        raise EngineUnavailable(f"no answer within {seconds} s") from error
    raise _summed_up(failures)


def _summed_up(failures: Sequence[EngineError]) -> EngineError:
    others = [failure for failure in failures if not isinstance(failure, LanguageNotServed)]
    if others:
        return others[0]
    unserved = [failure for failure in failures if isinstance(failure, LanguageNotServed)]
    served = tuple(dict.fromkeys(language for failure in unserved for language in failure.served))
    return LanguageNotServed(unserved[0].language, served)
