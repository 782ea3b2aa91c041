"""What Gemini would have to say for a given proposal: the other way round from ``to_proposal``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.domain.proposal import (
    AddItem,
    CakeWish,
    Change,
    ChangeItem,
    PortionChange,
    Proposal,
    Question,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.gemini.schema import ALWAYS


def reply_of(proposal: Proposal, request: UnderstandingRequest) -> dict[str, Any]:
    """The reply in the form of ``reply_schema``, in its order; what is not said is left out.

    Every change and question quotes the whole transcript.
    """
    choice = proposal.choice
    told = {
        "intent": str(proposal.intent),
        "language": proposal.language,
        "controls": [str(control) for control in proposal.controls],
        "choice": 0 if choice is None else choice + 1 if choice >= 0 else choice,
        "questions": [{"words": request.transcript, **_question(question)} for question in proposal.questions],
        "changes": [{"words": request.transcript, **_change(change)} for change in proposal.changes],
        "unclear": list(proposal.unclear),
        "confidence": proposal.confidence,
        "answer": proposal.answer,
    }
    return {name: value for name, value in told.items() if name in ALWAYS or value not in ([], 0)}


def _change(change: Change) -> dict[str, Any]:
    match change:
        case AddItem():
            return _said(
                do="add",
                menu=change.menu,
                category=change.category,
                options=list(change.options),
                whose=change.whose or None,
                quantity=change.quantity,
                style=change.style,
                portions=[_portion(portion) for portion in change.portions],
                **_cake(change.cake),
            )
        case ChangeItem():
            return _said(
                do="change",
                item=_item(change.target),
                menu=change.menu,
                quantity=change.quantity,
                more=change.quantity_by,
                pieces=change.pieces,
                whose=change.whose or None,
                style=change.style,
                portions=[_portion(portion) for portion in change.portions],
                **_cake(change.cake),
            )
        case SplitItem():
            parts = [{"count": count, "style": style} for count, style in change.parts]
            return _said(do="split", item=_item(change.target), parts=parts)
        case RemoveItem():
            return _said(do="remove", item=_item(change.target))
        case SetService():
            return _said(do="service", service=change.service)


def _question(question: Question) -> dict[str, Any]:
    return _said(
        kind=str(question.kind),
        menus=list(question.menus),
        styles=list(question.styles),
        ingredients=list(question.ingredients),
        allergens=list(question.allergens),
        category=question.category,
        people=question.people,
        budget=question.budget,
        occasion=question.occasion,
        excluded=list(question.excluded),
        containing=question.containing or None,
        extreme=question.extreme,
        wanted=[_wanted(item) for item in question.wanted],
    )


def _wanted(item: AddItem) -> dict[str, Any]:
    portions = [_portion(portion) for portion in item.portions]
    return _said(menu=item.menu, quantity=item.quantity, style=item.style, portions=portions, **_cake(item.cake))


def _portion(portion: PortionChange) -> dict[str, Any]:
    return {"ingredient": portion.ingredient, "mode": str(portion.mode), "count": portion.count}


def _cake(cake: CakeWish | None) -> Mapping[str, Any]:
    if cake is None:
        return {}
    return {"flavour": cake.flavour, "colour": cake.colour, "tiers": cake.tiers, "lettering": cake.lettering}


def _item(target: int | None) -> int | None:
    return None if target is None else target + 1


def _said(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}
