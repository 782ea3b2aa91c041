"""What holds of every conversation, whatever was said into it."""

from __future__ import annotations

from backend.domain.catalogue import Catalogue
from backend.domain.dialogue import Turn
from backend.domain.order import MAX_ITEMS, MAX_QUANTITY, bill, check_item, unit_price
from backend.domain.order_state import (
    ADVANCE,
    BACK,
    CANCELLED,
    COMPLETED,
    CONFIRMATION,
    CUSTOMIZATION,
    GREETING,
    MENU_SELECTION,
    PLACED,
    STAGES,
    STAY,
    STYLE_SELECTION,
    Asked,
    OrderState,
    stage_of,
)


def must_keep_the_rules(state: OrderState, catalogue: Catalogue) -> None:
    """Limits, counts, sums, and that the stage is that of the first answer which is not known."""
    assert len(state.lines) <= MAX_ITEMS
    for item in state.items:
        menu = check_item(item, catalogue)
        assert 1 <= item.quantity <= MAX_QUANTITY
        assert all(0 <= count <= 40 for count in item.customization.values())
        assert unit_price(item, catalogue) >= menu.price
    sums = bill(state.items, catalogue)
    assert sums.total == sum(unit_price(item, catalogue) * item.quantity for item in state.items)
    assert 0 <= sums.payable <= sums.total
    assert state.current is None or 0 <= state.current < len(state.lines)
    if state.stage not in (GREETING, COMPLETED):
        assert state.stage == stage_of(state)
    if state.stage in (CUSTOMIZATION, CONFIRMATION):
        assert all(item.style for item in state.items)
    if state.stage == STYLE_SELECTION:
        assert any(item.style is None for item in state.items)
    if state.stage == MENU_SELECTION and state.pending is None:
        assert not state.lines


def must_follow(before: OrderState, turn: Turn) -> None:
    """What the turn says it did is what it did: the decision fits the stages, and an order is placed by a yes alone."""
    step = STAGES.index(turn.state.stage) - STAGES.index(before.stage)
    assert turn.decision in (STAY, ADVANCE, BACK, PLACED, CANCELLED)
    if turn.decision == STAY:
        assert step == 0
    if turn.decision == ADVANCE:
        assert step > 0
    if turn.decision == BACK:
        assert step <= 0
    if turn.decision == CANCELLED:
        assert turn.state.lines == ()
    assert turn.place == (turn.decision == PLACED)
    if turn.place:
        assert (before.stage, before.asked) == (CONFIRMATION, Asked.CONFIRM)
        assert before.items == turn.state.items
    else:
        assert turn.say.strip()
    if before.order_id is not None and turn.state.order_id is not None:
        assert turn.state.items == before.items, "a placed order stays as it is"
