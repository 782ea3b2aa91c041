"""Where a conversation stands: the items, the one being worked on, the stage, and what was last asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.order import Bill, Item, bill
from backend.domain.proposal import AddItem, ChangeItem

STAGES = ("greeting", "menu_selection", "style_selection", "customization", "confirmation", "completed")
GREETING, MENU_SELECTION, STYLE_SELECTION, CUSTOMIZATION, CONFIRMATION, COMPLETED = STAGES
STAY, ADVANCE, BACK, PLACED, CANCELLED = range(5)


class Asked(StrEnum):
    """What the kiosk last asked, so that a short answer has a meaning."""

    NOTHING = ""
    MENU = "menu"
    WHICH = "which"
    QUANTITY = "quantity"
    STYLE = "style"
    CUSTOMIZATION = "customization"
    CONFIRM = "confirm"
    CHANGE = "change"
    OFFER = "offer"
    ONE_MORE = "one_more"
    STAFF = "staff"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Line:
    """One item. ``settled``: what to add or leave out has been said, or was asked and declined.

    ``whose`` are the persons that its pieces are for, where that was said.
    """

    item: Item
    settled: bool = False
    whose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A change that fits several items; None is taking one out.

    ``among`` are their indices, in the order in which the kiosk named them.
    """

    change: ChangeItem | None
    among: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderState:
    """One conversation's order.

    ``current`` is an index into ``lines``. ``pending`` is an item that was asked for but lacks its menu or has an
    impossible quantity; ``waiting`` are more of that kind, to be asked for after it. ``offered`` are codes that the
    kiosk named as a choice, in spoken order. ``undecided`` is a change of which it was asked for which item it is.
    ``wanted`` are the items that a yes to an offer orders, where their price was asked. ``named`` are the menus that
    the last answer spoke of, in spoken order, until something is ordered: "one of each", "I'll take that".
    ``about`` is what the last sentence was about: an ingredient's code, or ``tiers``. ``counted`` is the ingredient
    that the last number counted, empty where it counted pieces.
    ``before`` are the lines before the last change, for "undo that"; ``answered`` is the kind of question that was
    answered last, for "and the other one?". ``said`` is the last sentence, for "say that again". ``order_number`` and
    ``order_id`` are there once placed.
    """

    lines: tuple[Line, ...] = ()
    current: int | None = None
    stage: str = GREETING
    service: str = "eat_in"
    language: str = "ko"
    asked: str = Asked.NOTHING
    offered: tuple[str, ...] = ()
    pending: AddItem | None = None
    waiting: tuple[AddItem, ...] = ()
    undecided: Undecided | None = None
    wanted: tuple[AddItem, ...] = ()
    named: tuple[str, ...] = ()
    before: tuple[Line, ...] | None = None
    answered: str = ""
    about: str = ""
    counted: str = ""
    said: str = ""
    order_number: int | None = None
    order_id: str | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(line.item for line in self.lines)

    @property
    def priced(self) -> tuple[AddItem, ...]:
        """The items whose price was told and that are offered now."""
        return self.wanted if self.asked == Asked.OFFER else ()

    @property
    def whose(self) -> tuple[tuple[str, ...], ...]:
        return tuple(line.whose for line in self.lines)

    @property
    def items_before(self) -> tuple[Item, ...]:
        """The items before the last change."""
        return tuple(line.item for line in self.before or ())

    @property
    def current_item(self) -> Item | None:
        return self.lines[self.current].item if self.current is not None else None

    def current_menu(self, catalogue: Catalogue) -> Menu | None:
        return catalogue.menu(self.current_item.menu_code) if self.current_item else None

    def emptied(self) -> OrderState:
        """A new order in the same conversation."""
        return OrderState(stage=MENU_SELECTION, language=self.language, asked=Asked.MENU, said=self.said)

    def with_lines(self, lines: tuple[Line, ...], current: int | None) -> OrderState:
        """The same conversation over other lines; ``current`` is brought into range."""
        if not lines:
            current = None
        elif current is None or not 0 <= current < len(lines):
            current = len(lines) - 1
        return replace(self, lines=lines, current=current)


def bill_of(state: OrderState, catalogue: Catalogue) -> Bill:
    """What the order costs; what has sold out since keeps its price.

    Raises:
        OrderRuleError: an item breaks a rule of another kind: the catalogue itself has changed.
    """
    return bill(state.items, replace(catalogue, sold_out=frozenset()))


def stage_of(state: OrderState) -> str:
    """The first stage whose answer is not known yet. A placed order stays completed."""
    if state.order_id is not None:
        return COMPLETED
    if state.pending is not None or not state.lines:
        return MENU_SELECTION
    if any(line.item.style is None for line in state.lines):
        return STYLE_SELECTION
    if any(not line.settled for line in state.lines):
        return CUSTOMIZATION
    return CONFIRMATION


def focus(state: OrderState) -> int | None:
    """The line that the stage's question is about."""
    if state.stage == STYLE_SELECTION:
        return next(i for i, line in enumerate(state.lines) if line.item.style is None)
    if state.stage == CUSTOMIZATION:
        unsettled = [i for i, line in enumerate(state.lines) if not line.settled]
        return state.current if state.current in unsettled else unsettled[0]
    return state.current


def decision_between(before: str, after: str) -> int:
    """``state_decision`` of a move from one stage to another, where nothing was placed or cancelled."""
    step = STAGES.index(after) - STAGES.index(before)
    return ADVANCE if step > 0 else BACK if step < 0 else STAY


def settled_by_touch(items: tuple[Item, ...], service: str, state: OrderState) -> OrderState:
    """The conversation over a cart that was changed on the screen: what stands there is meant as it is.

    A cart that is as it was changes nothing: a question that was asked stays open.
    """
    if state.order_id is None and items == state.items and service == state.service and state.pending is None:
        return state
    if state.order_id is not None:
        state = state.emptied()
    lines = tuple(Line(item, settled=True) for item in items)
    placed = replace(state.with_lines(lines, len(lines) - 1), service=service, offered=())
    placed = replace(placed, pending=None, waiting=(), undecided=None)
    placed = replace(placed, stage=stage_of(placed))
    asked = {CONFIRMATION: Asked.NOTHING, MENU_SELECTION: Asked.MENU, STYLE_SELECTION: Asked.STYLE}[placed.stage]
    return replace(placed, asked=asked, current=focus(placed))
