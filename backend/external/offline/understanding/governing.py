"""Which number counts an ingredient, and which word says what is done with it, in the order of each language."""

from __future__ import annotations

from collections.abc import Sequence

from backend.external.offline.understanding.in_context import PERSONS
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SOFT = (Kind.FILLER, Kind.PARTICLE, Kind.OBJECT, Kind.TOPIC, Kind.OF, Kind.ALSO)
_VERBS = (Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD, Kind.RESET)
_THERE_ALONE = ("만", "에만", "에", "에는")
_GLASSES = ("잔", "줄", "쪽", "알", "자루", "송이", "병")
"""``와인 한 잔은``: of the ingredient; ``와인 하나는`` may be a piece of the dish."""
FEWER = ("less", "fewer")
_DENIALS = ("not", "dont", "idont", "nae", "notwant", "wedont")
NOT_NEEDED = ("noneed", "isnotnecessary", "notnecessary", "notneeded")
_OF_THEM = ("ofthem", "ofthose", "ofthese")
_MORE_AFTER = ("more", "extra")
_TOLD_AFTER = ("off", "out", "outof", "outofthe", "offthe", "offof", "none", *NOT_NEEDED, *FEWER)


def number_of(spans: Sequence[Span], at: int) -> int | None:
    """The number that counts this ingredient: after it in Korean, before it in English."""
    if spans[at].latin and not _counted_in_korean(spans, at):
        to_number = [
            n for n in (at + 2,) if n < len(spans) and spans[at + 1].has(Kind.TO) and spans[n].has(Kind.NUMBER)
        ]
        return to_number[0] if to_number else _first(_number_before(spans, at), _number_after(spans, at))
    there = _only_there(spans, at)
    if there is not None:
        return there
    for i in range(at + 1, min(len(spans), at + 4)):
        if spans[i].has(Kind.NUMBER):
            pieces = spans[i].unit not in _GLASSES and any(span.has(Kind.TOPIC) for span in spans[i + 1 : i + 2])
            pieces = pieces or spans[i].unit == PERSONS
            return None if pieces else i
        if not spans[i].has(*_SOFT, Kind.ADD, Kind.ALL):
            break
    told = _told_how_many(spans, at)
    if told is not None:
        return told
    # "두 잔의 와인": a counter of its own, right before the name.
    before = at - 1 if at and not spans[at - 1].has(Kind.OF) else at - 2
    if before >= 0 and spans[before].has(Kind.NUMBER) and spans[before].unit not in ("", "개"):
        return before
    return None


def _only_there(spans: Sequence[Span], at: int) -> int | None:
    """``스테이크는 발렌타인만 두 개로``: so many of the ingredient, in the dish that is named."""
    rest = spans[at + 1 : at + 5]
    led = len(rest) == 4 and rest[0].has(Kind.TOPIC) and rest[1].has(Kind.MENU, Kind.CATEGORY)
    return at + 4 if led and rest[2].words in _THERE_ALONE and rest[3].has(Kind.NUMBER) else None


def _told_how_many(spans: Sequence[Span], at: int) -> int | None:
    """``블루베리 올려 주세요 두 개``, ``딸기는 넣어 주이소 스무 개씩``: the number is said last."""
    end = len(spans)
    while end > at + 1 and spans[end - 1].has(Kind.EACH, Kind.PARTICLE, Kind.TO, Kind.ADD, Kind.FILLER):
        end -= 1
    if end - at < 3 or not spans[end - 1].has(Kind.NUMBER) or spans[end - 1].latin or spans[end - 1].unit == PERSONS:
        return None
    between = spans[at + 1 : end - 1]
    told = any(span.has(Kind.ORDER) or (span.has(Kind.PUT, Kind.REMOVE) and _asks_for(span)) for span in between)
    plain = all(span.has(*_SOFT, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.ORDER) for span in between)
    return end - 1 if told and plain and between[-1].has(Kind.ORDER, Kind.PUT, Kind.REMOVE) else None


def _asks_for(verb: Span) -> bool:
    """``올려주쇼``, ``넣어줘요`` in one written word; ``넣고`` goes on."""
    return any(asked in verb.words for asked in ("주", "줘", "도라", "다오"))


def _counted_in_korean(spans: Sequence[Span], at: int) -> bool:
    """``steak extra 하나, wine은 빼고``: English names in a Korean sentence."""
    after = spans[at + 1 : at + 3]
    marked = bool(after) and not after[0].latin and after[0].has(*_SOFT)
    if len(spans) > 1 and spans[-1].has(Kind.NUMBER) and spans[-2].has(Kind.INGREDIENT):
        return bool(after) and after[0].has(Kind.NUMBER)
    return marked or any(span.has(Kind.NUMBER) and not span.latin for span in after)


def _first(*found: int | None) -> int | None:
    return next((at for at in found if at is not None), None)


def _number_after(spans: Sequence[Span], at: int) -> int | None:
    """``bread just two``: the number that ends the sentence, where nothing before counts the ingredient."""
    for n in range(at + 1, min(len(spans), at + 5)):
        if spans[n].has(Kind.NUMBER) and not spans[n].weak:
            of_it = spans[n].unit in _OF_THEM and spans[at].words.endswith("s") and not _whole_is_counted(spans, at)
            return n if n == len(spans) - 1 and (not spans[n].unit or of_it) else None
        if not spans[n].has(Kind.FILLER, Kind.ONLY) and spans[n].words != "more":
            return None
    return None


def _whole_is_counted(spans: Sequence[Span], at: int) -> bool:
    """``two cakes with macarons, one of them ...``: of the cakes."""
    return any(span.has(Kind.NUMBER) and not span.weak for span in spans[:at])


def _number_before(spans: Sequence[Span], at: int) -> int | None:
    for i in range(at - 1, max(-1, at - 4), -1):
        if spans[i].has(Kind.NUMBER):
            return i
        if not spans[i].has(Kind.FILLER, Kind.OF, Kind.ADD) and spans[i].words not in ("less", "fewer"):
            break
    return None


def verb_of(spans: Sequence[Span], at: int) -> int | None:
    """The word that says what is done with it, in either language: ``wine은 빼 주세요``, ``without 와인``."""
    if not spans[at].latin:
        found = verb_after(spans, at)
        return found if found is not None else _foreign_verb(spans, at)
    found = _told_after(spans, at)
    if found is None:
        found = _verb_before(spans, at)
    if found is None and _counted_in_korean(spans, at):
        found = _foreign_verb(spans, at)
    marked = at + 1 < len(spans) and not spans[at + 1].latin and spans[at + 1].has(Kind.TOPIC, Kind.OBJECT, Kind.ALSO)
    return verb_after(spans, at) if found is None or marked else found


def _foreign_verb(spans: Sequence[Span], at: int) -> int | None:
    """``without 와인``, ``딸기 extra 다섯 개``."""
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(spans)]
    return next((i for i in near if spans[i].latin and spans[i].has(Kind.WITHOUT, Kind.ADD, Kind.REMOVE)), None)


def _told_after(spans: Sequence[Span], at: int) -> int | None:
    """``take the wine off``, ``coffee back to normal``: English that comes after the name."""
    for i in range(at + 1, min(len(spans), at + 3)):
        counted = spans[i].words == "more" and spans[i + 1 : i + 2] == spans[-1:] and spans[-1].has(Kind.NUMBER)
        trailing = spans[i].words in _MORE_AFTER and (i + 1 == len(spans) or spans[i + 1].has(Kind.FILLER, Kind.AND))
        if spans[i].has(Kind.RESET) or spans[i].words in _TOLD_AFTER or counted or trailing:
            return i
        if not spans[i].has(Kind.FILLER):
            return None
    return None


def verb_after(spans: Sequence[Span], at: int) -> int | None:
    """The Korean verb that this ingredient is the object of; several linked ones share it."""
    for i in range(at + 1, len(spans)):
        span = spans[i]
        if span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE):
            return None
        if span.has(*_VERBS) and not span.latin:
            return i if _reaches(spans, at, i) else None
    return None


def _reaches(spans: Sequence[Span], at: int, verb: int) -> bool:
    """An ingredient with a number of its own is not taken out by a verb that follows another ingredient."""
    between = spans[at + 1 : verb]
    another = any(span.has(Kind.INGREDIENT) for span in between)
    if not another:
        return True
    other = next(n for n, span in enumerate(between) if span.has(Kind.INGREDIENT))
    counted = any(span.has(Kind.NUMBER) for span in between[:other])
    if counted and spans[verb].has(Kind.REMOVE, Kind.WITHOUT, Kind.INSTEAD):
        return False
    return not any(span.has(Kind.ORDER) for span in between)


def _verb_before(spans: Sequence[Span], at: int) -> int | None:
    """The English word that governs this ingredient: ``without``, ``no``, ``add``, ``extra``, ``with``."""
    for i in range(at - 1, -1, -1):
        span = spans[i]
        if span.has(Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INSTEAD):
            return None
        if span.has(Kind.NO) and span.words in _DENIALS and _is_denied(spans[i + 1 : at]):
            return i
        if span.latin and (span.has(Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT) or _is_no(spans, i)):
            counted = any(between.has(Kind.NUMBER) and not between.weak for between in spans[i + 1 : at])
            more_in_between = any(between.has(Kind.INGREDIENT) for between in spans[i + 1 : at])
            if span.has(Kind.WITHOUT, Kind.NO) and counted and more_in_between:
                return None
            return i
    return None


def _is_denied(between: Sequence[Span]) -> bool:
    """``I don't want the salad``, ``could I not have the wine``."""
    return all(span.has(Kind.FILLER, Kind.ORDER, Kind.PUT) or span.weak for span in between)


def _is_no(spans: Sequence[Span], at: int) -> bool:
    """``no coffee``: a "no" right before a name, and not an answer."""
    following = spans[at + 1 : at + 2]
    return spans[at].has(Kind.NO) and spans[at].words == "no" and bool(following) and following[0].has(Kind.INGREDIENT)
