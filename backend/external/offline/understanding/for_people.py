"""For how many people, in English: ``champagne feast for two``, ``table for four``, ``we are six``.

A number of people counts pieces only as far as a dish is one person's: a feast for two is one feast, a cake for six one
cake, a French dinner for two are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.proposal import UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_FOR = ("for", "forthe")
_WANT = ("want", "wants", "have", "having", "take", "get", "tohave", "willhave", "wouldlike", "like", "need")
_HEADS = ("", "ofus", "people", "persons", "person", "guests", "ofthem")
_ARE = (
    "weare",
    "were",
    "thereare",
    "partyof",
    "groupof",
    "tablefor",
    "dinnerfor",
    "apartyof",
    "agroupof",
    "atablefor",
    "afamilyof",
    "familyof",
)
_COUNTED = (
    Kind.MENU, Kind.PART, Kind.CATEGORY, Kind.INGREDIENT, Kind.STYLE, Kind.ADD, Kind.TIERS, Kind.NUMBER, Kind.WITHOUT,
    Kind.PUT, Kind.COLOUR, Kind.FLAVOUR,
)  # fmt: skip


def with_people(spans: Sequence[Span], request: UnderstandingRequest) -> list[Span]:
    """The pieces with a number of people read as that, or as the pieces that they need."""
    out = _who_want(_party(spans))
    for at, span in enumerate(out):
        dish = _dish_before(out, at)
        menu = request.catalogue.menu(out[dish].code(Kind.MENU)) if dish is not None else None
        if dish is None or menu is None or not _is_people(out, at):
            continue
        counted = any(each.has(Kind.NUMBER) for each in out[max(0, dish - 2) : dish])
        if counted:
            out[at] = span.only(Kind.PEOPLE, ("",)) if span.has(Kind.NUMBER) else span
            continue
        pieces = replace(span, senses={Kind.NUMBER: ()}, value=menu.pieces_for(span.value), unit="", weak=False)
        before = [each for n, each in enumerate(out[dish:at], dish) if each.words not in _FOR]
        return [*out[:dish], pieces, *before, *out[at + 1 :]]
    return out


def _party(spans: Sequence[Span]) -> list[Span]:
    """``we are four``, ``a table for six``: people, where nothing is counted."""
    out = list(spans)
    asked = any(span.has(Kind.RECOMMEND) for span in spans) and not any(span.has(Kind.MENU) for span in spans)
    for at, span in enumerate(spans):
        led = at > 0 and spans[at - 1].words in (*_ARE, *(_FOR if asked else ()))
        if led and span.has(Kind.NUMBER) and span.latin and not span.weak and not span.unit and _ends(spans, at):
            out[at] = replace(span, senses={Kind.PEOPLE: ("",)})
    return out


def _who_want(spans: Sequence[Span]) -> list[Span]:
    """``three want french and two of us the english``: so many pieces of what they want."""
    out: list[Span] = []
    for at, span in enumerate(spans):
        after = next((each for each in spans[at + 1 :] if not (each.has(Kind.FILLER, Kind.STYLE) or each.weak)), None)
        dish = after is not None and after.has(Kind.MENU)
        before = spans[at - 1] if at else None
        counted = before is not None and before.latin and before.value > 0 and before.unit in _HEADS
        counted = counted and before is not None and before.has(Kind.NUMBER, Kind.PEOPLE)
        if counted and dish and span.has(Kind.ORDER, Kind.PUT) and span.words in _WANT:
            out[-1] = replace(out[-1], senses={Kind.NUMBER: ()}, unit="", weak=False)
            continue
        if span.has(Kind.PEOPLE) and span.unit == "ofus" and dish and spans[at + 1 : at + 2] == [after]:
            out.append(replace(span, senses={Kind.NUMBER: ()}, unit=""))
            continue
        out.append(span)
    return out


def _is_people(spans: Sequence[Span], at: int) -> bool:
    span = spans[at]
    told = span.has(Kind.PEOPLE) or (span.has(Kind.NUMBER) and not span.weak and not span.unit)
    return told and span.latin and span.value > 0 and _ends(spans, at)


def _ends(spans: Sequence[Span], at: int) -> bool:
    """Whether nothing follows that the number counts."""
    following = spans[at + 1 : at + 2]
    return not following or following[0].has(Kind.STYLE) or not following[0].has(*_COUNTED)


def _dish_before(spans: Sequence[Span], at: int) -> int | None:
    """Where the dish stands that is ``for`` the number at ``at``."""
    if not at or spans[at - 1].words not in _FOR:
        return None
    for n in range(at - 2, -1, -1):
        if spans[n].has(Kind.MENU):
            return n
        if not spans[n].has(Kind.STYLE, Kind.STYLE_WORD):
            return None
    return None
