"""Read ``tests/dialogues/*.yaml``: what a customer says, and what must stand after each sentence.

The format is told in ``tests/dialogues/README.md``. Every scalar is read as text, so that ``say: no`` is a word and
not a truth value. A mistake is reported with file, line and what would have been right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item, OrderRuleError, check_item, normalise
from backend.domain.order_state import COMPLETED, PLACED, STAGES, Asked
from backend.domain.proposal import Intent
from backend.domain.recommending import History
from backend.services.catalogue_files import CatalogueFiles, read_catalogue
from tests.support.backend import ROOT

FOLDER = Path(__file__).parents[1] / "dialogues"
DECISIONS = ("stay", "advance", "back", "placed", "cancelled")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CAKE = ("flavour", "colour", "tiers", "lettering")
_DIALOGUE = ("name", "language", "history", "events", "today", "sold_out", "known_failure", "turns")
_TURN = (
    "say", "items", "stage", "decision", "intent", "service", "says", "says_not", "asks", "unchanged", "placed",
    "payable", "staff",
)  # fmt: skip
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
"""A comma that is not inside quotes."""


class DialogueError(Exception):
    """A dialogue file is not in the form of ``tests/dialogues/README.md``; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One sentence, and what must stand after it; None, or empty, is not looked at.

    ``placed`` are the items of the order that this sentence must place. ``unchanged``: order and stage must stay.
    """

    say: str
    line: int = 0
    items: tuple[Item, ...] | None = None
    stage: str | None = None
    decision: int | None = None
    intent: str | None = None
    service: str | None = None
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()
    asks: str | None = None
    unchanged: bool = False
    placed: tuple[Item, ...] | None = None
    payable: int | None = None
    staff: bool | None = None

    @property
    def names_something(self) -> bool:
        """Whether anything but the sentence is said about this turn."""
        return replace(self, say="", line=0) != Expected("")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One customer. ``known_failure`` says why the kiosk does not get it right yet, empty where it should.

    ``language`` is what the customer speaks. ``events`` run, and ``sold_out`` is not to be had, while they do.
    """

    group: str
    name: str
    turns: tuple[Expected, ...]
    language: str = "ko"
    history: History = field(default_factory=History)
    events: tuple[str, ...] = ()
    sold_out: tuple[str, ...] = ()
    known_failure: str = ""

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"

    def catalogue(self, base: Catalogue) -> Catalogue:
        """The shop as it is while this customer is there."""
        running = tuple(dated.event for dated in shop().events if dated.event.code in self.events)
        return replace(base, events=running, sold_out=frozenset(self.sold_out))


@lru_cache(maxsize=1)
def shop() -> CatalogueFiles:
    """The shop's own catalogue, read once."""
    return read_catalogue(ROOT / "assets" / "catalogue")


def all_dialogues(folder: Path = FOLDER, *, pending: bool = False) -> Iterator[Dialogue]:
    """Every dialogue of every file, in order of file names; with ``pending`` those that wait to be understood, too."""
    for path in [*sorted(folder.glob("*.yaml")), *(sorted(folder.glob("pending/*.yaml")) if pending else ())]:
        yield from read_dialogues(path)


def read_dialogues(path: Path) -> tuple[Dialogue, ...]:
    """The dialogues of one file.

    Raises:
        DialogueError: the file is not in the form; its message names the line.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.YAMLError as error:
        hint = 'a text with ": " or " #" in it, or one that begins with a mark like - ? ! & * @ %, needs quotes'
        raise DialogueError(f"{path.name}: not YAML ({' '.join(str(error).split())}); {hint}") from error
    reader = _Reader(path.name, path.stem, shop().catalogue)
    found = tuple(reader.dialogue(node) for node in reader.sequence(root, "the file"))
    names = [dialogue.name for dialogue in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise DialogueError(f"{path.name}: two dialogues are called {name!r}")
    return found


class _Reader:
    """Turns YAML nodes into dialogues; knows the file, for messages."""

    def __init__(self, file: str, group: str, catalogue: Catalogue) -> None:
        self._file = file
        self._group = group
        self._catalogue = catalogue

    def _wrong(self, node: Any, why: str) -> DialogueError:
        line = node.start_mark.line + 1 if node is not None else 1
        return DialogueError(f"{self._file}:{line}: {why}")

    # YAML

    def sequence(self, node: Any, what: str) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(node, f"{what} must be a list, each entry after a '- '")
        return list(node.value)

    def _mapping(self, node: Any, what: str, allowed: Collection[str]) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, f"{what} must be 'key: value' lines ({', '.join(allowed)})")
        found: dict[str, Any] = {}
        for key, value in node.value:
            self._one_of(key, key.value, allowed, f"field of {what}")
            if key.value in found:
                raise self._wrong(key, f"{key.value!r} stands twice in {what}")
            found[key.value] = value
        return found

    def _text(self, node: Any, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._wrong(node, f"{what} must be one text; put quotes around it if it has ', ' or ': ' in it")
        if not node.value and not node.style:  # neither parser gives a plain text a style
            raise self._wrong(node, f'{what} is empty; write "" if that is meant (a # begins a comment: quote it)')
        return str(node.value)

    def _texts(self, node: Any, what: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._text(each, what) for each in node.value)
        return (self._text(node, what),)

    def _number(self, node: Any, what: str) -> int:
        try:
            return int(self._text(node, what).replace(",", "").replace("_", ""))
        except ValueError:
            raise self._wrong(node, f"{what} must be a whole number, not {node.value!r}") from None

    def _truth(self, node: Any, what: str) -> bool:
        return self._one_of(node, self._text(node, what).lower(), ("true", "false"), what) == "true"

    def _one_of(self, node: Any, value: str, allowed: Collection[str], what: str) -> str:
        if value not in allowed:
            near = difflib.get_close_matches(value, allowed, 1)
            meant = f"; did you mean {near[0]!r}?" if near else "."
            raise self._wrong(node, f"{value!r} is no {what}{meant} There are: {', '.join(allowed)}")
        return value

    # dialogues

    def dialogue(self, node: Any) -> Dialogue:
        found = self._mapping(node, "a dialogue", _DIALOGUE)
        for needed in ("name", "turns"):
            if needed not in found:
                raise self._wrong(node, f"a dialogue needs {needed!r}")
        turns = self._turns(found["turns"])
        spoken = "ko" if any("가" <= letter <= "힣" for turn in turns for letter in turn.say) else "en"
        language = self._one_of(
            found.get("language"), self._field(found, "language", self._text, spoken), ("ko", "en"), "language"
        )
        return Dialogue(
            self._group,
            self._text(found["name"], "name"),
            turns,
            language,
            self._field(found, "history", self._history, History()),
            self._events(found),
            self._codes(found, "sold_out", [menu.code for menu in self._catalogue.menus]),
            self._field(found, "known_failure", self._text, ""),
        )

    @staticmethod
    def _field(found: dict[str, Any], key: str, read: Callable[..., Any], default: Any) -> Any:
        node = found.get(key)
        if node is None:
            return default
        return read(node, key)

    def _codes(self, found: dict[str, Any], key: str, allowed: Collection[str]) -> tuple[str, ...]:
        node = found.get(key)
        return () if node is None else tuple(self._one_of(node, c, allowed, key) for c in self._texts(node, key))

    def _history(self, node: Any, what: str) -> History:
        found = self._mapping(node, what, ("menus", "style", "average"))
        menus = self._codes(found, "menus", [menu.code for menu in self._catalogue.menus])
        style = self._codes(found, "style", [style.code for style in self._catalogue.styles])
        return History(menus, style[0] if style else None, self._field(found, "average", self._number, 0))

    def _events(self, found: dict[str, Any]) -> tuple[str, ...]:
        events = self._codes(found, "events", [dated.event.code for dated in shop().events])
        if "today" not in found:
            return events
        written = self._text(found["today"], "today")
        try:
            day = date.fromisoformat(f"2028-{written[-5:]}")
        except ValueError:
            raise self._wrong(found["today"], f"today must be MM-DD, like 12-20, not {written!r}") from None
        return tuple(dict.fromkeys([*events, *(d.event.code for d in shop().events if d.runs_on(day))]))

    def _turns(self, node: Any) -> tuple[Expected, ...]:
        turns: list[Expected] = []
        meant: tuple[Item, ...] | None = None
        done = False
        for each in self.sequence(node, "turns"):
            turn = self._turn(each, meant)
            meant = turn.items if turn.items is not None else meant
            done = done or turn.placed is not None
            if turn.stage == COMPLETED and not done:
                raise self._wrong(each, "nothing is placed yet: say 'placed: true' where the order is placed")
            turns.append(turn)
        if not turns:
            raise self._wrong(node, "a dialogue needs at least one turn")
        return tuple(turns)

    def _turn(self, node: Any, meant: tuple[Item, ...] | None) -> Expected:
        found = self._mapping(node, "a turn", _TURN)
        if "say" not in found:
            raise self._wrong(node, "a turn needs 'say': what the customer says")
        items = self._items(found["items"], "items") if "items" in found else None
        decision = self._decision(found["decision"]) if "decision" in found else None
        placed = self._placed(node, found, decision, items if items is not None else meant)
        return Expected(
            say=self._text(found["say"], "say"),
            line=node.start_mark.line + 1,
            items=items,
            stage=COMPLETED if placed is not None else self._name(found, "stage", STAGES),
            decision=PLACED if placed is not None else decision,
            intent=self._name(found, "intent", [intent.value for intent in Intent]),
            service=self._name(found, "service", ("eat_in", "to_go")),
            says=self._field(found, "says", self._texts, ()),
            says_not=self._field(found, "says_not", self._texts, ()),
            asks=self._asks(found),
            unchanged=self._field(found, "unchanged", self._truth, False),
            placed=placed,
            payable=self._field(found, "payable", self._number, None),
            staff=self._field(found, "staff", self._truth, None),
        )

    def _name(self, found: dict[str, Any], key: str, allowed: Collection[str]) -> str | None:
        if key not in found:
            return None
        return self._one_of(found[key], self._text(found[key], key), allowed, key)

    def _asks(self, found: dict[str, Any]) -> str | None:
        named = self._name(found, "asks", ["nothing", *(asked.value for asked in Asked if asked)])
        return "" if named == "nothing" else named

    def _decision(self, node: Any) -> int:
        written = self._text(node, "decision")
        if written in {"0", "1", "2", "3", "4"}:
            return int(written)
        return DECISIONS.index(self._one_of(node, written, DECISIONS, "decision"))

    def _placed(
        self, node: Any, found: dict[str, Any], decision: int | None, meant: tuple[Item, ...] | None
    ) -> tuple[Item, ...] | None:
        written = found.get("placed")
        if written is None and decision != PLACED:
            return None
        if written is None or (isinstance(written, yaml.ScalarNode) and written.value.lower() == "true"):
            if not meant:
                raise self._wrong(node, "no items were named before: name the order, 'placed: [french x1 simple]'")
            return meant
        return self._items(written, "placed")

    # items

    def _items(self, node: Any, what: str) -> tuple[Item, ...]:
        """``[]``, one item, or a list; each in short form or as a mapping."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._item(each, what) for each in node.value)
        return (self._item(node, what),)

    def _item(self, node: Any, what: str) -> Item:
        fields = self._fields_of(node, what)
        menu = fields.pop("menu", "")
        known = self._catalogue.menu(self._one_of(node, menu, [m.code for m in self._catalogue.menus], "menu"))
        portions = [portion.ingredient.code for portion in known.portions] if known else []
        style = fields.pop("style", None)
        if style is not None:
            self._one_of(node, style, [s.code for s in self._catalogue.styles], "style")
        quantity = self._count(node, "quantity", fields.pop("quantity", "1"))
        cake = {key: fields.pop(key) for key in _CAKE if key in fields}
        for key in fields:
            self._one_of(node, key, [*portions, *(_CAKE if known and known.takes_cake else ())], f"part of {menu}")
        counts = {key: self._count(node, key, value) for key, value in fields.items()}
        item = Item(menu, style, quantity, counts, self._cake(node, cake) if cake else None)
        try:
            check_item(item, self._catalogue)
        except OrderRuleError as error:
            raise self._wrong(node, f"the shop does not sell that: {error} {dict(error.params)}") from None
        return normalise(item, self._catalogue)

    def _fields_of(self, node: Any, what: str) -> dict[str, str]:
        if isinstance(node, yaml.MappingNode):
            return {self._text(k, what): self._text(v, k.value) for k, v in node.value}
        head, *parts = (part.strip() for part in _COMMA.split(self._text(node, what)))
        words = head.split()
        fields = {"menu": words[0] if words else ""}
        for word in words[1:]:
            key = "quantity" if re.fullmatch(r"x\d+", word) else "style"
            if key in fields:
                raise self._wrong(node, f"{head!r} is not 'menu xN style'; ingredients stand after a comma: 'wine 2'")
            fields[key] = word.removeprefix("x") if key == "quantity" else word
        for part in parts:
            name, _, value = part.partition(" ")
            if not value:
                raise self._wrong(node, f"{part!r} needs a value after the name, like 'wine 2' or 'colour pink'")
            if name in fields:
                raise self._wrong(node, f"{name!r} stands twice")
            fields[name] = value.strip().strip('"')
        return fields

    def _count(self, node: Any, key: str, value: str) -> int:
        if not value.isdecimal():
            raise self._wrong(node, f"{key} must be a count, not {value!r}")
        return int(value)

    def _cake(self, node: Any, said: dict[str, str]) -> Cake:
        plain = Cake()
        return Cake(
            said.get("flavour", plain.flavour),
            said.get("colour", plain.colour),
            self._count(node, "tiers", said["tiers"]) if "tiers" in said else plain.tiers,
            said.get("lettering", plain.lettering),
        )
