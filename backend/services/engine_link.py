"""One engine in a chain, with what is known of its health."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

import structlog

from backend.external.interfaces import (
    EngineCrashed,
    EngineError,
    EngineInfo,
    EngineMisconfigured,
    EngineRejected,
    EngineTimeout,
    LanguageNotServed,
    NotAudio,
    NotOffered,
)
from backend.external.model_choice import ModelWarning
from backend.services.engine_gate import Gate

READY, UNAVAILABLE, MISCONFIGURED, OFF = "ready", "unavailable", "misconfigured", "off"
_NOT_ITS_FAULT = (EngineRejected, NotAudio, LanguageNotServed, NotOffered)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Engine(Protocol):
    @property
    def info(self) -> EngineInfo: ...


class Health(Protocol):
    """What ``/api/health`` tells of an engine: see ``shared.health.EngineHealth``."""

    @property
    def capability(self) -> str: ...
    @property
    def info(self) -> EngineInfo: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def warnings(self) -> tuple[ModelWarning, ...]: ...


E = TypeVar("E", bound=Engine)
T = TypeVar("T")


class Link(Generic[E]):
    """``remote``: it is a vendor's, may be slow or gone, and is asked only while its gate lets calls in.

    ``state`` is ready, unavailable or misconfigured; ``reason`` is the word for the last failure, empty while ready.
    What a caller can be blamed for (not audio, a refused wish) leaves both as they are.
    """

    def __init__(self, capability: str, engine: E, *, remote: bool = False, gate: Gate | None = None) -> None:
        self.capability = capability
        self.engine = engine
        self.remote = remote
        self.gate = gate or Gate()
        self.state = READY
        self.reason = ""
        self.warnings: tuple[ModelWarning, ...] = ()
        self.last_error: EngineError | None = None

    @property
    def info(self) -> EngineInfo:
        return self.engine.info

    @property
    def admits(self) -> bool:
        return not self.remote or self.gate.admits()

    async def ask(self, call: Callable[[E], Awaitable[T]], seconds: float) -> T:
        """What ``call`` answers, within ``seconds``.

        Raises:
            EngineError: its own; EngineTimeout when the time ran out; EngineCrashed when the adapter did.
        """
        self.gate.enter()
        try:
            async with asyncio.timeout(seconds):
                answer = await call(self.engine)
        except EngineError as error:
            self.failed(error)
            raise
        except TimeoutError as error:
            late = EngineTimeout(f"no answer within {seconds:.1f} s")
            self.failed(late)
            raise late from error
        except Exception as error:
            log.exception("engine_crashed", engine=self.info.engine, model=self.info.model)
            crash = EngineCrashed(type(error).__name__)
            self.failed(crash)
            raise crash from error
        except BaseException:
            self.gate.left()
            raise
        self.worked()
        return answer

    def worked(self) -> None:
        self.gate.succeeded()
        self._ready()

    def broke_off(self, error: EngineError) -> None:
        """What it had begun to answer came to no end. It is not asked for a while: its caller asks again at once."""
        self.failed(error, at_once=True)

    def failed(self, error: EngineError, *, at_once: bool = False) -> None:
        """A call failed; ``at_once``: one is enough to shut the gate."""
        if isinstance(error, _NOT_ITS_FAULT):
            self.gate.left()
            return
        log.info(
            "engine_failed",
            capability=self.capability,
            engine=self.info.engine,
            model=self.info.model,
            kind=type(error).__name__,
            reason=error.reason,
        )
        self.last_error = error
        self.gate.failed(error, at_once=at_once)
        if self.remote and self.gate.is_open:
            return
        self.state = MISCONFIGURED if isinstance(error, EngineMisconfigured) else UNAVAILABLE
        self.reason = error.reason

    def may_work_again(self) -> None:
        """Its vendor answers: the next call is a trial, and until then it counts as ready."""
        self.gate.ajar()
        self._ready()

    def _ready(self) -> None:
        self.state, self.reason, self.last_error = READY, "", None


class Unused:
    """An engine that the settings name and that cannot be used: listed in health with the reason, never asked."""

    state = OFF
    warnings: tuple[ModelWarning, ...] = ()

    def __init__(self, capability: str, engine: str, reason: str) -> None:
        self.capability = capability
        self.info = EngineInfo(engine, "")
        self.reason = reason
