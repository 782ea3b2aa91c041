"""All that can be said about one version of the catalogue, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backend.domain.catalogue import Catalogue, Menu
from backend.external.offline.understanding import vocabulary
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.numbers import ENGLISH_NUMBERS
from backend.external.offline.understanding.respelling import Respelling
from backend.external.offline.understanding.sounds import SoundIndex
from backend.external.offline.understanding.text import compact, is_hangul, sound_of
from backend.external.offline.understanding.unglued import Ungluing
from backend.external.offline.understanding.vocabulary_en import ENGLISH
from backend.external.offline.understanding.vocabulary_families import family_words
from backend.external.offline.understanding.vocabulary_items import ITEM_WORDS
from backend.external.offline.understanding.vocabulary_ko import KOREAN

Senses = Mapping[Kind, tuple[str, ...]]
"""What a form may mean: for each kind the codes, several where a part of a name belongs to several menus."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One spoken form. ``whole``: it must end where the written word ends, or where another known form begins."""

    form: str
    senses: Senses
    whole: bool
    named: bool
    """From the catalogue: compared by sound, and guessed when misspelt."""
    sound: str
    """``form`` as it is heard."""


class Lexicon:
    """The forms of a catalogue and of the vocabulary, by first letter and longest first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        senses: dict[str, dict[Kind, set[str]]] = {}
        named: set[str] = set()
        for kind, code, phrase in _named(catalogue):
            form = compact(phrase)
            if form:
                senses.setdefault(form, {}).setdefault(kind, set()).add(code)
                named.add(form)
        functional: dict[str, dict[Kind, set[str]]] = {}
        for kind, code, phrase in _functional():
            functional.setdefault(compact(phrase), {}).setdefault(kind, set()).add(code)
        for form, parts in _parts(catalogue):
            if form not in functional:
                senses.setdefault(form, {}).setdefault(Kind.PART, set()).update(parts)
                named.add(form)
        self._by_raw = _index(
            [_entry(form, kinds, named=False, whole=form in vocabulary.WHOLE) for form, kinds in functional.items()],
            by_sound=True,
        )
        entries = [_entry(form, kinds, named=True, whole=len(form) == 1) for form, kinds in senses.items()]
        self._by_sound = _index(entries, by_sound=True)
        self._named = {entry.form: entry for entry in entries}
        self.sounds = SoundIndex([form for form in named if len(form) > 1])
        heard = [form for form, kinds in functional.items() if _is_taken_by_sound(form, kinds)]
        single = [form for form, kinds in senses.items() if len(form) == 1 and Kind.INGREDIENT in kinds]
        english = frozenset(_english_words(catalogue))
        self.respelling = Respelling([*named, *heard], single, english)
        self.ungluing = Ungluing([form for form in named if form.isascii()], english)

    def starting_at(self, raw: str, sound: str, at: int) -> Iterator[Entry]:
        """Entries whose form stands at ``at``, longest first; a catalogue name before a word as long."""
        found = [entry for entry in self._by_sound.get(sound[at], ()) if sound.startswith(entry.sound, at)]
        found += [entry for entry in self._by_raw.get(sound[at], ()) if _stands_at(entry, raw, sound, at)]
        found.sort(key=lambda entry: (-len(entry.form), not entry.named))
        return iter(found)

    def named(self, form: str) -> Entry:
        return self._named[form]

    def of_kind(self, category: str) -> tuple[str, ...]:
        """The English words that menus of this category are called by."""
        menus = (menu for menu in self.catalogue.menus if menu.category == category)
        words = (word for menu in menus for name in (menu.name.en, *menu.spoken) for word in name.lower().split())
        kinds = {word for words in vocabulary.CATEGORIES.values() for word in words}
        return tuple(dict.fromkeys(word for word in words if word.isascii() and word not in kinds))

    def portion_menus(self, ingredient: str) -> tuple[str, ...]:
        """Codes of the menus that have this ingredient."""
        return tuple(menu.code for menu in self.catalogue.menus if menu.portion(ingredient))


def _stands_at(entry: Entry, raw: str, sound: str, at: int) -> bool:
    """Words of two syllables and more are taken as they are heard (``그데로``); of one, ``내`` is not ``네``."""
    if len(entry.form) > 1 and is_hangul(entry.form[0]):
        return raw[at] == entry.form[0] and sound.startswith(entry.sound, at)
    return raw.startswith(entry.form, at)


_TAKEN_BY_SOUND = frozenset(
    {
        Kind.YES, Kind.NO, Kind.NOTHING_MORE, Kind.PLACE, Kind.ORDER, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT,
        Kind.INSTEAD, Kind.CHANGE, Kind.RESET, Kind.ALL, Kind.EACH, Kind.THAT, Kind.TIMES, Kind.HALF, Kind.SERVICE,
        Kind.ASK_PRICE, Kind.STAFF, Kind.RECOMMEND, Kind.THANKS, Kind.BACK,
    }
)  # fmt: skip
"""What a word of two syllables that only sounds like it may mean; nothing is called off by such a word."""


def _is_taken_by_sound(form: str, kinds: Mapping[Kind, set[str]]) -> bool:
    """``내 거는`` is not ``네 거는`` of the table's talk, ``안에`` no ``아내``."""
    return Kind.TABLE_TALK not in kinds and (len(form) > 2 or form == "취소" or bool(_TAKEN_BY_SOUND & set(kinds)))


def _entry(form: str, kinds: Mapping[Kind, set[str]], *, named: bool, whole: bool) -> Entry:
    senses = {kind: tuple(sorted(codes)) for kind, codes in kinds.items()}
    return Entry(form, senses, whole, named, sound_of(form) if is_hangul(form[0]) else form)


def _index(entries: Iterable[Entry], *, by_sound: bool = False) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.form:
            index.setdefault(sound_of(entry.form[0]) if by_sound else entry.form[0], []).append(entry)
    return index


def _named(catalogue: Catalogue) -> Iterator[tuple[Kind, str, str]]:
    for menu in catalogue.menus:
        for phrase in _menu_phrases(menu):
            yield Kind.MENU, menu.code, phrase
    for style in catalogue.styles:
        for phrase in (style.name.ko, style.name.en, *style.spoken):
            yield Kind.STYLE, style.code, phrase
    for ingredient in catalogue.ingredients:
        for phrase in (ingredient.name.ko, *_with_plural((ingredient.name.en, *ingredient.spoken))):
            yield Kind.INGREDIENT, ingredient.code, phrase
    yield from family_words([ingredient.code for ingredient in catalogue.ingredients])
    for allergen in catalogue.allergens:
        yield Kind.ALLERGEN, allergen.code, allergen.name.ko
        yield Kind.ALLERGEN, allergen.code, allergen.name.en
    yield from _coded(Kind.ALLERGEN, vocabulary.ALLERGENS)
    yield from _coded(Kind.CATEGORY, vocabulary.CATEGORIES)
    yield from _coded(Kind.FLAVOUR, vocabulary.FLAVOURS)
    yield from _coded(Kind.COLOUR, vocabulary.COLOURS)


def _coded(kind: Kind, table: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Kind, str, str]]:
    for code, phrases in table.items():
        for phrase in phrases:
            yield kind, code, phrase


def _menu_phrases(menu: Menu) -> Iterator[str]:
    yield menu.name.ko
    yield from _with_plural((menu.name.en, *menu.spoken))
    for phrase in menu.spoken:
        for code, words in vocabulary.CATEGORIES.items():
            if code == menu.category and phrase.isascii() is False and not phrase.endswith(words):
                yield f"{phrase} {words[0]}"


def _with_plural(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield phrase
        if phrase.isascii() and not phrase.endswith("s"):
            yield phrase[:-1] + "ies" if phrase.endswith("y") else phrase + "s"


def _parts(catalogue: Catalogue) -> Iterator[tuple[str, set[str]]]:
    """Single words of menu names, with the menus that they belong to."""
    categories = {compact(word) for words in vocabulary.CATEGORIES.values() for word in words}
    parts: dict[str, set[str]] = {}
    for menu in catalogue.menus:
        for phrase in (menu.name.ko, menu.name.en, *menu.spoken):
            for word in phrase.split():
                form = compact(word)
                if form not in categories and len(form) > 1:
                    parts.setdefault(form, set()).add(menu.code)
    yield from parts.items()


def _english_words(catalogue: Catalogue) -> Iterator[str]:
    """Every single English word that stands in a name or in the vocabulary."""
    for _, _, phrase in (*_named(catalogue), *_functional()):
        if phrase.isascii():
            yield from (compact(word) for word in phrase.split())
    yield from ENGLISH_NUMBERS


def _functional() -> Iterator[tuple[Kind, str, str]]:
    for table in (KOREAN, ENGLISH, ITEM_WORDS):
        for kind, phrases in table.items():
            for phrase in phrases.split("|"):
                yield kind, "", phrase
    yield from _coded(Kind.CATEGORY, vocabulary.KINDS_OTHERWISE)
    yield from _coded(Kind.SERVICE, vocabulary.SERVICE)
    yield from _coded(Kind.OCCASION, vocabulary.OCCASIONS)
