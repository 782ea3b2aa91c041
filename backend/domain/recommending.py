"""Which menu to suggest: a pure ranking by occasion, people, budget, allergy, the customer's history and events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.domain.catalogue import Catalogue, Menu
from backend.domain.proposal import AddItem, Change, ChangeItem, Question

_FITS = {
    "birthday": {"strawberry": 4, "custom": 3, "chocolate": 2},
    "couple": {"valentine": 4, "champagne": 3, "french": 1},
    "family": {"english": 3, "champagne": 2, "french": 2},
    "child": {"chocolate": 4, "strawberry": 3, "english": 1},
    "party": {"champagne": 4, "custom": 3, "strawberry": 2},
}
_POPULAR = {"french": 2, "strawberry": 2, "valentine": 1, "chocolate": 1}


@dataclass(frozen=True, slots=True)
class History:
    """What a known customer ordered before: menu codes by frequency, the style of most, won an order on average."""

    frequent_menus: tuple[str, ...] = ()
    preferred_style: str | None = None
    average_amount: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A menu and the code of the reason to give for it (a key of each language's reasons)."""

    menu: Menu
    reason: str


def with_usual(changes: tuple[Change, ...], history: History) -> tuple[Change, ...]:
    """What is said with "the usual": the number and style of it, or more that is ordered beside it."""
    if not history.frequent_menus:
        return changes
    usual = AddItem(history.frequent_menus[0], style=history.preferred_style)
    said = next((each for each in changes if _is_unnamed(each)), None)
    if isinstance(said, AddItem | ChangeItem):
        usual = replace(usual, quantity=said.quantity, style=said.style or usual.style, portions=said.portions)
    return (usual, *(each for each in changes if each is not said))


def _is_unnamed(change: Change) -> bool:
    if isinstance(change, AddItem):
        return change.menu is None and change.category is None and not change.options
    return isinstance(change, ChangeItem) and change.target is None and change.menu is None


def suggest(question: Question, catalogue: Catalogue, history: History) -> tuple[Suggestion, ...]:
    """Up to three menus that fit, best first; empty where nothing does."""
    fitting = [menu for menu in catalogue.menus if _fits(menu, question, catalogue)]
    scored = [(_score(menu, question, catalogue, history), menu) for menu in fitting]
    scored.sort(key=lambda pair: (-pair[0][0], pair[1].index))
    return tuple(Suggestion(menu, reason) for (_, reason), menu in scored[:3])


def _fits(menu: Menu, question: Question, catalogue: Catalogue) -> bool:
    if menu.code in catalogue.sold_out:
        return False
    if question.menus and menu.code not in question.menus:
        return False
    if question.category and menu.category != question.category:
        return False
    if {menu.code, menu.category} & set(question.excluded):
        return False
    if (
        question.budget is not None
        and _cost_for(menu, question.people or (2 if question.occasion == "couple" else 1), catalogue) > question.budget
    ):
        return False
    return not set(question.allergens) & set(menu.allergens())


def _cost_for(menu: Menu, people: int, catalogue: Catalogue) -> int:
    """Won for so many people."""
    return catalogue.least_price(menu) * menu.pieces_for(people)


def _score(menu: Menu, question: Question, catalogue: Catalogue, history: History) -> tuple[int, str]:
    """Points, and the reason that weighs most."""
    occasion = question.occasion or {2: "couple"}.get(
        question.people or 0, "family" if (question.people or 0) > 2 else ""
    )
    parts = [
        (_FITS.get(occasion, {}).get(menu.code, 0) * 10, occasion or "popular"),
        (15 if menu.code in history.frequent_menus else 0, "frequent"),
        (12 if any(event.covers(menu.code) for event in catalogue.events) else 0, "event"),
        (5 if question.budget is not None else 0, "budget"),
        (5 if question.allergens else 0, "free_of"),
        (_POPULAR.get(menu.code, 0), "popular"),
    ]
    best = max(parts, key=lambda part: part[0])
    return sum(points for points, _ in parts), best[1] if best[0] else "popular"
