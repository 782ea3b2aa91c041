"""A change that fits several items of the order: which is meant is asked for, and the next sentence decides.

``하나만 빼 주세요`` with two dinners and two cakes in the order; ``와인 한 잔만 추가해 주세요`` with two dinners that
both come with wine and that both are still open. Nothing is changed before it is known.
"""

from __future__ import annotations

from dataclasses import replace

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item
from backend.domain.order_state import Asked, OrderState, Undecided
from backend.domain.proposal import UNSAID, AddItem, Change, ChangeItem, Control, Proposal, RemoveItem


def undecided(state: OrderState, changes: tuple[Change, ...], catalogue: Catalogue) -> Undecided | None:
    """The first change that fits several items, with their indices; None when all are clear."""
    for change in changes:
        if isinstance(change, ChangeItem | RemoveItem):
            among = _among(state, change, catalogue)
            if len(among) > 1:
                return Undecided(change if isinstance(change, ChangeItem) else None, among)
    return None


def cleared(state: OrderState, changes: tuple[Change, ...], catalogue: Catalogue) -> tuple[Change, ...]:
    """The changes without the one that is to be asked for; what fits one item only is that item's."""
    out: list[Change] = []
    for change in changes:
        if isinstance(change, ChangeItem | RemoveItem):
            among = _among(state, change, catalogue)
            if len(among) > 1:
                continue
            if change.target == UNSAID:
                change = replace(change, target=among[0] if among else None)  # noqa: PLW2901 - the same change, with what it is about
        out.append(change)
    return tuple(out)


def decided(state: OrderState, proposal: Proposal) -> tuple[Change, ...]:
    """The change that was open, for the items that are named or chosen now; empty when it is something else."""
    open_change = state.undecided
    if open_change is None:
        return ()
    if proposal.changes:
        meant = [_named(change, state, open_change) for change in proposal.changes]
        if any(index is None for index in meant):
            return ()
        return tuple(_for(open_change, index) for index in meant if index is not None)
    if Control.CHOOSE in proposal.controls and proposal.choice is not None:
        last = len(open_change.among) - 1
        index = open_change.among[last if proposal.choice < 0 else min(proposal.choice, last)]
        return (_for(open_change, index),)
    return ()


def _for(open_change: Undecided, index: int) -> Change:
    return RemoveItem(index) if open_change.change is None else replace(open_change.change, target=index)


def _among(state: OrderState, change: ChangeItem | RemoveItem, catalogue: Catalogue) -> tuple[int, ...]:
    """Indices of the items that it may be meant for; empty where it is known."""
    if isinstance(change, RemoveItem):
        return tuple(range(len(state.lines))) if change.target == UNSAID else ()
    if change.target == UNSAID:
        lines = list(range(len(state.lines)))
    elif change.target is None and change.portions and _asked_about_all(state):
        lines = [index for index, line in enumerate(state.lines) if not line.settled]
    else:
        return ()
    fitting = [index for index in lines if _takes(state.items[index], change, catalogue)]
    if change.quantity_by is not None and change.quantity_by < 0:
        several = [index for index in fitting if state.items[index].quantity > -change.quantity_by]
        fitting = several or fitting
    return tuple(fitting)


def _asked_about_all(state: OrderState) -> bool:
    """ "Anything to add or leave out?" is asked about every item that is still open."""
    return state.pending is None and state.asked == Asked.CUSTOMIZATION


def _takes(item: Item, change: ChangeItem, catalogue: Catalogue) -> bool:
    menu = catalogue.menu(item.menu_code)
    return menu is not None and all(menu.portion(each.ingredient) for each in change.portions)


def _named(change: Change, state: OrderState, open_change: Undecided) -> int | None:
    """The item that is named, where nothing else is said about it."""
    if isinstance(change, ChangeItem) and change == ChangeItem(change.target):
        return change.target if change.target in open_change.among else None
    if isinstance(change, AddItem) and change in (AddItem(change.menu), AddItem(change.menu, 1)):
        fitting = [index for index in open_change.among if state.items[index].menu_code == change.menu]
        return fitting[0] if len(fitting) == 1 else None
    return None
