"""What was done last, said of another item: ``초코도요``, ``the english one too``, ``아니 뒤에 거에``, ``심플만``.

``-도`` and "too" do it again; a no that points elsewhere takes it there; a no with ``-만`` keeps it there alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import (
    Change,
    ChangeItem,
    RemoveItem,
    UnderstandingRequest,
)
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.last_change import Done, as_it_was, done_last, touched
from backend.external.offline.understanding.once_more import as_ordered
from backend.external.offline.understanding.scanner import Span

_NAMES = (Kind.MENU, Kind.CATEGORY, Kind.INGREDIENT, Kind.STYLE, Kind.RANK, Kind.FORMER, Kind.LATTER)
_AROUND = (
    Kind.FILLER, Kind.PARTICLE, Kind.ALSO, Kind.SAME, Kind.YES, Kind.ORDER, Kind.OF, Kind.THAT, Kind.TOPIC, Kind.AND,
    Kind.MENU_WORD, Kind.STYLE_WORD,
)  # fmt: skip
_TWO = 2
_THE_OTHER = ("theotherone", "theother", "다른거", "다른걸", "다른건", "딴거")
_ONLY = ("만", "만요", "에만", "에만요")


def read_again(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The changes that carry the last one to the item that is named; empty where that is not what is said."""
    if len(request.items) < 2 or not request.before:
        return ()
    readers = (_too, _elsewhere, _there_alone, _but_there)
    return next((changes for read in readers if (changes := read(spans, request))), ())


def the_other_was_meant(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``no! the other one`` after one of two was taken out: that one comes back, and the other goes."""
    if len(request.before) != _TWO or len(request.items) != 1 or request.items[0] not in request.before:
        return ()
    no = any(span.has(Kind.NO) for span in spans)
    other = any(span.words in _THE_OTHER or (span.has(Kind.REST) and span.words == "theother") for span in spans)
    beside = (*_AROUND, Kind.NO, Kind.REST, Kind.REMOVE, Kind.OTHERS)
    if not (no and other) or not all(span.has(*beside) for span in spans):
        return ()
    gone = request.before[1 - request.before.index(request.items[0])]
    return (RemoveItem(0), as_ordered(gone, request))


def only_there(changes: tuple[Change, ...], spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``아니다 심플만 베이컨 빼 주세요`` after it was taken out of both: the others are as they were."""
    one = changes[0] if len(changes) == 1 else None
    marked = any(span.words in _ONLY for span in spans) and any(span.has(Kind.NO) for span in spans)
    if not marked or not isinstance(one, ChangeItem) or one.target is None or not one.portions or one.style:
        return changes
    last, lines = done_last(request), touched(request)
    again = {each.ingredient for each in one.portions} <= {each.ingredient for each in last.portions}
    if not again or one.target not in lines:
        return changes
    others = (index for index in lines if index != one.target)
    return (*changes, *(change for index in others for change in _change(index, as_it_was(index, request))))


def _too(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``초코도``, ``프렌치도 똑같이 해 주세요``: a name, "too", and nothing else."""
    named = [n for n, span in enumerate(spans) if span.has(*_NAMES)]
    others = [span for n, span in enumerate(spans) if n not in named and span.words != "one"]
    if len(named) != 1 or not all(span.has(*_AROUND) for span in others):
        return ()
    if not any(span.has(Kind.ALSO) or span.words == "onetoo" for span in spans[named[0] + 1 : named[0] + 3]):
        return ()
    last, lines = done_last(request), touched(request)
    targets = [index for index in _meant(spans[named[0]], request) if index not in lines]
    return tuple(change for index in targets for change in _change(index, last))


def _there_alone(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``프렌치만 추가할게요``, ``심플만요`` after something was put into all of them: the others are as they were."""
    named = [n for n, span in enumerate(spans) if span.has(*_NAMES)]
    lines = touched(request)
    if len(named) != 1 or len(lines) < 2 or not done_last(request).portions:
        return ()
    marked = any(span.words in _ONLY for span in spans[named[0] + 1 : named[0] + 2])
    around = (*_AROUND, Kind.NO, Kind.ADD, Kind.PUT, Kind.REMOVE)
    if not marked or not all(span.has(*around) for n, span in enumerate(spans) if n != named[0]):
        return ()
    kept = [index for index in _meant(spans[named[0]], request) if index in lines]
    others = [index for index in lines if index not in kept] if kept else []
    return tuple(change for index in others for change in _change(index, as_it_was(index, request)))


def _but_there(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``발렌타인만 빼고요`` after all of them were made grand: that one is as it was, and the others stay changed."""
    named = [n for n, span in enumerate(spans) if span.has(*_NAMES)]
    lines, last = touched(request), done_last(request)
    if len(named) != 1 or len(lines) < 2 or last == Done() or len(request.before) != len(request.items):
        return ()
    rest = [span for span in spans[named[0] + 1 :] if not span.has(*_AROUND) or span.words in _ONLY]
    only = len(rest) == 2 and rest[0].words in _ONLY and rest[1].words.startswith(("빼고", "말고"))
    if not only or any(not span.has(*_AROUND) for span in spans[: named[0]]):
        return ()
    kept = [index for index in _meant(spans[named[0]], request) if index in lines]
    return tuple(change for index in kept for change in _change(index, as_it_was(index, request)))


def _elsewhere(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``아니 그거 말고 뒤에 거에``, ``아니 프렌치에``: it was meant for another one."""
    refused = [n for n, span in enumerate(spans) if span.has(Kind.NO, Kind.INSTEAD)]
    named = [n for n, span in enumerate(spans) if span.has(*_NAMES)]
    if not refused or not named or named[-1] < refused[0]:
        return ()
    allowed = (*_AROUND, Kind.NO, Kind.INSTEAD)
    if not all(span.has(*allowed) or n in named for n, span in enumerate(spans)) or len(named) > 2:
        return ()
    there = spans[named[-1]]
    into = there.words.endswith("에") or any(span.has(Kind.OF) for span in spans[named[-1] + 1 : named[-1] + 2])
    last, lines = done_last(request), touched(request)
    targets = [index for index in _meant(there, request) if index not in lines]
    if not into or len(lines) != 1 or len(targets) != 1 or last == Done():
        return ()
    return (*_change(lines[0], as_it_was(lines[0], request)), *_change(targets[0], last))


def _meant(named: Span, request: UnderstandingRequest) -> list[int]:
    """The items that a name, a place or a style may be about."""
    items = range(len(request.items))
    if named.has(Kind.FORMER, Kind.LATTER, Kind.RANK):
        at = 0 if named.has(Kind.FORMER) else -1 if named.has(Kind.LATTER) else named.value - (named.value > 0)
        return [items[at]] if -len(items) <= at < len(items) else []
    codes = {code for kind in (Kind.MENU, Kind.PART, Kind.INGREDIENT) for code in named.senses.get(kind, ())}
    kinds = set(named.senses.get(Kind.CATEGORY, ()))
    styles = set(named.senses.get(Kind.STYLE, ()))
    menus = request.catalogue
    return [
        index
        for index in items
        if request.items[index].menu_code in codes
        or request.items[index].style in styles
        or ((menu := menus.menu(request.items[index].menu_code)) is not None and menu.category in kinds)
    ]


def _change(index: int, done: Done) -> tuple[Change, ...]:
    return (ChangeItem(index, style=done.style, portions=done.portions, cake=done.cake),) if done != Done() else ()
