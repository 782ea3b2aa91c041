"""Words for several ingredients: ``bread`` of a feast is its baguettes, ``술`` is wine and champagne.

Which of them is meant is told by the dish: all that it comes with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span
from backend.external.offline.understanding.vocabulary_families import FAMILIES


def as_the_dish_has_them(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """Each such word as the ingredients that it means here, one piece for each."""
    if not any(_is_family(span) for span in spans):
        return list(spans)
    said = [code for span in spans if span.has(Kind.MENU) for code in span.senses[Kind.MENU]]
    held = [item.menu_code for item in request.items]
    current = held[request.current : request.current + 1] if request.current is not None else held
    everywhere = any(span.has(Kind.ALL, Kind.EACH) for span in spans)
    out: list[Span] = []
    for span in spans:
        if not _is_family(span):
            out.append(span)
            continue
        codes = _first(
            _held(span, said, request),
            () if said else _held(span, held if everywhere else current, request),
            () if said else _held(span, held, request),
            _as_named(span),
        )
        for n, code in enumerate(codes):
            senses = {**span.senses, Kind.INGREDIENT: (code,)}
            if n:
                out.append(replace(span, words="", senses={Kind.AND: ()}))
            out.append(replace(span, senses=senses))
    return out


def _is_family(span: Span) -> bool:
    return len(span.senses.get(Kind.INGREDIENT, ())) > 1


def _first(*choices: tuple[str, ...]) -> tuple[str, ...]:
    return next(codes for codes in choices if codes)


def _held(span: Span, menus: Sequence[str], request: UnderstandingRequest) -> tuple[str, ...]:
    """Those of its ingredients that the menus know."""
    known = [menu for code in menus if (menu := request.catalogue.menu(code)) is not None]
    return tuple(code for code in span.senses[Kind.INGREDIENT] if any(menu.portion(code) for menu in known))


def _as_named(span: Span) -> tuple[str, ...]:
    """Where no dish tells: the one that is called so, else all of them."""
    codes = set(span.senses[Kind.INGREDIENT])
    known = next((family for family in FAMILIES if codes <= set(family)), ())
    plain = known[:1] if known and FAMILIES[known][0] == known[0] else ()
    return plain or tuple(sorted(codes))
