"""How long each step of a call took, gathered while it is answered, for ``Server-Timing`` and ``analysis.steps``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

OK = "ok"

_steps: ContextVar[list[Step] | None] = ContextVar("steps", default=None)


@dataclass(frozen=True, slots=True)
class Step:
    """``name`` is what was done (hear, understand, speak, draw, read, save), by whom, how it ended, in seconds."""

    name: str
    seconds: float
    engine: str = ""
    model: str = ""
    outcome: str = OK


class gathered:  # noqa: N801 - used as ``with gathered() as steps``
    """What is noted within, also by tasks begun within; the list grows while the context lasts.

    A class, for a WebSocket holds one for as long as it is open: a generator is ten times as big.
    """

    __slots__ = ("_token",)

    def __enter__(self) -> list[Step]:
        steps: list[Step] = []
        self._token = _steps.set(steps)
        return steps

    def __exit__(self, *_: object) -> None:
        _steps.reset(self._token)


def note(step: Step) -> None:
    """Nothing happens where nobody gathers."""
    steps = _steps.get()
    if steps is not None:
        steps.append(step)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Note how long the work within took, also when it fails."""
    began = time.perf_counter()
    try:
        yield
    finally:
        note(Step(name, time.perf_counter() - began))


def noted() -> Sequence[Step]:
    """What has been noted so far."""
    return tuple(_steps.get() or ())


def server_timing(steps: Sequence[Step]) -> str:
    """The value of a ``Server-Timing`` header (W3C): ``hear;dur=312.4;desc="openai whisper-1 ok", …``."""
    return ", ".join(
        f"{step.name};dur={step.seconds * 1000:.1f}" + (f';desc="{_describe(step)}"' if step.engine else "")
        for step in steps
    )


def _describe(step: Step) -> str:
    words = f"{step.engine} {step.model} {step.outcome}"
    return "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "?" for letter in words
    )
