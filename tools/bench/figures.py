"""One measured row and how it is printed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``goal`` is the highest value that the project accepts for the median; None: told, not judged."""

    name: str
    unit: str
    values: Sequence[float]
    goal: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value below which 95 % of the runs lie (nearest rank)."""
        ranked = sorted(self.values)
        return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]

    def told(self, value: float) -> str:
        """With its unit; a ratio with one digit more, for its goal has one itself."""
        return f"{value:.2f} {self.unit}" if self.unit == "times" else f"{value:.1f} {self.unit}"

    @property
    def met(self) -> bool:
        return self.goal is None or self.median <= self.goal


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, so that it can be put into a document as it is."""
    lines = ["| what | n | median | p95 | goal | |", "|---|---:|---:|---:|---:|---|"]
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:g} {row.unit}"
        verdict = "" if row.goal is None else ("met" if row.met else "MISSED")
        lines.append(
            f"| {row.name} | {len(row.values)} | {row.told(row.median)} | {row.told(row.p95)} | {goal} | {verdict} |"
        )
    return "\n".join(lines)
