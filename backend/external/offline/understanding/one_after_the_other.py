"""Two items told apart by their styles, and something else done with each: ``심플 하나 줄이고 디럭스 하나 늘려 줘``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.proposal import Proposal, UnderstandingRequest
from backend.external.offline.understanding.others import Pointed, read_pointed

_DONE = r"(?:줄이|빼|늘리|더하|추가하|올리|내리|바꾸|넣|취소하|없애)"


def read_one_after_the_other(
    request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    """The changes of both; None where the sentence is not of two such parts, each about one item of the order."""
    if len(request.items) < 2:
        return None
    names = {style.name.ko: style.code for style in request.catalogue.styles}
    style = "|".join(map(re.escape, names))
    found = re.match(
        rf"^\W*(?:(?:아|음|그럼|네)\s+)*(?P<one>{style})(?:은|는|에서|에|만)?\s+(?P<first>\S.*?{_DONE}고)\s+"
        rf"(?P<other>{style})(?:은|는|에|만|을)?\s+(?P<second>\S.*)$",
        request.transcript,
    )
    if found is None:
        return None
    proposals = []
    for name, said in (("one", "first"), ("other", "second")):
        fitting = [at for at, item in enumerate(request.items) if item.style == names[found[name]]]
        if len(fitting) != 1:
            return None
        apart = replace(request, about="", counted="")
        alone = read_pointed(Pointed((fitting[0],), found[said]), apart, read)
        if alone is None:
            return None
        proposals.append(alone)
    first, second = proposals
    return replace(
        second, changes=(*first.changes, *second.changes), confidence=min(first.confidence, second.confidence)
    )
