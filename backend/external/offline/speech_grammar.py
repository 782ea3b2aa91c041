"""The English sentences that PocketSphinx can hear, made from the catalogue as weighted rules.

Knowing what is said in a shop is what makes a small acoustic model good enough for it. Every sentence in it is one
that the rules of ``understanding`` read (a test samples it). Pure functions; the notation is in ``sentence_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from backend.domain.catalogue import Catalogue, Menu

UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_BY_ANOTHER_NAME = 0.05
_ENGLISH = re.compile(r"^[a-z][a-z' ]*$")
_OPENINGS = (
    "i would like",
    "i'd like",
    "i'll have",
    "i want",
    "can i have",
    "could i have",
    "please give me",
    "give me",
)
_YES = ("yes", "/2/ yes please", "yeah", "sure", "okay", "that's right", "correct")
_NO = ("no", "/2/ no thank you", "no thanks", "that's wrong")
_DONE = (
    "that's all", "that is all", "that's all thank you", "that is all thank you", "no that's all", "nothing else",
    "place the order", "order now", "confirm",
)  # fmt: skip
_CANCEL = ("cancel", "cancel the order", "start over", "go back")
_HELP = ("help me", "help me please", "i need help", "call the staff")
_ASK = (
    "what do you have", "show me the menu", "what do you recommend", "how much is it", "what is the total",
    "say that again please",
)  # fmt: skip
_SERVICE = ("to go", "to go please", "for here", "for here please", "take out", "take out please")
_GREETING = ("hello", "good morning", "good evening", "thank you")
_COLOURS = ("white", "pink", "red", "yellow", "green", "blue", "purple", "brown", "black", "orange")


@dataclass(frozen=True, slots=True)
class SpeechGrammar:
    """``rules`` are weighted alternatives by rule name; ``words`` are all that stand in them."""

    version: str
    words: tuple[str, ...]
    rules: Mapping[str, tuple[str, ...]]


def speech_grammar(catalogue: Catalogue) -> SpeechGrammar:
    """The grammar for ``catalogue``; names that are not plain English words are left out."""
    rules = _rules(catalogue)
    words = sorted(
        set(
            re.findall(
                r"[a-z][a-z']*", " ".join(re.sub(r"<\w+>|/[\d.]+/", " ", alt) for r in rules.values() for alt in r)
            )
        )
    )
    return SpeechGrammar(catalogue.version, tuple(words), rules)


def _rules(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Rules by name. Weights say how often something is said, roughly: what is rare needs clearer speech."""
    single = tuple(name for menu in catalogue.menus for name in _english(_names(menu)))
    several = tuple(dict.fromkeys(plural(name) for name in single if " " in name))
    official = {menu.name.en.lower() for menu in catalogue.menus}
    styles = _english(style.name.en for style in catalogue.styles)
    ingredients = _english(name for i in catalogue.ingredients for name in (i.name.en,))
    ingredients = tuple(name for name in ingredients if "decoration" not in name)
    return {
        "sentence": ("/0.4/ <order>", "/0.25/ <change>", "/0.35/ <answer>"),
        "order": ("[<opening>] <list> [/0.3/ please]",),
        "list": ("/0.75/ <wanted>", "/0.25/ <wanted> and <list>"),
        "opening": _OPENINGS,
        "wanted": (
            "[/0.8/ a | one] [/0.25/ <style>] <menu> [<in_style>]",
            "<many> [/0.25/ <style>] <menus> [<in_style>]",
        ),
        "menu": _weighted(single, official),
        "menus": _weighted(several, {plural(name) for name in official}),
        "style": styles,
        "in_style": ("<style> [style]", "in <style> style"),
        "many": _likely(UNITS[1:]),
        "number": _likely(UNITS),
        "few": UNITS[:10],
        "ingredient": tuple(dict.fromkeys((*ingredients, *(plural(name) for name in ingredients)))),
        "change": (
            "add [a | one | <many>] [more] <ingredient> [please]",
            "(extra | no | without | remove the) <ingredient> [please]",
            "(make it | change it to) (<number> | <style> [style] | <colour>) [please]",
            "change it to a <menu>",
            "remove the <menu>",
            "<style> [style] [please]",
            "<few> please",
            "(vanilla | chocolate | strawberry) flavor [please]",
            "(one tier | two tiers | three tiers) [please]",
            "how much is the <menu>",
        ),
        "colour": _COLOURS,
        "answer": (*_YES, *_NO, *_DONE, *_CANCEL, *_HELP, *_SERVICE, *_GREETING, *_ASK),
    }


def _names(menu: Menu) -> tuple[str, ...]:
    """The card's name, and others of two words and more that begin as it does. Same sounds stand once.

    One word alone is too easily heard in noise, and names without the first word sound like others': measured,
    "grand feast dinner" took every second "french dinner".
    """
    official = menu.name.en.lower()
    names = (official, *(name.lower() for name in menu.spoken))
    first = official.partition(" ")[0]
    by_sound = {name.replace(" ", ""): name for name in reversed(names) if name.startswith(f"{first} ")}
    return tuple(reversed(by_sound.values()))


def _weighted(names: Iterable[str], official: Set[str]) -> tuple[str, ...]:
    """The name on the card is likelier than a short one that sounds like others (feast dinner, french dinner)."""
    return tuple(f"/{1 if name in official else _BY_ANOTHER_NAME}/ {name}" for name in names)


def _likely(units: Iterable[str]) -> tuple[str, ...]:
    """Up to five is what most people want; more than ten is rare."""
    return tuple(f"/{4 if unit in UNITS[:5] else 1 if unit in UNITS[:10] else 0.2}/ {unit}" for unit in units)


def _english(names: Iterable[str]) -> tuple[str, ...]:
    lowered = (name.lower().strip() for name in names)
    return tuple(dict.fromkeys(name for name in lowered if _ENGLISH.match(name)))


def plural(name: str) -> str:
    """``name`` of several: the last word changes, mass nouns too, since people say two wines and three breads."""
    if name.endswith("s"):
        return name
    if name.startswith(("pot of", "pots of")):
        return name.replace("pot of", "pots of", 1)
    if name.endswith("y") and name[-2] not in "aeiou":
        return name[:-1] + "ies"
    if name.endswith(("ch", "sh", "x", "o")):
        return name + "es"
    return name + "s"
