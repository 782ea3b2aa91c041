"""What a turn answers on the wire."""

from __future__ import annotations

from backend.domain.catalogue import Catalogue
from backend.domain.dialogue import Turn
from backend.domain.order import OrderRuleError
from backend.domain.order_state import OrderState, bill_of
from backend.domain.proposal import Proposal
from backend.domain.recommending import Suggestion
from backend.domain.speech import speech_for
from backend.external.interfaces import EngineInfo
from backend.services import wire
from backend.timing import noted
from shared import orders, voice


def answer_of(
    session_id: str, turn: Turn, proposal: Proposal | None, catalogue: Catalogue, info: EngineInfo
) -> voice.VoiceAnalysisResponse:
    """The turn as ``VoiceAnalysisResponse``; ``proposal`` None: no engine could understand."""
    state = turn.state
    index = state.current if state.current is not None else len(state.lines) - 1
    item = state.items[index] if state.lines else None
    menu = catalogue.menu(item.menu_code) if item else None
    style = catalogue.style(item.style) if item and item.style else None
    suggestions = [suggestion_to_wire(suggestion, state.language) for suggestion in turn.suggestions]
    return voice.VoiceAnalysisResponse(
        session_id=session_id,
        intent=voice.Intent(proposal.intent) if proposal else voice.Intent.OTHER,
        confidence=proposal.confidence if proposal else 0.0,
        response=turn.say,
        analysis={
            "engine": info.engine,
            "model": info.model,
            "language": state.language,
            "understood": proposal is not None,
            "heard": [
                {"slot": e.slot, "value": e.value, "words": e.words, "confidence": e.confidence}
                for e in (proposal.evidence if proposal else ())
            ],
            "controls": [control.value for control in (proposal.controls if proposal else ())],
            "questions": [question.kind.value for question in (proposal.questions if proposal else ())],
            "asked": state.asked,
            "staff_called": turn.staff_called,
            "steps": [
                {
                    "step": step.name,
                    "engine": step.engine,
                    "model": step.model,
                    "outcome": step.outcome,
                    "ms": round(step.seconds * 1000, 1),
                }
                for step in noted()
            ],
        },
        recommended_menu=suggestions[0] if suggestions else None,
        alternatives=tuple(suggestions[1:]),
        additional_questions=turn.questions,
        order_state=state_to_wire(state, catalogue),
        state=voice.Stage(state.stage),
        state_decision=voice.StateDecision(turn.decision),
        menu_selection=menu.index if menu else 0,
        style_selection=style.index if style else 0,
        quantity=item.quantity if item else 0,
        customization_overrides=dict(item.customization) if item else {},
    )


def suggestion_to_wire(suggestion: Suggestion, language: str) -> voice.MenuSuggestion:
    menu = suggestion.menu
    return voice.MenuSuggestion(
        code=menu.code,
        name=menu.name.in_language(language),
        description=menu.description.in_language(language),
        price=menu.price,
        reason=speech_for(language).reason(suggestion.reason),
    )


def state_to_wire(state: OrderState, catalogue: Catalogue) -> voice.OrderState:
    """The order with its prices. An item whose style has not been chosen has the style ``""``."""
    try:
        quote = wire.bill_to_quote(bill_of(state, catalogue))
    except OrderRuleError:
        # The catalogue itself changed under a placed order: the order has its own prices, this state has none.
        quote = orders.Quote(items=(), total=0, discount=0, payable=0)
    return voice.OrderState(
        items=quote.items,
        discounts=quote.discounts,
        total=quote.total,
        discount=quote.discount,
        payable=quote.payable,
        current=state.current,
        service=orders.Service(state.service),
        order_number=state.order_number,
        order_id=state.order_id,
    )
