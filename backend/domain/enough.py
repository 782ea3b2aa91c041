"""Whether a turn hangs on what a model has still to write: its own sentence, the last of its reply. Pure."""

from __future__ import annotations

from dataclasses import replace

from backend.domain.catalogue import Catalogue
from backend.domain.dialogue import respond
from backend.domain.order_state import OrderState
from backend.domain.proposal import Proposal
from backend.domain.recommending import History

_ANY_SENTENCE = "네."
"""One that may always be spoken: where it makes no difference, none does."""


def is_enough(state: OrderState, proposal: Proposal, catalogue: Catalogue, history: History) -> bool:
    """Whether the turn is known, where all of ``proposal`` is but its ``answer`` has only just begun.

    Nearly always it is: the shop tells what it did in its own words. A model's sentence stands in a few turns only
    (a greeting, a thank you), and of it the first sentence.
    """
    if proposal.answer:
        return True
    with_answer = replace(proposal, answer=_ANY_SENTENCE)
    return respond(state, proposal, catalogue, history) == respond(state, with_answer, catalogue, history)
