"""What a proposal says of a sentence as a whole: its intent, its language, and what was heard from which words."""

from __future__ import annotations

from backend.domain.proposal import Change, Control, Evidence, Intent, Question, QuestionKind
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

ITEM_KINDS = (
    Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.NUMBER, Kind.TIERS, Kind.FLAVOUR, Kind.COLOUR,
    Kind.LETTERING, Kind.RANK,
)  # fmt: skip
_HELPING = frozenset(
    {
        Control.CALL_STAFF,
        Control.REPEAT,
        Control.LOUDER,
        Control.SLOWER,
        Control.LARGER,
        Control.WAIT,
        Control.QUIETER,
        Control.FASTER,
    }
)


def language_of(spans: list[Span], written: str) -> str:
    if any(span.has(Kind.IN_ENGLISH) for span in spans):
        return "en"
    return "ko" if written != "en" or any(span.has(Kind.IN_KOREAN) for span in spans) else "en"


def intent_of(
    changes: tuple[Change, ...], controls: tuple[Control, ...], question: Question | None, spans: list[Span]
) -> str:
    said = set(controls)
    if Control.CANCEL in said and not changes:
        return Intent.CANCEL
    if changes:
        return Intent.ORDER
    if question is not None:
        return Intent.RECOMMENDATION if question.kind is QuestionKind.RECOMMEND else Intent.INQUIRY
    if said & _HELPING:
        return Intent.HELP
    if Control.CONFIRM in said and Control.DENY not in said:
        return Intent.CONFIRM
    if said & {Control.NOTHING_MORE, Control.CHOOSE, Control.DENY, Control.BACK, Control.START_OVER, Control.USUAL}:
        return Intent.ORDER
    if any(span.has(Kind.GREETING, Kind.IN_ENGLISH, Kind.IN_KOREAN) for span in spans):
        return Intent.GREETING
    told = any(span.has(Kind.PAST) for span in spans)
    return Intent.ORDER if not told and any(span.has(Kind.ORDER) for span in spans) else Intent.OTHER


def evidence_of(spans: list[Span]) -> tuple[Evidence, ...]:
    def value(span: Span, kind: Kind) -> str:
        codes = span.senses[kind]
        return "|".join(codes) if any(codes) else str(span.value or span.words)

    return tuple(
        Evidence(kind.value, value(span, kind), span.words, round(span.confidence, 2))
        for span in spans
        for kind in ITEM_KINDS
        if span.has(kind)
    )
