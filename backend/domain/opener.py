"""The word or two that are said while a model still writes what it understood. Pure.

They tell that somebody was heard and nothing else: no menu, no number, no price, no yes to a question. So they are true
whatever the domain decides a moment later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.domain.catalogue import Catalogue
from backend.domain.order_state import COMPLETED, OrderState
from backend.domain.proposal import Intent


class Opening(StrEnum):
    """``taken``: an order or a change was heard. ``looking``: a question, which takes a moment to answer."""

    TAKEN = "taken"
    LOOKING = "looking"


OPENERS: Mapping[tuple[str, Opening], tuple[str, ...]] = {
    ("ko", Opening.TAKEN): ("네,",),
    ("ko", Opening.LOOKING): ("잠시만요.", "음, 볼게요."),
    ("en", Opening.TAKEN): ("Okay,", "Alright,"),
    ("en", Opening.LOOKING): ("Let me see.", "One moment."),
}
"""By language; several take turns. A question is never opened with a word that could be its answer: "네" to "are there
nuts in it?". Each Korean order may begin with "네,", as at any counter."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a model has written so far: only what is whole. ``changes``, ``questions``: it tells of some; questions come
    before changes. ``menu``: the first that it changes something about."""

    intent: str
    language: str
    changes: bool = False
    questions: bool = False
    menu: str | None = None


def opening_of(begun: Begun, state: OrderState, catalogue: Catalogue) -> Opening | None:
    """What may be said now; None: nothing, or nothing yet.

    Nothing where the shop may have to refuse: to a placed order, of what is sold out, to a yes or a cancellation.
    """
    match begun.intent:
        case Intent.INQUIRY | Intent.RECOMMENDATION:
            return Opening.LOOKING
        case Intent.ORDER if begun.changes and not begun.questions and state.stage != COMPLETED:
            known = not catalogue.sold_out or (begun.menu is not None and begun.menu not in catalogue.sold_out)
            return Opening.TAKEN if known else None
        case _:
            return None


def opener(opening: Opening, language: str, last: str) -> str:
    """The words; where there are others, not those that were said ``last``."""
    words = OPENERS["en" if language == "en" else "ko", opening]
    return next((each for each in words if each != last), words[0])


def opened(words: str, answer: str) -> str:
    """``answer`` as it is said after ``words``, which are not said twice."""
    return answer if answer.startswith(words) else f"{words} {answer}"
