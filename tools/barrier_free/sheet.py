"""The sheet of the 35 criteria: what was found, in words. It never says certified."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from tools.barrier_free.criteria import CRITERIA, Criterion
from tools.barrier_free.look import Breach

EXAMPLES: Final = 6
HEAD: Final = "Self-check against the 35 criteria. Software can check itself; it certifies nothing."


def verdict(criterion: Criterion, found: Sequence[Breach]) -> str:
    """``breach``, ``self-checked``, ``needs hardware`` or ``needs people``."""
    if found or criterion.missing:
        return "breach"
    if criterion.checked or criterion.tests:
        return "self-checked"
    return "needs hardware" if criterion.hardware else "needs people"


def broken(found: Iterable[Breach]) -> bool:
    return any(True for _ in found) or any(criterion.missing for criterion in CRITERIA)


def lines(found: Sequence[Breach], seconds: float, looks: int, *, every: bool = False) -> list[str]:
    """``every``: all breaches instead of a few of each kind."""
    by: dict[str, list[Breach]] = defaultdict(list)
    for breach in found:
        by[breach.criterion].append(breach)
    written = [HEAD, f"{looks} screens were looked at in {seconds:.0f} s.", ""]
    for criterion in CRITERIA:
        mine = by[criterion.number]
        state = verdict(criterion, mine)
        written.append(f"{criterion.number:4} {state:14} {criterion.words}")
        if criterion.missing:
            written.append(f"       missing: {criterion.missing}")
        if mine:
            written += _told(mine, every=every)
        written += [f"       {who}: {what}" for who, what in _left(criterion)]
        written += [f"       shown by {test}" for test in criterion.tests]
    counted = Counter(verdict(criterion, by[criterion.number]) for criterion in CRITERIA)
    written += [
        "",
        ", ".join(f"{state} {number}" for state, number in sorted(counted.items())) + "; certified: nothing",
    ]
    return written


def _left(criterion: Criterion) -> list[tuple[str, str]]:
    left = (("needs hardware", criterion.hardware), ("needs people", criterion.people))
    return [(who, what) for who, what in left if what]


def _told(found: Sequence[Breach], *, every: bool) -> list[str]:
    """One line a thing, however many screens show it."""
    things: dict[str, list[Breach]] = defaultdict(list)
    for breach in found:
        things[breach.what].append(breach)
    told = []
    for what, alike in list(things.items())[: None if every else EXAMPLES]:
        more = f" and {len(alike) - 1} more" if len(alike) > 1 else ""
        told.append(f"       {alike[0].where}{more}: {what}: {alike[0].measured}, wanted {alike[0].wanted}")
    if len(things) > len(told):
        told.append(f"       … {len(things) - len(told)} more things; ARGS=--all lists them")
    return told
