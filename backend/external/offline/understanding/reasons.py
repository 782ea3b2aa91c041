"""Reasons: ``한 명 안 온대요 세 개만``, ``애가 배가 안 고프대서 두 개만``: why something is wished needs not be known.

A sentence of which much is unknown may be meant for somebody else; but words that end as a reason does, with nothing
in them that could be ordered and something after them that can, tell why, and count for nothing.
"""

from __future__ import annotations

import re

from backend.external.offline.understanding.kinds import Kind
from backend.external.offline.understanding.scanner import Scan, Span

_REASON = re.compile(
    r"(?:[어아여해와워라려대래져겨봐서]서|니까는?|니깐|대요|래요|대서|래서|거든요?|[는은인한온간된]데요?|느라고?|길래"
    r"|다고|라고|어요|았어요|왔어요|갔어요|으니|이라|해요|네요|데요|군요|구요|고요|지만|아도|어도|다가|면서|려나|겠다|겠네|겠어요)$"
)
_CONTENT = (
    Kind.MENU, Kind.PART, Kind.CATEGORY, Kind.STYLE, Kind.INGREDIENT, Kind.TIERS, Kind.FLAVOUR, Kind.COLOUR,
    Kind.LETTERING, Kind.RANK, Kind.NUMBER, Kind.REMOVE, Kind.WITHOUT, Kind.CHANGE, Kind.ORDER, Kind.YES, Kind.SERVICE,
    Kind.NOTHING_MORE, Kind.CANCEL, Kind.PLACE, Kind.SOMEBODY, Kind.PHONE, Kind.TABLE_TALK, Kind.WONDER, Kind.WHAT,
)  # fmt: skip
_BEFORE_REASONS = (Kind.NO, Kind.AND, Kind.ALSO, Kind.SAME)


def without_reasons(found: Scan) -> Scan:
    """The scan without the reasons that lead the sentence, as if they had not been said."""
    until = _reasons_end(found) if found.spans else 0
    if not until:
        return found
    covered = {at for span in found.spans for at in range(span.start, span.end)}
    told = sum(at not in covered for at in range(until))
    unknown = max(0, round(found.unknown * len(found.text.raw)) - told) / max(1, len(found.text.raw) - until)
    kept = [span for span in found.spans if span.start >= until or span.has(*_BEFORE_REASONS)]
    here = Span(until, until, "", {Kind.FILLER: ("",)})
    after = next((n for n, span in enumerate(kept) if span.start >= until), len(kept))
    return Scan([*kept[:after], here, *kept[after:]], unknown, found.text)


def _reasons_end(found: Scan) -> int:
    """Where the reasons that lead the sentence end; 0 where none does."""
    text = found.text
    first = next((span for span in found.spans if _is_content(span)), None)
    if first is None:
        return 0
    end, at = 0, 0
    while at < first.start:
        stop = text.word_end(at)
        if stop <= first.start and _REASON.search(text.raw[at:stop]):
            end = stop
        at = stop
    return end


def _is_content(span: Span) -> bool:
    return span.has(*_CONTENT) and not span.has(Kind.FILLER)
