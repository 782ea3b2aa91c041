"""What the kiosk says at each stage: what it has heard, and the one question that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.order import MAX_QUANTITY
from backend.domain.order_state import CONFIRMATION, CUSTOMIZATION, STYLE_SELECTION, Asked, OrderState, bill_of, focus
from backend.domain.speech import Line, Speech, speech_for


@dataclass(frozen=True, slots=True)
class Prompt:
    """``heard`` reads back what the order holds, ``question`` asks; ``offered`` are the codes named as a choice."""

    heard: str
    question: str
    asked: str
    offered: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        return f"{self.heard} {self.question}".strip()

    @property
    def questions(self) -> tuple[str, ...]:
        return (self.question,) if self.question else ()


def prompt_for(state: OrderState, catalogue: Catalogue, touched: Sequence[int]) -> Prompt:
    """The question of ``state.stage``. ``touched`` are the lines that this turn changed, to be read back."""
    speech = speech_for(state.language)
    if state.stage == STYLE_SELECTION:
        return _style(state, catalogue, touched, speech)
    if state.stage == CUSTOMIZATION:
        return _customization(state, catalogue, touched, speech)
    if state.stage == CONFIRMATION:
        sums = bill_of(state, catalogue)
        heard = speech.state_items(state.items, catalogue)
        spoken = f"{heard} {speech.total(sums.total, sums.discount, sums.payable)}"
        return Prompt(spoken, speech.LINES[Line.ASK_CONFIRM], Asked.CONFIRM)
    return _menu(state, catalogue, touched, speech)


def _menu(state: OrderState, catalogue: Catalogue, touched: Sequence[int], speech: Speech) -> Prompt:
    heard = " ".join(speech.heard(state.items[index], catalogue) for index in touched)
    pending = state.pending
    menu = catalogue.menu(pending.menu) if pending is not None and pending.menu else None
    if menu is not None:
        return Prompt(heard, speech.ask_quantity(menu, MAX_QUANTITY), Asked.QUANTITY)
    offered = [menu for code in state.offered if (menu := catalogue.menu(code))] if pending is not None else []
    if len(offered) == 1:
        return Prompt(heard, speech.ask_only(offered[0]), Asked.OFFER, _codes(offered))
    if offered:
        return Prompt(heard, speech.ask_which(offered), Asked.WHICH, _codes(offered))
    return Prompt(heard, speech.LINES[Line.ASK_MENU], Asked.MENU)


def _codes(menus: Sequence[Menu]) -> tuple[str, ...]:
    return tuple(menu.code for menu in menus)


def _style(state: OrderState, catalogue: Catalogue, touched: Sequence[int], speech: Speech) -> Prompt:
    index = focus(state)
    menu = catalogue.menu(state.items[index].menu_code) if index is not None else None
    if menu is None:
        return Prompt("", speech.LINES[Line.ASK_MENU], Asked.MENU)
    heard = " ".join(speech.heard(state.items[each], catalogue) for each in touched)
    styles = catalogue.styles_of(menu)
    question = speech.ask_style(menu, styles, named=len(state.lines) > 1)
    return Prompt(heard, question, Asked.STYLE, tuple(style.code for style in styles))


def _customization(state: OrderState, catalogue: Catalogue, touched: Sequence[int], speech: Speech) -> Prompt:
    read_back = [line.item for n, line in enumerate(state.lines) if n in touched or not line.settled]
    heard = speech.state_items(read_back, catalogue)
    index = focus(state)
    menu = catalogue.menu(state.items[index].menu_code) if index is not None else None
    line = Line.ASK_CAKE if menu is not None and menu.takes_cake else Line.ASK_CUSTOMIZATION
    return Prompt(heard, speech.LINES[line], Asked.CUSTOMIZATION)
