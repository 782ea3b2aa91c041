"""What shall not be taken out: ``don't take the wine off``, ``프렌치는 빼지 마세요``. Two negatives keep a thing.

An ingredient that shall not go is put in; an item that shall not go is not spoken of any more.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NOT = ("dont", "donot", "not", "never", "idont", "wedont", "dontyou")
_NOT_OUT = ("빼지", "빼진", "안빼", "안뺄", "지우지", "삭제하지", "없애지")
_AS_IT_IS = ("그대로", "이대로", "놔두", "냅두", "그냥두", "그냥놔")
"""``딸기는 그대로 주시고 초콜릿도 넣어 주세요``: what is said of the one is nothing new."""
_OUT = (Kind.REMOVE, Kind.WITHOUT)
_BETWEEN = ("you", "please", "just", "ever", "be", "to")
_MARKS = (Kind.FILLER, Kind.PARTICLE, Kind.TOPIC, Kind.OBJECT, Kind.ALSO, Kind.OF)
_NAMES = (Kind.MENU, Kind.CATEGORY)
_CONTENT = (*_NAMES, Kind.INGREDIENT, Kind.STYLE, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE)


def without_what_is_kept(spans: Sequence[Span]) -> list[Span]:
    """The pieces with what shall stay read as that."""
    out = list(spans)
    for at in range(len(out)):
        verb = _english(out, at) if out[at].latin else _korean(out, at)
        if verb is not None:
            _keep(out, at, verb)
    return out


def _english(spans: Sequence[Span], at: int) -> int | None:
    """Where what "don't" denies stands: ``don't remove``, ``don't take the wine off``."""
    if not spans[at].has(Kind.NO) or spans[at].words not in _NOT:
        return None
    next_to_it = at + 1
    while next_to_it < len(spans) and spans[next_to_it].words in _BETWEEN:
        next_to_it += 1
    if next_to_it == len(spans) or spans[next_to_it].start != spans[next_to_it - 1].end:
        return None
    off = _off(spans, next_to_it)
    if spans[next_to_it].words in ("take", "leave") and off is not None:
        return off
    return next_to_it if spans[next_to_it].has(*_OUT) else None


def _off(spans: Sequence[Span], verb: int) -> int | None:
    """``take the wine off``."""
    near = range(verb + 1, min(len(spans), verb + 5))
    return next((n for n in near if spans[n].has(*_OUT) and spans[n].words in ("off", "out", "away")), None)


def _korean(spans: Sequence[Span], at: int) -> int | None:
    left = spans[at].has(Kind.NOTHING_MORE) and spans[at].words.startswith(_AS_IT_IS)
    going_on = left and any(span.has(*_NAMES, Kind.INGREDIENT) for span in spans[at + 1 :])
    named = next((span for span in reversed(spans[:at]) if not span.has(*_MARKS)), None)
    if going_on and named is not None and named.has(*_NAMES) and not any(s.has(Kind.NUMBER) for s in spans[:at]):
        return at
    return at if spans[at].has(Kind.REMOVE) and spans[at].words.startswith(_NOT_OUT) else None


def _keep(spans: list[Span], no: int, verb: int) -> None:
    named = _object(spans, no, verb)
    if named is None:
        return
    if spans[named].has(*_NAMES):
        spans[named] = spans[named].only(Kind.FILLER, ("",))
        spans[no] = spans[no].only(Kind.FILLER, ("",))
        others = any(span.has(*_CONTENT) for n, span in enumerate(spans) if n != verb)
        spans[verb] = spans[verb].only(Kind.FILLER if others else Kind.NOTHING_MORE, ("",))
    elif spans[verb].latin:
        for n in range(no, verb):
            if spans[n].has(Kind.NO, *_OUT):
                spans[n] = spans[n].only(Kind.FILLER, ("",))
        spans[verb] = spans[verb].only(Kind.PUT, ("",))


def _object(spans: Sequence[Span], no: int, verb: int) -> int | None:
    """What shall not go: it stands before the verb in Korean, after the "don't" in English."""
    near = range(no + 1, len(spans)) if spans[verb].latin else range(verb - 1, -1, -1)
    for n in near:
        if spans[n].has(*_NAMES, Kind.INGREDIENT):
            return n
        if n != verb and not spans[n].has(*_MARKS, Kind.ORDER, Kind.YES):
            return None
    return None
