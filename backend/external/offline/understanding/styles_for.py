"""A style and whom it is for, in pairs: ``grand for those and simple for the cake``, ``simple for the rest``.

"Those" and "the rest" are the items that the other pairs do not name.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import Change, ChangeItem, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NAMES = (Kind.MENU, Kind.CATEGORY)
_THOSE = ("those", "these", "them", "that", "thatone", "thisone", "theotherone")
_BESIDE = (
    Kind.FILLER, Kind.AND, Kind.YES, Kind.ORDER, Kind.STYLE_WORD, Kind.THANKS, Kind.TO, Kind.STYLE, Kind.THAT,
    Kind.REST, Kind.CHANGE, *_NAMES,
)  # fmt: skip
_FOR = ("for", "forthe", "on", "onthe")


def read_styles_for(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """The styles of the items that are named; empty where the sentence says anything else."""
    if len(request.items) < 2 or not all(span.has(*_BESIDE) for span in spans):
        return ()
    pairs = _pairs(spans)
    if len(pairs) < 2:
        return ()
    named = {n: _meant(whom, request) for n, (_, whom) in enumerate(pairs) if whom.has(*_NAMES)}
    if not named or not all(named.values()) or len(pairs) - len(named) > 1:
        return ()
    taken = {index for lines in named.values() for index in lines}
    left = [index for index in range(len(request.items)) if index not in taken]
    changes = [
        ChangeItem(index, style=style.code(Kind.STYLE))
        for n, (style, _) in enumerate(pairs)
        for index in named.get(n, left)
    ]
    return tuple(changes) if len(named) == len(pairs) or left else ()


def _pairs(spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each style with the piece that says for whom; none where one of them is for nobody."""
    found: list[tuple[Span, Span]] = []
    for at, span in enumerate(spans):
        if not span.has(Kind.STYLE):
            continue
        rest = [n for n in range(at + 1, len(spans)) if not spans[n].has(Kind.STYLE_WORD)]
        if not rest or spans[rest[0]].words not in _FOR:
            return []
        whom = next((spans[n] for n in rest[1:] if not spans[n].has(Kind.FILLER)), None)
        if whom is None or not (whom.has(*_NAMES, Kind.REST) or whom.words in _THOSE):
            return []
        found.append((span, whom))
    return found


def _meant(whom: Span, request: UnderstandingRequest) -> list[int]:
    menus = request.catalogue
    return [
        index
        for index, item in enumerate(request.items)
        if item.menu_code in whom.senses.get(Kind.MENU, ())
        or ((menu := menus.menu(item.menu_code)) is not None and menu.category in whom.senses.get(Kind.CATEGORY, ()))
    ]
