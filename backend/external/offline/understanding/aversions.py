"""What somebody cannot have is left out: ``저 커피 못 마셔요``, ``she can't drink wine``.

The word that says so stands beside the ingredient: after it in Korean, before it in English. Where the sentence also
says what is to be done (``계란은 못 먹어요 빼 주세요``), that alone counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NAMED = (Kind.MENU, Kind.INGREDIENT, Kind.FLAVOUR, Kind.COLOUR)
_DISLIKED = ("싫", "별로", "안돼", "안되")
_BETWEEN = (Kind.FILLER, Kind.PARTICLE, Kind.TOPIC, Kind.OBJECT, Kind.ALSO, Kind.AND, Kind.ALL, Kind.INGREDIENT)


def without_aversions(spans: Sequence[Span]) -> list[Span]:
    """The pieces with every ``cannot have`` read as ``without`` where it is about an ingredient."""
    if any(span.has(Kind.REMOVE) for span in spans):
        return [span for span in spans if not span.has(Kind.CANNOT_EAT)]
    spans = [span for at, span in enumerate(spans) if not _is_why(spans, at)]
    at = next((n for n, span in enumerate(spans) if span.has(Kind.CANNOT_EAT) and span.latin), None)
    if at is not None and _is_chosen(spans[:at]):
        return [*spans[:at], *(span for span in spans[at:] if not span.has(Kind.CANNOT_EAT, *_NAMED))]
    return [
        replace(span, senses={Kind.WITHOUT: ("",)})
        if (span.has(Kind.CANNOT_EAT) or _dislikes(spans, at)) and _is_about_a_part(spans, at)
        else span
        for at, span in enumerate(spans)
    ]


def _is_why(spans: Sequence[Span], at: int) -> bool:
    """``커피는 제가 싫어해서 빼고``: the dislike is the reason, and what is to be done about it is said."""
    return (
        not spans[at].latin
        and (spans[at].has(Kind.CANNOT_EAT) or _dislikes(spans, at))
        and _is_about_a_part(spans, at)
        and any(span.has(Kind.WITHOUT) and not span.has(Kind.CANNOT_EAT) for span in spans[at + 1 : at + 4])
    )


def _is_chosen(before: Sequence[Span]) -> bool:
    """``make that vanilla, she doesn't like chocolate``: what is not liked has given way to something else already."""
    return any(span.has(Kind.CHANGE) for span in before) and any(span.has(*_NAMED) for span in before)


def _dislikes(spans: Sequence[Span], at: int) -> bool:
    """``근데 와인은 싫어요``; ``와인 더 넣으면 안 돼요`` wants more of it."""
    no = spans[at].has(Kind.NO) and spans[at].words.startswith(_DISLIKED)
    return no and not any(span.has(Kind.ADD, Kind.PUT) for span in spans)


def _is_about_a_part(spans: Sequence[Span], at: int) -> bool:
    near = spans[at + 1 :] if spans[at].latin else spans[:at][::-1]
    for span in near:
        if span.has(Kind.INGREDIENT):
            return True
        if not span.has(*_BETWEEN):
            return False
    return False
