"""What a model said, piece by piece: kept where it can be so, dropped and counted where not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", bound=StrEnum)

MOST_COUNTED = 999
"""More than anybody asks for; a larger number was misheard or made up."""


class NotBelievedError(Exception):
    """A piece that another one hangs on is wrong, so that both go."""


class Sieve:
    """``dropped`` counts what did not pass."""

    def __init__(self) -> None:
        self.dropped = 0

    def drop(self) -> None:
        self.dropped += 1

    def pieces(self, model: type[M], raw: Sequence[object], most: int) -> list[M]:
        """Those of the first ``most`` that have the model's shape."""
        found: list[M] = []
        for one in raw[:most]:
            try:
                found.append(model.model_validate(one))
            except ValidationError:
                self.drop()
        self.dropped += max(0, len(raw) - most)
        return found

    def member(self, value: object, of: type[E]) -> E | None:
        try:
            return of(str(value))
        except ValueError:
            self.drop()
            return None

    def code(self, value: str | None, known: Callable[[str], bool]) -> str | None:
        """The code, or None where nothing was said or nobody knows it."""
        if not value:
            return None
        if known(value):
            return value
        self.drop()
        return None

    def codes(self, values: Iterable[str], known: Callable[[str], bool]) -> tuple[str, ...]:
        """Each once, in order."""
        kept = (self.code(value, known) for value in dict.fromkeys(values))
        return tuple(code for code in kept if code is not None)

    def number(self, value: int | None, least: int, most: int) -> int | None:
        if value is None or least <= value <= most:
            return value
        self.drop()
        return None

    # what another piece hangs on

    @staticmethod
    def sure_code(value: str | None, known: Callable[[str], bool]) -> str | None:
        """Raises NotBelievedError for a code that nobody knows."""
        if value and not known(value):
            raise NotBelievedError
        return value or None

    @staticmethod
    def sure_count(value: int | None, least: int = 0) -> int | None:
        """Raises NotBelievedError for a number that nobody says."""
        if value is not None and not least <= value <= MOST_COUNTED:
            raise NotBelievedError
        return value
