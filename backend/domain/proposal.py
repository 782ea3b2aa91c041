"""What a language engine makes of one sentence, in one form for every engine. It proposes; the dialogue decides.

A proposal carries no prices and no rules: codes of the catalogue, counts, and what the customer wants done with them.
``target`` is an index into ``UnderstandingRequest.items`` (indices go on into the items that the same proposal
adds); ``None`` is the item being worked on, ``UNSAID`` one of several of which it was not said which.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.domain.catalogue import Catalogue
from backend.domain.order import Item

UNSAID = -1
"""The ``target`` of a change that fits several items: the dialogue asks which is meant, unless only one can be."""


class Intent(StrEnum):
    ORDER = "order"
    INQUIRY = "inquiry"
    RECOMMENDATION = "recommendation"
    GREETING = "greeting"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    HELP = "help"
    OTHER = "other"


class Control(StrEnum):
    """What a customer tells the kiosk itself. ``CHOOSE``: one of what was offered, see ``Proposal.choice``."""

    CONFIRM = "confirm"
    DENY = "deny"
    NOTHING_MORE = "nothing_more"
    CANCEL = "cancel"
    START_OVER = "start_over"
    BACK = "back"
    REPEAT = "repeat"
    CALL_STAFF = "call_staff"
    CHOOSE = "choose"
    USUAL = "usual"
    WAIT = "wait"
    THANKS = "thanks"
    LOUDER = "louder"
    SLOWER = "slower"
    LARGER = "larger"
    QUIETER = "quieter"
    FASTER = "faster"
    UNDO = "undo"


class PortionMode(StrEnum):
    """``INCLUDE``: at least the menu's default, at least one (put it in). ``RESET``: the menu's default."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    INCLUDE = "include"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class PortionChange:
    """A change to one ingredient's count; ``count`` is 0 or more and has no meaning for ``INCLUDE`` and ``RESET``."""

    ingredient: str
    mode: PortionMode
    count: int = 1


@dataclass(frozen=True, slots=True)
class CakeWish:
    """What was said about a custom cake; ``None`` was not said. ``colour`` is a name or ``#rrggbb``."""

    flavour: str | None = None
    colour: str | None = None
    tiers: int | None = None
    lettering: str | None = None


@dataclass(frozen=True, slots=True)
class AddItem:
    """A new item. ``menu`` ``None``: only a category or several ``options`` were heard, and one has to be asked for.

    ``whose``: the person it is for, where that was said (``me``, ``wife``, ``he``): later words of them are about it.
    """

    menu: str | None = None
    quantity: int | None = None
    style: str | None = None
    portions: tuple[PortionChange, ...] = ()
    cake: CakeWish | None = None
    category: str | None = None
    options: tuple[str, ...] = ()
    whose: str = ""


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """A change to an item that is there. ``quantity`` is absolute, ``quantity_by`` relative; ``menu`` replaces it.

    ``pieces``: only so many of the item's pieces are changed, and the others stay as they are. ``whose``: from now
    on the changed pieces are this person's.
    """

    target: int | None = None
    menu: str | None = None
    quantity: int | None = None
    quantity_by: int | None = None
    style: str | None = None
    portions: tuple[PortionChange, ...] = ()
    cake: CakeWish | None = None
    pieces: int | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class SplitItem:
    """Parts of one item in different styles: ``(count, style code)`` each."""

    parts: tuple[tuple[int, str], ...]
    target: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveItem:
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SetService:
    """``eat_in`` or ``to_go``."""

    service: str


Change = AddItem | ChangeItem | SplitItem | RemoveItem | SetService


class QuestionKind(StrEnum):
    PRICE = "price"
    CONTENTS = "contents"
    ALLERGENS = "allergens"
    STYLES = "styles"
    MENUS = "menus"
    TOTAL = "total"
    EVENTS = "events"
    WAITING = "waiting"
    ORDER_STATUS = "order_status"
    CAKE = "cake"
    RECOMMEND = "recommend"
    SAME = "same"
    """What was asked before, of another menu: "and the cheese cake?"."""
    NOT_SOLD = "not_sold"
    """Food or drink that the shop does not have."""
    ELSEWHERE = "elsewhere"
    """What only the staff can tell or give: the toilet, a fork, how to pay."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer wants to know. Lists name catalogue codes; all but ``kind`` may be unsaid.

    ``people`` is a number of persons, ``budget`` won, ``occasion`` one of birthday, couple, family, child, party.
    ``wanted`` are the items whose price is asked, where more than a menu was said ("three French, grand").
    ``excluded`` are menus or categories that are not wanted. ``containing`` turns a question about allergens
    round: what does contain them. ``extreme`` is ``cheapest`` or ``dearest``.
    """

    kind: QuestionKind
    menus: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    category: str | None = None
    people: int | None = None
    budget: int | None = None
    occasion: str | None = None
    excluded: tuple[str, ...] = ()
    containing: bool = False
    extreme: str | None = None
    wanted: tuple[AddItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was heard: which slot, what value, from which words, how sure (0 to 1)."""

    slot: str
    value: str
    words: str
    confidence: float


@dataclass(frozen=True, slots=True)
class UnderstandingRequest:
    """One sentence and what it is said into: the order so far, the stage, and what the kiosk last asked.

    ``offered`` are the codes (menus or styles) that the kiosk last named as a choice, in spoken order.
    ``language`` is the conversation's so far; ``context`` is for engines that read prose. ``about`` is what the
    sentence before was about, an ingredient's code or ``tiers``: a bare number may count that. ``counted`` is what the
    last number counted, an ingredient's code; empty where it counted pieces: a number that corrects it counts the same.
    ``priced`` are the items whose price was told last and that the kiosk offers: "and two?" asks it of two.
    ``whose`` are the persons that each of the items is for, where it was said; ``before`` are the items before the last
    change.
    ``named`` are the menus that the last answer spoke of, in spoken order: "one of each" orders them.
    """

    transcript: str
    catalogue: Catalogue
    items: tuple[Item, ...] = ()
    current: int | None = None
    stage: str = "greeting"
    asked: str = ""
    context: str = ""
    offered: tuple[str, ...] = ()
    language: str = "ko"
    about: str = ""
    counted: str = ""
    priced: tuple[AddItem, ...] = ()
    whose: tuple[tuple[str, ...], ...] = ()
    before: tuple[Item, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Understanding of one sentence. ``confidence`` is calibrated, 0 to 1.

    ``choice`` is an index into ``UnderstandingRequest.offered`` (-1: the last one). ``answer`` is a model's own
    sentence, empty for engines without one; it is spoken only where the domain has nothing better to say.
    ``unclear`` are words of the customer's that ask for something and of which nothing was made beside the changes.
    """

    intent: str
    confidence: float
    language: str
    evidence: tuple[Evidence, ...] = ()
    answer: str = ""
    changes: tuple[Change, ...] = ()
    controls: tuple[Control, ...] = ()
    questions: tuple[Question, ...] = ()
    choice: int | None = None
    unclear: tuple[str, ...] = ()
