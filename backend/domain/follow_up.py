"""What a question leads to: the offer that is made after its answer, and what a short answer to that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.answers import Answer
from backend.domain.catalogue import Catalogue
from backend.domain.order_state import STYLE_SELECTION, Asked, OrderState
from backend.domain.prompting import Prompt
from backend.domain.proposal import AddItem, ChangeItem, PortionChange, PortionMode, Proposal, Question, QuestionKind
from backend.domain.speech import Line, speech_for

_OF_A_MENU = (QuestionKind.PRICE, QuestionKind.CONTENTS, QuestionKind.ALLERGENS)


def is_for_staff(proposal: Proposal) -> bool:
    return any(question.kind is QuestionKind.ELSEWHERE for question in proposal.questions)


def counted_extra(state: OrderState, proposal: Proposal) -> Proposal:
    """``add two`` to "shall I add one?": of the ingredient that was asked about."""
    if state.asked != Asked.EXTRA or state.wanted or len(proposal.changes) != 1:
        return proposal
    change = proposal.changes[0]
    if not isinstance(change, ChangeItem) or replace(change, quantity=None, quantity_by=None) != ChangeItem():
        return proposal
    count = change.quantity_by or change.quantity or 1
    more = PortionChange(state.offered[0], PortionMode.ADD, max(1, count))
    return replace(proposal, changes=(ChangeItem(portions=(more,)),))


def as_before(question: Question, state: OrderState) -> Question:
    """``and the english?``: what was asked before of another menu; what is in it where nothing was."""
    if question.kind is not QuestionKind.SAME:
        return question
    asked = state.answered if state.answered in _OF_A_MENU else QuestionKind.CONTENTS
    return replace(question, kind=QuestionKind(asked))


def menus_named(questions: Sequence[Question], answers: Sequence[Answer], catalogue: Catalogue) -> tuple[str, ...]:
    """The menus that the answers speak of, in spoken order: those asked about, recommended, found or listed."""
    found = [suggestion.menu.code for each in answers for suggestion in each.suggestions]
    found += [code for each in answers for code in (*each.about, *each.listed)]
    asked = [code for question in questions for code in question.menus]
    named = dict.fromkeys([*asked, *found])
    return tuple(code for code in named if code not in catalogue.sold_out)


def supposed(state: OrderState, wanted: Sequence[AddItem]) -> tuple[ChangeItem, ...]:
    """The changes that make lines of the order what was supposed of them; empty where one is not there."""
    changes: list[ChangeItem] = []
    for item in wanted:
        places = [n for n, line in enumerate(state.lines) if line.item.menu_code == item.menu]
        if not places:
            return ()
        at = state.current if state.current in places else places[0]
        changes.append(ChangeItem(at, None, item.quantity, None, item.style, item.portions, item.cake))
    return tuple(changes)


def about_supposed(state: OrderState, proposal: Proposal) -> Prompt | None:
    """``심플로 바꾸면요?`` of an item that is there: it is asked whether it shall be so."""
    wanted = [item for question in proposal.questions for item in question.wanted]
    if not supposed(state, wanted) or any(item.quantity is None for item in wanted):
        return None
    menus = tuple(dict.fromkeys(item.menu for item in wanted if item.menu is not None))
    return Prompt("", speech_for(state.language).LINES[Line.ASK_SO], Asked.EXTRA, menus)


def about_styles(state: OrderState, proposal: Proposal, catalogue: Catalogue) -> Prompt | None:
    """``디럭스는 얼마예요?`` of an item in another style: it is asked whether it shall be that; of two, which."""
    menu = state.current_menu(catalogue)
    told = {style for question in proposal.questions for style in question.styles}
    item = state.current_item
    if menu is None or item is None or any(set(question.menus) - {menu.code} for question in proposal.questions):
        return None
    styles = [style for style in catalogue.styles_of(menu) if style.code in told and style.code != item.style]
    if not styles or (len(styles) > 1 and state.stage != STYLE_SELECTION):
        return None
    speech = speech_for(state.language)
    several = len(styles) > 1
    question = speech.ask_style(menu, styles, named=False) if several else speech.ask_this_style(styles[0])
    return Prompt("", question, Asked.STYLE, tuple(style.code for style in styles))


def about_extra(state: OrderState, proposal: Proposal, catalogue: Catalogue) -> Prompt | None:
    """``와인 추가는 얼마예요?`` of an item that takes it: it is asked whether it shall be added."""
    menu = state.current_menu(catalogue)
    asked = proposal.questions[-1]
    if menu is None or asked.kind is not QuestionKind.PRICE or len(asked.ingredients) != 1:
        return None
    if menu.portion(asked.ingredients[0]) is None or set(asked.menus) - {menu.code}:
        return None
    return Prompt("", speech_for(state.language).LINES[Line.ASK_EXTRA], Asked.EXTRA, asked.ingredients)
