"""What a sentence was about, so that a bare number after it has a meaning: ``와인 두 잔`` ... ``아니 세 개``."""

from __future__ import annotations

from backend.domain.order import MAX_TIERS
from backend.domain.proposal import AddItem, ChangeItem, PortionChange, PortionMode, Proposal

TIERS = "tiers"
_MOST = 9
_TAKEN_AWAY = (PortionMode.REMOVE, PortionMode.RESET)


def spoken_of(proposal: Proposal) -> str:
    """The code of the one ingredient that was put in or asked about, ``tiers``, or nothing.

    Of an item that was just added only what there cannot be so many of: a number after it is about the item.
    """
    codes: set[str] = set()
    for change in proposal.changes:
        if isinstance(change, ChangeItem):
            codes |= {portion.ingredient for portion in change.portions if _is_put_in(portion)}
        elif isinstance(change, AddItem):
            codes |= {portion.ingredient for portion in change.portions if portion.count > _MOST}
        tiers = change.cake.tiers if isinstance(change, AddItem | ChangeItem) and change.cake else None
        if tiers is not None and (tiers > MAX_TIERS or isinstance(change, ChangeItem)):
            codes.add(TIERS)
    if not proposal.changes:
        codes |= {code for question in proposal.questions for code in question.ingredients}
    return codes.pop() if len(codes) == 1 else ""


def _is_put_in(portion: PortionChange) -> bool:
    return portion.mode not in _TAKEN_AWAY and (portion.mode is not PortionMode.SET or portion.count > 0)
