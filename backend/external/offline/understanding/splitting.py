"""Which sentences ask, and which order: a customer does both in one breath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.external.offline.understanding.asking import ASKING, any_of_kinds, asks
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span


def split_questions(
    spans: Sequence[Span], stops: frozenset[int], *, ordering: bool = False, asks_by_mark: bool = False
) -> tuple[list[Span], list[Span]]:
    """The pieces of the sentences that ask, and those of the sentences that do not.

    ``ordering``: there is an order already. ``asks_by_mark``: a question mark stands at the end, or a verb that asks.
    Spoken Korean comes without marks: what follows the asking verb is a sentence of its own where it orders something.
    """
    asking: list[Span] = []
    rest: list[Span] = []
    for written in _sentences(spans, stops):
        sentence = _with_inversion(_elliptic(written, asks_by_mark=asks_by_mark), stops)
        if not asks(sentence, ordering=ordering):
            rest += sentence
            continue
        if any_of_kinds(sentence, Kind.ELSEWHERE, Kind.NOT_SOLD):
            for_staff, order = _apart_from_elsewhere(sentence)
            asking += for_staff
            rest += order
            continue
        cut = _end_of_question(sentence)
        asking += sentence[:cut]
        rest += sentence[cut:]
    return asking, rest


_THEN = frozenset({"so", "then", "그럼", "그러면"})
_MORE_THAN_A_NAME = (Kind.ORDER, Kind.NUMBER, Kind.STYLE, Kind.ADD, Kind.PUT, Kind.REMOVE, Kind.WITHOUT, Kind.PLACE)


def _elliptic(spans: list[Span], *, asks_by_mark: bool) -> list[Span]:
    """``and the english?``, ``치즈 케이크는요?``: a menu and a tone of asking."""
    about_cake = any_of_kinds(spans, Kind.LETTERING_WORD, Kind.FLAVOUR_WORD, Kind.COLOUR_WORD)
    if asks_by_mark and about_cake and not any_of_kinds(spans, Kind.ORDER, *ASKING, Kind.WHAT, Kind.MENU, Kind.COLOUR):
        return [*spans, Span(spans[-1].end, spans[-1].end, "", {Kind.WHAT: ()})]
    if _wonders_about_part(spans, asks_by_mark=asks_by_mark):
        return [*spans, Span(spans[-1].end, spans[-1].end, "", {Kind.ASK_PRICE: ()})]
    spans = _how_about(spans, asks_by_mark=asks_by_mark)
    named = [span for span in spans if span.has(Kind.MENU)]
    if len(named) != 1 or any_of_kinds(spans, *_MORE_THAN_A_NAME, *ASKING, Kind.WHAT, Kind.NO, Kind.INSTEAD):
        return spans
    topic = spans[-1].has(Kind.TOPIC) and (asks_by_mark or spans[-1].words.endswith("요"))
    begins = asks_by_mark and (spans[0].has(Kind.AND) or spans[0].words in _THEN)
    mark = Span(spans[-1].end, spans[-1].end, "", {Kind.ASK_SAME: ()})
    return [*spans, mark] if topic or begins else spans


def _how_about(spans: list[Span], *, asks_by_mark: bool) -> list[Span]:
    """``how about two valentines``: so many are ordered, where it is no question by its tone."""
    led = bool(spans) and spans[0].words == "howabout" and not asks_by_mark
    counted = any(span.has(Kind.NUMBER) and not span.weak for span in spans) and any_of_kinds(spans, Kind.MENU)
    return [spans[0].only(Kind.ORDER, ("",)), *spans[1:]] if led and counted else spans


def _wonders_about_part(spans: list[Span], *, asks_by_mark: bool) -> bool:
    """``꽃은요?``, ``그럼 와인은요``: an ingredient and a tone of asking."""
    parts = [span for span in spans if span.has(Kind.INGREDIENT) and not span.has(Kind.MENU)]
    tone = bool(spans) and spans[-1].has(Kind.TOPIC) and (asks_by_mark or spans[-1].words.endswith("요"))
    others = (span for span in spans if span not in parts)
    return tone and len(parts) == 1 and all(span.has(Kind.FILLER, Kind.TOPIC, Kind.AND) for span in others)


_FACTS = ("how", "what", "can", "are", "do", "where", "which", "몇", "얼마", "어디", "결제", "계산", "카드", "현금")
"""Nothing is brought where this was asked: the whole sentence is a question."""
_PAYING = ("cash", "현금")
"""Beside an order the way of paying is told and not asked."""
_INVERTED = frozenset({"is", "are", "does", "did", "was", "has"})
_SUBJECTS = frozenset({"it", "he", "she", "they", "there", "we", "i", "our", "my", "the"})
"""``it is a birthday`` tells, ``is it a birthday`` asks."""
_BEFORE_A_QUESTION = (Kind.NO, Kind.YES, Kind.WAIT, Kind.GREETING, Kind.THANKS, Kind.REPEAT, Kind.AND)


def _with_inversion(spans: list[Span], stops: frozenset[int]) -> list[Span]:
    """``does the chocolate cake have nuts``: English asks by the verb that comes first."""
    expected = max((stop for stop in stops if spans and stop <= spans[0].start), default=0)
    for at, span in enumerate(spans):
        if span.start != expected:
            return spans
        expected = span.end
        if at and spans[at - 1].words in _SUBJECTS:
            return spans
        if span.words in _INVERTED and span.has(Kind.FILLER):
            return [*spans[:at], replace(span, senses={Kind.WHAT: ()}), *spans[at + 1 :]]
        if not span.has(Kind.FILLER, *_BEFORE_A_QUESTION):
            return spans
    return spans


def _apart_from_elsewhere(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """``치즈 케이크 하나랑 포크 두 개 주세요``: the cake is ordered, the forks are the staff's."""
    out: set[int] = set()
    for at, span in enumerate(spans):
        if span.has(Kind.ELSEWHERE, Kind.NOT_SOLD):
            counted = range(at - 1, max(-1, at - 3), -1) if span.latin else range(at + 1, min(len(spans), at + 3))
            out.add(at)
            out.update([n for n in counted if spans[n].has(Kind.NUMBER)][:1])
    order = [span for n, span in enumerate(spans) if n not in out]
    facts = [span for span in spans if span.has(Kind.ELSEWHERE) and span.words.startswith(_FACTS)]
    paying = bool(facts) and all(span.words.startswith(_PAYING) for span in facts)
    if facts and not (paying and any_of_kinds(order, Kind.MENU) and not any_of_kinds(order, Kind.WHAT)):
        return spans, []
    bare = not any_of_kinds(spans, Kind.ELSEWHERE)
    if (
        any_of_kinds(order, Kind.MENU, Kind.CATEGORY)
        and (bare or any_of_kinds(order, Kind.ORDER, Kind.NUMBER, Kind.STYLE))
        and not any_of_kinds(order, Kind.WHAT)
    ):
        return [spans[n] for n in sorted(out)], order
    return spans, []


def _asks_besides(before: Sequence[Span], span: Span) -> bool:
    """``one dinner and does it come with dessert``: what follows an order and "and" asks."""
    if not before or not before[-1].has(Kind.AND) or not before[-1].latin:
        return False
    asking = span.has(Kind.WHAT, Kind.ASK_PRICE, Kind.ASK_WAITING) or span.words in _INVERTED
    return asking and any_of_kinds(before, Kind.MENU) and any_of_kinds(before, Kind.NUMBER, Kind.STYLE)


def _breaks_off(before: Sequence[Span], span: Span) -> bool:
    """``잉글리시 하나 심플 아 잠깐 빵은 몇 개 나와요``: an order, and then something else comes to mind."""
    return span.has(Kind.WAIT) and any_of_kinds(before, Kind.MENU) and any_of_kinds(before, Kind.NUMBER, Kind.STYLE)


def _sentences(spans: Sequence[Span], stops: frozenset[int]) -> list[list[Span]]:
    sentences: list[list[Span]] = [[]]
    for span in spans:
        ended = sentences[-1] and any(sentences[-1][-1].start < stop <= span.start for stop in stops)
        if ended or _asks_besides(sentences[-1], span) or _breaks_off(sentences[-1], span):
            sentences.append([])
        sentences[-1].append(span)
    return sentences


def _thinks_better(tail: Sequence[Span]) -> bool:
    """``와인 대신 뭐 있어요 아니 그냥 와인만 빼 주세요``: the answer is not waited for."""
    no = next((n for n, span in enumerate(tail) if span.has(Kind.NO)), None)
    told = (Kind.REMOVE, Kind.PUT, Kind.ADD, Kind.CHANGE)
    return no is not None and any_of_kinds(tail[no:], *told) and any_of_kinds(tail[no:], Kind.INGREDIENT, Kind.STYLE)


def _end_of_question(spans: Sequence[Span]) -> int:
    last = max((i for i, span in enumerate(spans) if span.has(*ASKING, Kind.WHAT) and not span.latin), default=None)
    if last is None or any(span.has(*ASKING) and span.latin for span in spans):
        return len(spans)
    tail = spans[last + 1 :]
    orders = any(span.has(Kind.MENU, Kind.CATEGORY, Kind.NUMBER, Kind.STYLE) for span in tail)
    if _thinks_better(tail):
        return last + 1
    return last + 1 if orders and any(span.has(Kind.ORDER, Kind.PLACE) for span in tail) else len(spans)
