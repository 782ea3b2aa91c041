"""What a speaker takes back in the same breath: "A 말고 B", "B instead of A", "change A to B", "두 개 아니 세 개"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_REPLACEABLE = (Kind.MENU, Kind.STYLE, Kind.INGREDIENT, Kind.NUMBER, Kind.COLOUR, Kind.FLAVOUR)
_DENIABLE = (Kind.MENU, Kind.STYLE, Kind.NUMBER, Kind.COLOUR, Kind.FLAVOUR)
_SOME = ("ofthem", "ofthose", "ofthese")
_AFTER_WHAT_GOES = ("istoomuch", "istoomany", "aretoomany", "toomany", "thatstoomany")
_BEFORE_WHAT_GOES = ("insteadof", "overthe", "ratherthan", "inplaceof", "besides", "except", "otherthan", "apartfrom")


@dataclass(slots=True)
class Corrected:
    """The pieces that still hold. ``replaced`` is the menu that gives way to the one that stays.

    ``correcting``: the sentence corrects what was understood before; it begins with "no", or with "not that".
    """

    spans: list[Span]
    correcting: bool
    replaced: str | None = None


def take_back(spans: Sequence[Span]) -> Corrected:
    """Leave out what the speaker replaces."""
    spans = _called_once(spans)
    corrected = Corrected(list(spans), _leads_with_no(spans))
    for at, span in enumerate(spans):
        if span.has(Kind.INSTEAD):
            _drop_replaced(corrected, spans, at)
    for at, span in enumerate(spans):
        if span.has(Kind.NO) and 0 < at < len(spans) - 1:
            _drop_corrected(corrected, spans, at)
            if not (span.latin and spans[at + 1].has(Kind.INGREDIENT)):
                _drop_repeated(corrected.spans, spans, at)
    _drop_deed(corrected.spans)
    _drop_called_off(corrected.spans)
    _drop_changed(corrected)
    return corrected


def _called_once(spans: Sequence[Span]) -> Sequence[Span]:
    """``one champagne dinner, how is it called, the feast``: a second name of the same."""
    called = next((n for n, span in enumerate(spans) if span.words.endswith("called")), None)
    before = [span.senses[Kind.MENU] for span in spans[:called] if span.has(Kind.MENU)]
    if called is None or not before:
        return spans
    after = [span for span in spans[called:] if not (span.has(Kind.MENU) and span.senses[Kind.MENU] == before[-1])]
    return [*spans[:called], *after]


def _leads_with_no(spans: Sequence[Span]) -> bool:
    for at, span in enumerate(spans):
        if span.has(Kind.NO):
            return not (span.latin and any(each.has(Kind.INGREDIENT) for each in spans[at + 1 : at + 2]))
        if not span.has(Kind.FILLER, Kind.PARTICLE):
            return False
    return False


def _drop_replaced(corrected: Corrected, spans: Sequence[Span], at: int) -> None:
    """``at`` is the word of replacing: in Korean it follows what goes, in English it stands before it."""
    word = spans[at]
    after = [span for span in spans[at + 1 :] if span.has(*_REPLACEABLE)]
    if word.latin and word.words not in _AFTER_WHAT_GOES:
        taken = after[:1] if word.words in _BEFORE_WHAT_GOES else []
        if not taken and any(span.has(Kind.THAT) for span in spans[at + 1 : at + 3]):
            corrected.correcting = True
    else:
        reach = [span for span in spans[:at] if span.has(*_REPLACEABLE, Kind.THAT)]
        taken = reach[-1:] if after or (reach and reach[-1].has(Kind.STYLE)) else []
        if taken and after and taken[0].has(Kind.NUMBER) and not after[0].has(Kind.NUMBER):
            taken = reach[-2:]
    if taken and taken[-1].has(Kind.NUMBER) and word in corrected.spans:
        corrected.spans.remove(word)
    for span in taken:
        if span.has(Kind.MENU):
            corrected.replaced = span.code(Kind.MENU)
        if span.has(Kind.THAT):
            corrected.correcting = True
        if not span.has(Kind.INGREDIENT) and span in corrected.spans:
            corrected.spans.remove(span)


def _drop_corrected(corrected: Corrected, spans: Sequence[Span], at: int) -> None:
    """``두 개 아니 세 개``: what was said before the "no" gives way to what is of its kind after it."""
    out = corrected.spans
    if spans[at].latin and spans[at + 1].has(Kind.INGREDIENT):
        return
    if spans[at].words == "not" and _drop_denied(corrected, spans, at):
        return
    later = next((s for s in spans[at + 1 :] if s.has(Kind.MENU, Kind.STYLE, Kind.NUMBER) and not s.weak), None)
    if later is None:
        return
    kind = next(kind for kind in (Kind.MENU, Kind.STYLE, Kind.NUMBER) if later.has(kind))
    if later.unit in _SOME and any(span.has(Kind.STYLE) for span in spans[at + 1 :]):
        return  # ``grand. actually make two of them simple``: the others stay grand.
    earlier = [span for span in spans[:at] if span.has(kind)]
    between = [span for span in spans[:at] if earlier and span.start > earlier[-1].start]
    if earlier and earlier[-1] in out and not any(span.has(Kind.REMOVE, Kind.PUT, Kind.ADD) for span in between):
        out.remove(earlier[-1])
        if spans[at] in out and kind is Kind.NUMBER:
            out.remove(spans[at])


def _drop_deed(out: list[Span]) -> None:
    """``초 없이 아니 있어야 돼``: what was to be done with it gives way to what is said after the "no"."""
    for at in range(1, len(out) - 1):
        undone = out[at - 1].has(Kind.WITHOUT, Kind.REMOVE) and not out[at - 1].latin
        if out[at].has(Kind.NO) and undone and out[at + 1].has(Kind.RESET, Kind.PUT, Kind.ADD):
            del out[at - 1 : at + 1]
            return


def _drop_called_off(out: list[Span]) -> None:
    """``디럭스 취소하고 심플로``: a style that is called off for another."""
    for at, span in enumerate(out):
        styles_after = any(later.has(Kind.STYLE) for later in out[at + 1 :])
        if at and out[at - 1].has(Kind.STYLE) and span.has(Kind.CANCEL, Kind.REMOVE) and styles_after:
            del out[at - 1 : at + 1]
            return


def _drop_denied(corrected: Corrected, spans: Sequence[Span], at: int) -> bool:
    """``four, not three``: what is said not to be meant goes, where another of its kind is named before it."""
    denied = next((span for span in spans[at + 1 : at + 3] if span.has(*_DENIABLE)), None)
    if denied is None:
        return False
    kind = next(kind for kind in _DENIABLE if denied.has(kind))
    meant = any(span.has(kind) and not span.weak for span in spans[:at])
    if meant and denied in corrected.spans:
        corrected.spans.remove(denied)
        corrected.replaced = denied.code(Kind.MENU) if kind is Kind.MENU else corrected.replaced
    return meant


def _drop_repeated(out: list[Span], spans: Sequence[Span], at: int) -> None:
    """``one cheese cake, no, one cheese cake``: said again after the "no", it is not a second one."""
    later = next((span for span in spans[at + 1 :] if span.has(Kind.MENU)), None)
    earlier = next((span for span in reversed(spans[:at]) if span.has(Kind.MENU)), None)
    if later is None or earlier is None or earlier not in out or later not in out:
        return
    if later.senses[Kind.MENU] == earlier.senses[Kind.MENU]:
        out.remove(earlier)


def _drop_changed(corrected: Corrected) -> None:
    """``A를 B로 바꿔``, ``change A to B``."""
    out = corrected.spans
    menus = [i for i, span in enumerate(out) if span.has(Kind.MENU)]
    if len(menus) != 2 or not any(span.has(Kind.CHANGE) for span in out):
        return
    first, second = menus
    between, after = out[first + 1 : second], out[second + 1 : second + 3]
    english = any(span.has(Kind.TO, Kind.PUT) and span.latin for span in between)
    korean = any(span.has(Kind.OBJECT, Kind.OF) for span in between) or any(span.has(Kind.TO) for span in after)
    if english or (korean and not any(span.has(Kind.AND) for span in between)):
        corrected.replaced = out[first].code(Kind.MENU)
        del out[first]
