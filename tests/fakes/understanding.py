"""Language understanding for tests: says what it is told to, waits, or fails."""

from __future__ import annotations

from collections.abc import Callable

from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.interfaces import EngineInfo, Enough, Glimpse, Understood


class FakeUnderstanding:
    """``answer`` makes the proposal of each request; it may raise an EngineError. ``requests`` keeps what was asked."""

    def __init__(self, answer: Callable[[UnderstandingRequest], Proposal]) -> None:
        self._answer = answer
        self.requests: list[UnderstandingRequest] = []

    @property
    def info(self) -> EngineInfo:
        return EngineInfo("fake", "told", ("ko", "en"))

    async def understand(
        self,
        request: UnderstandingRequest,
        enough: Enough | None = None,  # noqa: ARG002 - as below
        glimpse: Glimpse | None = None,  # noqa: ARG002 - the interface has it
    ) -> Understood:
        self.requests.append(request)
        return Understood(self._answer(request), self.info)
