"""What a sentence was about, so that a bare number after it has a meaning: ``와인 두 잔`` ... ``아니 세 개``."""

from __future__ import annotations

from backend.domain.order import MAX_TIERS
from backend.domain.proposal import AddItem, ChangeItem, PortionChange, PortionMode, Proposal

TIERS = "tiers"
_MOST = 9
_COUNTS = (PortionMode.SET, PortionMode.ADD, PortionMode.REMOVE)


def spoken_of(proposal: Proposal, before: str = "") -> str:
    """The code of the one ingredient that was changed or asked about, ``tiers``, or nothing.

    Of an item that was just added only what there cannot be so many of: a number after it is about the item.
    ``before`` is what was spoken of so far; a yes, a no and talk leave it.
    """
    codes: set[str] = set()
    for change in proposal.changes:
        if isinstance(change, ChangeItem):
            codes |= {portion.ingredient for portion in change.portions}
        elif isinstance(change, AddItem):
            codes |= {portion.ingredient for portion in change.portions if portion.count > _MOST}
        tiers = change.cake.tiers if isinstance(change, AddItem | ChangeItem) and change.cake else None
        if tiers is not None and (tiers > MAX_TIERS or isinstance(change, ChangeItem)):
            codes.add(TIERS)
    if not codes:
        codes |= {code for question in proposal.questions for code in question.ingredients}
    if not proposal.changes and not proposal.questions:
        return before
    return codes.pop() if len(codes) == 1 else ""


def counted(proposal: Proposal, before: str = "") -> str:
    """The ingredient that the last number counted: ``three wines``, of an item that was added with them, too.

    A number of pieces after it counts those; what has no number leaves it as it was ``before``.
    """
    for change in reversed(proposal.changes):
        if not isinstance(change, AddItem | ChangeItem):
            return ""
        told = [portion for portion in change.portions if _is_counted(portion)]
        if told:
            return told[-1].ingredient
        if isinstance(change, AddItem) or change.quantity is not None or change.quantity_by is not None:
            return ""
    return before


def _is_counted(portion: PortionChange) -> bool:
    return portion.mode in _COUNTS and portion.count > 0
