"""What is taken out before anything else is said: "scratch that, just the cake", "둘 다 빼고 …", "everything but …"."""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.proposal import UNSAID, Change, ChangeItem, RemoveItem, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_NAMES = (Kind.MENU, Kind.CATEGORY)
_SAYS_WHAT = (*_NAMES, Kind.INGREDIENT, Kind.STYLE, Kind.NUMBER, Kind.RANK, Kind.COLOUR, Kind.TIERS)
_SCRATCH = ("scratchthat", "scratchthatone", "forgetthat", "forgetthatone")
_EVERYTHING = ("전부", "모두", "다취소", "다빼", "싹")
_BUT = ("except", "but", "otherthan", "apartfrom", "allbut", "everythingbut", "withtheexceptionof", "빼고", "말고")


def read_removal(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[tuple[Change, ...], Sequence[Span]]:
    """The items that go, and the pieces of the sentence that are left to read."""
    kept = _only_kept(spans, request)
    kept = _all_but(spans, request) if kept is None else kept
    if kept is not None:
        return kept, ()
    denied = _no_longer(spans, request)
    if denied:
        return denied, ()
    further = _and_of_that_too(spans, request)
    if further:
        return further, ()
    fewer = _fewer_first(spans, request)
    if fewer is not None:
        return fewer
    at = _leading(spans)
    if at is None or not request.items:
        return (), spans
    if any(span.has(Kind.ALL) or span.words.startswith(_EVERYTHING) for span in spans[: at + 1]):
        return tuple(RemoveItem(index) for index in range(len(request.items))), spans[at + 1 :]
    return (RemoveItem(request.current),), spans[at + 1 :]


def _leading(spans: Sequence[Span]) -> int | None:
    """Where ``그거 빼고`` or ``scratch that`` ends, when something else is named after it."""
    at = next((n for n, span in enumerate(spans) if span.has(*_SAYS_WHAT)), None)
    first = next((n for n, span in enumerate(spans) if span.has(*_NAMES)), None)
    if at is None or first is None or (at != first and not spans[at].has(Kind.NUMBER, Kind.STYLE)):
        return None
    before = spans[:at]
    scratched = next((n for n, span in enumerate(before) if span.words in _SCRATCH), None)
    if scratched is not None:
        return scratched
    removes = any(span.has(Kind.REMOVE, Kind.WITHOUT) for span in before)
    pointed = next(
        (n for n in range(len(before) - 1, -1, -1) if before[n].has(Kind.THAT, Kind.ALL, Kind.REMOVE, Kind.WITHOUT)),
        None,
    )
    return pointed if removes and any(span.has(Kind.THAT, Kind.ALL) for span in before) else None


def _and_of_that_too(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``take one french off``, then ``and one english``: where pieces have just gone, one more goes."""
    said = [span for span in spans if not span.has(Kind.FILLER, Kind.ALSO, Kind.THANKS)]
    if len(said) != 3 or not said[0].has(Kind.AND) or not said[1].has(Kind.NUMBER) or not said[2].has(*_NAMES):
        return ()
    before, now = (sum(item.quantity for item in items) for items in (request.before, request.items))
    found = [index for index in range(len(request.items)) if _is_named(request, index, said[2])]
    if now >= before or len(request.before) < len(request.items) or len(found) != 1:
        return ()
    return (ChangeItem(found[0], quantity_by=-said[1].value),)


def _fewer_first(
    spans: Sequence[Span], request: UnderstandingRequest
) -> tuple[tuple[Change, ...], Sequence[Span]] | None:
    """``하나 빼고 잉글리시 하나 주세요``: so many fewer of what is there, and then something else."""
    said = [n for n, span in enumerate(spans) if not span.has(Kind.FILLER, Kind.PARTICLE, Kind.NO)]
    if len(said) < 3 or not request.items or spans[said[0]].latin:
        return None
    number, verb, name = (spans[n] for n in said[:3])
    if not (number.has(Kind.NUMBER) and verb.has(Kind.REMOVE, Kind.WITHOUT) and name.has(*_NAMES)):
        return None
    target = UNSAID if len(request.items) > 1 else None
    return (ChangeItem(target, quantity_by=-number.value),), spans[said[1] + 1 :]


def _all_but(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...] | None:
    """``remove everything except the cake``, ``치즈 케이크만 빼고 다 빼 주세요``."""
    everything = any(span.has(Kind.ALL) for span in spans)
    but = next((n for n, span in enumerate(spans) if span.words in _BUT), None)
    if but is None or not everything or not any(n != but and s.has(Kind.REMOVE) for n, s in enumerate(spans)):
        return None
    near = spans[but + 1 :] if spans[but].latin else spans[:but][::-1]
    named = next((span for span in near if span.has(Kind.MENU, Kind.CATEGORY)), None)
    if named is None:
        return None
    kept = [index for index in range(len(request.items)) if _is_named(request, index, named)]
    return tuple(RemoveItem(index) for index in range(len(request.items)) if index not in kept) if kept else None


def _only_kept(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...] | None:
    """``just keep the french``, ``keep only the cake``: everything else goes."""
    names = [span for span in spans if span.has(*_NAMES)]
    keeps = any(span.words in ("keep", "keepthe", "leavein") for span in spans)
    only = any(span.has(Kind.ONLY) or span.words == "just" for span in spans)
    around = (*_NAMES, Kind.FILLER, Kind.ONLY, Kind.RESET, Kind.NO, Kind.NOTHING_MORE)
    if not (keeps and only) or len(names) != 1 or not all(span.has(*around) for span in spans):
        return None
    kept = [index for index in range(len(request.items)) if _is_named(request, index, names[0])]
    return tuple(RemoveItem(index) for index in range(len(request.items)) if index not in kept) if kept else None


def _no_longer(spans: Sequence[Span], request: UnderstandingRequest) -> tuple[Change, ...]:
    """``no french after all``, ``too much, no cake``: an item of several is named after a "no", and nothing else."""
    at = next((n for n, span in enumerate(spans[:-1]) if span.words == "no" and spans[n + 1].has(*_NAMES)), None)
    if at is None or len(request.items) < 2:
        return ()
    others = (*spans[:at], *spans[at + 2 :])
    if any(span.has(*_SAYS_WHAT, Kind.ORDER) for span in others):
        return ()
    found = [index for index in range(len(request.items)) if _is_named(request, index, spans[at + 1])]
    return (RemoveItem(found[0]),) if len(found) == 1 else ()


def _is_named(request: UnderstandingRequest, index: int, named: Span) -> bool:
    code = request.items[index].menu_code
    if named.has(Kind.MENU):
        return code in named.senses[Kind.MENU]
    menu = request.catalogue.menu(code)
    return menu is not None and menu.category == named.code(Kind.CATEGORY)
