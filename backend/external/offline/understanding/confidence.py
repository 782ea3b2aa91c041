"""How sure the rules are of what they understood, measured on tests/dialogues."""

from __future__ import annotations

from backend.domain.proposal import ChangeItem, Control, Intent, Proposal, UnderstandingRequest

_UNKNOWN_PENALTY = 0.6
_INTRICATE = 0.86
_IN_PART = 0.6
"""Of sentences that are understood in part most mean something else by the other part, too."""
_UNKNOWN_PENALTY_OF_YES = 1.6
"""A yes among words that are not understood may be meant for somebody else."""


def _is_intricate(proposal: Proposal, request: UnderstandingRequest) -> bool:
    """Which item, how many of what: of such changes one in six was meant in another way (tests/dialogues)."""
    changed = [change for change in proposal.changes if isinstance(change, ChangeItem)]
    several = len(request.items) > 1
    return any(
        several or each.portions or each.menu or (each.quantity is not None and each.style is None) for each in changed
    )


def confidence_of(proposal: Proposal, request: UnderstandingRequest, unknown: float) -> float:
    """How sure: the weakest piece that counts, less for what stayed unknown in the sentence."""
    if not (proposal.changes or proposal.controls or proposal.questions):
        return 0.8 if proposal.intent == Intent.GREETING else round(0.3 * (1 - unknown), 2)
    weakest = min((evidence.confidence for evidence in proposal.evidence), default=1.0)
    if _is_intricate(proposal, request):
        weakest *= _INTRICATE
    if proposal.unclear:
        weakest *= _IN_PART
    yes = Control.CONFIRM in proposal.controls and not proposal.changes
    penalty = _UNKNOWN_PENALTY_OF_YES if yes else _UNKNOWN_PENALTY
    return round(max(0.05, min(0.98, weakest * (1 - penalty * unknown))), 2)
