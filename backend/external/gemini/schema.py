"""What the model may say: the JSON schema that Gemini keeps to, and the same as pydantic models to read it with.

The schema is kept small on purpose. Gemini refuses one that has "too many states for serving", and enums, limits of
lists and bounds of numbers all count towards it (googleapis/python-genai issues 660, 950, 2170); it says so with a
bare 400. So there are no limits in it, and enums only where a word decides something. The rest is checked afterwards,
where everything is checked again: see ``proposals``.

Properties are written in the order of ``propertyOrdering``, and what is empty is left out: each token is 15 ms of
somebody's waiting. ``intent`` and ``language`` come first: within eight tokens they tell what kind of answer it is.
Questions come before changes: where there are changes already, nothing was asked. ``answer`` comes last: what it may
say follows from what was understood, and whoever hears its first sentence can know already what the order is. ``words``
comes first in a change, so that what follows is read off what was really said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.domain.catalogue import Catalogue
from backend.domain.proposal import Control, Intent, PortionMode, QuestionKind

DOING = ("add", "change", "split", "remove", "service")
LANGUAGES = ("ko", "en")
ALWAYS = ("intent", "language", "confidence", "answer")
"""What no reply goes without."""
LAST = -1
"""``choice`` is 0 for none, 1 for the first of what was offered, and this for the last."""
MOST_CODES = 40
"""A longer list of codes is told in the prompt alone: as an enum it would make the schema too large."""


def _no_nulls(value: object) -> object:
    return [] if value is None else value


Codes = Annotated[list[str], BeforeValidator(_no_nulls)]
Pieces = Annotated[list[Any], BeforeValidator(_no_nulls)]
"""Read one by one: one that is wrong does not spoil the others."""


class _Piece(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class PortionReply(_Piece):
    """One ingredient; ``count`` has no meaning for include and reset."""

    ingredient: str
    mode: str
    count: int = 1


class PartReply(_Piece):
    count: int
    style: str


class ChangeReply(_Piece):
    """Flat, for all of ``DOING``. ``item`` counts from 1; none is the item being worked on, 0 one that was not told."""

    words: str = ""
    do: str
    item: int | None = None
    menu: str | None = None
    category: str | None = None
    options: Codes = []
    quantity: int | None = None
    more: int | None = None
    pieces: int | None = None
    style: str | None = None
    portions: Pieces = []
    flavour: str | None = None
    colour: str | None = None
    tiers: int | None = None
    lettering: str | None = None
    parts: Pieces = []
    whose: str | None = None
    service: str | None = None
    confidence: float | None = None


class WantedReply(_Piece):
    """An item whose price is asked and that is not ordered."""

    menu: str
    quantity: int | None = None
    style: str | None = None
    portions: Pieces = []
    flavour: str | None = None
    colour: str | None = None
    tiers: int | None = None
    lettering: str | None = None


class QuestionReply(_Piece):
    words: str = ""
    kind: str
    menus: Codes = []
    styles: Codes = []
    ingredients: Codes = []
    allergens: Codes = []
    category: str | None = None
    people: int | None = None
    budget: int | None = None
    occasion: str | None = None
    excluded: Codes = []
    containing: bool = False
    extreme: str | None = None
    wanted: Pieces = []


class Reply(BaseModel):
    """The whole of it. Only ``intent`` has to be there; a model without a schema may leave out what is empty."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    intent: str
    language: str = ""
    controls: Pieces = []
    choice: int = 0
    questions: Pieces = []
    changes: Pieces = []
    unclear: Pieces = []
    confidence: float = Field(0.5, allow_inf_nan=False)
    answer: str = ""


def reply_schema(catalogue: Catalogue) -> dict[str, Any]:
    """The JSON schema for this catalogue: equal for equal catalogues, byte for byte."""
    portion = _object(
        {
            "ingredient": _one_of(portion.code for portion in catalogue.ingredients),
            "mode": _one_of(PortionMode),
            "count": _INTEGER,
        },
        required=("ingredient", "mode"),
    )
    change = _object(
        {
            "words": _STRING,
            "do": _one_of(DOING),
            "item": _INTEGER,
            "menu": _one_of(menu.code for menu in catalogue.menus),
            "category": _STRING,
            "options": _list(_STRING),
            "quantity": _INTEGER,
            "more": _INTEGER,
            "pieces": _INTEGER,
            "style": _one_of(style.code for style in catalogue.styles),
            "portions": _list(portion),
            **_CAKE,
            "parts": _list(_object({"count": _INTEGER, "style": _STRING}, required=("count", "style"))),
            "whose": _STRING,
            "service": _STRING,
            "confidence": _NUMBER,
        },
        required=("words", "do"),
    )
    # The codes are in the enums above: a schema has room for so many only.
    part = _object({"ingredient": _STRING, "mode": _STRING, "count": _INTEGER}, required=("ingredient", "mode"))
    wanted = _object(
        {"menu": _STRING, "quantity": _INTEGER, "style": _STRING, "portions": _list(part), **_CAKE}, required=("menu",)
    )
    question = _object(
        {
            "words": _STRING,
            "kind": _one_of(QuestionKind),
            "menus": _list(_STRING),
            "styles": _list(_STRING),
            "ingredients": _list(_STRING),
            "allergens": _list(_STRING),
            "category": _STRING,
            "people": _INTEGER,
            "budget": _INTEGER,
            "occasion": _STRING,
            "excluded": _list(_STRING),
            "containing": {"type": "boolean"},
            "extreme": _STRING,
            "wanted": _list(wanted),
        },
        required=("words", "kind"),
    )
    whole = {
        "intent": _one_of(Intent),
        "language": _one_of(LANGUAGES),
        "controls": _list(_one_of(Control)),
        "choice": _INTEGER,
        "questions": _list(question),
        "changes": _list(change),
        "unclear": _list(_STRING),
        "confidence": _NUMBER,
        "answer": _STRING,
    }
    return _object(whole, required=ALWAYS)


_STRING = {"type": "string"}
_INTEGER = {"type": "integer"}
_NUMBER = {"type": "number"}
_CAKE = {"flavour": _STRING, "colour": _STRING, "tiers": _INTEGER, "lettering": _STRING}


def _one_of(values: Iterable[str]) -> dict[str, Any]:
    codes = [str(value) for value in values]
    return {"type": "string", "enum": codes} if len(codes) <= MOST_CODES else _STRING


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """``propertyOrdering``: models before Gemini 2.5 take no order from the schema itself."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "propertyOrdering": list(properties),
    }
