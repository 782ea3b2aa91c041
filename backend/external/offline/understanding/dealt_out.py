"""Pieces that one sentence makes different: ``three cakes, one of each style``, ``two French, make one English``.

They are read as if they had been counted out: one simple, one grand, one deluxe; one French, one English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_FEWEST = 2
_OF_THEM = ("ofthem", "ofthose", "ofthese")
_SOFT = (Kind.FILLER, Kind.TO, Kind.AND, Kind.INSTEAD)


def with_pieces_dealt_out(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The pieces of the sentence with such numbers as they come out."""
    return _some_made_another(_one_by_one(_one_of_each_style(list(spans), request)))


def _one_of_each_style(spans: list[Span], request: UnderstandingRequest) -> list[Span]:
    """``one of each style``, ``two in every style``: so many of each that the dish is made in."""
    for at, span in enumerate(spans[:-2]):
        near = range(at + 1, min(at + 4, len(spans)))
        each = [n for n in near if spans[n].has(Kind.STYLE_WORD) or not spans[n].has(Kind.FILLER, Kind.OF)]
        pattern = len(each) > 1 and spans[each[0]].has(Kind.EACH) and spans[each[1]].has(Kind.STYLE_WORD)
        if not (span.has(Kind.NUMBER) and span.latin and not span.weak and pattern):
            continue
        styles = _styles(spans[:at], request)
        dealt = [
            piece
            for style in styles
            for piece in (replace(span, unit=""), Span(span.end, span.end, style, {Kind.STYLE: (style,)}))
        ]
        return [*spans[:at], *dealt, *spans[each[1] + 1 :]] if styles else spans
    return spans


def _styles(before: Sequence[Span], request: UnderstandingRequest) -> tuple[str, ...]:
    """Those of the dish that is named, else of the one being worked on."""
    said = [code for span in before if span.has(Kind.MENU) for code in span.senses[Kind.MENU]]
    current = request.items[request.current].menu_code if request.current is not None else ""
    menu = request.catalogue.menu(said[-1] if said else current)
    return tuple(menu.styles) if menu is not None else ()


def _one_by_one(spans: list[Span]) -> list[Span]:
    """``two custom cakes, the first vanilla and the second chocolate``: one of them each."""
    dish = next((n for n, span in enumerate(spans) if span.has(Kind.MENU, Kind.CATEGORY)), None)
    whole = next((span.value for span in spans[:dish] if _counts(span)), 0) if dish is not None else 0
    ranks = [n for n, span in enumerate(spans) if span.has(Kind.RANK) and span.latin and dish is not None and n > dish]
    if whole < len(ranks) or len(ranks) < _FEWEST or sum(span.has(Kind.MENU, Kind.CATEGORY) for span in spans) != 1:
        return spans
    one = {Kind.NUMBER: ("",)}
    return [replace(span, senses=one, value=1, unit="ofthem") if n in ranks else span for n, span in enumerate(spans)]


def _some_made_another(spans: list[Span]) -> list[Span]:
    """``two french, make one of them english``: one of each."""
    menus = [n for n, span in enumerate(spans) if span.has(Kind.MENU)]
    if len(menus) != 2 or spans[menus[0]].senses[Kind.MENU] == spans[menus[1]].senses[Kind.MENU]:
        return spans
    first, second = menus
    change = next((n for n in range(first + 1, second) if spans[n].has(Kind.CHANGE) and spans[n].latin), None)
    some = next((n for n in range(first + 1, second) if _counts(spans[n]) and spans[n].unit in _OF_THEM), None)
    if some is None and change is not None:
        some = next((n for n in range(change + 1, second) if _counts(spans[n])), None)
    whole = next((n for n in range(first - 1, -1, -1) if _counts(spans[n])), None)
    if change is None or some is None or whole is None or some < change:
        return spans
    if not all(span.has(*_SOFT) or span.weak for span in spans[some + 1 : second]):
        return spans
    left = spans[whole].value - spans[some].value
    if left < 1:
        return spans
    out = list(spans)
    out[whole] = replace(out[whole], value=left)
    out[some] = replace(out[some], unit="")
    del out[some + 1 : second]
    out[change] = replace(out[change], words="and", senses={Kind.AND: ("",)})
    style = next((span for span in spans[first:change] if span.has(Kind.STYLE)), None)
    if style is not None and not any(span.has(Kind.STYLE) for span in spans[second:]):
        out.insert(some + 2, style)
    return out


def _counts(span: Span) -> bool:
    return span.has(Kind.NUMBER) and not span.weak and span.value > 0
