"""One more like another, with a difference: ``저도 같은 걸로 하는데 와인은 빼 주세요``; ``이분은 저랑 같은 거``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.proposal import (
    ChangeItem,
    Proposal,
    UnderstandingRequest,
)
from backend.external.offline.understanding.once_more import as_ordered
from backend.external.offline.understanding.persons import code_of, lines_of

_SAME = r"(?:똑)?같은\s*(?:걸로|거로|것으로|거|것|걸)"
_BUT = re.compile(
    rf"^(?:(?:아|음|네|그리고|그럼)\s+)*(?:(?:\S{{1,8}}\s)?\S{{1,8}}(?:도|은|는)\s+)?(?:하나\s+)?{_SAME}"
    r"(?:\s*(?P<count>하나|한\s?개|둘|두\s?개|셋|세\s?개))?(?:로)?(?:\s*(?:더|추가))?(?:\s*(?:주시고|하고|하되|하는데|인데|주시는데|할게요|요|이요|주세요))?"
    r"\s*(?:,|근데|그런데|대신|다만|단|에서|에)?\s+(?P<but>\S.*)$"
)
_AS = re.compile(rf"(?P<who>[가-힣]{{1,5}}?)(?:이?랑|하고|과|와)\s+{_SAME}")
_COUNTS = {"하": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3}
_SURE = 0.86


def read_same_but(request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]) -> Proposal | None:
    """The item that is ordered; None where the sentence is another one."""
    if not request.items or request.asked in ("which", "offer", "style"):
        return None
    return _like_somebody(request) or _with_a_difference(request, read)


def _like_somebody(request: UnderstandingRequest) -> Proposal | None:
    found = _AS.search(request.transcript)
    person = code_of(found["who"]) if found is not None else None
    lines = lines_of(person, request.whose) if person is not None else ()
    if found is None or len(lines) != 1 or len(request.transcript) - found.end() > len("으로 하나 주세요요"):
        return None
    change = ChangeItem(lines[0], quantity_by=1)
    return Proposal("order", _SURE, request.language, changes=(change,))


def _with_a_difference(
    request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    found = _BUT.match(request.transcript)
    if found is None or request.current is None or request.items[request.current].style is None:
        return None
    item = replace(request.items[request.current], quantity=1)
    alone = replace(request, transcript=found["but"], items=(item,), current=0, before=(), whose=())
    proposal = read(alone)
    change = proposal.changes[0] if len(proposal.changes) == 1 else None
    if not isinstance(change, ChangeItem) or proposal.questions or not (change.portions or change.style):
        return None
    if change != ChangeItem(change.target, style=change.style, portions=change.portions):
        return None
    count = _COUNTS[found["count"][0]] if found["count"] else 1
    like = as_ordered(item, request)
    made = replace(like, quantity=count, style=change.style or like.style, portions=(*like.portions, *change.portions))
    return replace(proposal, changes=(made,), controls=(), confidence=_SURE)
