"""The table of issue 5 with our figures, and where the time of a turn goes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.voice_stream import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``others``: the best of pipecat 1.14 and LiveKit Agents 1.8 as they come, and tuned."""

    name: str
    others: str
    tuned: str
    goal: str
    ours: str
    met: bool | None
    """None: told, not judged."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Of the turns of one row, in ms."""

    name: str
    turns: Sequence[dict[Span, float]] = field(default_factory=list)


def p95(values: Sequence[float]) -> float:
    """The value below which 95 % lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]


def in_ms(
    name: str, others: str, tuned: str, at_most: float, values: Sequence[float], *, failed: int = 0, sign: str = ""
) -> Line:
    """A line whose median is judged; turns that ``failed`` miss the goal."""
    goal = f"{sign}{at_most:g} ms"
    if not values:
        return Line(name, others, tuned, goal, f"none of {failed} turns", met=False)
    median = statistics.median(values)
    ours = f"{median:{'+' if sign else ''}.0f} ms, p95 {p95(values):.0f}, n {len(values)}"
    return Line(
        name, others, tuned, goal, ours + (f", {failed} failed" if failed else ""), met=median <= at_most and not failed
    )


def told_ms(name: str, others: str, tuned: str, values: Sequence[float]) -> Line:
    """A line that is told and has no goal."""
    ours = f"{statistics.median(values):.0f} ms, p95 {p95(values):.0f}, n {len(values)}" if values else "none"
    return Line(name, others, tuned, "", ours, met=None)


def counted(name: str, others: str, tuned: str, goal: str, ours: str, *, met: bool) -> Line:
    return Line(name, others, tuned, goal, ours, met)


def table(lines: Sequence[Line]) -> str:
    """A Markdown table, so that it can be put into a document as it is."""
    rows = ["| | as they come | tuned | ours, at most | ours, measured | |", "|---|---|---|---|---|---|"]
    for line in lines:
        verdict = "" if line.met is None else "met" if line.met else "MISSED"
        rows.append(f"| {line.name} | {line.others} | {line.tuned} | {line.goal} | {line.ours} | {verdict} |")
    return "\n".join(rows)


def span_table(rows: Sequence[Spans]) -> str:
    """Medians and p95 of each span, in ms."""
    names = [span.value for span in Span]
    lines = [f"| ms, median (p95) | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for row in (row for row in rows if row.turns):
        cells = [[turn[span] for turn in row.turns] for span in Span]
        lines.append(f"| {row.name} | {' | '.join(f'{statistics.median(c):.0f} ({p95(c):.0f})' for c in cells)} |")
    return "\n".join(lines)
