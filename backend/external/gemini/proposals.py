"""From what the model said to a proposal. Nothing is believed: each piece is checked against the catalogue and what
was asked, what is wrong is dropped, and each piece that was dropped makes the whole less sure.

What the shop can explain better than silence is kept: a style that this menu does not have, 25 cakes where 20 are the
most, lettering that is too long. The dialogue answers those in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic_core import from_json

from backend.domain.order import FLAVOURS
from backend.domain.proposal import (
    UNSAID,
    AddItem,
    CakeWish,
    Change,
    ChangeItem,
    Control,
    Evidence,
    Intent,
    PortionChange,
    PortionMode,
    Proposal,
    Question,
    QuestionKind,
    RemoveItem,
    SetService,
    SplitItem,
    UnderstandingRequest,
)
from backend.external.gemini.schema import (
    LANGUAGES,
    LAST,
    ChangeReply,
    PartReply,
    PortionReply,
    QuestionReply,
    Reply,
    WantedReply,
)
from backend.external.gemini.sieve import MOST_COUNTED, NotBelievedError, Sieve
from backend.external.gemini.spoken import tame
from backend.external.interfaces import EngineBadResponse

MOST_CHANGES, MOST_QUESTIONS, MOST_PARTS = 20, 4, 20
MOST_PEOPLE, MOST_WON = 99, 100_000_000
MOST_UNCLEAR, LONGEST_UNCLEAR = 3, 20
MOST_LETTERING_CHARS, MOST_QUOTED_CHARS = 80, 80
OCCASIONS = frozenset({"birthday", "couple", "family", "child", "party"})
EXTREMES = frozenset({"cheapest", "dearest"})
WHOSE = re.compile(r"[a-z_]{2,20}")
"""A person in one English word: it goes into the next turn's prompt, where free text has no place."""
SERVICES = frozenset({"eat_in", "to_go"})
COLOUR = re.compile(r"#[0-9a-f]{6}|[a-z]{3,20}")
"""As on the wire (shared/orders.py): a colour goes into the prompt of a picture, where free text has no place."""

LEAST_SURE, MOST_SURE = 0.05, 0.98
"""As the offline engine: nothing is certain."""
DROPPED_FACTOR = 0.7
NOT_SAID_FACTOR = 0.8
"""For a quotation that is not in the sentence: the model read something into it."""
YES_WITH_SOMETHING_DROPPED = 0.5
"""Below what places an order (``SURE_ENOUGH``): whoever said yes and something that was lost has not said just yes."""
_FENCED = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)


def read_reply(text: str) -> Reply:
    """The model's whole text, with or without a Markdown fence (models that no schema holds put one around).

    Raises:
        EngineBadResponse: it is no JSON, or of another shape altogether.
    """
    fenced = _FENCED.fullmatch(text)
    try:
        return Reply.model_validate(from_json(fenced[1] if fenced else text))
    except ValueError as error:
        raise EngineBadResponse("the reply has another shape") from error


def to_proposal(reply: Reply, request: UnderstandingRequest) -> Proposal:
    """What is left of the reply after every check. Never raises."""
    return _Reading(reply, request).proposal()


class _Reading:
    """One reply on its way to a proposal."""

    def __init__(self, reply: Reply, request: UnderstandingRequest) -> None:
        self._reply = reply
        self._request = request
        self._sieve = Sieve()
        self._heard = _letters(request.transcript)
        self._evidence: list[Evidence] = []
        catalogue = request.catalogue
        self._ingredients = frozenset(ingredient.code for ingredient in catalogue.ingredients)
        self._allergens = frozenset(allergen.code for allergen in catalogue.allergens)
        self._categories = frozenset(menu.category for menu in catalogue.menus)
        self._items = len(request.items)

    def proposal(self) -> Proposal:
        changes = self._changes()
        questions = self._questions()
        choice = self._choice()
        controls = self._controls(choice)
        return Proposal(
            intent=self._sieve.member(self._reply.intent, Intent) or Intent.OTHER,
            confidence=self._confidence(controls),
            language=self._reply.language if self._reply.language in LANGUAGES else self._request.language,
            evidence=tuple(self._evidence),
            answer=tame(self._reply.answer, self._request.catalogue),
            changes=changes,
            controls=controls,
            questions=questions,
            choice=choice if Control.CHOOSE in controls else None,
            unclear=self._unclear() if changes else (),
        )

    def _unclear(self) -> tuple[str, ...]:
        """The customer's own words only: they are said aloud."""
        told = [each for each in self._reply.unclear if isinstance(each, str)]
        own = [
            each for each in told if _letters(each) and _letters(each) in self._heard and len(each) <= LONGEST_UNCLEAR
        ]
        return tuple(dict.fromkeys(own))[:MOST_UNCLEAR]

    def _confidence(self, controls: Sequence[Control]) -> float:
        told = self._reply.confidence
        told = told / 100 if 1 < told <= 100 else told
        weakest = min((evidence.confidence for evidence in self._evidence), default=1.0)
        sure = min(told, weakest) * DROPPED_FACTOR**self._sieve.dropped
        if self._sieve.dropped and Control.CONFIRM in controls:
            sure = min(sure, YES_WITH_SOMETHING_DROPPED)
        return round(min(MOST_SURE, max(LEAST_SURE, sure)), 2)

    # what is said to the kiosk itself

    def _controls(self, choice: int | None) -> tuple[Control, ...]:
        told = [self._sieve.member(one, Control) for one in self._reply.controls]
        found = [control for control in dict.fromkeys(told) if control is not None]
        if choice is None and Control.CHOOSE in found:
            found.remove(Control.CHOOSE)
            self._sieve.drop()
        return tuple(found)

    def _choice(self) -> int | None:
        told, offered = self._reply.choice, len(self._request.offered)
        if told == 0:
            return None
        if told == LAST and offered:
            return LAST
        found = self._sieve.number(told, 1, offered)
        return None if found is None else found - 1

    # changes

    def _changes(self) -> tuple[Change, ...]:
        read = self._sieve.pieces(ChangeReply, self._reply.changes, MOST_CHANGES)
        self._items += sum(one.do == "add" for one in read)
        made = (self._change(one) for one in read)
        return tuple(change for change in made if change is not None)

    def _change(self, one: ChangeReply) -> Change | None:
        makers = {
            "add": self._add,
            "change": self._alter,
            "split": self._split,
            "remove": lambda one: RemoveItem(self._target(one)),
            "service": self._serve,
        }
        try:
            make = makers.get(one.do)
            made = make(one) if make is not None else None
        except NotBelievedError:
            made = None
        if made is None:
            self._sieve.drop()
            return None
        self._note(one, made)
        return made

    def _add(self, one: ChangeReply) -> AddItem:
        options = self._sieve.codes(one.options, self._is_menu)
        if one.options and not options:
            raise NotBelievedError
        return AddItem(
            menu=self._sieve.sure_code(one.menu, self._is_menu),
            quantity=self._sieve.sure_count(one.quantity),
            style=self._sieve.code(one.style, self._is_style),
            portions=self._portions(one),
            cake=self._cake(one),
            category=self._sieve.sure_code(one.category, self._categories.__contains__),
            options=options,
            whose=self._whose(one),
        )

    def _alter(self, one: ChangeReply) -> ChangeItem | None:
        before = self._sieve.dropped
        target = self._target(one)
        changed = ChangeItem(
            target=target,
            menu=self._sieve.sure_code(one.menu, self._is_menu),
            quantity=self._sieve.sure_count(one.quantity),
            quantity_by=self._sieve.sure_count(one.more, least=-MOST_COUNTED),
            style=self._sieve.code(one.style, self._is_style),
            portions=self._portions(one),
            cake=self._cake(one),
            pieces=self._sieve.sure_count(one.pieces),
            whose=self._whose(one),
        )
        # A change of nothing is how "the french dinner" alone is told; one that lost its content is not that.
        return None if changed == ChangeItem(target) and self._sieve.dropped > before else changed

    def _split(self, one: ChangeReply) -> SplitItem | None:
        parts = [(part.count, part.style) for part in self._sieve.pieces(PartReply, one.parts, MOST_PARTS)]
        fits = all(1 <= count <= MOST_COUNTED and self._is_style(style) for count, style in parts)
        whole = bool(parts) and len(parts) == len(one.parts)
        return SplitItem(tuple(parts), self._target(one)) if whole and fits else None

    def _serve(self, one: ChangeReply) -> SetService | None:
        return SetService(one.service) if one.service in SERVICES else None

    def _target(self, one: ChangeReply) -> int | None:
        if one.item is None:
            return None
        if one.item == UNSAID + 1 and self._items > 1:
            return UNSAID
        if not 1 <= one.item <= self._items:
            raise NotBelievedError
        return one.item - 1

    def _portions(self, one: ChangeReply | WantedReply) -> tuple[PortionChange, ...]:
        found: list[PortionChange] = []
        for told in self._sieve.pieces(PortionReply, one.portions, MOST_PARTS):
            ingredient = self._sieve.code(told.ingredient, self._ingredients.__contains__)
            mode = self._sieve.member(told.mode, PortionMode)
            count = self._sieve.number(told.count, 0, MOST_COUNTED)
            if ingredient is not None and mode is not None and count is not None:
                found.append(PortionChange(ingredient, mode, count))
        return tuple(found)

    def _cake(self, one: ChangeReply | WantedReply) -> CakeWish | None:
        wish = CakeWish(
            flavour=self._sieve.code(one.flavour, FLAVOURS.__contains__),
            colour=self._sieve.code((one.colour or "").lower(), lambda colour: bool(COLOUR.fullmatch(colour))),
            tiers=self._sieve.sure_count(one.tiers),
            lettering=None if one.lettering is None else _printed(one.lettering, MOST_LETTERING_CHARS),
        )
        return None if wish == CakeWish() else wish

    def _whose(self, one: ChangeReply) -> str:
        return self._sieve.code((one.whose or "").lower(), lambda person: bool(WHOSE.fullmatch(person))) or ""

    def _is_menu(self, code: str) -> bool:
        return self._request.catalogue.menu(code) is not None

    def _is_style(self, code: str) -> bool:
        return self._request.catalogue.style(code) is not None

    # questions

    def _questions(self) -> tuple[Question, ...]:
        read = self._sieve.pieces(QuestionReply, self._reply.questions, MOST_QUESTIONS)
        return tuple(question for one in read if (question := self._question(one)) is not None)

    def _question(self, one: QuestionReply) -> Question | None:
        kind = self._sieve.member(one.kind, QuestionKind)
        if kind is None:
            return None
        self._quote("question", kind, one.words, None)
        code, codes, number = self._sieve.code, self._sieve.codes, self._sieve.number
        return Question(
            kind,
            menus=codes(one.menus, self._is_menu),
            styles=codes(one.styles, self._is_style),
            ingredients=codes(one.ingredients, self._ingredients.__contains__),
            allergens=codes(one.allergens, self._allergens.__contains__),
            category=code(one.category, self._categories.__contains__),
            people=number(one.people, 1, MOST_PEOPLE),
            budget=number(one.budget, 0, MOST_WON),
            occasion=code(one.occasion, OCCASIONS.__contains__),
            excluded=codes(one.excluded, lambda each: self._is_menu(each) or each in self._categories),
            containing=one.containing,
            extreme=code(one.extreme, EXTREMES.__contains__),
            wanted=tuple(self._wanted(each) for each in self._sieve.pieces(WantedReply, one.wanted, MOST_CHANGES)),
        )

    def _wanted(self, one: WantedReply) -> AddItem:
        return AddItem(
            menu=self._sieve.code(one.menu, self._is_menu),
            quantity=self._sieve.number(one.quantity, 1, MOST_COUNTED),
            style=self._sieve.code(one.style, self._is_style),
            portions=self._portions(one),
            cake=self._cake(one),
        )

    # evidence

    def _note(self, one: ChangeReply, made: Change) -> None:
        for slot, value in _slots(made):
            self._quote(slot, value, one.words, one.confidence)

    def _quote(self, slot: str, value: str, words: str, told: float | None) -> None:
        quoted = _printed(words, MOST_QUOTED_CHARS)
        sure = 1.0 if told is None else min(1.0, max(0.0, told))
        if _letters(quoted) not in self._heard:
            sure *= NOT_SAID_FACTOR
        self._evidence.append(Evidence(slot, value, quoted, round(sure, 2)))


def _slots(made: Change) -> list[tuple[str, str]]:
    """What a change says, in the slots of the offline engine."""
    match made:
        case AddItem() | ChangeItem():
            category = made.category if isinstance(made, AddItem) else None
            by = made.quantity_by if isinstance(made, ChangeItem) else None
            options = "|".join(made.options) if isinstance(made, AddItem) else ""
            cake = made.cake or CakeWish()
            pairs = [
                ("menu", made.menu or options), ("category", category), ("style", made.style),
                ("number", made.quantity if made.quantity is not None else by),
                *(("ingredient", portion.ingredient) for portion in made.portions),
                ("flavour", cake.flavour), ("colour", cake.colour), ("tiers", cake.tiers),
                ("lettering", cake.lettering),
            ]  # fmt: skip
            return [(slot, str(value)) for slot, value in pairs if value is not None and value != ""]
        case SplitItem(parts):
            return [("style", style) for _, style in parts]
        case RemoveItem():
            return [("remove", "")]
        case SetService(service):
            return [("service", service)]


def _printed(words: str, most: int) -> str:
    """One line of printable letters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:most]


def _letters(words: str) -> str:
    """Letters and digits alone: how a quotation is compared."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())
