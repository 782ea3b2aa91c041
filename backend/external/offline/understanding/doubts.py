"""Doubt: ``심플로 낮출까``, ``그냥 다 관둘까``, ``전부 그랜드로 할걸``: what is only thought of is not asked for.

A Korean verb tells by its ending that it is not meant yet: -(으)ㄹ까, -(으)ㄹ걸, -(으)ㄹ지도. What is decided in
the same breath (``낮출까 아니 그냥 둘게요``) holds, and so does what was decided before it
(``프렌치 하나 주시고 와인은 뺄까``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backend.external.offline.understanding.hangul import is_hangul
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_ENDING = re.compile(
    r"(?P<last>[가-힣])(?:까(?:요|예|유|나|싶.*|말까.*|고민.*)?|걸(?:요|그랬.*)?|지도?(?:모르.*|몰라.*)?|꼬)$"
)
_FINAL_L = 8
_DEEDS = (
    Kind.CANCEL, Kind.REMOVE, Kind.ADD, Kind.PUT, Kind.CHANGE, Kind.RESET, Kind.PLACE, Kind.SERVICE, Kind.BACK,
    Kind.START_OVER, Kind.UNDO, Kind.ORDER, Kind.WITHOUT,
)  # fmt: skip
_POLITE = ("주실", "주시", "줄", "해주", "드릴", "싶")
"""``빼 주실까요``, ``해 드릴까요``: asked of the kiosk, or said by it."""
_DECIDED = (
    Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.NUMBER, Kind.RANK, Kind.SERVICE, Kind.NOTHING_MORE,
    Kind.RESET, Kind.TIERS, Kind.COLOUR, Kind.FLAVOUR,
)  # fmt: skip
_REPLACED_BY_KIND = (Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.NUMBER)
_NOUNS = (Kind.MENU, Kind.CATEGORY, Kind.RANK, Kind.INGREDIENT)
_NAMES = (*_NOUNS, Kind.NUMBER, Kind.TOPIC)
_ENDS_CLAUSE = (Kind.ORDER, Kind.PLACE, Kind.NO, Kind.WONDER)


def mark_doubts(spans: Sequence[Span]) -> list[Span]:
    """A verb that is known by its stem and ends in doubt is doubt alone."""
    return [span.only(Kind.WONDER, ("",)) if span.has(*_DEEDS) and _doubts(span.words) else span for span in spans]


def _doubts(words: str) -> bool:
    found = _ENDING.search(words)
    if found is None or words.startswith(_POLITE):
        return False
    last = found["last"]
    return is_hangul(last) and (ord(last) - 0xAC00) % 28 == _FINAL_L


def without_doubts(spans: Sequence[Span], breaks: frozenset[int]) -> list[Span]:
    """The pieces without the clauses of doubt, where something was decided before or after them; else as they are."""
    doubts = [n for n, span in enumerate(spans) if span.has(Kind.WONDER)]
    if not doubts:
        return list(spans)
    first, last = _clause_start(spans, doubts[0], breaks), doubts[-1]
    before, doubted, after = spans[:first], spans[first:last], spans[last + 1 :]
    if _is_decided(after):
        return [*before, *_still_named(doubted, after), *after]
    if any(span.has(Kind.ORDER) for span in before) and any(span.has(*_DECIDED) for span in before):
        return [*before, *after]
    return list(spans)


def _clause_start(spans: Sequence[Span], at: int, breaks: frozenset[int]) -> int:
    """Where the clause begins that the verb of doubt at ``at`` ends."""
    for n in range(at - 1, -1, -1):
        stops = any(spans[n].end <= stop <= spans[n + 1].start for stop in breaks)
        if spans[n].has(*_ENDS_CLAUSE) or (stops and spans[n].has(Kind.ORDER, Kind.PLACE)):
            return n + 1
    return 0


def _is_decided(after: Sequence[Span]) -> bool:
    """``아니 그냥 둘게요``, ``디럭스로 주세요``, ``에이 그랜드``: and not a name that is thought of alone."""
    said = any(span.has(*_DECIDED) and not span.weak for span in after)
    firm = any(
        span.has(Kind.ORDER, Kind.PLACE, Kind.NO, Kind.NOTHING_MORE, Kind.TO, Kind.SERVICE, Kind.RESET)
        for span in after
    )
    return said and firm


def _still_named(doubted: Sequence[Span], after: Sequence[Span]) -> list[Span]:
    """``초코는 심플로 할까 아니 디럭스로``: what it is about, where only what is done about it was in doubt."""
    own = [kind for kind in _REPLACED_BY_KIND if any(span.has(kind) for span in after)]
    if any(span.has(*_NOUNS) for span in after) or not (Kind.STYLE in own or Kind.NUMBER in own):
        return []
    return [span for span in doubted if span.has(*_NAMES) and not span.has(*own)]
