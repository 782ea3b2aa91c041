"""The product's own prompts and replies read the other way round: a turn as the Gemini adapter writes it becomes a
request again, and a proposal becomes the JSON that the adapter's schema asks a model for.

It mirrors ``backend.external.gemini.prompt.turn_of`` and ``backend.external.gemini.proposals``; the tests hold each
against the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
from backend.domain.proposal import (
    AddItem,
    CakeWish,
    Change,
    ChangeItem,
    Intent,
    PortionChange,
    PortionMode,
    Proposal,
    Question,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)

_TURN = re.compile(
    r"(?:(?P<context>.*)\n)?items:\n(?P<items>.*?)\n(?:items before:\n(?P<before>.*)\n)?"
    r"stage: (?P<stage>.*?); asked: (?P<asked>.*?); "
    r"offered: (?P<offered>.*?); language so far: (?P<language>\w+); "
    r"spoken of: (?P<about>\S+); counted last: (?P<counted>\S+); price told of: (?P<priced>[^\n]+); "
    r"named last: (?P<named>[^\n]+)"
    r"\n[^\n]*\n=====\n(?P<words>[^\n]*)\n=====\s*",
    re.DOTALL,
)
_ITEM = re.compile(r"\d+\. (?P<menu>\S+) x(?P<quantity>\d+) style=(?P<style>not chosen|\S+)(?: (?P<details>.+))?")
_CURRENT = " <- being worked on"
_WHOSE = re.compile(r" \(for ([a-z_, ]+)\)$")
_LETTERING = re.compile(r'(?:, )?lettering "(.*)"$')


def request_of(turn: str, catalogue: Catalogue) -> UnderstandingRequest | None:
    """What the adapter was asked, or ``None`` when ``turn`` is no turn of its."""
    found = _TURN.fullmatch(turn)
    if found is None:
        return None
    lines = [line for line in found["items"].split("\n") if line != "-"]
    told = [line.removesuffix(_CURRENT) for line in lines]
    whose = [tuple(person[1].split(", ")) if (person := _WHOSE.search(line)) else () for line in told]
    items = [_item(_WHOSE.sub("", line)) for line in told]
    before = [_item(line) for line in (found["before"] or "").split("\n") if line]
    if None in items or None in before:
        return None
    current = next((at for at, line in enumerate(lines) if line.endswith(_CURRENT)), None)
    return UnderstandingRequest(
        transcript=found["words"],
        catalogue=catalogue,
        items=tuple(item for item in items if item is not None),
        current=current,
        stage=found["stage"],
        asked=_said(found["asked"]),
        context=found["context"] or "",
        offered=tuple(one.partition(" ")[2] for one in _said(found["offered"]).split(", ") if one),
        language=found["language"],
        about=_said(found["about"]),
        counted=_said(found["counted"]),
        named=tuple(one for one in _said(found["named"]).split(", ") if one),
        whose=tuple(whose) if any(whose) else (),
        before=tuple(item for item in before if item is not None),
        priced=tuple(_priced(item) for item in _said(found["priced"]).split("; ") if item),
    )


def _priced(told: str) -> AddItem:
    menu, quantity, style, *portions = told.split(" ")
    number, code = quantity.removeprefix("x"), style.removeprefix("style=")
    return AddItem(
        menu,
        None if number == "-" else int(number),
        None if code == "-" else code,
        tuple(_portion_of(portion) for portion in portions),
    )


def _portion_of(told: str) -> PortionChange:
    ingredient, mode, count = told.split(":")
    return PortionChange(ingredient, PortionMode(mode), int(count))


def reply_of(proposal: Proposal, words: str) -> str:
    """The reply that is read as this proposal. ``words`` is the sentence, which every piece quotes."""
    told = {
        "intent": str(proposal.intent),
        "language": proposal.language,
        "controls": [str(control) for control in proposal.controls],
        "choice": _choice(proposal.choice),
        "questions": [{"words": words, **_question(question)} for question in proposal.questions],
        "changes": [{"words": words, **_change(change)} for change in proposal.changes],
        "confidence": proposal.confidence,
        "answer": proposal.answer or _polite(proposal),
    }
    return as_text({name: value for name, value in told.items() if value not in ([], 0) or name == "confidence"})


def as_text(reply: Mapping[str, Any]) -> str:
    """In the form of the prompt's examples, which a model keeps to: without a space that nobody needs."""
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def _item(line: str) -> Item | None:
    found = _ITEM.fullmatch(line)
    if found is None:
        return None
    details = found["details"] or ""
    lettering = _LETTERING.search(details)
    rest = [one for one in _LETTERING.sub("", details).split(", ") if one]
    counts = {code: int(count) for code, _, count in (one.partition("=") for one in rest if "=" in one)}
    cake = None
    match [one for one in rest if "=" not in one]:
        case [flavour, colour, tiers]:
            cake = Cake(flavour, colour, int(tiers.removesuffix(" tiers")), lettering[1] if lettering else "")
    style = None if found["style"] == "not chosen" else found["style"]
    return Item(found["menu"], style, int(found["quantity"]), counts, cake)


def _said(word: str) -> str:
    return "" if word == "-" else word


def _choice(choice: int | None) -> int:
    return 0 if choice is None else choice + 1 if choice >= 0 else choice


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any]
    match change:
        case AddItem():
            told = {
                "do": "add",
                "menu": change.menu,
                "category": change.category,
                "options": list(change.options),
                "whose": change.whose or None,
                "quantity": change.quantity,
                "style": change.style,
                **_portions(change.portions),
                **_cake(change.cake),
            }
        case ChangeItem():
            told = {
                "do": "change",
                "item": _number(change.target),
                "menu": change.menu,
                "quantity": change.quantity,
                "more": change.quantity_by,
                "pieces": change.pieces,
                "whose": change.whose or None,
                "style": change.style,
                **_portions(change.portions),
                **_cake(change.cake),
            }
        case SplitItem():
            parts = [{"count": count, "style": style} for count, style in change.parts]
            told = {"do": "split", "item": _number(change.target), "parts": parts}
        case RemoveItem():
            told = {"do": "remove", "item": _number(change.target)}
        case SetService():
            told = {"do": "service", "service": change.service}
    return {name: value for name, value in told.items() if value is not None and value != []}


def _number(target: int | None) -> int | None:
    return None if target is None else target + 1


def _portions(portions: tuple[PortionChange, ...]) -> dict[str, Any]:
    return {"portions": [{"ingredient": p.ingredient, "mode": str(p.mode), "count": p.count} for p in portions]}


def _cake(cake: CakeWish | None) -> dict[str, Any]:
    if cake is None:
        return {}
    return {"flavour": cake.flavour, "colour": cake.colour, "tiers": cake.tiers, "lettering": cake.lettering}


def _question(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": str(question.kind),
        "menus": list(question.menus),
        "styles": list(question.styles),
        "ingredients": list(question.ingredients),
        "allergens": list(question.allergens),
        "category": question.category,
        "people": question.people,
        "budget": question.budget,
        "occasion": question.occasion,
        "excluded": list(question.excluded),
        "containing": question.containing or None,
        "extreme": question.extreme,
        "wanted": [_wanted(item) for item in question.wanted],
    }
    return {name: value for name, value in told.items() if value is not None and value != []}


def _wanted(item: AddItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "menu": item.menu,
        "quantity": item.quantity,
        "style": item.style,
        **_portions(item.portions),
        **_cake(item.cake),
    }
    return {name: value for name, value in told.items() if value is not None and value != []}


def _polite(proposal: Proposal) -> str:
    """Rules have no sentence of their own, and a model always has one."""
    english = proposal.language == "en"
    if proposal.intent in (Intent.OTHER, Intent.GREETING) and not proposal.changes:
        return "Hello! What would you like?" if english else "안녕하세요! 무엇을 드릴까요?"
    return "Sure. Let me see to that." if english else "네, 알겠어요. 그렇게 해 드릴게요."
