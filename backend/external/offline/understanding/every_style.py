"""As many pieces as styles, one in each: ``세 개 하나씩 다른 스타일로``, ``three cakes, one of each style``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from backend.domain.proposal import AddItem, ChangeItem, Proposal, SplitItem, UnderstandingRequest

_KOREAN = re.compile(
    r"(?:(?:(?:하나|한\s?개)씩|각각|각자|전부|모두|다|서로)\s+)*(?:다른|따로)\s+스타일(?:로)?(?:요)?"
    r"|스타일(?:별로|마다)(?:\s+(?:하나|한\s?개)씩)?(?:요)?|(?:세|모든)\s?(?:가지\s?)?스타일(?:\s?다)?(?:로|을)?\s+(?:하나|한\s?개)씩"
)
_ENGLISH = re.compile(
    r"\b(?:one (?:of|in) (?:each|every) style"
    r"|(?:each|all|every one)(?: of them)? in (?:a )?(?:different|another) styles?)\b"
)


def read_every_style(
    request: UnderstandingRequest, read: Callable[[UnderstandingRequest], Proposal]
) -> Proposal | None:
    """The pieces in one style each; None where there are not as many as styles."""
    styles = request.catalogue.styles
    text = request.transcript
    if _KOREAN.search(text):
        text = _KOREAN.sub(" ".join(f"하나는 {style.name.ko}" for style in styles) + "로", text, count=1)
    elif _ENGLISH.search(text.lower()):
        text = _ENGLISH.sub(", ".join(f"one {style.name.en.lower()}" for style in styles), text.lower(), count=1)
    else:
        return None
    proposal = read(replace(request, transcript=text))
    dealt = [style for change in proposal.changes for style in _dealt(change)]
    return proposal if sorted(dealt) == sorted(style.code for style in styles) else None


def _dealt(change: object) -> list[str]:
    """The style of each piece."""
    if isinstance(change, SplitItem):
        return [style for count, style in change.parts for _ in range(count)]
    if isinstance(change, AddItem):
        return [change.style or ""] * (change.quantity or 1)
    return [change.style or ""] * (change.pieces or 1) if isinstance(change, ChangeItem) else [""]
