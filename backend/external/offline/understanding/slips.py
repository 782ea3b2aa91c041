"""Slips of the tongue and of the recogniser: words said twice, counting aloud, ``to`` for ``two``, a second glass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_SOUND_LIKE_NUMBERS = {"to": 2, "too": 2, "for": 4, "ate": 8, "won": 1}
_NOT_ANY = ("none", "notatall", "noneatall")
_SAID_TWICE = (Kind.NUMBER, Kind.MENU, Kind.PART, Kind.STYLE)
_COUNTING_ALOUD = 3
_IN_ALL = ("intotal", "inall", "altogether", "총")


def without_slips(spans: Sequence[Span]) -> list[Span]:
    """The pieces as they were meant."""
    return _not_counting_aloud(
        _not_twice(
            _no_pronouns(_in_all(_the_others(_heard_as_words(_another_two(_some_of_those(_none_of_it(list(spans))))))))
        )
    )


def _no_pronouns(spans: list[Span]) -> list[Span]:
    """``the english one``: no number, where it is the only one."""
    numbers = [n for n, span in enumerate(spans) if span.has(Kind.NUMBER) and not span.weak]
    if len(numbers) != 1 or not numbers[0] or spans[numbers[0]].words != "one":
        return spans
    before = spans[numbers[0] - 1]
    named = before.latin and before.has(Kind.MENU, Kind.PART, Kind.STYLE) and numbers[0] > 1
    if not named or spans[0].words != "the":
        return spans
    return [span.only(Kind.FILLER, ("",)) if n == numbers[0] else span for n, span in enumerate(spans)]


def _another_two(spans: list[Span]) -> list[Span]:
    """``another two of those``: two more, and not one and two."""
    out = list(spans)
    for at, (span, after) in enumerate(pairwise(spans)):
        if span.words == "another" and after.has(Kind.NUMBER) and not after.weak:
            out[at] = span.only(Kind.ADD, ("",))
            out[at + 1] = replace(after, unit="" if after.unit in ("ofthem", "ofthose", "ofthese") else after.unit)
    return out


def _some_of_those(spans: list[Span]) -> list[Span]:
    """``make one of those grand``: one of the pieces, where something is said about it."""
    said = any(span.has(Kind.STYLE, Kind.INGREDIENT, Kind.REMOVE, Kind.CHANGE) for span in spans)
    return [
        replace(span, senses={Kind.NUMBER: ()}, value=1, unit="ofthem")
        if said and span.has(Kind.THAT) and span.words.startswith("oneofth")
        else span
        for span in spans
    ]


def _in_all(spans: list[Span]) -> list[Span]:
    """``총 다섯 개로요``, ``two in total``, ``three wines in total``: so many, and no question what it costs."""
    counted = any(span.has(Kind.NUMBER) for span in spans) and any(span.has(Kind.NO, Kind.CHANGE) for span in spans)
    asked = any(span.has(Kind.WHAT, Kind.ASK_PRICE) for span in spans)
    return [
        span.only(Kind.FILLER, ("",))
        if (span.words == "총" and following.has(Kind.NUMBER))
        or (span.words in _IN_ALL and (counted or (not asked and (_is_counted(spans, at) or _is_gone(spans, at)))))
        else span
        for at, (span, following) in enumerate(zip(spans, [*spans[1:], *spans[-1:]], strict=True))
    ]


def _is_gone(spans: Sequence[Span], at: int) -> bool:
    """``forget the cakes altogether``."""
    return any(span.has(Kind.REMOVE) for span in spans[:at]) and not any(
        span.has(Kind.ASK_TOTAL) for span in spans[:at]
    )


def _is_counted(spans: Sequence[Span], at: int) -> bool:
    """``three wines in total``, ``in total two coffees``."""
    near = [*spans[max(0, at - 3) : at], *spans[at + 1 : at + 4]]
    return any(span.has(Kind.NUMBER) and not span.weak for span in near) and any(
        span.has(Kind.INGREDIENT) for span in near
    )


def _none_of_it(spans: list[Span]) -> list[Span]:
    """``eggs none``: none of what is named before it, and not "nothing more"."""
    return [
        span.only(Kind.WITHOUT, ("",))
        if span.words in _NOT_ANY and any(each.has(Kind.INGREDIENT) for each in spans[max(0, at - 2) : at])
        else span
        for at, span in enumerate(spans)
    ]


def _heard_as_words(spans: list[Span]) -> list[Span]:
    """``to strawberry cakes``, ``add to candles``, ``a second wine``: numbers before what they count."""
    out = list(spans)
    for at, span in enumerate(out[:-1]):
        following = next((each for each in out[at + 1 :] if not each.has(Kind.STYLE)), None)
        if following is None or not following.latin or not following.has(Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT):
            continue
        first = at == 0 or out[at - 1].has(Kind.ADD)
        if first and span.words in _SOUND_LIKE_NUMBERS and following.words.endswith("s"):
            out[at] = replace(span, senses={Kind.NUMBER: ()}, value=_SOUND_LIKE_NUMBERS[span.words])
        elif (
            span.has(Kind.RANK)
            and span.latin
            and span.value > 1
            and following.has(Kind.INGREDIENT)
            and not _is_the(out, at)
        ):
            out[at] = replace(span, senses={Kind.NUMBER: ()})
    return out


def _is_the(spans: Sequence[Span], at: int) -> bool:
    """``the second vanilla``: the second of them, and no second helping."""
    return at > 0 and spans[at - 1].words.endswith("the")


def _the_others(spans: list[Span]) -> list[Span]:
    """``three simple and the others deluxe``: the rest of them."""
    out = list(spans)
    for at, span in enumerate(out):
        counted = any(each.has(Kind.NUMBER) for each in out[:at])
        if span.has(Kind.OTHERS) and counted and any(each.has(Kind.STYLE) for each in out[at + 1 : at + 3]):
            out[at] = span.only(Kind.REST, ("",))
    return out


def _not_twice(spans: list[Span]) -> list[Span]:
    """``two two french french dinners``."""
    out: list[Span] = []
    for span in spans:
        before = out[-1] if out else None
        if before is not None and span.has(*_SAID_TWICE) and _says_the_same(before, span):
            out[-1] = span if len(span.words) >= len(before.words) else before
        else:
            out.append(span)
    return out


def _says_the_same(before: Span, span: Span) -> bool:
    if before.words == span.words:
        return True
    own, others = span.senses.get(Kind.MENU, ()), before.senses.get(Kind.MENU, ()) or before.senses.get(Kind.PART, ())
    return len(own) == 1 and own == others and span.words.startswith(before.words)


def _not_counting_aloud(spans: list[Span]) -> list[Span]:
    """``하나 둘 셋 세 개``: who counts aloud means the last."""
    out: list[Span] = []
    run: list[Span] = []
    for span in [*spans, None]:
        if span is not None and span.has(Kind.NUMBER) and not span.weak and not (run and span.value < run[-1].value):
            run.append(span)
            continue
        counting = len(run) >= _COUNTING_ALOUD and [each.value for each in run[:2]] == [1, 2]
        out += run[-1:] if counting else run
        run = []
        if span is not None:
            out.append(span)
    return out
