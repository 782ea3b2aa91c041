"""Read the shop's catalogue from ``assets/catalogue/*.json`` and check it as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from backend.domain.catalogue import Allergen, Catalogue, Event, Ingredient, Menu, Portion, Style, Words

Won = Annotated[int, Field(ge=0, le=10_000_000)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]

_FILES = ("menus", "styles", "ingredients", "allergens", "events")


class CatalogueError(Exception):
    """The files do not make a catalogue. The message says which file and what is wrong."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_R = TypeVar("_R", bound=_Record)  # Python 3.11 has no "def f[T]"


class _Words(_Record):
    ko: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def words(self) -> Words:
        return Words(self.ko, self.en)


class _Allergen(_Record):
    code: Code
    name: _Words


class _Ingredient(_Record):
    code: Code
    name: _Words
    allergens: tuple[Code, ...] = ()
    maximum: Annotated[int, Field(ge=1, le=40)] = 9
    spoken: tuple[str, ...] = ()


class _Style(_Record):
    index: Annotated[int, Field(ge=1)]
    code: Code
    name: _Words
    description: _Words
    price: Won
    spoken: tuple[str, ...] = ()


class _Portion(_Record):
    ingredient: Code
    default: Annotated[int, Field(ge=0, le=40)]
    price: Won


class _Menu(_Record):
    index: Annotated[int, Field(ge=1)]
    code: Code
    category: Literal["dinner", "cake"]
    name: _Words
    description: _Words
    image_alt: _Words
    price: Won
    styles: Annotated[tuple[Code, ...], Field(min_length=1)]
    portions: tuple[_Portion, ...]
    spoken: tuple[str, ...] = ()


class _Event(_Record):
    code: Code
    name: _Words
    description: _Words
    percent: Annotated[int, Field(ge=1, le=100)]
    menu_codes: tuple[Code, ...] = ()
    first_day: MonthDay | None = None
    last_day: MonthDay | None = None


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event and the days of each year on which it runs, both included; none given: always."""

    event: Event
    first_day: str | None
    last_day: str | None

    def runs_on(self, day: date) -> bool:
        """Whether the event runs on ``day`` in the shop's own calendar; a span may cross the new year."""
        if self.first_day is None or self.last_day is None:
            return True
        today = day.strftime("%m-%d")
        if self.first_day <= self.last_day:
            return self.first_day <= today <= self.last_day
        return today >= self.first_day or today <= self.last_day


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """The catalogue without events, and the events with their days."""

    catalogue: Catalogue
    events: tuple[DatedEvent, ...]


def read_catalogue(folder: Path) -> CatalogueFiles:
    """Read and check the five files of ``folder``.

    Raises:
        CatalogueError: a file is missing, malformed, or names what does not exist.
    """
    raw = {name: _read(folder / f"{name}.json") for name in _FILES}
    allergens = _parse(_Allergen, raw, "allergens")
    ingredients = _parse(_Ingredient, raw, "ingredients")
    styles = _parse(_Style, raw, "styles")
    menus = _parse(_Menu, raw, "menus")
    events = _parse(_Event, raw, "events")
    if not menus:
        raise CatalogueError("menus.json: there are no menus")
    for name, codes in (
        ("allergens", [a.code for a in allergens]),
        ("ingredients", [i.code for i in ingredients]),
        ("styles", [s.code for s in styles]),
        ("menus", [m.code for m in menus]),
        ("events", [e.code for e in events]),
    ):
        _must_be_unique(name, codes)

    _must_exist("ingredients", (a for i in ingredients for a in i.allergens), {a.code for a in allergens})
    _must_exist("menus", (s for m in menus for s in m.styles), {s.code for s in styles})
    _must_exist("events", (c for e in events for c in e.menu_codes), {m.code for m in menus})
    known = {i.code: Ingredient(i.code, i.name.words(), i.allergens, i.maximum, i.spoken) for i in ingredients}
    _must_exist("menus", (p.ingredient for m in menus for p in m.portions), set(known))

    version = hashlib.sha256(b"\0".join(raw[name] for name in _FILES)).hexdigest()[:12]
    catalogue = Catalogue(
        version=version,
        menus=tuple(_menu(m, known) for m in menus),
        styles=tuple(Style(s.index, s.code, s.name.words(), s.description.words(), s.price, s.spoken) for s in styles),
        ingredients=tuple(known.values()),
        allergens=tuple(Allergen(a.code, a.name.words()) for a in allergens),
    )
    return CatalogueFiles(catalogue, tuple(_event(e) for e in events))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path.name} cannot be read: {error.strerror}") from error


def _parse(kind: type[_R], raw: dict[str, bytes], name: str) -> tuple[_R, ...]:
    try:
        return TypeAdapter(tuple[kind, ...]).validate_json(raw[name])  # type: ignore[valid-type]  # a type made at run time
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
        raise CatalogueError(f"{name}.json{where}: {first['msg']}") from error


def _must_be_unique(name: str, codes: list[str]) -> None:
    doubled = sorted({code for code in codes if codes.count(code) > 1})
    if doubled:
        raise CatalogueError(f"{name}.json: {', '.join(doubled)} stands twice")


def _must_exist(name: str, codes: Iterable[str], known: set[str]) -> None:
    unknown = sorted(set(codes) - known)
    if unknown:
        raise CatalogueError(f"{name}.json names {', '.join(unknown)}, which do not exist")


def _menu(menu: _Menu, ingredients: dict[str, Ingredient]) -> Menu:
    return Menu(
        index=menu.index,
        code=menu.code,
        category=menu.category,
        name=menu.name.words(),
        description=menu.description.words(),
        image_alt=menu.image_alt.words(),
        price=menu.price,
        styles=menu.styles,
        portions=tuple(Portion(ingredients[p.ingredient], p.default, p.price) for p in menu.portions),
        spoken=menu.spoken,
    )


def _event(event: _Event) -> DatedEvent:
    made = Event(event.code, event.name.words(), event.description.words(), event.percent, frozenset(event.menu_codes))
    return DatedEvent(made, event.first_day, event.last_day)
