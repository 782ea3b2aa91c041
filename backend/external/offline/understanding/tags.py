"""``no nuts on it, right?``, ``that's two wines, isn't it?``: said to hear that it is so, and nothing is changed by it.

What is in the dish as the menu has it is told from the menu; what the customer changed, and all else, from the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.proposal import (
    AddItem,
    Change,
    ChangeItem,
    Intent,
    Proposal,
    Question,
    QuestionKind,
    UnderstandingRequest,
)

_TAG = re.compile(
    r"^(?P<said>.{2,100}?)[\s,]+(?:right|correct|yeah|is that right|is that correct|am i right|isn['’]?t it"
    r"|aren['’]?t they|aren['’]?t there|doesn['’]?t it|don['’]?t they|is there|is it|are there|does it)\s*\?+\s*$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:i['’]?d|want|i['’]?ll|we['’]?d|we['’]?ll|can|could|may|give|get|make|add|take|remove|pls)\b",
    re.IGNORECASE,
)


def read_tag(request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]) -> Proposal | None:
    """The question; None where the sentence ends otherwise, tells what to do, or speaks of something new."""
    found = _TAG.match(request.transcript) if request.items else None
    if found is None or _ORDERS.search(found["said"]):
        return None
    proposal = read(replace(request, transcript=found["said"]))
    changed = {code for item in request.items for code in item.customization}
    if any(changed & set(question.ingredients) for question in proposal.questions):
        return replace(proposal, changes=(), controls=(), questions=(Question(QuestionKind.TOTAL),))
    if proposal.questions:
        return replace(proposal, changes=(), controls=())
    if not proposal.changes or not all(map(_is_of_the_order(request), proposal.changes)):
        return None
    parts = tuple(dict.fromkeys(p.ingredient for each in proposal.changes for p in getattr(each, "portions", ())))
    item = request.items[request.current if request.current is not None else -1]
    as_on_the_menu = parts and len(request.items) == 1 and not set(parts) & set(item.customization)
    question = (
        Question(QuestionKind.CONTENTS, menus=(item.menu_code,), ingredients=parts)
        if as_on_the_menu
        else Question(QuestionKind.TOTAL)
    )
    return replace(proposal, intent=Intent.INQUIRY, changes=(), controls=(), questions=(question,), choice=None)


def _is_of_the_order(request: UnderstandingRequest) -> Callable[[Change], bool]:
    held = {item.menu_code for item in request.items}

    def fits(change: Change) -> bool:
        return isinstance(change, ChangeItem) or (isinstance(change, AddItem) and change.menu in held)

    return fits
