"""The shop's own words, told to the model before it listens: names that no training text had are heard better.

faster-whisper puts them before the sentence as if they had been said just now, and cuts them at 223 tokens; so those
that an order needs most come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend.domain.catalogue import Catalogue

SEPARATOR = ", "


def hints(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Names in the catalogue by language, menus first; other languages have none."""
    named = (
        *(menu.name for menu in catalogue.menus),
        *(style.name for style in catalogue.styles),
        *(ingredient.name for ingredient in catalogue.ingredients),
    )
    return {"ko": _each_once(name.ko for name in named), "en": _each_once(name.en for name in named)}


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
