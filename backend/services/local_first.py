"""What the shop's own rules are so sure of that no model need be asked."""

from __future__ import annotations

from typing import Protocol

from backend.domain.dialogue import respond
from backend.domain.order_state import OrderState
from backend.domain.proposal import Proposal, QuestionKind, UnderstandingRequest
from backend.domain.recommending import History
from backend.external.interfaces import EngineInfo

SURE = 0.9
"""Of the turns of which the rules are surer than this, 96 of 100 are right (docs/dialogue.md)."""
_BEYOND = frozenset({QuestionKind.ELSEWHERE, QuestionKind.NOT_SOLD})


class Rules(Protocol):
    """Understanding without network or model, in milliseconds."""

    @property
    def info(self) -> EngineInfo: ...
    def propose(self, request: UnderstandingRequest) -> Proposal: ...


def is_sure(proposal: Proposal, state: OrderState, request: UnderstandingRequest, history: History) -> bool:
    """Whether ``proposal`` is answered as it is: sure, about something, and not to be followed by "which one?"."""
    about = proposal.changes or proposal.controls or proposal.questions
    if not about or proposal.confidence <= SURE or any(q.kind in _BEYOND for q in proposal.questions):
        return False
    after = respond(state, proposal, request.catalogue, history).state
    return after.undecided is None and (after.pending is None or after.pending == state.pending)
