"""Which of the wished-for models is used: the first that the vendor still serves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from backend.external.interfaces import EngineModelGone

SOON = timedelta(days=60)
"""A model that ends within these days is worth a warning (the issue's figure)."""
RETIRED, ENDS_SOON = "model_retired", "model_ends_soon"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModelWarning:
    """``code``: model_retired (the first wish is no longer served) or model_ends_soon (the one in use, on ``ends``)."""

    code: str
    model: str
    ends: date | None = None


class ModelChoice:
    """Names in order of wish. Until the vendor was asked all are taken to be served; a 404 teaches otherwise."""

    def __init__(self, wishes: Sequence[str]) -> None:
        if not wishes:
            raise ValueError("no model is wished for")
        self._wishes = tuple(dict.fromkeys(wishes))
        self._served: Mapping[str, date | None] | None = None
        self._gone: set[str] = set()

    @property
    def wishes(self) -> tuple[str, ...]:
        return self._wishes

    @property
    def current(self) -> str:
        """The first wish that is not known to be gone; the first of all where every one is."""
        return next((model for model in self._wishes if self._may_be_served(model)), self._wishes[0])

    @property
    def all_gone(self) -> bool:
        return not any(self._may_be_served(model) for model in self._wishes)

    def gone(self, model: str) -> None:
        """The vendor answered that it does not serve ``model``; believed until it lists it again."""
        self._gone.add(model)

    def learn(self, served: Mapping[str, date | None]) -> None:
        """What the vendor lists. A model that it lists and still refuses is found out at the next call."""
        self._served = dict(served)
        self._gone.clear()

    async def first_served(
        self, ask: Callable[[str], Awaitable[T]], *, able: Callable[[str], bool] = lambda _: True
    ) -> T:
        """``ask`` with the current model, and at once with the next where the vendor says that it is gone. Models that
        are not ``able`` to do this work are passed over.

        Raises:
            EngineModelGone: none is left.
            EngineError: whatever ``ask`` raises besides.
        """
        for model in self._wishes:
            if not able(model) or not self._may_be_served(model):
                continue
            try:
                return await ask(model)
            except EngineModelGone:
                self.gone(model)
        raise EngineModelGone(", ".join(self._wishes))

    def warnings(self, today: date) -> tuple[ModelWarning, ...]:
        """What a manager should know while everything still works."""
        found: list[ModelWarning] = []
        if not self._may_be_served(self._wishes[0]):
            found.append(ModelWarning(RETIRED, self._wishes[0]))
        ends = (self._served or {}).get(self.current)
        if ends is not None and ends - today <= SOON:
            found.append(ModelWarning(ENDS_SOON, self.current, ends))
        return tuple(found)

    def _may_be_served(self, model: str) -> bool:
        return model not in self._gone and (self._served is None or model in self._served)
