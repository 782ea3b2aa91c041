"""The conversation as a pure function: (order state, proposal, catalogue) -> (order state, decision, what to say).

An engine proposes; here the shop's rules decide. An order is placed by one thing only: a yes to "shall I place the
order?" that the kiosk asked with everything read out, in a sentence that changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.domain.answers import answer
from backend.domain.cart import Applied, apply_changes, without_sold_out
from backend.domain.catalogue import Catalogue
from backend.domain.claims import may_be_spoken
from backend.domain.follow_up import (
    about_extra,
    about_styles,
    about_supposed,
    as_before,
    counted_extra,
    is_for_staff,
    menus_named,
    supposed,
)
from backend.domain.order import MAX_QUANTITY
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
    STAY,
    STYLE_SELECTION,
    Asked,
    OrderState,
    decision_between,
    focus,
    stage_of,
)
from backend.domain.prompting import Prompt, prompt_for
from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    Control,
    PortionChange,
    PortionMode,
    Proposal,
    QuestionKind,
)
from backend.domain.recommending import History, Suggestion, with_usual
from backend.domain.replacing import lines_to_add_to
from backend.domain.speech import Line, speech_for
from backend.domain.spoken_of import counted, spoken_of
from backend.domain.undecided import cleared, decided, undecided

SURE_ENOUGH = 0.6
"""A yes places an order only from this confidence on; below it the kiosk asks again."""

_OTHER_QUESTIONS = (Asked.STAFF, Asked.STYLE, Asked.OFFER, Asked.EXTRA)
"""A no to one of these is no word about what to add or leave out."""
_NOT_HEARD = (Control.LOUDER, Control.SLOWER)
"""Whoever asks for one of these has not understood what was just said: it is said again."""
_NO_HISTORY = History()
_SERVICES = (
    (Control.LOUDER, Line.LOUDER),
    (Control.SLOWER, Line.SLOWER),
    (Control.LARGER, Line.LARGER),
    (Control.QUIETER, Line.QUIETER),
    (Control.FASTER, Line.FASTER),
    (Control.WAIT, Line.WAITING),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one sentence led to. ``say`` is the whole answer; ``questions`` is the question in it, if any.

    ``place``: the customer has confirmed; the service places ``state.items`` and then calls ``placed``.
    ``staff_called``: somebody of the staff is wanted.
    """

    state: OrderState
    decision: int
    say: str
    place: bool = False
    suggestions: tuple[Suggestion, ...] = ()
    questions: tuple[str, ...] = ()
    staff_called: bool = False


def respond(state: OrderState, proposal: Proposal, catalogue: Catalogue, history: History = _NO_HISTORY) -> Turn:
    """Answer one sentence. Never raises for anything that an engine can propose."""
    state = replace(state, language=proposal.language if proposal.language in ("ko", "en") else state.language)
    stock = without_sold_out(state, catalogue)
    if not stock.changed:
        spoken = _to_the_kiosk(state, proposal, catalogue)
        if spoken is not None:
            named = menus_named(proposal.questions, (), catalogue) or spoken.state.named
            return replace(spoken, state=replace(spoken.state, named=named))
    if state.stage == COMPLETED:
        if not _orders_anew(proposal):
            return _after_completion(state, proposal, catalogue, history)
        stock = Applied(state.emptied())
    turn = _remember(_converse(state, proposal, catalogue, history, stock))
    about, number_of = spoken_of(proposal, state.about), counted(proposal, state.counted)
    named = turn.state.named if turn.state.lines == state.lines else ()
    return replace(turn, state=replace(turn.state, about=about, counted=number_of, named=named))


def _to_the_kiosk(state: OrderState, proposal: Proposal, catalogue: Catalogue) -> Turn | None:
    """What is said to the kiosk and not about the order: say it again, call somebody, louder."""
    said = speech_for(state.language).LINES
    if Control.REPEAT in proposal.controls and not proposal.changes:
        return Turn(state, STAY, state.said or said[Line.NOTHING_SAID])
    if Control.CALL_STAFF in proposal.controls and not proposal.changes and not proposal.questions:
        return Turn(state, STAY, said[Line.STAFF_CALLED], staff_called=True)
    if state.asked == Asked.STAFF and set(proposal.controls) == {Control.CONFIRM} and not proposal.changes:
        if state.stage in (COMPLETED, GREETING):
            return Turn(replace(state, asked=Asked.NOTHING), STAY, said[Line.STAFF_CALLED], staff_called=True)
        prompt = prompt_for(state, catalogue, ())
        asked = replace(state, asked=prompt.asked, offered=prompt.offered)
        say = f"{said[Line.STAFF_CALLED]} {prompt.question}"
        return Turn(asked, STAY, say, questions=prompt.questions, staff_called=True)
    for control, line in _SERVICES:
        if control in proposal.controls and not proposal.changes:
            again = f" {state.said}" if control in _NOT_HEARD and state.said else ""
            return Turn(state, STAY, said[line] + again)
    return None


def placed(state: OrderState, order_number: int, order_id: str, payable: int) -> Turn:
    """The turn after the service has placed the order; ``payable`` in won."""
    done = replace(
        state,
        stage=COMPLETED,
        order_number=order_number,
        order_id=order_id,
        asked=Asked.NOTHING,
        offered=(),
        pending=None,
        waiting=(),
        current=None,
    )
    return _remember(Turn(done, PLACED, speech_for(state.language).placed(order_number, payable)))


def not_placed(state: OrderState, catalogue: Catalogue) -> Turn:
    """The turn after the shop could not take the confirmed order: what sold out is taken off and said."""
    checked = without_sold_out(state, catalogue)
    return _remember(_prompted(checked.state, catalogue, list(checked.notices), checked, state.stage))


def engine_down(state: OrderState) -> Turn:
    """The turn when no engine could understand: nothing changes, and the customer is told how to go on."""
    return Turn(state, STAY, speech_for(state.language).LINES[Line.ENGINE_DOWN])


def _remember(turn: Turn) -> Turn:
    return replace(turn, state=replace(turn.state, said=turn.say))


def _orders_anew(proposal: Proposal) -> bool:
    wants_item = any(isinstance(change, AddItem) for change in proposal.changes)
    return wants_item or Control.START_OVER in proposal.controls or Control.USUAL in proposal.controls


def _after_completion(state: OrderState, proposal: Proposal, catalogue: Catalogue, history: History) -> Turn:
    """A placed order stays as it is, whatever is said; "yes" a second time places nothing."""
    speech = speech_for(state.language)
    if proposal.questions:
        answers = [answer(question, state, catalogue, history) for question in proposal.questions]
        suggestions = answers[0].suggestions
        offered = tuple(suggestion.menu.code for suggestion in suggestions)
        asked = Asked.OFFER if suggestions else Asked.NOTHING
        said = " ".join(each.say for each in answers)
        if is_for_staff(proposal):
            asked, said = Asked.STAFF, f"{said} {speech.LINES[Line.ASK_STAFF]}"
        state = replace(state, offered=offered, asked=asked)
        return _remember(Turn(state, STAY, said, suggestions=suggestions))
    if state.asked == Asked.OFFER and state.offered and {Control.CONFIRM, Control.CHOOSE} & set(proposal.controls):
        chosen = _chosen_code(state, proposal)
        fresh = state.emptied()
        return _remember(_changed(fresh, (AddItem(chosen),), proposal, catalogue, notices=[]))
    if Control.CANCEL in proposal.controls or proposal.changes:
        return Turn(state, STAY, speech.LINES[Line.PLACED_ALREADY])
    number = speech.order_number(state.order_number or 0)
    thanks = f"{speech.LINES[Line.THANKS]} " if Control.THANKS in proposal.controls else ""
    return Turn(state, STAY, thanks + number)


def _converse(before: OrderState, proposal: Proposal, catalogue: Catalogue, history: History, stock: Applied) -> Turn:
    """A turn of an order that is not placed yet. ``stock.state`` is ``before`` without what has sold out."""
    state = stock.state
    controls = set(proposal.controls)
    turned = _turned_back(state, controls, catalogue, before.stage) if not proposal.changes else None
    if turned is not None:
        return turned
    if Control.START_OVER in controls:
        state = state.emptied()

    notices = list(stock.notices)
    proposal = counted_extra(state, proposal)
    wanted = with_usual(proposal.changes, history) if Control.USUAL in controls else proposal.changes
    changes = decided(state, proposal) or wanted + _implied(state, proposal)
    state = replace(state, undecided=None)
    if Control.USUAL in controls and not history.frequent_menus:
        notices.append(speech_for(state.language).LINES[Line.NO_HISTORY])
    if changes:
        notices += _answers_on_the_way(state, changes, proposal, catalogue, history)
        turn = _changed(state, changes, proposal, catalogue, notices=notices, before=before.stage)
        if turn.state.lines != before.lines:
            turn = replace(turn, state=replace(turn.state, before=before.lines))
        return _with_staff(turn) if Control.CALL_STAFF in controls else turn
    if notices or stock.changed:
        return _prompted(state, catalogue, notices, stock, before.stage)
    if proposal.questions:
        turn = _answered(state, proposal, catalogue, history)
        return _with_staff(turn) if Control.CALL_STAFF in controls else turn
    return _replied(state, proposal, catalogue)


def _turned_back(state: OrderState, controls: set[Control], catalogue: Catalogue, stage: str) -> Turn | None:
    """Start over, cancel, undo, back; None where none of them was said."""
    said = speech_for(state.language).LINES
    if Control.START_OVER in controls:
        fresh = state.emptied()
        return Turn(fresh, decision_between(stage, fresh.stage), said[Line.STARTED_OVER])
    if Control.CANCEL in controls:
        if not state.lines and state.pending is None:
            return Turn(replace(state, asked=Asked.MENU), STAY, said[Line.NOTHING_TO_CANCEL])
        return Turn(replace(state.emptied(), before=state.lines), CANCELLED, said[Line.CANCELLED])
    if Control.UNDO in controls and state.before is not None:
        undone = replace(state.with_lines(state.before, None), pending=None, waiting=(), before=None)
        turn = _prompted(undone, catalogue, [], Applied(undone), stage)
        return replace(turn, decision=BACK) if turn.decision != ADVANCE else turn
    if {Control.BACK, Control.UNDO} & controls:
        return _step_back(state, catalogue)
    return None


def _answers_on_the_way(
    state: OrderState, changes: tuple[Change, ...], proposal: Proposal, catalogue: Catalogue, history: History
) -> list[str]:
    """What was asked in a sentence that also orders: answered first, without a question of its own.

    What is supposed is supposed of the order as it is with the ``changes``.
    """
    if any(question.wanted for question in proposal.questions):
        state = apply_changes(state, cleared(state, changes, catalogue), catalogue).state
    answers = [answer(question, state, catalogue, history) for question in proposal.questions]
    return [each.say for each in answers if not each.asks]


def _with_staff(turn: Turn) -> Turn:
    called = speech_for(turn.state.language).LINES[Line.STAFF_CALLED]
    return replace(turn, say=f"{called} {turn.say}", staff_called=True)


def _implied(state: OrderState, proposal: Proposal) -> tuple[Change, ...]:
    """Changes that lie in a short answer: "that one", "yes" to an offer, "the usual"."""
    controls = set(proposal.controls)
    if not state.offered or proposal.changes:
        return ()
    if state.asked == Asked.EXTRA and state.wanted:
        return supposed(state, state.wanted) if Control.CONFIRM in controls else ()
    if state.asked == Asked.EXTRA:
        one_more = PortionChange(state.offered[0], PortionMode.ADD, 1)
        return (ChangeItem(portions=(one_more,)),) if Control.CONFIRM in controls else ()
    if state.asked == Asked.ONE_MORE:
        return (ChangeItem(state.current, quantity_by=1),) if Control.CONFIRM in controls else ()
    only_style = state.asked == Asked.STYLE and len(state.offered) == 1
    if Control.CHOOSE in controls or (Control.CONFIRM in controls and (state.asked == Asked.OFFER or only_style)):
        code = _chosen_code(state, proposal)
        if state.asked == Asked.OFFER and state.wanted:
            return state.wanted
        if state.asked == Asked.STYLE:
            return (ChangeItem(style=code),)
        if state.asked in (Asked.WHICH, Asked.OFFER):
            return (AddItem(code),)
    return ()


def _chosen_code(state: OrderState, proposal: Proposal) -> str:
    choice = proposal.choice or 0
    last = len(state.offered) - 1
    return state.offered[last if choice < 0 else min(choice, last)]


def _changed(
    state: OrderState,
    changes: tuple[Change, ...],
    proposal: Proposal,
    catalogue: Catalogue,
    *,
    notices: list[str],
    before: str | None = None,
) -> Turn:
    named = _only_named(state, changes)
    if named is not None and Control.DENY in proposal.controls:
        question = speech_for(state.language).LINES[Line.ASK_CHANGE]
        said = " ".join([*notices, question])
        return Turn(replace(state, current=named, asked=Asked.CHANGE), STAY, said, questions=(question,))
    if named is not None and not notices:
        return _offer_one_more(state, named, catalogue)
    if Control.DENY in proposal.controls:
        state = replace(state, lines=lines_to_add_to(state.lines, state.before, changes, catalogue))
    applied = apply_changes(state, cleared(state, changes, catalogue), catalogue)
    after = applied.state
    if Control.NOTHING_MORE in proposal.controls:
        after = _settled(after)
    stage = state.stage if before is None else before
    turn = _prompted(after, catalogue, notices + list(applied.notices), applied, stage)
    if undecided(state, changes, catalogue):
        return _ask_which_item(turn, changes, applied.changed, catalogue)
    return _ask_unclear(turn, proposal.unclear) if proposal.unclear else turn


def _ask_unclear(turn: Turn, words: tuple[str, ...]) -> Turn:
    """What is certain is done; the rest is asked for instead of the stage's question. A yes to that places nothing."""
    question = speech_for(turn.state.language).ask_unclear(words)
    heard = turn.say.removesuffix(turn.questions[-1]).strip() if turn.questions else turn.say
    asked = Asked.CHANGE if turn.state.stage == CONFIRMATION else turn.state.asked
    return replace(
        turn, state=replace(turn.state, asked=asked), say=f"{heard} {question}".strip(), questions=(question,)
    )


def _ask_which_item(turn: Turn, changes: tuple[Change, ...], changed: bool, catalogue: Catalogue) -> Turn:
    """What is certain is done; of the rest it is asked which item is meant."""
    state = turn.state
    question = undecided(replace(state, asked=Asked.CUSTOMIZATION), changes, catalogue)
    if question is None:
        return turn
    items = [state.items[index] for index in question.among]
    spoken = speech_for(state.language).ask_which_item(items, catalogue)
    asked = replace(state, asked=Asked.WHICH, offered=tuple(item.menu_code for item in items), undecided=question)
    heard = turn.say.removesuffix(turn.questions[-1]).strip() if changed and turn.questions else ""
    return replace(turn, state=asked, say=f"{heard} {spoken}".strip(), questions=(spoken,))


def _only_named(state: OrderState, changes: tuple[Change, ...]) -> int | None:
    """The line of a complete item that was named without anything being said about it, or None."""
    if len(changes) != 1 or not isinstance(changes[0], ChangeItem):
        return None
    target = changes[0].target
    if target is None or changes[0] != ChangeItem(target) or not 0 <= target < len(state.lines):
        return None
    item = state.lines[target].item
    return target if item.style is not None and item.quantity < MAX_QUANTITY else None


def _offer_one_more(state: OrderState, index: int, catalogue: Catalogue) -> Turn:
    item = state.lines[index].item
    question = speech_for(state.language).one_more(item, catalogue)
    asked = replace(state, current=index, asked=Asked.ONE_MORE, offered=(item.menu_code,))
    return Turn(asked, STAY, question, questions=(question,))


def _prompted(state: OrderState, catalogue: Catalogue, notices: list[str], applied: Applied, before: str) -> Turn:
    """Say what happened, then ask the question of the stage that the order is at now."""
    stage = stage_of(state)
    state = replace(state, stage=stage)
    state = replace(state, current=focus(state))
    prompt = prompt_for(state, catalogue, applied.touched)
    state = replace(state, asked=prompt.asked, offered=prompt.offered)
    say = " ".join([*notices, prompt.heard, prompt.question])
    return Turn(state, decision_between(before, stage), " ".join(say.split()), questions=prompt.questions)


def _settled(state: OrderState) -> OrderState:
    return replace(state, lines=tuple(replace(line, settled=True) for line in state.lines))


def _answered(state: OrderState, proposal: Proposal, catalogue: Catalogue, history: History) -> Turn:
    """Answer, then ask again what was open, so that the order goes on."""
    proposal = replace(proposal, questions=tuple(as_before(question, state) for question in proposal.questions))
    answers = [answer(question, state, catalogue, history) for question in proposal.questions]
    said = " ".join(each.say for each in answers)
    stage = stage_of(state)
    moved = replace(state, stage=stage, answered=str(proposal.questions[-1].kind))
    moved = replace(moved, current=focus(moved), named=menus_named(proposal.questions, answers, catalogue))
    suggestions = next((each.suggestions for each in answers if each.suggestions), ())
    decision = decision_between(state.stage, stage)
    if any(each.asks for each in answers):
        offered = tuple(suggestion.menu.code for suggestion in suggestions)
        moved = replace(moved, asked=Asked.OFFER, offered=offered, wanted=())
        return Turn(moved, decision, said, suggestions=suggestions)
    asked_about = {code for question in proposal.questions for code in question.menus} - catalogue.sold_out
    found = {code for each in answers for code in each.about}
    asked_about = found if any(question.extreme for question in proposal.questions) else asked_about | found
    wanted = tuple(item for question in proposal.questions for item in question.wanted)
    if stage == MENU_SELECTION and _is_open(moved) and (len(asked_about) == 1 or wanted):
        question = speech_for(state.language).LINES[Line.ASK_THIS_ONE]
        priced = any(question.kind is QuestionKind.PRICE for question in proposal.questions) and len(asked_about) == 1
        wanted = wanted or (tuple(AddItem(code) for code in asked_about) if priced else ())
        moved = replace(moved, asked=Asked.OFFER, offered=tuple(asked_about), wanted=wanted)
        return Turn(moved, decision, f"{said} {question}", questions=(question,))
    if is_for_staff(proposal):
        question = speech_for(state.language).LINES[Line.ASK_STAFF]
        return Turn(replace(moved, asked=Asked.STAFF), decision, f"{said} {question}", questions=(question,))
    prompt = about_supposed(moved, proposal) or about_styles(moved, proposal, catalogue)
    prompt = prompt or about_extra(moved, proposal, catalogue) or _open_question(moved, catalogue)
    if any(question.kind is QuestionKind.TOTAL for question in proposal.questions) and moved.stage != CONFIRMATION:
        prompt = replace(prompt, heard="")
    moved = replace(moved, asked=prompt.asked, offered=prompt.offered, wanted=wanted)
    compared = moved.named if len(moved.named) > 1 and asked_about else ()
    listed = next((each.listed for each in answers if each.listed), compared)
    if listed and prompt.asked == Asked.MENU:
        moved = replace(moved, asked=Asked.WHICH, offered=listed)
    return Turn(moved, decision, f"{said} {prompt.spoken}".strip(), suggestions=suggestions, questions=prompt.questions)


def _is_open(state: OrderState) -> bool:
    """Whether the menu is still to be chosen, not its number."""
    return state.pending is None or state.pending.menu is None


def _open_question(state: OrderState, catalogue: Catalogue) -> Prompt:
    """The stage's question; with everything read out unless that was just done."""
    prompt = prompt_for(state, catalogue, ())
    if state.stage == CONFIRMATION and state.asked == Asked.CONFIRM:
        return replace(prompt, heard="")
    return prompt


def _replied(state: OrderState, proposal: Proposal, catalogue: Catalogue) -> Turn:
    """A sentence without changes or questions: yes, no, nothing more, a greeting, or nothing for the kiosk."""
    said = speech_for(state.language).LINES
    controls = set(proposal.controls)
    yes = Control.CONFIRM in controls and Control.DENY not in controls
    no = bool(controls & {Control.DENY, Control.NOTHING_MORE}) and Control.CONFIRM not in controls
    if state.stage == CONFIRMATION and (controls & {Control.CONFIRM, Control.DENY, Control.NOTHING_MORE}):
        return _at_confirmation(state, proposal, catalogue, yes=yes, no=Control.DENY in controls and no)
    if state.stage == CUSTOMIZATION and state.asked in _OTHER_QUESTIONS and no and Control.NOTHING_MORE not in controls:
        controls = set()
    elif state.stage == CUSTOMIZATION and (no or Control.NOTHING_MORE in controls):
        return _prompted(_settled(state), catalogue, [], Applied(state), state.stage)
    elif state.stage == CUSTOMIZATION and yes:
        question = said[Line.ASK_WHAT_TO_ADD]
        return Turn(replace(state, asked=Asked.CUSTOMIZATION), STAY, question, questions=(question,))
    if state.stage == GREETING and proposal.intent != "other":
        return Turn(
            replace(state, stage=MENU_SELECTION, asked=Asked.MENU),
            decision_between(GREETING, MENU_SELECTION),
            said[Line.WELCOME],
            questions=(said[Line.WELCOME],),
        )
    known = bool(proposal.controls) or proposal.intent == "greeting"
    if state.stage == GREETING:
        return Turn(state, STAY, f"{said[Line.NOT_UNDERSTOOD]} {said[Line.TRY_AGAIN]}")
    if state.asked == Asked.OFFER and state.offered and not no:
        question = said[Line.ASK_THIS_ONE]
        return Turn(
            state, STAY, question if known else f"{said[Line.NOT_UNDERSTOOD]} {question}", questions=(question,)
        )
    if no and state.asked in (Asked.OFFER, Asked.WHICH) and _is_open(state):
        state = replace(state, pending=None, waiting=(), offered=())  # none of those that it could be
    asked_before = replace(state, asked=Asked.MENU, offered=()) if state.asked == Asked.OFFER else state
    prompt = _open_question(asked_before, catalogue)
    state = replace(state, asked=prompt.asked, offered=prompt.offered)
    own = proposal.answer if state.stage == MENU_SELECTION and may_be_spoken(proposal.answer, catalogue) else ""
    lead = own if known else said[Line.NOT_UNDERSTOOD]
    question = prompt.question if not known else prompt.spoken
    return Turn(state, STAY, f"{lead} {question}".strip(), questions=prompt.questions)


def _at_confirmation(state: OrderState, proposal: Proposal, catalogue: Catalogue, *, yes: bool, no: bool) -> Turn:
    said = speech_for(state.language).LINES
    prompt = prompt_for(state, catalogue, ())
    asked = replace(state, asked=Asked.CONFIRM, offered=())
    if state.asked == Asked.CONFIRM and yes and proposal.confidence >= SURE_ENOUGH:
        return Turn(state, PLACED, "", place=True)
    if state.asked == Asked.CONFIRM and no:
        question = said[Line.ASK_CHANGE]
        return Turn(replace(state, asked=Asked.CHANGE), STAY, question, questions=(question,))
    if state.asked == Asked.CONFIRM:
        return Turn(asked, STAY, said[Line.ASK_YES_OR_NO], questions=(said[Line.ASK_YES_OR_NO],))
    return Turn(asked, STAY, prompt.spoken, questions=prompt.questions)


def _step_back(state: OrderState, catalogue: Catalogue) -> Turn:
    """Open the question before this one again."""
    lines, current = list(state.lines), state.current if state.current is not None else len(state.lines) - 1
    if state.pending is not None:
        back = replace(state, pending=None, waiting=())
    elif state.stage == CONFIRMATION:
        lines[current] = replace(lines[current], settled=False)
        back = replace(state, lines=tuple(lines))
    elif state.stage == CUSTOMIZATION:
        item = replace(lines[current].item, style=None)
        lines[current] = replace(lines[current], item=item)
        back = replace(state, lines=tuple(lines))
    elif state.stage == STYLE_SELECTION:
        del lines[current]
        back = state.with_lines(tuple(lines), None)
    else:
        back = state
    turn = _prompted(back, catalogue, [], Applied(back), state.stage)
    # Without the open question the order may be further on than before: that is no way back.
    return turn if back is state or turn.decision == ADVANCE else replace(turn, decision=BACK)
