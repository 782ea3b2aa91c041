"""An ingredient of which more is said in the same breath, and one that was not meant at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.domain.proposal import PortionChange, PortionMode, UnderstandingRequest
from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Span

_BREAKS = (Kind.MENU, Kind.CATEGORY, Kind.STYLE, Kind.THAT, Kind.AND, Kind.EACH, Kind.REST)
_MEANT = ("imeant", "sorryimeant", "imean", "imeanttosay", "ididmean")


@dataclass(frozen=True, slots=True)
class Portioned:
    """One change to an ingredient, the piece it stands at, and the pieces that are used up by it.

    ``forward``: it describes the item that is named after it.
    """

    change: PortionChange
    at: int
    used: tuple[int, ...]
    forward: bool = False


def said_last(spans: Sequence[Span], found: Sequence[Portioned]) -> list[Portioned]:
    """``lots of nuts, three nuts``, ``no coffee, no wait, yes coffee``: the last that is said of it holds."""
    out: list[Portioned] = []
    for each in found:
        before = next((old for old in out if old.change.ingredient == each.change.ingredient), None)
        if before is None or not _goes_on(spans, before.at, each.at):
            out.append(each)
            continue
        out.remove(before)
        out.append(replace(each, change=_as_said(spans, each), used=tuple(sorted({*before.used, *each.used}))))
    return out


def meant_instead(spans: Sequence[Span], found: Sequence[Portioned], request: UnderstandingRequest) -> list[Portioned]:
    """``sorry, I meant no salad`` after "no coffee": what was said first is as it was."""
    item = request.items[request.current] if request.current is not None else None
    if item is None or len(found) != 1 or not any(span.words in _MEANT for span in spans[: found[0].at]):
        return []
    changed = [code for code in item.customization if request.about in ("", code)]
    if len(changed) != 1 or changed[0] == found[0].change.ingredient or any(span.has(Kind.MENU) for span in spans):
        return []
    return [Portioned(PortionChange(changed[0], PortionMode.RESET), found[0].at, ())]


def _goes_on(spans: Sequence[Span], first: int, then: int) -> bool:
    """Whether nothing stands between that would make the two those of two items."""
    between = spans[first + 1 : then]
    counted = any(span.has(Kind.NUMBER) and not span.weak for span in between[:-1])
    return spans[then].latin and not counted and not any(span.has(*_BREAKS) for span in between)


def _as_said(spans: Sequence[Span], last: Portioned) -> PortionChange:
    before = spans[last.at - 1]
    if before.has(Kind.NUMBER):
        return replace(last.change, mode=PortionMode.SET, count=before.value)
    if before.has(Kind.YES):
        return PortionChange(last.change.ingredient, PortionMode.RESET)
    return last.change
