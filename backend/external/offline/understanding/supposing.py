"""A wish in the form of a condition asks what it would cost and changes nothing: ``심플로 바꾸면요?``.

What stands before ``-면`` is read as if it were said; the items as they would be then are what the price is asked of.
``-면 좋겠어요`` and ``-면 돼요`` are wishes, ``있으면`` and ``없으면`` conditions: none of them is meant here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.cart import apply_changes
from backend.domain.order import Item
from backend.domain.order_state import Line, OrderState
from backend.domain.proposal import (
    AddItem,
    ChangeItem,
    PortionChange,
    PortionMode,
    Proposal,
    Question,
    QuestionKind,
    UnderstandingRequest,
)
from backend.external.offline.understanding.once_more import wish_of

_SUPPOSED = re.compile(
    r"^(?P<said>.{1,80}?[가-힣])(?<![있없려그니으])(?<!\s[그이저]러)(?<!^[그이저]러)(?:으면|면)(?:은|는)?"
    r"(?:(?:요|은요|는요|예|유)?\s*[?？]*\s*$"
    r"|\s+(?:그럼\s+|그건\s+|전부\s+|다\s+|다\s*해서\s+|모두\s+)?(?P<asked>(?:더|돈|값|가격|총|합계|금액|차이|몇|얼마|어떻게|싸|비싸|[일이삼사오육칠팔구십백\d]+만)"
    r"[^.!]{0,30}))$"
)
_ABOUT_MONEY = re.compile(r"얼마|싸|비싸|값|가격|돈|원|금액|총|합계|차이|더 나|덜 나|어떻게|되")
_WISHED = re.compile(r"좋|고맙|감사|돼요?$|되겠|됩니다")


_ORDERED = re.compile(
    r"^(?P<ordered>.{2,60}?(?:(?:주세요|할게요|할께요|할래요|주시고요?|부탁해요|부탁드려요)"
    r"|(?:시킬|할|먹을|살|고를|주문할)\s?(?:건데|거고|거예요|거에요|거거든요|생각인데|텐데)(?:요)?))[\s,.]+(?P<supposed>.+)$"
)
"""``프렌치 하나 주세요``, ``프렌치 시킬 건데``: an order, before something is supposed of it."""


def read_ordered_and_supposed(
    request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    """``프렌치 시킬 건데 와인 안 마시면 싸요?``: ordered, and asked what it would cost otherwise.

    None where the sentence is not of these two parts.
    """
    found = _ORDERED.match(request.transcript)
    if found is None or not _SUPPOSED.match(found["supposed"]):
        return None
    order = read(replace(request, transcript=found["ordered"]))
    if order.questions or not order.changes:
        return None
    lines = tuple(Line(item) for item in request.items)
    state = apply_changes(OrderState(lines=lines, current=request.current), order.changes, request.catalogue).state
    then = replace(request, transcript=found["supposed"], items=state.items, current=state.current, whose=())
    supposed = read_supposed(then, read)
    return replace(order, questions=supposed.questions) if supposed is not None else None


def read_supposed(request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]) -> Proposal | None:
    """The question what it would cost; None where the sentence supposes nothing about an item that is there."""
    found = _SUPPOSED.match(request.transcript) if request.items else None
    if found is None or (
        found["asked"] and (_WISHED.search(found["asked"]) or not _ABOUT_MONEY.search(found["asked"]))
    ):
        return None
    proposal = read(replace(request, transcript=found["said"]))
    changes = proposal.changes
    if proposal.questions or not changes or not all(isinstance(change, ChangeItem) for change in changes):
        return None
    lines = tuple(Line(item) for item in request.items)
    applied = apply_changes(OrderState(lines=lines, current=request.current), changes, request.catalogue)
    if not applied.touched:
        return None
    items = [applied.state.items[index] for index in applied.touched]
    wanted = tuple(_as_wanted(item, request) for item in items)
    menus = tuple(dict.fromkeys(item.menu_code for item in items))
    parts = {each.ingredient for change in changes if isinstance(change, ChangeItem) for each in change.portions}
    question = Question(QuestionKind.PRICE, menus=menus, ingredients=tuple(sorted(parts)), wanted=wanted)
    return replace(proposal, intent="inquiry", changes=(), controls=(), questions=(question,), choice=None)


def _as_wanted(item: Item, request: UnderstandingRequest) -> AddItem:
    """The item in the words of a proposal: every ingredient that is, or could be, otherwise than in the menu."""
    touched = {code for each in (*request.items, item) for code in each.customization}
    menu = request.catalogue.menu(item.menu_code)
    portions = tuple(
        PortionChange(
            portion.ingredient.code, PortionMode.SET, item.customization.get(portion.ingredient.code, portion.default)
        )
        for portion in (menu.portions if menu is not None else ())
        if portion.ingredient.code in touched
    )
    return AddItem(item.menu_code, item.quantity, item.style, portions, wish_of(item.cake))
