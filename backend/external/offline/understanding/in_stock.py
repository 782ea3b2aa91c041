"""A wish for each case: ``치즈 케이크 있으면 두 개 없으면 초코 두 개``. What the shop has now decides which holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.proposal import AddItem, Proposal, UnderstandingRequest

_KOREAN = re.compile(
    r"^(?P<name>\S.*?)(?:이|가)?\s+(?:있으면|되면|남았으면|남아\s?있으면)\s+(?P<then>.*?)\s*,?\s*"
    r"(?:없으면|안\s?되면|아니면|안\s?남았으면)\s+(?P<otherwise>\S.*)$"
)
_ENGLISH = re.compile(
    r"^(?P<name>\S.*?),? if (?:you(?:'ve| have)?(?: got)?|there(?:'s| is| are))(?: it| them| any| one| some)?(?: left)?"
    r"(?P<then>),? (?:or )?(?:otherwise|if not|else)[, ]+(?P<otherwise>\S.*)$",
    re.IGNORECASE,
)


def read_in_stock(request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]) -> Proposal | None:
    """What is ordered in the case that holds; None where the sentence names no two cases."""
    found = _KOREAN.match(request.transcript) or _ENGLISH.match(request.transcript)
    if found is None:
        return None
    first = read(replace(request, transcript=f"{found['name']} {found['then']}".strip()))
    menus = {change.menu for change in first.changes if isinstance(change, AddItem)}
    if not menus or None in menus or first.questions:
        return None
    if menus & request.catalogue.sold_out:
        other = read(replace(request, transcript=found["otherwise"]))
        return other if other.changes and not other.questions else None
    return first
